using System.Globalization;
using System.Text.RegularExpressions;

namespace ReleaseActions.Core.Changelogs;

/// <summary>Dates as people write them in a heading.</summary>
internal sealed partial record VersionHeading
{
    private static readonly string[] YearFirst = ["yyyy-M-d"];
    private static readonly string[] DayFirst = ["d-M-yyyy"];
    private static readonly string[] MonthFirst = ["M-d-yyyy"];
    private static readonly string[] MonthByName = ["d MMMM yyyy", "d MMM yyyy", "MMMM d yyyy", "MMM d yyyy"];

    // The first thing that has the form of a date, but for a version that has it too: `2026.07.04 - 2026-07-05`. The day is null where
    // there is no such day, or where day and month may be either way round.
    private static (string? Text, DateOnly? Day) FindDate(string text)
    {
        string? first = null;
        foreach (var numbers in NumericDate().EnumerateMatches(text))
        {
            var written = text.Substring(numbers.Index, numbers.Length);
            var mayBeVersion = written[4] == '.' && first is null && !text.AsSpan(0, numbers.Index).ContainsAnyInRange('0', '9');
            if (!mayBeVersion) return (written, DayOf(written));
            first = written;
        }

        if (DateByName().Match(text) is not { Success: true } words) return first is null ? (null, null) : (first, DayOf(first));
        var plain = OrdinalNumber().Replace(words.Value, "$1").Replace(',', ' ').Replace('.', ' ');
        plain = Spaces().Replace(plain, " ").Replace("Sept ", "Sep ", StringComparison.OrdinalIgnoreCase);
        return (words.Value, Parse(plain, MonthByName));
    }

    // The dates in a text are no versions: they become spaces. A month and a year are no day, and no version either.
    private static (string Text, string? DateText, DateOnly? Date) WithoutDates(string text)
    {
        var (dateText, date) = FindDate(text);
        if (dateText is not null) text = Blanked(text, text.IndexOf(dateText, StringComparison.Ordinal), dateText.Length);
        if (!MonthOfYear().IsMatch(text)) return (text, dateText, date);
        foreach (Match month in MonthOfYear().Matches(text)) text = Blanked(text, month.Index, month.Length);
        return (text, dateText, date);
    }

    private static string Blanked(string text, int at, int length) => string.Create(text.Length, (text, at, length), (span, from) =>
    {
        from.text.CopyTo(span);
        span.Slice(from.at, from.length).Fill(' ');
    });

    private static DateOnly? DayOf(string text)
    {
        var plain = text.Replace('/', '-').Replace('.', '-');
        if (plain.IndexOf('-', StringComparison.Ordinal) == 4) return Parse(plain, YearFirst);
        var (byDay, byMonth) = (Parse(plain, DayFirst), Parse(plain, MonthFirst));
        // 31.12.2025 is the day first wherever dots are written; 3/4/2025 is April in London and March in New York.
        if (text.Contains('.', StringComparison.Ordinal) || byMonth is null) return byDay;
        return byDay is null || byDay == byMonth ? byMonth : null;
    }

    private static DateOnly? Parse(string text, string[] forms) =>
        DateOnly.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    // `2026.07.04-rc.1` is a version.
    [GeneratedRegex(
        @"(?<!\d)(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2\d{4})(?!\d|-[A-Za-z])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NumericDate();

    private const string DayOfMonth = @"\d{1,2}(?:st|nd|rd|th)?";

    private const string Month = @"[A-Za-z]{3,9}\.?";

    private const string NamedDate = $@"(?<!\w)(?:{DayOfMonth}\.?\s+{Month},?\s+\d{{4}}|{Month}\s+{DayOfMonth},?\s+\d{{4}})(?!\d)";

    [GeneratedRegex(NamedDate, RegexOptions.CultureInvariant, 1000)]
    private static partial Regex DateByName();

    private const string MonthAndYear =
        @"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?,? [0-9]{4}\b|(?<![\w.])(?:19|20)[0-9]{2}-[01][0-9](?![\w.-])";

    [GeneratedRegex(MonthAndYear, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex MonthOfYear();

    [GeneratedRegex(@"(\d)(?:st|nd|rd|th)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex OrdinalNumber();
}
