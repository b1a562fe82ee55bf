using System.Text.RegularExpressions;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Core.Changelogs;

/// <summary>What a heading says about a version: <c>[1.2.3] - 2025-12-01</c>, <c>[v1.2.3](link) (date)</c>, <c>shop@1.2.3</c>.</summary>
/// <param name="Text">The heading as a reader sees it.</param>
/// <param name="Version">The version; null for <c>Unreleased</c>.</param>
/// <param name="Product">The text before the version or <c>unreleased</c>, where several products share a changelog; or null.</param>
internal sealed partial record VersionHeading(string Text, ReleaseVersion? Version, string? Product)
{
    private static readonly char[] Around =
    [
        ' ', '\t', '(', ')', '[', ']', '{', '}', '–', '—', '-', ':', ',', '.', '|', '/', '*', '_', '~',
        '"', '\'', '«', '»', '“', '”', LinkBegin, LinkEnd,
    ];

    private static readonly char[] BetweenWords = [.. Around.Except(['-', '/', '_', '.'])];

    private static readonly HashSet<string> Announcers = new(StringComparer.OrdinalIgnoreCase)
    {
        "version", "release", "ver", "rel", "tag", "v", "released", "changes",
    };

    // `Upgrading from 1.2.3` and `Node 18.0.0 and later` mention a version; they are not the heading of its section.
    private static readonly HashSet<string> Speech = new(StringComparer.OrdinalIgnoreCase)
    {
        "about", "after", "and", "as", "at", "before", "bump", "by", "changed", "compatibility", "dropped", "fixed", "for",
        "from", "in", "into", "is", "migrate", "migrating", "migration", "need", "needs", "new", "of", "older", "on", "or",
        "prior", "require", "required", "requires", "see", "since", "than", "the", "through", "to", "until", "update",
        "updated", "updating", "upgrade", "upgraded", "upgrading", "vs", "with", "without", "removed", "added",
    };

    /// <inheritdoc cref="ChangelogSection.Date"/>
    public DateOnly? Date { get; init; }

    /// <inheritdoc cref="ChangelogSection.DateText"/>
    public string? DateText { get; init; }

    /// <inheritdoc cref="ChangelogSection.IsYanked"/>
    public bool IsYanked { get; init; }

    /// <summary>Whether it holds only the version, its date, remarks in brackets and a title set apart: no sentence.</summary>
    public bool IsSure { get; init; }

    /// <summary>Reads a heading, as <see cref="TextOf"/> returns it; null where it is about no version.</summary>
    public static VersionHeading? Read(string text, VersionScheme scheme)
    {
        var isUnreleased = text.Contains("unreleased", StringComparison.OrdinalIgnoreCase);
        if (text.Length is 0 or > 1_000 || (!isUnreleased && !text.AsSpan().ContainsAnyInRange('0', '9'))) return null;
        var shown = WithoutMarks(text).Trim();
        if (isUnreleased && UnreleasedOf(shown) is { } whose)
            return new VersionHeading(shown, null, whose.Length == 0 ? null : whose) { IsSure = true };
        if (FindVersion(text, scheme) is not var (version, begin, end)) return null;
        if (ProductIn(text[..begin]) is not ({ } product, var isNamed)) return null;
        var rest = text[end..];
        var (dateText, date) = FindDate(rest);
        return new VersionHeading(shown, version, product.Length == 0 ? null : product)
        {
            Date = date, DateText = dateText, IsSure = !isNamed && IsSureAfter(rest, dateText),
            IsYanked = rest.Contains("yanked", StringComparison.OrdinalIgnoreCase) && Yanked().IsMatch(rest),
        };
    }

    // The first word, or the second after the name of a product or a branch: `Unreleased`, `[Unreleased] - 1.3.0`, `till (unreleased)`,
    // `till@unreleased`. Null: it is another heading.
    private static string? UnreleasedOf(string text)
    {
        if (text.Split(Around, 2, StringSplitOptions.RemoveEmptyEntries) is [var first, ..] && IsUnreleased(first)) return "";
        var spaced = text.Replace("@unreleased", " unreleased", StringComparison.OrdinalIgnoreCase);
        var words = WordsIn(spaced).ToList();
        return words is [var whose, var second] && IsUnreleased(second) && !AVersion().IsMatch(text) ? whose : null;
    }

    private static bool IsUnreleased(string word) => word.Equals("unreleased", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> WordsIn(string text) =>
        text.Split(BetweenWords, StringSplitOptions.RemoveEmptyEntries).Select(w => w.Trim(Around)).Where(w => w.Length > 0);

    private static bool IsSureAfter(string rest, string? date)
    {
        var undated = date is null ? rest : rest.Replace(date, " ", StringComparison.Ordinal);
        var words = Remarks().Replace(undated, " ").Trim(Around);
        return words.Length == 0 || words.Equals("yanked", StringComparison.OrdinalIgnoreCase) || IsSetApart(rest, date);
    }

    // `1.2.3 - The Heavy One` is a title, `1.2.3 and later` is speech.
    private static bool IsSetApart(string rest, string? date)
    {
        var after = rest.TrimStart(' ', '\t', ']', ')', '*', '_', LinkEnd);
        return after is ['-' or '–' or '—' or ':' or '(' or '[' or '|' or '/' or '"' or '“' or '«', ..]
            || (date is not null && after.StartsWith(date, StringComparison.Ordinal));
    }

    // Empty: there is only `Version` before it. Null: the text before it is speech.
    private static (string Product, bool IsNamed)? ProductIn(string before)
    {
        if (before.AsSpan().Trim(Around).IsEmpty) return ("", false);
        var isInLink = before.LastIndexOf(LinkBegin) > before.LastIndexOf(LinkEnd);
        var outside = isInLink ? before[..before.LastIndexOf(LinkBegin)] : before;
        var isGlued = before.Length > 0 && before[^1] is '@' or '-' or '/' or '_';
        var words = WordsIn(before.TrimEnd('@', '/')).Where(w => !Announcers.Contains(w)).ToList();
        if (words.Count == 0) return ("", false);
        if (words.Count > 3 || words.Any(Speech.Contains) || before.Contains(LinkEnd, StringComparison.Ordinal)) return null;
        if (isInLink && outside.Trim(Around).Length > 0) return null;
        return (string.Join(' ', words), !(isGlued && words.Count == 1));
    }

    private const string Identifiers = @"[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*";

    private const string VersionPattern =
        $@"(?<![0-9A-Za-z.+])(?:[vV]\.?)?(?<version>\d+\.\d+\.\d+(?:-{Identifiers})?(?:\+{Identifiers})?)"
        + @"(?!\.?[0-9A-Za-z_]|[-+][0-9A-Za-z-])";

    [GeneratedRegex(VersionPattern, RegexOptions.CultureInvariant, 1000)]
    private static partial Regex AVersion();

    [GeneratedRegex(@"\([^()]*\)|\[[^\[\]]*\]|\b[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\s*(?:UTC|Z))?", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Remarks();

    [GeneratedRegex(@"\bYANKED\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Yanked();
}
