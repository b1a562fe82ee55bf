using System.Text.RegularExpressions;

namespace ReleaseActions.Core.Changelogs;

/// <summary>The names of what is not released yet.</summary>
internal sealed partial record VersionHeading
{
    private static readonly HashSet<string> Pendings = new(StringComparer.OrdinalIgnoreCase)
    {
        "unreleased", "not released", "not yet released", "not released yet", "to be released", "unreleased changes", "pending",
        "tbd", "tba", "tbc", "to be announced", "to be determined", "in development", "in progress", "under development", "wip",
        "work in progress", "upcoming", "upcoming release", "upcoming version", "coming soon", "next", "next release", "next version",
        "vnext", "v.next", "future", "planned", "draft",
    };

    // A branch that is a heading's whole text.
    private static readonly HashSet<string> Branches = new(StringComparer.OrdinalIgnoreCase)
    {
        "main", "master", "head", "trunk", "develop", "dev", "development", "development version", "edge", "nightly", "latest changes",
        "x.y.z", "vx.y.z", "x.x.x", "vx.x.x", "x.y", "n.n.n",
    };

    // `[Unreleased] - 1.3.0`, `main`, `till (unreleased)`, `till@unreleased`; null: it is another heading.
    private static VersionHeading? UnreleasedIn(string text)
    {
        if (text.Length > 100) return null;
        var whole = Placeholder().Replace(Remark().Replace(text, " "), " ").Trim(Around);
        var isInBrackets = whole.Length == 0 && IsPending(text.Trim(Around));
        if (isInBrackets || Pendings.Contains(whole) || Branches.Contains(whole)) return Unreleased(text, null);
        if (!text.Contains("unreleased", StringComparison.OrdinalIgnoreCase)) return null;
        if (text.Split(Around, 2, StringSplitOptions.RemoveEmptyEntries) is [var first, ..] && IsUnreleasedWord(first))
            return Unreleased(text, null);
        var spaced = text.Replace("@unreleased", " unreleased", StringComparison.OrdinalIgnoreCase);
        return WordsIn(spaced).ToList() is [var whose, var second] && IsUnreleasedWord(second) && !WrittenVersion.In(text).Any()
            && !Group().IsMatch(whose) ? Unreleased(text, whose) : null;
    }

    /// <summary>Whether a line of text, and no item of a list, says that what it is below is not released.</summary>
    public static bool SaysPending(string line) =>
        !Item().IsMatch(line) && IsPending(DateLabel().Replace(WithoutMarks(line), "").Trim(Around));

    private static VersionHeading Unreleased(string text, string? whose) =>
        new(text, [], whose) { IsUnreleased = true, Certainty = Certainty.Bare };

    private static bool IsUnreleasedWord(string word) => word.Equals("unreleased", StringComparison.OrdinalIgnoreCase);

    private static bool IsPending(string words) =>
        Pendings.Contains(words) || (words.Length > 0 && Placeholder().Match(words).Length == words.Length);

    [GeneratedRegex(@"^\s*(?:[-+*]|[0-9]+[.)])\s", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Item();

    [GeneratedRegex(
        @"^\W*(?:(?:release )?date|released?(?: on)?|status)\s*:", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex DateLabel();

    // A remark after a name: `Unreleased (2.0)`, `main (in development)`.
    [GeneratedRegex(@"\([^()]*\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Remark();

    // Where the date will be: `YYYY-MM-DD`, `2026-xx-xx`, `????-??-??`.
    [GeneratedRegex(@"(?<!\w)(?:[yx?]{4}|20(?:[0-9]{2}|[yx?]{2}))[-./](?:mm|[x?]{2})[-./](?:dd|[x?]{2})(?!\w)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\bunreleased\b|\bnot (?:yet )?released\b|\bTB[ADC]\b|\bin development\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pending();

    // `1.x`, `v1.2.x series`, `2024`.
    private const string GroupPattern = @"^\W*(?:version |release |series )?v?(?:[0-9]+(?:\.[0-9]+){0,2}\.[x*]|(?:19|20)[0-9]{2})"
        + @"(?: series| branch| releases)?\W*$";

    [GeneratedRegex(GroupPattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Group();
}
