using System.Text.RegularExpressions;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Core.Changelogs;

/// <summary>The version in a heading, by the scheme of the policy.</summary>
internal sealed partial record VersionHeading
{
    /// <summary>Whether a text of one line names a version of the scheme.</summary>
    public static bool IsIn(string text, VersionScheme scheme) => text.Length <= 1_000 && FindVersion(text, scheme) is not null;

    private static (ReleaseVersion Version, int Begin, int End)? FindVersion(string text, VersionScheme scheme)
    {
        if (scheme == VersionSchemes.SemVer)
        {
            var match = AVersion().Match(text);
            return match.Success && scheme.Find(match.Groups["version"].Value) is { } semantic
                ? (semantic, match.Index, match.Index + match.Length) : null;
        }

        var found = CandidatesIn(text, scheme).ToList();
        // `12.10.2024 - 1.4` has its date first; in calendar versions, what looks like a date is one.
        var version = scheme.IsByDate ? -1 : found.FindIndex(f => FindDate(f.Version.Text).Text != f.Version.Text);
        return found.Count == 0 ? null : found[Math.Max(0, version)];
    }

    private static IEnumerable<(ReleaseVersion Version, int Begin, int End)> CandidatesIn(string text, VersionScheme scheme)
    {
        foreach (Match match in AnyVersion().Matches(text))
        {
            var named = match.Groups["version"].Value.TrimEnd('.', '-', '_', '+', '!');
            // A number alone is a version where the heading begins with it: `Support for Python 3` has none.
            var isFirst = WordsIn(text[..match.Index]).All(Announcers.Contains);
            if (!named.Contains('.', StringComparison.Ordinal) && !isFirst) continue;
            if (scheme.Find(named) is { } version) yield return (version, match.Index, match.Groups["version"].Index + named.Length);
        }
    }

    [GeneratedRegex(@"(?<![0-9A-Za-z.+])(?:[vV]\.?)?(?<version>[0-9][0-9A-Za-z.!+_-]*)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex AnyVersion();
}
