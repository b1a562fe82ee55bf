using System.Buffers;

namespace ReleaseActions.Core.Changelogs;

/// <summary>What a piece of HTML is.</summary>
internal enum HtmlKind
{
    Text,
    Tag,
    Comment,
}

/// <summary>A piece of HTML, as far as notes are concerned.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Begin">Where it begins.</param>
/// <param name="End">Where it ends, exclusively.</param>
/// <param name="IsWhole">Whether the text ends after it, and not in it.</param>
internal readonly record struct HtmlToken(HtmlKind Kind, int Begin, int End, bool IsWhole)
{
    private const int LongestName = 40;
    private static readonly SearchValues<char> AfterName = SearchValues.Create(" \t\r\n\f/>");

    /// <summary>The element's name.</summary>
    public string Name { get; private init; } = "";

    /// <summary>Whether a tag ends its element.</summary>
    public bool IsEnd { get; private init; }

    /// <summary>The quote that is open where a tag is not whole.</summary>
    public string Quote { get; private init; } = "";

    /// <summary>The pieces of a part of a text, in order, in one pass.</summary>
    public static IEnumerable<HtmlToken> In(string html, int begin, int end)
    {
        for (var at = begin; at < end;)
        {
            var next = html.IndexOf('<', at, end - at);
            if (next < 0) next = end;
            // A `<` that begins nothing is text.
            var token = next < end ? Markup(html, next, end) : null;
            var text = token is null ? Math.Min(next + 1, end) : next;
            if (text > at) yield return new HtmlToken(HtmlKind.Text, at, text, true);
            if (token is { } markup) yield return markup;
            at = token?.End ?? text;
        }
    }

    private static HtmlToken? Markup(string html, int at, int end)
    {
        var text = html.AsSpan(at, end - at);
        if (text.StartsWith("<!--")) return Comment(text, at, text[4..].IndexOf("-->"), 7);
        if (text.StartsWith("<!") || text.StartsWith("<?")) return Comment(text, at, text[2..].IndexOf('>'), 3);
        var name = text.StartsWith("</") ? text[2..] : text[1..];
        return name.Length > 0 && char.IsAsciiLetter(name[0]) ? Tag(text, at, name) : null;
    }

    private static HtmlToken Comment(ReadOnlySpan<char> text, int at, int length, int around) =>
        new(HtmlKind.Comment, at, at + (length < 0 ? text.Length : length + around), length >= 0);

    private static HtmlToken Tag(ReadOnlySpan<char> text, int at, ReadOnlySpan<char> name)
    {
        var length = name.IndexOfAny(AfterName);
        var (quote, end) = ('\0', 1);
        for (; end < text.Length && (quote != '\0' || text[end] != '>'); end++)
        {
            if (text[end] == quote) quote = '\0';
            else if (quote == '\0' && text[end] is '"' or '\'') quote = text[end];
        }

        var isWhole = end < text.Length;
        return new HtmlToken(HtmlKind.Tag, at, at + end + (isWhole ? 1 : 0), isWhole)
        {
            Name = name[..Math.Min(length < 0 ? name.Length : length, LongestName)].ToString(),
            IsEnd = text[1] == '/',
            Quote = quote == '\0' ? "" : quote.ToString(),
        };
    }
}
