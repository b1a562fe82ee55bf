using System.Globalization;
using System.Numerics;

namespace ReleaseActions.Core.Versions;

/// <summary>
/// The format of calendar versions as https://calver.org writes it: <c>YYYY.0M.DD</c>, <c>YY.MM.MICRO</c>. The text between two tokens is a
/// dot, a hyphen, an underscore or nothing. Pure.
/// </summary>
internal sealed class CalendarFormat
{
    // The longer tokens first: 0M is not a zero and an M.
    private static readonly string[] Known = ["YYYY", "MAJOR", "MINOR", "MICRO", "YY", "0Y", "MM", "0M", "WW", "0W", "DD", "0D"];
    private static readonly string[] Years = ["YYYY", "YY", "0Y"];
    private static readonly string[] Parts = ["MM", "0M", "WW", "0W"];
    private static readonly string[] Days = ["DD", "0D"];

    private readonly List<(string Token, string After)> _tokens;

    private CalendarFormat(string text, List<(string, string)> tokens) => (Text, _tokens) = (text, tokens);

    /// <summary>The format as written.</summary>
    public string Text { get; }

    /// <summary>Its tokens.</summary>
    public IReadOnlyList<string> Tokens => [.. _tokens.Select(t => t.Token)];

    /// <summary>Reads a format.</summary>
    /// <returns>The format; or null and what is wrong with it.</returns>
    public static (CalendarFormat? Format, string? Wrong) Parse(string text)
    {
        // A modifier may follow every version, named or not.
        var rest = text.EndsWith("MODIFIER", StringComparison.Ordinal) ? text[..^8].TrimEnd('.', '-', '_') : text;
        var tokens = new List<(string Token, string After)>();
        for (var at = 0; at < rest.Length;)
        {
            if (Known.FirstOrDefault(k => string.CompareOrdinal(rest, at, k, 0, k.Length) == 0) is not { } token)
                return (null, $"'{rest[at..]}' does not begin with one of {string.Join(", ", Known)}");
            at += token.Length;
            var after = at < rest.Length && rest[at] is '.' or '-' or '_' ? rest[at..(at + 1)] : "";
            at += after.Length;
            tokens.Add((token, after));
        }

        return WrongWith(tokens) is { } wrong ? (null, wrong) : (new CalendarFormat(text, tokens), null);
    }

    /// <summary>The numbers of a version and where they end.</summary>
    /// <returns>The numbers as written; or what is wrong, and what was probably meant.</returns>
    public (IReadOnlyList<string> Numbers, int Length, string? Wrong, string? Meant) Read(string text)
    {
        var (numbers, at) = (new List<string>(), 0);
        for (var i = 0; i < _tokens.Count; i++)
        {
            var (token, after) = _tokens[i];
            var end = at;
            var most = after.Length == 0 && i < _tokens.Count - 1 ? WidthOf(token) : int.MaxValue;
            while (end < text.Length && end - at < most && char.IsAsciiDigit(text[end])) end++;
            numbers.Add(text[at..end]);
            if (WrongWith(token, text[at..end]) is { } wrong) return (numbers, at, $"its {wrong}", Meant(text, numbers, i));
            at = end;
            if (i == _tokens.Count - 1 || MayEndHere(i, text, at)) break;
            if (string.CompareOrdinal(text, at, after, 0, after.Length) != 0)
                return (numbers, at, $"after its {token} there is no '{after}'", null);
            at += after.Length;
        }

        return IsDay(numbers) ? (numbers, at, null, null) : (numbers, at, $"there is no day {string.Join('-', numbers.Take(3))}", null);
    }

    /// <summary>The numbers of a day's first version; <paramref name="counters"/> are those of MAJOR, MINOR and MICRO.</summary>
    public string Write(DateOnly day, Func<string, BigInteger> counters)
    {
        var isByWeek = _tokens.Any(t => t.Token is "WW" or "0W");
        var date = day.ToDateTime(TimeOnly.MinValue);
        var (year, week) = isByWeek ? (ISOWeek.GetYear(date), ISOWeek.GetWeekOfYear(date)) : (day.Year, 0);
        return string.Concat(_tokens.Select(t => Written(t.Token, t.Token switch
        {
            "YYYY" => year,
            "YY" or "0Y" => year - 2000,
            "MM" or "0M" => day.Month,
            "WW" or "0W" => week,
            "DD" or "0D" => day.Day,
            _ => counters(t.Token),
        }) + t.After)).TrimEnd('.', '-', '_');
    }

    /// <summary>The numbers, written again with other values.</summary>
    public string Write(IReadOnlyList<BigInteger> numbers) =>
        string.Concat(_tokens.Select((t, i) => Written(t.Token, numbers.ElementAtOrDefault(i)) + t.After)).TrimEnd('.', '-', '_');

    private static string Written(string token, BigInteger value) =>
        token[0] == '0' ? $"{value}".PadLeft(2, '0') : $"{value}";

    // The last MICRO is 0 where a version has none: `24.1` is the first of `YY.MINOR.MICRO`.
    private bool MayEndHere(int at, string text, int end) =>
        at == _tokens.Count - 2 && at > 0 && _tokens[^1].Token == "MICRO" && _tokens[at].After == "."
        && !(end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end + 1]));

    private string? Meant(string text, List<string> numbers, int at)
    {
        var padded = numbers[at].TrimStart('0') is var digits && _tokens[at].Token[0] == '0' ? digits.PadLeft(2, '0') : digits;
        var begin = text[..numbers.Take(at).Select((n, i) => n.Length + _tokens[i].After.Length).Sum()];
        var meant = $"{begin}{padded}{text[(begin.Length + numbers[at].Length)..]}";
        return meant != text && meant.Length < text.Length + 3 && Read(meant) is { Wrong: null } ? meant : null;
    }

    private static int WidthOf(string token) => token == "YYYY" ? 4 : token[0] == '0' ? 2 : int.MaxValue;

    private static string? WrongWith(string token, string digits)
    {
        var isPadded = digits.Length > 1 && digits[0] == '0';
        if (digits.Length == 0) return $"{token} is missing";
        if (token[0] == '0' && digits.Length == 1) return $"{token} is '{digits}', without its zero";
        if (token[0] != '0' && isPadded) return $"{token} is '{digits}', and has no zero before it";
        var (least, most) = token switch
        {
            "YYYY" => (1000, 9999),
            "YY" or "0Y" => (0, 999),
            "MM" or "0M" => (1, 12),
            "WW" or "0W" => (1, 53),
            "DD" or "0D" => (1, 31),
            _ => (0, int.MaxValue),
        };
        var isLegal = digits.Length < 10 && int.Parse(digits, CultureInfo.InvariantCulture) is var value && value >= least && value <= most;
        return isLegal && (token[0] != '0' || digits.Length == 2 || token == "0Y") ? null : $"{token} is '{digits}'";
    }

    private bool IsDay(List<string> numbers)
    {
        int? Of(string[] tokens) => _tokens.FindIndex(t => tokens.Contains(t.Token)) is >= 0 and var at && at < numbers.Count
            ? int.Parse(numbers[at], CultureInfo.InvariantCulture) : null;
        if (Of(Days) is not { } day || Of(Years) is not { } year || Of(["MM", "0M"]) is not { } month) return true;
        return day <= DateTime.DaysInMonth(year < 1000 ? year + 2000 : year, month);
    }

    // Versions must increase with the days: the year comes before the month or week, and that before the day.
    private static string? WrongWith(List<(string Token, string After)> tokens)
    {
        int PlaceOf(string[] any) => tokens.FindIndex(t => any.Contains(t.Token));
        var (year, part, day) = (PlaceOf(Years), PlaceOf(Parts), PlaceOf(Days));
        if (year < 0) return "it has no year: YYYY, YY or 0Y";
        if (tokens.Select(t => t.Token.TrimStart('0')).Distinct().Count() < tokens.Count) return "it has a token twice";
        if (new[] { Years, Parts, Days }.Any(kind => tokens.Count(t => kind.Contains(t.Token)) > 1)) return "it has a date twice";
        if (part >= 0 && part < year) return "its year comes after its month or week";
        if (day >= 0 && (part < 0 || day < part)) return "its day does not follow its month";
        if (day >= 0 && tokens[part].Token is "WW" or "0W") return "it has a week and a day of the month";
        var glued = tokens.Take(tokens.Count - 1).FirstOrDefault(t => t.After.Length == 0 && WidthOf(t.Token) == int.MaxValue).Token;
        return glued is null ? null : $"nothing separates {glued}, which has no fixed width, from what follows";
    }
}
