using System.Globalization;
using System.Text;

namespace ReleaseActions.Core.Text;

/// <summary>
/// How a text is spelled in HTML, JSON and addresses by those who write them: each library escapes what it must, and some of what it may.
/// </summary>
internal static class SecretSpellings
{
    private static readonly string[] DoubleQuotes = ["\"", "&quot;", "&#34;", "&#x22;"];
    private static readonly string[] SingleQuotes = ["'", "&#39;", "&#x27;", "&apos;"];

    // Beside letters, digits and -._~: Python's quote, JavaScript's encodeURIComponent, both, Go's path segment, JavaScript's encodeURI.
    private static readonly string[] Unescaped = ["", "/", "!'()*", "/!'()*", "$&+,;=:@", "!#$&'()*+,/:;=?@"];

    // Tokens and passwords are shorter. Of a key each line has the forms that any secret has.
    private const int LongestSpelled = 1_000;

    /// <summary>All of them; many are equal where a text has letters and digits only. None of a key, which has lines.</summary>
    public static IEnumerable<string> Of(string value) => value.Length > LongestSpelled || value.Contains('\n', StringComparison.Ordinal)
        ? [] : [.. InHtml(value), .. InJson(value), .. InAddresses(value)];

    private static IEnumerable<string> InHtml(string value)
    {
        yield return Each(value, c => $"&#{c};");
        yield return Each(value, c => $"&#x{c:x};");
        yield return Each(value, c => $"&#x{c:X};");
        var text = value.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);
        foreach (var quote in DoubleQuotes)
            foreach (var apostrophe in SingleQuotes)
                yield return text.Replace("\"", quote, StringComparison.Ordinal).Replace("'", apostrophe, StringComparison.Ordinal);
    }

    private static IEnumerable<string> InJson(string value)
    {
        foreach (var hex in (string[])["x4", "X4"])
        {
            yield return string.Concat(value.Select(c => Escape(c, hex)));
            foreach (var isAscii in (bool[])[false, true])
                foreach (var marks in (string[])["", "&<>", "&<>'", "&<>'\"+"])
                    foreach (var slash in (string[])["/", "\\/"])
                        yield return string.Concat(value.Select(c => InString(c, hex, isAscii, marks, slash)));
        }
    }

    private static string InString(char c, string hex, bool isAscii, string marks, string slash) => c switch
    {
        '/' => slash,
        _ when marks.Contains(c) || c < ' ' || (isAscii && c > '~') => Escape(c, hex),
        '"' or '\\' => $"\\{c}",
        _ => c.ToString(),
    };

    private static string Escape(char c, string hex) => "\\u" + ((int)c).ToString(hex, CultureInfo.InvariantCulture);

    private static IEnumerable<string> InAddresses(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        foreach (var hex in (string[])["x2", "X2"])
        {
            yield return string.Concat(bytes.Select(b => "%" + b.ToString(hex, CultureInfo.InvariantCulture)));
            foreach (var kept in Unescaped)
                foreach (var space in (string[])["%20", "+"])
                    yield return string.Concat(bytes.Select(b => InAddress((char)b, hex, kept, space)));
        }
    }

    private static string InAddress(char c, string hex, string kept, string space) =>
        c == ' ' ? space
        : char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~' || kept.Contains(c) ? c.ToString()
        : "%" + ((int)c).ToString(hex, CultureInfo.InvariantCulture);

    private static string Each(string value, Func<int, FormattableString> format) =>
        string.Concat(value.EnumerateRunes().Select(r => format(r.Value).ToString(CultureInfo.InvariantCulture)));
}
