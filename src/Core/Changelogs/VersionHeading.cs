using System.Globalization;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Core.Changelogs;

/// <summary>What a heading says, where it is about a version: <c>[1.2.3] - 2025-12-01</c>, <c>v1.2.3 – 2025-12-01</c>, <c>[v1.2.3](link) (date)</c>, <c>Unreleased</c>.</summary>
internal sealed record VersionHeading(string Text, SemanticVersion? Version, DateOnly? Date, bool IsYanked)
{
    private static readonly char[] Separators = [' ', '\t', '(', ')', '[', ']', '–', '—', ':', ',', '*', '`'];

    /// <summary>Reads a heading's Markdown; null where it is about no version.</summary>
    public static VersionHeading? Read(string markdown)
    {
        var words = WithoutLinkTargets(markdown).Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) return null;
        if (words[0].Equals("unreleased", StringComparison.OrdinalIgnoreCase)) return new VersionHeading(words[0], null, null, IsYanked: false);
        var place = words[0].Equals("version", StringComparison.OrdinalIgnoreCase) || words[0].Equals("release", StringComparison.OrdinalIgnoreCase) ? 1 : 0;
        if (place >= words.Length || VersionOf(words[place]) is not { } version) return null;
        return new VersionHeading(
            string.Join(' ', words), version, words.Skip(place + 1).Select(DateOf).FirstOrDefault(d => d is not null),
            words.Any(w => w.Equals("YANKED", StringComparison.OrdinalIgnoreCase)));
    }

    private static SemanticVersion? VersionOf(string word)
    {
        var text = word is ['v' or 'V', .. var rest] ? rest : word;
        return SemanticVersion.TryParse(text, out var version) ? version : null;
    }

    private static DateOnly? DateOf(string word) =>
        DateOnly.TryParseExact(word, ["yyyy-MM-dd", "yyyy/MM/dd", "yyyy.MM.dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    // `[1.2.3](https://…/v1.2.2...v1.2.3)`: the address is no part of what the heading says.
    private static string WithoutLinkTargets(string markdown)
    {
        var begin = markdown.IndexOf("](", StringComparison.Ordinal);
        var end = begin < 0 ? -1 : markdown.IndexOf(')', begin);
        return end < 0 ? markdown : markdown[..(begin + 1)] + markdown[(end + 1)..];
    }
}
