using Markdig;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using ReleaseActions.Core.Running;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Core.Changelogs;

/// <summary>
/// A changelog in Markdown. Sections are found on Markdig's syntax tree, so that a heading inside a code fence or a comment is
/// not a heading, and sliced from the original text, so that nothing is reformatted.
/// </summary>
public sealed class Changelog
{
    private const int MostLinksWithoutSpace = 1_000;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePreciseSourceLocation().UseYamlFrontMatter().Build();

    private readonly string _text;
    private readonly MarkdownDocument _document;
    private readonly List<(int Start, int End)> _links;

    private Changelog(string text)
    {
        _text = text.TrimStart('\uFEFF');
        _document = ParseMarkdown(_text);
        _links = [.. _document.Descendants<LinkReferenceDefinition>().Where(l => l.Span.Length > 0).Select(l => (l.Span.Start, l.Span.End)).Order()];
        Sections = [.. FindSections()];
    }

    /// <summary>The sections in the order of the file, <c>Unreleased</c> among them.</summary>
    public IReadOnlyList<ChangelogSection> Sections { get; }

    /// <summary>Reads a changelog; any text is one, perhaps without sections.</summary>
    /// <exception cref="ActionException">Quotes, lists or brackets are nested more than a hundred levels deep (exit 2).</exception>
    public static Changelog Parse(string text) => new(text);

    /// <summary>The sections of a version; more than one where the file has duplicates.</summary>
    public IReadOnlyList<ChangelogSection> Find(SemanticVersion version) => [.. Sections.Where(s => s.Version == version)];

    private static MarkdownDocument ParseMarkdown(string text)
    {
        if (HasEndlessLinks(text)) throw ActionException.BadInput("The changelog has thousands of links without a space between them", "Look for a line of `[` and `(` that no person wrote");
        try
        {
            return Markdig.Markdown.Parse(text, Pipeline);
        }
        catch (ArgumentException e) when (e.Message.Contains("depth limit", StringComparison.Ordinal))
        {
            throw ActionException.BadInput("The changelog nests quotes, lists or brackets more than a hundred levels deep", "Look for a line of `>` or `[` that no person wrote");
        }
    }

    // Markdig looks for the end of each link up to the next space, and so needs the square of their number.
    private static bool HasEndlessLinks(string text)
    {
        var links = 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsWhiteSpace(text[i])) links = 0;
            else if (text[i] == '(' && text[i - 1] == ']' && ++links > MostLinksWithoutSpace) return true;
        }

        return false;
    }

    private IEnumerable<ChangelogSection> FindSections()
    {
        var headings = _document.Index().Where(b => b.Item is HeadingBlock)
            .Select(b => (b.Index, Block: (HeadingBlock)b.Item, Heading: VersionHeading.Read(TextOf((HeadingBlock)b.Item)))).ToList();
        for (var i = 0; i < headings.Count; i++)
        {
            var (place, block, heading) = headings[i];
            if (heading is null) continue;
            // A section ends where a heading of its own rank or above begins, or another version's of any rank.
            var after = i + 1;
            while (after < headings.Count && headings[after].Block.Level > block.Level && headings[after].Heading is null) after++;
            var next = after < headings.Count ? headings[after] : (Index: _document.Count, null!, null);
            var blocks = Enumerable.Range(place + 1, next.Index - place - 1).Select(n => _document[n]).Where(b => b is not LinkReferenceDefinitionGroup).ToList();
            yield return new ChangelogSection(heading.Text, heading.Version, heading.Date, heading.IsYanked, block.Line + 1, BodyOf(block, blocks, next.Block))
            {
                IsEmpty = blocks.All(b => b is HeadingBlock or HtmlBlock { Type: HtmlBlockType.Comment } or LinkReferenceDefinition or ThematicBreakBlock),
            };
        }
    }

    private string BodyOf(HeadingBlock heading, List<Block> blocks, HeadingBlock? next)
    {
        var begin = EndOfLine(heading.Span.End);
        var end = WithoutLinksAtTheEnd(begin, next is null ? _text.Length : Math.Max(begin, next.Span.Start));
        var body = _text[begin..end].Trim('\r', '\n', ' ', '\t');
        var used = UsedLinks(blocks).Where(l => l.Span.Start < begin || l.Span.Start >= end).Distinct().ToList();
        if (used.Count == 0) return body;
        var newline = _text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        return body + newline + newline + string.Join(newline, used.Select(l => _text.Substring(l.Span.Start, l.Span.Length)));
    }

    // The list of link definitions at the file's foot belongs to no section.
    private int WithoutLinksAtTheEnd(int begin, int end)
    {
        var at = _links.BinarySearch((end, 0), Comparer<(int Start, int)>.Create((a, b) => a.Start.CompareTo(b.Start)));
        for (var i = (at < 0 ? ~at : at) - 1; i >= 0 && _links[i].Start >= begin && _links[i].End < end; i--)
        {
            if (!_text.AsSpan(_links[i].End + 1, end - _links[i].End - 1).IsWhiteSpace()) break;
            end = _links[i].Start;
        }

        return end;
    }

    private static IEnumerable<LinkReferenceDefinition> UsedLinks(IEnumerable<Block> blocks) =>
        blocks.SelectMany(b => b.Descendants<LinkInline>()).Select(l => l.Reference).OfType<LinkReferenceDefinition>().Where(l => l.Span.Length > 0);

    private int EndOfLine(int at)
    {
        var newline = _text.IndexOf('\n', Math.Min(at, _text.Length));
        return newline < 0 ? _text.Length : newline + 1;
    }

    private string TextOf(HeadingBlock heading) => heading.Inline is { } inline ? _text.Substring(inline.Span.Start, Math.Min(inline.Span.Length, _text.Length - inline.Span.Start)) : "";
}
