namespace ReleaseActions.Core.Versions;

/// <summary>
/// The releases that a version must come after: those of 1.2.x, or for a post-release of 1.2.3 those of 1.2.3 alone, since a hotfix of
/// 1.2.3 may come after 1.2.4. Pure.
/// </summary>
/// <param name="Name">The numbers they have in common, such as <c>1.2</c>.</param>
/// <param name="Others">The other releases of the line, highest first.</param>
/// <param name="Higher">The highest of them where the version is not higher than it; else null.</param>
public sealed record VersionLine(string Name, IReadOnlyList<ReleaseTag> Others, ReleaseTag? Higher)
{
    /// <summary>The line of a release.</summary>
    /// <param name="release">The version and its tag.</param>
    /// <param name="tags">Release tags, highest first in the team's order; the version's own may be among them.</param>
    /// <param name="order">The team's order.</param>
    public static VersionLine Of(ReleaseTag release, IEnumerable<ReleaseTag> tags, VersionOrder order)
    {
        var version = release.Version;
        var isPost = order.IsPostRelease(version);
        var numbers = order.Scheme.NumbersOfLine;
        bool IsInLine(ReleaseVersion other) => isPost ? other.HasNumbersOf(version) : other.IsOfLine(version, numbers);
        var others = tags.Where(t => t.Name != release.Name && IsInLine(t.Version)).ToList();
        var name = isPost ? version.Line(version.Numbers.Count) : numbers == 0 ? "all" : version.Line(numbers);
        return new VersionLine(name, others, others.Find(t => order.Compare(t.Version, version) >= 0));
    }

    /// <summary>What is wrong, as a sentence; null where the version is higher than its line.</summary>
    public string? Complaint(ReleaseVersion version) =>
        Higher is null ? null : $"{version} is not higher than '{Higher.Name}', the last of its line";
}
