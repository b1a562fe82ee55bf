using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ReleaseActions.Core.Changelogs;

/// <summary>A heading as a reader sees it: without addresses, HTML and emoji. Where a link begins and ends is marked, because a version in the middle of one is no heading.</summary>
internal static partial class HeadingText
{
    /// <summary>Where a link's text begins; private to this room.</summary>
    public const char LinkBegin = '\ue000';

    /// <summary>Where a link's text ends.</summary>
    public const char LinkEnd = '\ue001';

    /// <summary>The text of a heading.</summary>
    public static string Of(ContainerInline? inline)
    {
        var text = new StringBuilder();
        if (inline is not null) Append(inline, text);
        return Plain(text.ToString());
    }

    /// <summary>The text of a heading that is written in HTML on one line, such as <c>&lt;h2&gt;1.2.3&lt;/h2&gt;</c>, and its rank; null where it is none.</summary>
    public static (string Text, int Level)? OfHtml(string html)
    {
        var match = HtmlHeading().Match(html);
        return match.Success ? (Plain(Tag().Replace(match.Groups["text"].Value, " ")), match.Groups["level"].Value[0] - '0') : null;
    }

    private static void Append(ContainerInline container, StringBuilder text)
    {
        foreach (var inline in container)
        {
            if (inline is LiteralInline literal) text.Append(literal.Content.AsSpan());
            else if (inline is CodeInline code) text.Append(code.Content);
            else if (inline is HtmlEntityInline entity) text.Append(entity.Transcoded.AsSpan());
            else if (inline is LineBreakInline) text.Append(' ');
            else if (inline is LinkInline { IsImage: true }) text.Append(' ');
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
        foreach (var rune in Attributes().Replace(Shortcode().Replace(text, " "), " ").EnumerateRunes())
        {
            var isPicture = Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.Format or UnicodeCategory.Surrogate || rune.Value == 0xfe0f;
            plain.Append(isPicture ? " " : rune.ToString());
        }

        return Spaces().Replace(plain.ToString(), " ").Trim();
    }

    private static readonly System.Buffers.SearchValues<char> Special = System.Buffers.SearchValues.Create("{:\t\n\v\f\r");

    // Most headings are: nothing in them that the rest looks for.
    private static bool IsPlain(string text) =>
        Ascii.IsValid(text) && !text.AsSpan().ContainsAny(Special) && !text.Contains("  ", StringComparison.Ordinal);

    [GeneratedRegex(@"^\s*<h(?<level>[1-6])\b[^>]*>(?<text>[^\n]*)</h\k<level>>\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex HtmlHeading();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Spaces();

    [GeneratedRegex("<[^>]*>", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Tag();

    // `:rocket:`, as GitHub writes emoji.
    [GeneratedRegex(@"(?<!\S):[a-z0-9_+-]{1,50}:(?!\S)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Shortcode();

    // `{#v1.2.3}`, an anchor as Pandoc and Kramdown write it.
    [GeneratedRegex(@"\{[#:.][^{}]{0,200}\}\s*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Attributes();
}
