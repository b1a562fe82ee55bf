using System.Text;
using Markdig.Syntax;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Changelogs;

/// <summary>
/// Closes what notes leave open, so that text below them is on the page as it is meant: not in their code, comment or folded details. Open
/// HTML is looked for in the page, because a list or a quote ends without what was opened in it.
/// </summary>
public static partial class NotesText
{
    // One for the fence, one for a comment or a tag, one for the elements around it; then nothing is open.
    private const int MostSteps = 4;

    /// <summary>The notes, with whatever they leave open closed at their end; unchanged where nothing is open.</summary>
    public static string Closed(string notes)
    {
        for (var step = 0; step < MostSteps; step++)
        {
            var document = MarkdownText.Parse(notes);
            var end = EndOf(LastOf(document)) ?? new OpenHtml().Read(MarkdownText.Html(document)).End;
            if (end.Length == 0) return notes;
            notes = notes.TrimEnd() + end;
        }

        return notes;
    }

    // The blocks before the first that leaves something open.
    private static string BeforeWhatIsOpen(string notes)
    {
        var (html, end) = (new OpenHtml(), 0);
        foreach (var block in MarkdownText.Parse(notes).Where(b => b is not LinkReferenceDefinitionGroup))
        {
            var text = notes[end..Math.Clamp(block.Span.End + 1, end, notes.Length)];
            var document = MarkdownText.Parse(text);
            if (EndOf(LastOf(document)) is not null || html.Read(MarkdownText.Html(document)).End.Length > 0) break;
            end += text.Length;
        }

        return notes[..end].TrimEnd();
    }

    private static Block? LastOf(MarkdownDocument document) => document.LastOrDefault(b => b is not LinkReferenceDefinitionGroup);

    // What ends a block that blank lines do not end; null where it has ended, or needs nothing.
    private static string? EndOf(Block? block) => block switch
    {
        FencedCodeBlock { ClosingFencedCharCount: 0 } fence => "\n" + new string(fence.FencedChar, fence.OpeningFencedCharCount),
        HtmlBlock { Type: HtmlBlockType.ProcessingInstruction } html => UnlessThere("?>", html),
        HtmlBlock { Type: HtmlBlockType.DocumentType } html => UnlessThere(">", html),
        HtmlBlock { Type: HtmlBlockType.CData } html => UnlessThere("]]>", html),
        HtmlBlock { Type: HtmlBlockType.Comment } html => UnlessThere("-->", html),
        _ => null,
    };

    private static string? UnlessThere(string end, LeafBlock html) =>
        html.Lines.Count > 0 && html.Lines.Lines[html.Lines.Count - 1].Slice.AsSpan().Contains(end, StringComparison.Ordinal)
            ? null : $"\n{end}";

    /// <summary>What a page of HTML leaves open.</summary>
    private sealed class OpenHtml
    {
        private static readonly HashSet<string> NeverOpen = new(StringComparer.OrdinalIgnoreCase)
        {
            "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
            // The next paragraph ends it.
            "p",
        };

        private readonly List<string> _elements = [];
        private HtmlToken _last;

        /// <summary>What closes it all, as Markdown; empty where nothing is open.</summary>
        public string End => _last switch
        {
            { Kind: HtmlKind.Comment, IsWhole: false } => "\n\n<!-- -->",
            // Whatever quotes are open in the tag end in the comment, and then the tag.
            { Kind: HtmlKind.Tag, IsWhole: false } => $"\n\n<!-- {_last.Quote}> -->",
            _ when _elements.Count == 0 => "",
            _ => "\n\n" + string.Concat(_elements.AsEnumerable().Reverse().Select(e => $"</{e}>\n")).TrimEnd(),
        };

        public OpenHtml Read(string html)
        {
            foreach (var token in HtmlToken.In(html, 0, html.Length))
            {
                _last = token;
                if (token is not { Kind: HtmlKind.Tag, IsWhole: true } || NeverOpen.Contains(token.Name)) continue;
                // An element that another one's end cuts off goes on: </div> does not end a <b> in it.
                if (!token.IsEnd) _elements.Add(token.Name);
                else if (_elements.FindLastIndex(e => e.Equals(token.Name, StringComparison.OrdinalIgnoreCase)) is >= 0 and var at)
                    _elements.RemoveAt(at);
            }

            return this;
        }
    }
}
