namespace ReleaseActions.Core.Versions;

/// <summary>
/// A team's order of versions: SemVer's, except for post-releases. Where <c>hotfix</c> is one, 1.2.3-hotfix.1 comes after 1.2.3 and before
/// 1.2.4, though SemVer sorts it before 1.2.3, and it is as stable as 1.2.3. Pure.
/// </summary>
/// <param name="postReleases">The words of post-releases; of two on the same version the later one here comes later.</param>
public sealed class VersionOrder(IReadOnlyList<string> postReleases) : IComparer<SemanticVersion?>
{
    /// <summary>SemVer's own order.</summary>
    public static VersionOrder SemVer { get; } = new([]);

    /// <summary>Whether the version fixes the stable one with the same three numbers.</summary>
    public bool IsPostRelease(SemanticVersion version) => postReleases.Contains(version.Label);

    /// <summary>Whether the version comes before the stable one with the same three numbers.</summary>
    public bool IsPrerelease(SemanticVersion version) => version.IsPrerelease && !IsPostRelease(version);

    /// <inheritdoc/>
    public int Compare(SemanticVersion? x, SemanticVersion? y)
    {
        if (x is null || y is null) return Comparer<SemanticVersion>.Default.Compare(x, y);
        var core = (x.Major, x.Minor, x.Patch).CompareTo((y.Major, y.Minor, y.Patch));
        if (core != 0) return core;
        var rank = RankOf(x).CompareTo(RankOf(y));
        return rank != 0 ? rank : x.CompareTo(y);
    }

    // Everything else has the same rank, and SemVer decides.
    private int RankOf(SemanticVersion version) =>
        postReleases.Index().Where(p => p.Item == version.Label).Select(p => p.Index).FirstOrDefault(-1);
}
