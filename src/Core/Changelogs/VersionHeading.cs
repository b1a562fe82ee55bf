using System.Text.RegularExpressions;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Core.Changelogs;

/// <summary>What a heading says, where it is about a version: <c>[1.2.3] - 2025-12-01</c>, <c>v1.2.3 – 2025-12-01</c>, <c>[v1.2.3](link) (date)</c>, <c>shop@1.2.3</c>, <c>Unreleased</c>.</summary>
/// <param name="Text">The heading as a reader sees it.</param>
/// <param name="Version">The version; null for <c>Unreleased</c>.</param>
/// <param name="Product">What stands before the version, or before <c>unreleased</c>, where several products share a changelog; null where nothing does.</param>
/// <param name="Date">The date, or what has the form of one.</param>
/// <param name="IsYanked">Whether it says <c>[YANKED]</c>.</param>
/// <param name="IsSure">Whether it holds nothing but the version, its date, remarks in brackets and a title set apart. Inside a version's section another heading counts only then.</param>
public sealed partial record VersionHeading(string Text, SemanticVersion? Version, string? Product, HeadingDate? Date, bool IsYanked, bool IsSure)
{
    private static readonly char[] Around = [' ', '\t', '(', ')', '[', ']', '{', '}', '–', '—', '-', ':', ',', '.', '|', '/', '*', '_', '~', '"', '\'', '«', '»', '“', '”', HeadingText.LinkBegin, HeadingText.LinkEnd];

    private static readonly char[] BetweenWords = [.. Around.Except(['-', '/', '_', '.'])];

    private static readonly HashSet<string> Announcers = new(StringComparer.OrdinalIgnoreCase) { "version", "release", "ver", "rel", "tag", "v", "released", "changes" };

    // `Upgrading from 1.2.3` and `Node 18.0.0 and later` speak about a version; they are not the heading of its section.
    private static readonly HashSet<string> Speech = new(StringComparer.OrdinalIgnoreCase)
    {
        "about", "after", "and", "as", "at", "before", "bump", "by", "changed", "compatibility", "dropped", "fixed", "for", "from", "in", "into", "is", "migrate", "migrating", "migration", "need", "needs", "new", "of",
        "older", "on", "or", "prior", "require", "required", "requires", "see", "since", "than", "the", "through", "to", "until", "update", "updated", "updating", "upgrade", "upgraded", "upgrading", "vs", "with", "without", "removed", "added",
    };

    /// <summary>Reads a heading, as <see cref="HeadingText"/> gives it; null where it is about no version.</summary>
    public static VersionHeading? Read(string text)
    {
        var isUnreleased = text.Contains("unreleased", StringComparison.OrdinalIgnoreCase);
        if (text.Length is 0 or > 1_000 || (!isUnreleased && !text.AsSpan().ContainsAnyInRange('0', '9'))) return null;
        var shown = text.Replace($"{HeadingText.LinkBegin}", "", StringComparison.Ordinal).Replace($"{HeadingText.LinkEnd}", "", StringComparison.Ordinal).Trim();
        if (isUnreleased && WhoseUnreleased(shown) is { } whose) return new VersionHeading(shown, null, whose.Length == 0 ? null : whose, null, IsYanked: false, IsSure: true);
        var match = AVersion().Match(text);
        if (!match.Success || !SemanticVersion.TryParse(match.Groups["version"].Value, out var version)) return null;
        if (ProductOf(text[..match.Index]) is not ({ } product, var isNamed)) return null;
        var rest = text[(match.Index + match.Length)..];
        var date = HeadingDate.Find(rest);
        var words = Remarks().Replace(date is null ? rest : rest.Replace(date.Text, " ", StringComparison.Ordinal), " ").Trim(Around);
        var isYanked = rest.Contains("yanked", StringComparison.OrdinalIgnoreCase) && Yanked().IsMatch(rest);
        return new VersionHeading(shown, version, product.Length == 0 ? null : product, date, isYanked, !isNamed && (words.Length == 0 || words.Equals("yanked", StringComparison.OrdinalIgnoreCase) || IsSetApart(rest, date)));
    }

    // The first word, or the second after the name of a product or a branch: `Unreleased`, `[Unreleased] - 1.3.0`, `till (unreleased)`, `till@unreleased`. Null: it is another heading.
    private static string? WhoseUnreleased(string text)
    {
        if (text.Split(Around, 2, StringSplitOptions.RemoveEmptyEntries) is [var first, ..] && first.Equals("unreleased", StringComparison.OrdinalIgnoreCase)) return "";
        var words = text.Replace("@unreleased", " unreleased", StringComparison.OrdinalIgnoreCase).Split(BetweenWords, StringSplitOptions.RemoveEmptyEntries).Select(w => w.Trim(Around)).Where(w => w.Length > 0).ToList();
        return words is [var whose, var second] && second.Equals("unreleased", StringComparison.OrdinalIgnoreCase) && !AVersion().IsMatch(text) ? whose : null;
    }

    // `1.2.3 - The Heavy One` is a title, `1.2.3 and later` is speech.
    private static bool IsSetApart(string rest, HeadingDate? date)
    {
        var after = rest.TrimStart(' ', '\t', ']', ')', '*', '_', HeadingText.LinkEnd);
        return after is ['-' or '–' or '—' or ':' or '(' or '[' or '|' or '/' or '"' or '“' or '«', ..] || (date is not null && after.StartsWith(date.Text, StringComparison.Ordinal));
    }

    // Empty: nothing but `Version` stands before. Null: what stands before is speech.
    private static (string Product, bool IsNamed)? ProductOf(string before)
    {
        if (before.AsSpan().Trim(Around).IsEmpty) return ("", false);
        var isInLink = before.LastIndexOf(HeadingText.LinkBegin) > before.LastIndexOf(HeadingText.LinkEnd);
        var outside = isInLink ? before[..before.LastIndexOf(HeadingText.LinkBegin)] : before;
        var isGlued = before.Length > 0 && before[^1] is '@' or '-' or '/' or '_';
        var words = before.TrimEnd('@', '/').Split(BetweenWords, StringSplitOptions.RemoveEmptyEntries)
            .Select(w => w.Trim(Around)).Where(w => w.Length > 0 && !Announcers.Contains(w)).ToList();
        if (words.Count == 0) return ("", false);
        if (words.Count > 3 || words.Any(Speech.Contains) || before.Contains(HeadingText.LinkEnd, StringComparison.Ordinal)) return null;
        if (isInLink && outside.Trim(Around).Length > 0) return null;
        return (string.Join(' ', words), !(isGlued && words.Count == 1));
    }

    [GeneratedRegex(@"(?<![0-9A-Za-z.+])(?:[vV]\.?)?(?<version>\d+\.\d+\.\d+(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?)(?!\.?[0-9A-Za-z_]|[-+][0-9A-Za-z-])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex AVersion();

    [GeneratedRegex(@"\([^()]*\)|\[[^\[\]]*\]|\b[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\s*(?:UTC|Z))?", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Remarks();

    [GeneratedRegex(@"\bYANKED\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Yanked();
}
