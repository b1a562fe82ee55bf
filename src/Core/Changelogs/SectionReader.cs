using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ReleaseActions.Core.Changelogs;

/// <summary>A heading of the document, in any of the ways people write one.</summary>
/// <param name="Place">Its place among the document's blocks.</param>
/// <param name="Block">The block.</param>
/// <param name="Level">1 to 6; 7 for a line in bold.</param>
/// <param name="Text">As <see cref="HeadingText"/> gives it.</param>
/// <param name="Version">What it says about a version, or null.</param>
public sealed record DocumentHeading(int Place, Block Block, int Level, string Text, VersionHeading? Version)
{
    /// <summary>The heading's line, counted from 1; Markdig gives the underline's where there is one.</summary>
    public int Line => Block is HeadingBlock { IsSetext: true } ? Math.Max(1, Block.Line) : Block.Line + 1;
}

/// <summary>Finds which headings begin a version's section, and where each section ends.</summary>
public static partial class SectionReader
{
    /// <summary>The headings of a document.</summary>
    public static IReadOnlyList<DocumentHeading> Headings(ChangelogText file) => WithoutSpeech([.. Written(file)]);

    /// <summary>The headings of a document, and lines in bold that name a version. Its blocks are all read.</summary>
    public static IReadOnlyList<DocumentHeading> HeadingsAndBold(ChangelogText file) =>
        WithoutSpeech([.. Written(file).Concat(file.Tree.Document.Index().Select(b => OfBold(b.Index, b.Item)).OfType<DocumentHeading>()).OrderBy(h => h.Place)]);

    /// <summary>The index of the heading that ends the section of the heading at <paramref name="at"/>, and why that may be wrong.</summary>
    public static (int Next, SectionDoubt? Doubt) EndOf(IReadOnlyList<DocumentHeading> headings, int at)
    {
        SectionDoubt? doubt = null;
        for (var i = at + 1; i < headings.Count; i++)
        {
            var (heading, level) = (headings[i], headings[at].Level);
            if (heading.Version is not null || heading.Level < level) return (i, doubt);
            if (heading.Level > level || Categories.Of(heading.Text) is not null) continue;
            // At the same rank: `## 1.x` groups versions, and what follows the last version is the file's own foot. In between it may be either.
            if (Group().IsMatch(heading.Text) || !headings.Skip(i + 1).Take(100).Any(h => h.Version is not null && h.Level == level)) return (i, doubt);
            if (Categories.IsKnown(heading.Text)) continue;
            doubt ??= new SectionDoubt(
                heading.Line, $"'{heading.Text}' has the rank of the versions' headings, and may belong to {headings[at].Version!.Text} or not", "Give it one more # to have it in the section, or move it behind the last version");
        }

        return (headings.Count, doubt);
    }

    // Inside a version's section, `### Node 18.0.0` is a part of it.
    private static List<DocumentHeading> WithoutSpeech(List<DocumentHeading> headings)
    {
        var level = int.MaxValue;
        for (var i = 0; i < headings.Count; i++)
        {
            var heading = headings[i];
            if (heading.Version is { IsSure: false } && heading.Level > level) headings[i] = heading with { Version = null };
            else if (heading.Version is not null) level = heading.Level;
            else if (heading.Level < level) level = int.MaxValue;
        }

        return headings;
    }

    private static IEnumerable<DocumentHeading> Written(ChangelogText file) =>
        file.Tree.Document.Index().Select(b => OfBlock(b.Index, b.Item, file)).OfType<DocumentHeading>();

    private static DocumentHeading? OfBlock(int place, Block block, ChangelogText file)
    {
        if (block is HeadingBlock heading && HeadingText.Of(file.Tree.Read(heading)) is var words) return new DocumentHeading(place, block, heading.Level, words, VersionHeading.Read(words));
        if (block is not HtmlBlock html || html.Span.Length > 1_000 || HeadingText.OfHtml(file.Text.Substring(html.Span.Start, html.Span.Length)) is not { } found) return null;
        return new DocumentHeading(place, block, found.Level, found.Text, VersionHeading.Read(found.Text));
    }

    private static DocumentHeading? OfBold(int place, Block block)
    {
        if (block is not ParagraphBlock { Inline: { FirstChild: EmphasisInline { DelimiterCount: 2 } } inline } || inline.Descendants<LineBreakInline>().Any()) return null;
        var text = HeadingText.Of(inline);
        return VersionHeading.Read(text) is { IsSure: true } version ? new DocumentHeading(place, block, 7, text, version) : null;
    }

    [GeneratedRegex(@"^\D{0,30}\d+(?:\.(?:\d+|x|\*))*(?:\.x|\b)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Group();
}
