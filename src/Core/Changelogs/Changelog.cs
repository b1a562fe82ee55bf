using System.Text.RegularExpressions;
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
public sealed partial class Changelog
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

    /// <summary>The link definitions, such as <c>[1.2.3]: https://…</c>, by their labels; the first of two counts, as in Markdown.</summary>
    public IReadOnlyDictionary<string, (string Url, int Line)> Links => _document.Descendants<LinkReferenceDefinition>().Where(l => l is { Label: not null, Span.Length: > 0 })
        .GroupBy(l => l.Label!, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => (g.First().Url ?? "", g.First().Line + 1), StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a changelog; any text is one, perhaps without sections.</summary>
    /// <exception cref="ActionException">Quotes, lists or brackets are nested more than a hundred levels deep (exit 2).</exception>
    public static Changelog Parse(string text) => new(text);

    /// <summary>The sections of a version; more than one where the file has duplicates.</summary>
    /// <param name="version">The version; build metadata does not count.</param>
    /// <param name="product">Only the sections whose headings name this product, or none; null for every section.</param>
    public IReadOnlyList<ChangelogSection> Find(SemanticVersion version, string? product = null) =>
        [.. Sections.Where(s => s.Version == version && (product is null || s.Product is null || IsNamed(s.Product, product)))];

    // `@acme/till` is till.
    private static bool IsNamed(string product, string wanted) =>
        product.Equals(wanted, StringComparison.OrdinalIgnoreCase) || product.EndsWith($"/{wanted}", StringComparison.OrdinalIgnoreCase);

    /// <summary>A whole file as the section of one version, for those who keep a file per version: its section where it has headings of versions, else all of it.</summary>
    public static IReadOnlyList<ChangelogSection> OfFile(string text, SemanticVersion version)
    {
        var changelog = Parse(text);
        if (changelog.Sections.Any(s => s.Version is not null)) return changelog.Find(version);
        var begin = changelog._document.FirstOrDefault() is YamlFrontMatterBlock front ? changelog.EndOfLine(front.Span.End) : 0;
        var blocks = changelog._document.Where(b => b is not YamlFrontMatterBlock).ToList();
        return [new ChangelogSection(version.Text, version, null, IsYanked: false, 1, WithoutBlankLines(changelog._text[begin..])) { IsEmpty = blocks.All(IsSilent), Doubt = SectionDoubts.Find(blocks, changelog._text) }];
    }

    internal static MarkdownDocument ParseMarkdown(string text)
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
        var headings = SectionReader.Headings(_document, _text);
        for (var i = 0; i < headings.Count; i++)
        {
            if (headings[i].Version is not { } version) continue;
            var (end, doubt) = SectionReader.EndOf(headings, i);
            var next = end < headings.Count ? headings[end] : null;
            var first = headings[i].Place + 1;
            var blocks = Enumerable.Range(first, (next?.Place ?? _document.Count) - first).Select(n => _document[n]).Where(b => b is not LinkReferenceDefinitionGroup).ToList();
            yield return new ChangelogSection(version.Text, version.Version, version.Date?.Date, version.IsYanked, headings[i].Line, BodyOf(headings[i].Block, blocks, next?.Block))
            {
                IsEmpty = blocks.All(IsSilent),
                Product = version.Product,
                DateText = version.Date?.Text,
                Doubt = doubt ?? SectionDoubts.Find(blocks, _text),
                Headings = [.. blocks.Select((b, n) => (Block: b, Next: n + 1)).Where(b => b.Block is HeadingBlock).Select(b => Inner((HeadingBlock)b.Block, blocks.Skip(b.Next)))],
            };
        }
    }

    private static InnerHeading Inner(HeadingBlock heading, IEnumerable<Block> after) => new(
        HeadingText.Of(heading.Inline), heading.Level, heading.Line + 1, after.TakeWhile(b => b is not HeadingBlock h || h.Level > heading.Level).All(IsSilent));

    private static bool IsSilent(Block block) => block is HeadingBlock or HtmlBlock { Type: HtmlBlockType.Comment } or LinkReferenceDefinition or LinkReferenceDefinitionGroup or ThematicBreakBlock;

    private string BodyOf(Block heading, List<Block> blocks, Block? next)
    {
        var begin = EndOfLine(heading.Span.End);
        var end = WithoutLinksAtTheEnd(begin, next is null ? _text.Length : Math.Max(begin, next.Span.Start));
        // A line drawn at the end parts this section from the next and belongs to neither.
        for (var i = blocks.Count - 1; i >= 0 && blocks[i] is ThematicBreakBlock; i--) end = Math.Clamp(blocks[i].Span.Start, begin, end);
        var body = AnchorAtEnd().Replace(WithoutBlankLines(_text[begin..end]), "").TrimEnd('\r', '\n', ' ', '\t');
        var used = UsedLinks(blocks).Where(l => l.Span.Start < begin || l.Span.Start >= end).Distinct().ToList();
        if (used.Count == 0) return body;
        var newline = _text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        return body + newline + newline + string.Join(newline, used.Select(l => _text.Substring(l.Span.Start, l.Span.Length)));
    }

    // The first line keeps its indentation: without it, the next item of an indented list would be an item inside the first.
    private static string WithoutBlankLines(string text)
    {
        var first = text.AsSpan().IndexOfAnyExcept(" \t\r\n");
        return first < 0 ? "" : text[(text.LastIndexOf('\n', first) + 1)..].TrimEnd('\r', '\n', ' ', '\t');
    }

    // `<a name="1.2.2"></a>` above the next heading is that heading's.
    [GeneratedRegex("""(?:^|\n)[ \t]*<a\s+(?:name|id)=["'][^"'\n]*["']\s*>\s*</a>[ \t]*\r?$""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex AnchorAtEnd();

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
}
