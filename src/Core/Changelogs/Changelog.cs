using Markdig;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Core.Changelogs;

/// <summary>
/// A changelog in Markdown. Sections are found on Markdig's syntax tree, so that a heading inside a code fence or a comment is
/// not a heading, and sliced from the original text, so that nothing is reformatted.
/// </summary>
public sealed class Changelog
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePreciseSourceLocation().UseYamlFrontMatter().Build();

    private readonly string _text;
    private readonly MarkdownDocument _document;

    private Changelog(string text)
    {
        _text = text.TrimStart('\uFEFF');
        _document = Markdig.Markdown.Parse(_text, Pipeline);
        Sections = [.. FindSections()];
    }

    /// <summary>The sections in the order of the file, <c>Unreleased</c> among them.</summary>
    public IReadOnlyList<ChangelogSection> Sections { get; }

    /// <summary>Reads a changelog; any text is one, perhaps without sections.</summary>
    public static Changelog Parse(string text) => new(text);

    /// <summary>The sections of a version; more than one where the file has duplicates.</summary>
    public IReadOnlyList<ChangelogSection> Find(SemanticVersion version) => [.. Sections.Where(s => s.Version == version)];

    private IEnumerable<ChangelogSection> FindSections()
    {
        var headings = _document.OfType<HeadingBlock>().Select(h => (Block: h, Heading: VersionHeading.Read(TextOf(h)))).ToList();
        foreach (var (index, (block, heading)) in headings.Index())
        {
            if (heading is null) continue;
            // A section ends where a heading of its own rank or above begins, or another version's of any rank.
            var next = headings.Skip(index + 1).FirstOrDefault(h => h.Block.Level <= block.Level || h.Heading is not null).Block;
            var blocks = _document.SkipWhile(b => b != block).Skip(1).TakeWhile(b => b != next && b is not LinkReferenceDefinitionGroup).ToList();
            yield return new ChangelogSection(heading.Text, heading.Version, heading.Date, heading.IsYanked, block.Line + 1, BodyOf(block, blocks, next))
            {
                IsEmpty = blocks.All(b => b is HeadingBlock or HtmlBlock { Type: HtmlBlockType.Comment } or LinkReferenceDefinition or ThematicBreakBlock),
            };
        }
    }

    private string BodyOf(HeadingBlock heading, List<Block> blocks, HeadingBlock? next)
    {
        var begin = EndOfLine(heading.Span.End);
        var end = next is null ? _text.Length : next.Span.Start;
        var links = Links().ToList();
        // The list of link definitions at the file's foot belongs to no section.
        foreach (var link in links.OrderBy(l => l.Span.Start))
            if (link.Span.Start >= begin && link.Span.Start < end && NothingButLinks(link.Span.Start, end, links)) end = link.Span.Start;
        var body = _text[begin..end].Trim('\r', '\n', ' ', '\t');
        var used = UsedLinks(blocks).Where(l => l.Span.Start < begin || l.Span.Start >= end).Distinct().ToList();
        if (used.Count == 0) return body;
        var newline = _text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        return body + newline + newline + string.Join(newline, used.Select(l => _text.Substring(l.Span.Start, l.Span.Length)));
    }

    private IEnumerable<LinkReferenceDefinition> Links() => _document.Descendants<LinkReferenceDefinition>().Where(l => l.Span.Length > 0);

    private bool NothingButLinks(int begin, int end, List<LinkReferenceDefinition> links)
    {
        var at = begin;
        foreach (var link in links.Where(l => l.Span.Start >= begin && l.Span.Start < end).OrderBy(l => l.Span.Start))
        {
            if (!string.IsNullOrWhiteSpace(_text[at..link.Span.Start])) return false;
            at = link.Span.End + 1;
        }

        return string.IsNullOrWhiteSpace(_text[at..end]);
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
