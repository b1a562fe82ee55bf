using Markdig.Extensions.Yaml;
using Markdig.Syntax;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Changelogs;

/// <summary>
/// The headings of a Markdown file. They are found on Markdig's syntax tree, so that a heading inside a code fence or a comment is not a
/// heading; in HTML by its tags; and line by line where a list or bold text serves as one.
/// </summary>
internal sealed class MarkdownHeadings
{
    private readonly MarkdownText _file;
    private readonly List<DocumentHeading> _found = [];
    private readonly List<(int Begin, int End)> _closed = [];

    private MarkdownHeadings(MarkdownText file)
    {
        _file = file;
        foreach (var block in file.Document) Read(block);
    }

    /// <summary>The headings in the order of the file, and the tags that open and close folded text.</summary>
    public static (IReadOnlyList<DocumentHeading> Headings, IReadOnlyList<FoldTag> Folds) In(MarkdownText file)
    {
        var headings = new MarkdownHeadings(file);
        headings._found.AddRange(LineHeadings.In(file.Text, headings._closed));
        return ([.. headings._found.OrderBy(h => h.Begin)], headings.Folds);
    }

    private List<FoldTag> Folds { get; } = [];

    private void Read(Block block)
    {
        if (block is HeadingBlock heading) Add(heading);
        if (block is HtmlBlock { Type: not HtmlBlockType.Comment } html) AddHtml(html);
        var blocks = block is ContainerBlock container ? container.Descendants().OfType<Block>() : [block];
        foreach (var closed in blocks.Where(b => b is HeadingBlock or FencedCodeBlock or HtmlBlock or YamlFrontMatterBlock))
            if (closed.Span.Length > 0) _closed.Add((closed.Span.Start, EndOf(closed)));
    }

    // A fence that is never closed has no end of its own; it runs to the end of the file.
    private int EndOf(Block block) => block is FencedCodeBlock { ClosingFencedCharCount: 0, Parent: MarkdownDocument }
        ? _file.Text.Length : Math.Min(block.Span.End + 1, _file.Text.Length);

    private void Add(HeadingBlock heading)
    {
        var text = VersionHeading.TextOf(_file.InlinesOf(heading));
        // Markdig has the underline's line where there is one.
        var line = heading.IsSetext ? Math.Max(1, heading.Line) : heading.Line + 1;
        _found.Add(new DocumentHeading(
            heading.Span.Start, Math.Min(heading.Span.End + 1, _file.Text.Length), line, HeadingForm.Title, heading.Level, text)
        {
            Block = heading,
        });
    }

    // `<h2>` over several lines, or with a list right below it; `<summary>` where versions are folded away.
    private void AddHtml(HtmlBlock html)
    {
        var (end, line) = (Math.Min(html.Span.End + 1, _file.Text.Length), html.Line + 1);
        var (open, openLine, fold) = (default(HtmlToken?), 0, default(int?));
        var at = html.Span.Start;
        foreach (var token in HtmlToken.In(_file.Text, html.Span.Start, end))
        {
            for (; LineHeadings.LineAt(_file.Text, at).Next is var next && next <= token.Begin && next > at; at = next) line++;
            if (token.Kind != HtmlKind.Tag || !token.IsWhole) continue;
            if (token.Name.Equals("details", StringComparison.OrdinalIgnoreCase))
            {
                Folds.Add(new FoldTag(token.Begin, token.End, token.IsEnd));
                fold = token.IsEnd ? null : token.Begin;
            }

            if (!IsHeading(token.Name)) continue;
            if (!token.IsEnd) (open, openLine) = (token, line);
            else if (open is { } first && first.Name.Equals(token.Name, StringComparison.OrdinalIgnoreCase))
            {
                AddElement(first, token, openLine, fold);
                open = null;
            }
        }
    }

    private void AddElement(HtmlToken first, HtmlToken last, int line, int? fold)
    {
        if (last.End - first.Begin > 1_000) return;
        var isSummary = first.Name.Equals("summary", StringComparison.OrdinalIgnoreCase);
        var text = VersionHeading.TextOfHtml(_file.Text[first.End..last.Begin]);
        // A summary is a heading only where it is about a version: its element wraps that version's text.
        if (isSummary && VersionHeading.Read(text) is not { IsSure: true, IsGroup: false }) return;
        var (begin, rank) = isSummary ? (fold ?? first.Begin, DocumentHeading.NoRank - 1) : (first.Begin, first.Name[1] - '0');
        _found.Add(new DocumentHeading(begin, last.End, line, HeadingForm.Title, rank, text) { BodyBegin = last.End });
    }

    private static bool IsHeading(string name) =>
        name.Equals("summary", StringComparison.OrdinalIgnoreCase)
            || (name.Length == 2 && name[0] is 'h' or 'H' && name[1] is >= '1' and <= '6');
}

/// <summary>A tag that opens or closes folded text.</summary>
/// <param name="Begin">Where it begins.</param>
/// <param name="End">Where it ends, exclusively.</param>
/// <param name="IsEnd">Whether it closes.</param>
internal readonly record struct FoldTag(int Begin, int End, bool IsEnd);
