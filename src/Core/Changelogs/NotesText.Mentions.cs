using System.Buffers;
using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Changelogs;

/// <summary>
/// Takes the meaning from <c>@name</c> outside code, however it is written. Where it is unsure whether GitHub sees a mention, it is one: a
/// space of no width more is seen by nobody.
/// </summary>
public static partial class NotesText
{
    private const string NoWidth = "\u200b";
    private const int LongestUrl = 500;
    private static readonly SearchValues<char> OfDelimiterRow = SearchValues.Create("|-: \t>");
    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>The notes with each <c>@name</c> outside code made plain text, so that nobody is notified.</summary>
    public static string WithoutMentions(string notes)
    {
        var edits = new SliceEdits(notes);
        foreach (var block in MarkdownText.Parse(notes).Descendants<Block>())
        {
            if (block is HtmlBlock html) InHtml(notes, html.Span, edits);
            // To Markdig a footnote of one word is the address of a link.
            else if (block is LinkReferenceDefinition { Label: ['^', ..] }) InText(notes, block.Span, edits);
            else if (block is LeafBlock { Inline: { } inlines }) InLine(notes, inlines, IsTable(notes, block.Span), edits);
        }

        return edits.ToString();
    }

    private static void InLine(string notes, ContainerInline inlines, bool isTable, SliceEdits edits)
    {
        var depth = 0;
        foreach (var inline in inlines.Descendants<Inline>())
        {
            if (inline is HtmlInline html) depth = Math.Max(0, depth + ChangeOfDepth(html.Tag));
            else if (inline is LinkInline { Reference: not null } link && link.Span.Length > 0) KeepLabel(notes, link, edits);
            // In a table a pipe ends the cell, also in code, and there is no code then.
            else if (inline is CodeInline && !(isTable && Slice(notes, inline.Span).Contains('|'))) continue;
            else if (depth == 0 && inline is LiteralInline) InText(notes, inline.Span, edits, mayBeUrl: true);
            else if (depth == 0 && inline is HtmlEntityInline or CodeInline) InText(notes, inline.Span, edits);
        }
    }

    // `[@ada]` is text and the name of an address in one: the name must stay. `[text][name]` has one already.
    private static void KeepLabel(string notes, LinkInline link, SliceEdits edits)
    {
        var source = Slice(notes, link.Span);
        var isCollapsed = source.EndsWith("][]");
        var label = isCollapsed ? source[1..^3] : source.Length > 2 ? source[1..^1] : "";
        if (!source.StartsWith("[") || !label.ContainsAny('@', '&') || label.ContainsAny('[', ']')) return;
        if (isCollapsed) edits.Replace(link.Span.End, 1, $"{label}]");
        else edits.Replace(link.Span.End, 1, $"][{label}]");
    }

    private static void InHtml(string notes, SourceSpan span, SliceEdits edits)
    {
        if (span.Length <= 0 || span.End >= notes.Length) return;
        var depth = 0;
        foreach (var token in HtmlToken.In(notes, span.Start, span.End + 1))
        {
            if (token is { Kind: HtmlKind.Tag, IsWhole: true }) depth = Math.Max(0, depth + ChangeOfDepth(Slice(notes, token)));
            // In a comment too: programs differ in where one ends.
            else if (depth == 0 || token.Kind == HtmlKind.Comment) InText(notes, new SourceSpan(token.Begin, token.End - 1), edits);
        }
    }

    // GitHub looks for no names in <code>, <pre> and <tt>.
    private static int ChangeOfDepth(ReadOnlySpan<char> tag)
    {
        var isEnd = tag.StartsWith("</");
        var name = tag[(isEnd ? 2 : 1)..];
        var length = name.IndexOfAnyExcept(Letters);
        name = length < 0 ? name : name[..length];
        var isCode = name.Equals("code", StringComparison.OrdinalIgnoreCase) || name.Equals("pre", StringComparison.OrdinalIgnoreCase)
            || name.Equals("tt", StringComparison.OrdinalIgnoreCase);
        return !isCode ? 0 : isEnd ? -1 : 1;
    }

    private static void InText(string notes, SourceSpan span, SliceEdits edits, bool mayBeUrl = false)
    {
        if (span.Length <= 0 || span.End >= notes.Length) return;
        for (var at = span.Start; at <= span.End; at++)
        {
            var length = notes[at] == '@' ? 1 : notes[at] == '&' ? LengthOfEntity(notes.AsSpan(at)) : 0;
            if (length == 0) continue;
            // `name@example.com` is an address. What follows may be a name, or become one by an entity.
            var isAddress = at > span.Start && (char.IsAsciiLetterOrDigit(notes[at - 1]) || notes[at - 1] == '_');
            var isLast = at + length == notes.Length || char.IsWhiteSpace(notes[at + length]);
            if (!isAddress && !isLast && !(mayBeUrl && IsInUrl(notes, at))) edits.Replace(at, length, "@" + NoWidth);
        }
    }

    // GitHub makes a link of `https://example.com/package/@scope/name`, and looks for no names in it. Another character would break it.
    private static bool IsInUrl(string notes, int at)
    {
        var begin = at;
        while (begin > 0 && at - begin < LongestUrl && !char.IsWhiteSpace(notes[begin - 1]) && notes[begin - 1] is not '(') begin--;
        return Url().IsMatch(notes.AsSpan(begin, at - begin));
    }

    [GeneratedRegex(@"^https?://(?:[A-Za-z0-9-]{1,63}\.){1,9}[A-Za-z]{2,63}/[A-Za-z0-9/._~%-]*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Url();

    // `&commat;`, or the number 64 in any form. HTML needs no semicolon after it.
    private static int LengthOfEntity(ReadOnlySpan<char> text)
    {
        if (text.StartsWith("&commat;", StringComparison.Ordinal)) return "&commat;".Length;
        if (!text.StartsWith("&#")) return 0;
        var isHex = text.Length > 2 && text[2] is 'x' or 'X';
        var digits = text[(isHex ? 3 : 2)..];
        var length = digits.IndexOfAnyExcept('0') is >= 0 and var zeros ? zeros : 0;
        if (!digits[length..].StartsWith(isHex ? "40" : "64")) return 0;
        length += 2;
        if (length < digits.Length && (isHex ? char.IsAsciiHexDigit(digits[length]) : char.IsAsciiDigit(digits[length]))) return 0;
        return text.Length - digits.Length + length + (length < digits.Length && digits[length] == ';' ? 1 : 0);
    }

    // A line such as `| --- | :-: |`.
    private static bool IsTable(string notes, SourceSpan span)
    {
        foreach (var line in Slice(notes, span).EnumerateLines())
            if (line.Contains('-') && line.ContainsAny('|', ':') && !line.ContainsAnyExcept(OfDelimiterRow)) return true;
        return false;
    }

    private static ReadOnlySpan<char> Slice(string notes, SourceSpan span) =>
        span.Length <= 0 || span.End >= notes.Length ? [] : notes.AsSpan(span.Start, span.Length);

    private static ReadOnlySpan<char> Slice(string notes, HtmlToken token) => notes.AsSpan(token.Begin, token.End - token.Begin);
}
