using System.Globalization;
using System.Text.RegularExpressions;

namespace ReleaseActions.Core.Changelogs;

/// <summary>A date as people write it into a heading.</summary>
/// <param name="Text">As it stands there.</param>
/// <param name="Date">What it means; null where there is no such day, or where day and month may be either way round.</param>
public sealed partial record HeadingDate(string Text, DateOnly? Date)
{
    private static readonly string[] YearFirst = ["yyyy-M-d"];
    private static readonly string[] DayFirst = ["d-M-yyyy"];
    private static readonly string[] MonthFirst = ["M-d-yyyy"];
    private static readonly string[] Words = ["d MMMM yyyy", "d MMM yyyy", "MMMM d yyyy", "MMM d yyyy"];

    /// <summary>The first thing in a text that has the form of a date; null where nothing has.</summary>
    public static HeadingDate? Find(string text)
    {
        if (Numbers().Match(text) is { Success: true } numbers) return new HeadingDate(numbers.Value, OfNumbers(numbers.Value));
        if (WithMonth().Match(text) is not { Success: true } words) return null;
        var plain = Spaces().Replace(Ordinal().Replace(words.Value, "$1").Replace(",", " ", StringComparison.Ordinal).Replace(".", " ", StringComparison.Ordinal), " ");
        return new HeadingDate(words.Value, Parse(plain.Replace("Sept ", "Sep ", StringComparison.OrdinalIgnoreCase), Words));
    }

    private static DateOnly? OfNumbers(string text)
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

    [GeneratedRegex(@"(?<!\d)(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2\d{4})(?!\d)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"(?<!\w)(?:\d{1,2}(?:st|nd|rd|th)?\.?\s+[A-Za-z]{3,9}\.?,?\s+\d{4}|[A-Za-z]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4})(?!\d)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex WithMonth();

    [GeneratedRegex(@"(\d)(?:st|nd|rd|th)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Ordinal();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Spaces();
}
