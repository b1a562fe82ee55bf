using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ReleaseActions.Core.Changelogs;

/// <summary>The blocks of one section, and what is read out of them when somebody asks.</summary>
/// <param name="file">The file they stand in.</param>
/// <param name="heading">Its heading; null where the whole file is one section.</param>
/// <param name="places">The blocks' places in the file.</param>
/// <param name="begin">Where the text begins.</param>
/// <param name="end">Where it ends, with the blank lines before the next section.</param>
public sealed partial class SectionSlice(ChangelogText file, DocumentHeading? heading, Range places, int begin, int end)
{
    /// <summary>Where the heading begins.</summary>
    public int HeadingBegin => heading?.Block.Span.Start ?? begin;

    /// <summary>Where the text begins, below the heading.</summary>
    public int Begin => begin;

    /// <summary>The heading's rank.</summary>
    public int Rank => heading?.Level ?? 0;

    /// <summary>Where the next section begins, or the file ends.</summary>
    public int End => end;

    /// <summary>Where its own text ends: before the list of link definitions at the file's foot.</summary>
    public int TextEnd => file.WithoutLinksAtTheEnd(begin, end);

    /// <summary>The link that stands in the heading with its address; null where there is none.</summary>
    public LinkInline? Link => heading?.Block is HeadingBlock block ? file.Tree.Read(block)?.Descendants<LinkInline>().FirstOrDefault(l => l is { IsImage: false, Reference: null, IsAutoLink: false }) : null;

    /// <summary>Whether there is nothing to tell: no text but headings and comments.</summary>
    public bool IsEmpty => Blocks.All(IsSilent);

    /// <summary>What makes the section's end doubtful, or null.</summary>
    public SectionDoubt? Doubt => SectionDoubts.Find(Blocks, file.Text);

    /// <summary>The headings inside.</summary>
    public IReadOnlyList<InnerHeading> Headings =>
        [.. Blocks.Select((b, n) => (Block: b, Next: n + 1)).Where(b => b.Block is HeadingBlock).Select(b => Inner((HeadingBlock)b.Block, Blocks.Skip(b.Next)))];

    /// <summary>The text without blank lines at its ends; link definitions from elsewhere that it uses come after it.</summary>
    public string Body
    {
        get
        {
            var last = TextEnd;
            // A line drawn at the end parts this section from the next and belongs to neither.
            for (var i = Blocks.Count - 1; i >= 0 && Blocks[i] is ThematicBreakBlock; i--) last = Math.Clamp(Blocks[i].Span.Start, begin, last);
            var body = AnchorAtEnd().Replace(WithoutBlankLines(file.Text[begin..last]), "").TrimEnd('\r', '\n', ' ', '\t');
            var used = UsedLinks().Where(l => l.Span.Start < begin || l.Span.Start >= last).Distinct().ToList();
            if (used.Count == 0) return body;
            return body + file.Newline + file.Newline + string.Join(file.Newline, used.Select(l => file.Text.Substring(l.Span.Start, l.Span.Length)));
        }
    }

    private List<Block> Blocks => field ??= [.. file.Tree.Blocks(places).Where(b => b is not LinkReferenceDefinitionGroup)];

    private InnerHeading Inner(HeadingBlock heading, IEnumerable<Block> after) => new(
        HeadingText.Of(file.Tree.Read(heading)), heading.Level, heading.Line + 1, after.TakeWhile(b => b is not HeadingBlock h || h.Level > heading.Level).All(IsSilent));

    private static bool IsSilent(Block block) => block is HeadingBlock or HtmlBlock { Type: HtmlBlockType.Comment } or LinkReferenceDefinition or LinkReferenceDefinitionGroup or ThematicBreakBlock;

    private IEnumerable<LinkReferenceDefinition> UsedLinks() => LeavesOf(Blocks).Select(file.Tree.Read).OfType<ContainerInline>()
        .SelectMany(i => i.Descendants<LinkInline>()).Select(l => l.Reference).OfType<LinkReferenceDefinition>().Where(l => l.Span.Length > 0);

    private static IEnumerable<LeafBlock> LeavesOf(IEnumerable<Block> blocks) =>
        blocks.SelectMany(b => b is ContainerBlock container ? container.Descendants<LeafBlock>() : b is LeafBlock leaf ? [leaf] : []);

    // The first line keeps its indentation: without it, the next item of an indented list would be an item inside the first.
    private static string WithoutBlankLines(string text)
    {
        var first = text.AsSpan().IndexOfAnyExcept(" \t\r\n");
        return first < 0 ? "" : text[(text.LastIndexOf('\n', first) + 1)..].TrimEnd('\r', '\n', ' ', '\t');
    }

    // `<a name="1.2.2"></a>` above the next heading is that heading's.
    [GeneratedRegex("""(?:^|\n)[ \t]*<a\s+(?:name|id)=["'][^"'\n]*["']\s*>\s*</a>[ \t]*\r?$""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex AnchorAtEnd();
}
