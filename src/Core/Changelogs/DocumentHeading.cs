using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Core.Changelogs;

/// <summary>A heading of the document, in any of the ways people write one, and where the section that it begins ends.</summary>
/// <param name="Place">Its index among the document's blocks.</param>
/// <param name="Block">The block.</param>
/// <param name="Level">1 to 6; 7 for a line in bold.</param>
/// <param name="Text">As <see cref="VersionHeading.TextOf"/> returns it.</param>
/// <param name="Version">What it says about a version, or null.</param>
internal sealed partial record DocumentHeading(int Place, Block Block, int Level, string Text, VersionHeading? Version)
{
    /// <summary>The heading's line, counted from 1; Markdig has the underline's where there is one.</summary>
    public int Line => Block is HeadingBlock { IsSetext: true } ? Math.Max(1, Block.Line) : Block.Line + 1;

    /// <summary>The headings of a document.</summary>
    public static IReadOnlyList<DocumentHeading> In(MarkdownText file, VersionScheme scheme) => WithoutSpeech([.. Written(file, scheme)]);

    /// <summary>The headings of a document that was read whole, and lines in bold that name a version.</summary>
    public static IReadOnlyList<DocumentHeading> InAndInBold(MarkdownText file, VersionScheme scheme)
    {
        var bold = file.Document.Index().Select(b => OfBold(b.Index, b.Item, scheme)).OfType<DocumentHeading>();
        return WithoutSpeech([.. Written(file, scheme).Concat(bold).OrderBy(h => h.Place)]);
    }

    /// <summary>The index of the heading that ends the section of the heading at an index, and why that may be wrong.</summary>
    public static (int Next, Finding? Refusal) EndOf(IReadOnlyList<DocumentHeading> headings, int at)
    {
        Finding? refusal = null;
        for (var i = at + 1; i < headings.Count; i++)
        {
            var (heading, level) = (headings[i], headings[at].Level);
            if (heading.Version is not null || heading.Level < level) return (i, refusal);
            if (heading.Level > level || Categories.Of(heading.Text) is not null) continue;
            // At the same level: `## 1.x` groups versions, and what follows the last version belongs to the whole file. In between it may
            // be either.
            var isLast = !headings.Skip(i + 1).Take(100).Any(h => h.Version is not null && h.Level == level);
            if (isLast || Group().IsMatch(heading.Text)) return (i, refusal);
            if (!Categories.IsKnown(heading.Text)) refusal ??= Unclear(heading, headings[at].Version!.Text);
        }

        return (headings.Count, refusal);
    }

    private static Finding Unclear(DocumentHeading heading, string version) => new(
        $"'{heading.Text}' is at the level of the versions' headings, and may or may not belong to {version}",
        "Add one # to make it part of the section, or move it below the last version", Line: heading.Line);

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

    private static IEnumerable<DocumentHeading> Written(MarkdownText file, VersionScheme scheme) =>
        file.Document.Index().Select(b => OfBlock(b.Index, b.Item, file, scheme)).OfType<DocumentHeading>();

    private static DocumentHeading? OfBlock(int place, Block block, MarkdownText file, VersionScheme scheme)
    {
        if (block is HeadingBlock heading && VersionHeading.TextOf(file.InlinesOf(heading)) is var words)
            return new DocumentHeading(place, block, heading.Level, words, VersionHeading.Read(words, scheme));
        if (block is not HtmlBlock html || html.Span.Length > 1_000) return null;
        if (VersionHeading.TextOfHtml(file.Text.Substring(html.Span.Start, html.Span.Length)) is not var (text, level)) return null;
        return new DocumentHeading(place, block, level, text, VersionHeading.Read(text, scheme));
    }

    private static DocumentHeading? OfBold(int place, Block block, VersionScheme scheme)
    {
        if (block is not ParagraphBlock { Inline: { FirstChild: EmphasisInline { DelimiterCount: 2 } } inline }) return null;
        if (inline.Descendants<LineBreakInline>().Any()) return null;
        var text = VersionHeading.TextOf(inline);
        return VersionHeading.Read(text, scheme) is { IsSure: true } version ? new DocumentHeading(place, block, 7, text, version) : null;
    }

    [GeneratedRegex(@"^\D{0,30}\d+(?:\.(?:\d+|x|\*))*(?:\.x|\b)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Group();
}
