using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Markdig.Syntax.Inlines;

namespace ReleaseActions.Core.Changelogs;

/// <summary>The text of a heading as a reader sees it: without addresses, HTML and emoji.</summary>
internal sealed partial record VersionHeading
{
    // They mark where the text of a link begins and ends, because a version in the middle of one is no heading. Both are private-use
    // characters.
    internal const char LinkBegin = '\ue000';
    internal const char LinkEnd = '\ue001';

    private static readonly SearchValues<char> Special = SearchValues.Create("{:\t\n\v\f\r");

    /// <summary>The text of a heading, with the marks of its links.</summary>
    public static string TextOf(ContainerInline? inline)
    {
        var text = new StringBuilder();
        if (inline is not null) Append(inline, text);
        return Plain(text.ToString());
    }

    /// <summary>The text of an element in HTML.</summary>
    public static string TextOfHtml(string html)
    {
        var text = Comment().Replace(html, " ");
        return Plain(WebUtility.HtmlDecode(HtmlTag().Replace(text, " ")).ReplaceLineEndings(" "));
    }

    /// <summary>A heading's text without the marks of its links.</summary>
    public static string WithoutMarks(string text) =>
        text.Replace($"{LinkBegin}", "", StringComparison.Ordinal).Replace($"{LinkEnd}", "", StringComparison.Ordinal);

    private static void Append(ContainerInline container, StringBuilder text)
    {
        foreach (var inline in container)
        {
            if (inline is LiteralInline literal) text.Append(literal.Content.AsSpan());
            else if (inline is CodeInline code) text.Append(code.Content);
            else if (inline is HtmlEntityInline entity) text.Append(entity.Transcoded.AsSpan());
            else if (inline is LineBreakInline or LinkInline { IsImage: true }) text.Append(' ');
            else if (inline is LinkInline link) AppendLink(link, text);
            else if (inline is ContainerInline inner) Append(inner, text);
        }
    }

    private static void AppendLink(LinkInline link, StringBuilder text)
    {
        text.Append(LinkBegin);
        Append(link, text);
        text.Append(LinkEnd);
    }

    private static string Plain(string text)
    {
        if (IsPlain(text)) return text.Trim();
        var plain = new StringBuilder(text.Length);
        text = Attributes().Replace(EmojiCode().Replace(text, " "), " ");
        foreach (var rune in text.EnumerateRunes()) plain.Append(IsPicture(rune) ? " " : rune.ToString());
        return Spaces().Replace(plain.ToString(), " ").Trim();
    }

    private static bool IsPicture(Rune rune) => rune.Value == 0xfe0f
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.Format or UnicodeCategory.Surrogate;

    // Most headings are: nothing in them needs the rest.
    private static bool IsPlain(string text) =>
        Ascii.IsValid(text) && !text.AsSpan().ContainsAny(Special) && !text.Contains("  ", StringComparison.Ordinal);

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Spaces();

    [GeneratedRegex("<!--.*?(?:-->|$)", RegexOptions.Singleline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Comment();

    [GeneratedRegex("<[^>]*>", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex HtmlTag();

    // `:rocket:`, as GitHub writes emoji.
    [GeneratedRegex(@"(?<!\S):[a-z0-9_+-]{1,50}:(?!\S)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex EmojiCode();

    // `{#v1.2.3}`, an anchor as Pandoc and Kramdown write it.
    [GeneratedRegex(@"\{[#:.][^{}]{0,200}\}\s*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Attributes();
}
