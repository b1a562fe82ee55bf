using System.Globalization;
using System.Text.RegularExpressions;

namespace ReleaseActions.Tests.Support;

/// <summary>The formats of JSON Schema, as strictly as documents of the field need; an unknown format accepts everything.</summary>
public static class JsonFormat
{
    private static readonly Regex Moment = new(
        @"\A\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)\z", RegexOptions.CultureInvariant);
    private static readonly Regex Scheme = new(@"\A[A-Za-z][A-Za-z0-9+.-]*:", RegexOptions.CultureInvariant);

    public static bool IsKept(string format, string text) => format switch
    {
        "date-time" => Moment.IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "email" or "idn-email" => text.Split('@') is [{ Length: > 0 }, { Length: > 0 } host] && !host.Contains(' '),
        "uri" => Scheme.IsMatch(text) && IsReference(text) && text.All(char.IsAscii),
        "iri" => Scheme.IsMatch(text) && IsReference(text),
        "uri-reference" => IsReference(text) && text.All(char.IsAscii),
        "iri-reference" => IsReference(text),
        "uuid" => Guid.TryParseExact(text, "d", out _),
        "regex" => IsRegex(text),
        _ => true,
    };

    // RFC 3987: no spaces, no controls, none of the delimiters that must be escaped.
    private static bool IsReference(string text) =>
        !text.Any(c => c <= ' ' || c is '<' or '>' or '"' or '{' or '}' or '|' or '\\' or '^' or '`' or '\x7f');

    private static bool IsRegex(string text)
    {
        try
        {
            _ = new Regex(text);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
