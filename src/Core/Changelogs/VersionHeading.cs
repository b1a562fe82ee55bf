using ReleaseActions.Core.Versions;

namespace ReleaseActions.Core.Changelogs;

/// <summary>How surely a heading is about a version, and does not only mention it.</summary>
internal enum Certainty
{
    /// <summary>A sentence: <c>Upgrading from 1.2.3</c>.</summary>
    Mention,

    /// <summary>Other words beside the version: <c>Node 18.0.0</c>, <c>1.2.3 the big one</c>.</summary>
    Worded,

    /// <summary>A title that is set apart: <c>1.2.3 - The Heavy One</c>; or a package's name: <c>shop@1.2.3</c>.</summary>
    Titled,

    /// <summary>The version, its date and remarks in brackets.</summary>
    Bare,
}

/// <summary>What a heading says about a version: <c>[1.2.3] - 2025-12-01</c>, <c>Release notes for 1.2.3</c>, <c>shop@1.2.3</c>.</summary>
/// <param name="Text">The heading as a reader sees it.</param>
/// <param name="Versions">The versions that it is about: two in <c>1.4.0, 1.4.1</c>; none in <c>Unreleased</c>.</param>
/// <param name="Product">The text before the version or <c>unreleased</c>, where several products share a changelog; or null.</param>
internal sealed partial record VersionHeading(string Text, IReadOnlyList<WrittenVersion> Versions, string? Product)
{
    /// <inheritdoc cref="ChangelogSection.Date"/>
    public DateOnly? Date { get; init; }

    /// <inheritdoc cref="ChangelogSection.DateText"/>
    public string? DateText { get; init; }

    /// <inheritdoc cref="ChangelogSection.IsYanked"/>
    public bool IsYanked { get; init; }

    /// <summary>How surely it is about the version.</summary>
    public Certainty Certainty { get; init; }

    /// <summary>Whether it is about what is not released: <c>Unreleased</c>, <c>main</c>, <c>1.1.0 (unreleased)</c>.</summary>
    public bool IsUnreleased { get; init; }

    /// <summary>Whether it names a group of versions, such as <c>1.x</c> or a year.</summary>
    public bool IsGroup { get; init; }

    /// <summary>Whether it names the first and the last of several versions, and it is unclear which of them are meant.</summary>
    public bool IsSpan { get; init; }

    /// <summary>Whether it holds only the version, its date, remarks in brackets and a title set apart: no sentence.</summary>
    public bool IsSure => Certainty >= Certainty.Titled;

    /// <summary>Reads a heading, as <see cref="TextOf"/> returns it; null where it is about no version.</summary>
    public static VersionHeading? Read(string text)
    {
        if (text.Length is 0 or > 1_000) return null;
        var shown = WithoutMarks(text).Trim();
        if (UnreleasedIn(shown) is { } unreleased) return unreleased;
        if (!text.AsSpan().ContainsAnyInRange('0', '9')) return null;
        if (Group().IsMatch(shown)) return new VersionHeading(shown, [], null) { IsGroup = true, Certainty = Certainty.Bare };
        var (undated, dateText, date) = WithoutDates(text);
        var found = WrittenVersion.In(undated);
        if (found.Count == 0 || (found.Count == 1 && !IsAVersion(undated, found[0]))) found = [];
        if (found.Count == 0 && dateText is not null) found = [.. WrittenVersion.In(text).Where(f => f.Version.Text == dateText)];
        return found.Count == 0 ? null : About(shown, undated, found, dateText) with { Date = date, DateText = dateText };
    }

    private static VersionHeading About(string shown, string text, IReadOnlyList<Found> found, string? date)
    {
        var (versions, isSpan, end) = ((WrittenVersion[])[found[0].Version], false, found[0].End);
        var before = text[..found[0].Begin];
        for (var i = 1; i < found.Count; i++)
        {
            var (next, begin, after, _) = found[i];
            var link = Link(before, text[end..begin]);
            if (link is Between.Nothing) break;
            // Of `1.3 → 1.4` the second is meant.
            if (link is Between.Arrow && next.CompareTo(versions[^1]) > 0) versions = [next];
            else if (link is Between.Comma) versions = [.. versions, next];
            else (versions, isSpan) = ([.. versions, next], true);
            end = after;
        }

        var (product, certainty) = AsWords(before, text[end..], versions.Length == 1 && end != found[0].End);
        return new VersionHeading(shown, versions, product)
        {
            Certainty = isSpan ? Certainty.Worded : certainty,
            IsSpan = isSpan,
            IsYanked = Yanked().IsMatch(text),
            IsUnreleased = certainty > Certainty.Worded && IsNotReleased(versions, text[end..], date),
        };
    }

    // `1.1.0 (unreleased)`, `[1.1.0] - TBD`, `1.1.0-dev`: the version is named, and not released.
    private static bool IsNotReleased(WrittenVersion[] versions, string after, string? date)
    {
        var words = after.Trim(Around);
        return IsPending(words) || Pending().IsMatch(words) || (date is null && Array.TrueForAll(versions, v => v.IsInDevelopment));
    }

    // One number is a version after `v` or `Version`, or alone; not in `Top 5` and not in `10 years`.
    private static bool IsAVersion(string text, Found found)
    {
        if (found.Version.Count > 1 || found.HasPrefix) return true;
        var before = WordsIn(text[..found.Begin]).ToList();
        var isAnnounced = before.Count == 0 || Announcers.Contains(before[^1]) || before[^1].ToUpperInvariant() is "FOR" or "IN";
        return isAnnounced && before.All(IsIntroduction) && AfterWords(text[found.End..]) >= Certainty.Titled;
    }
}
