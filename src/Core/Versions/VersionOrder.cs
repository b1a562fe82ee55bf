namespace ReleaseActions.Core.Versions;

/// <summary>
/// A team's order of versions: the scheme's, except for post-releases. Where <c>hotfix</c> is one, 1.2.3-hotfix.1 comes after 1.2.3 and
/// before 1.2.4, though SemVer sorts it before 1.2.3, and it is as stable as 1.2.3. Pure.
/// </summary>
/// <param name="postReleases">The words of post-releases; of two on the same version the later one here comes later.</param>
/// <param name="scheme">The scheme; SemVer where null. One with its own order of words keeps it.</param>
public sealed class VersionOrder(IReadOnlyList<string> postReleases, VersionScheme? scheme = null) : IComparer<ReleaseVersion?>
{
    private readonly IReadOnlyList<string> _words = scheme is { HasFixedOrder: true } ? [] : postReleases;

    /// <summary>SemVer's own order.</summary>
    public static VersionOrder SemVer { get; } = new([]);

    /// <summary>The scheme of the versions.</summary>
    public VersionScheme Scheme { get; } = scheme ?? VersionSchemes.SemVer;

    /// <summary>Whether the version fixes the stable one with the same numbers.</summary>
    public bool IsPostRelease(ReleaseVersion version) => version.IsPostRelease || _words.Contains(version.Label);

    /// <summary>Whether the version comes before the stable one with the same numbers.</summary>
    public bool IsPrerelease(ReleaseVersion version) => version.IsPrerelease && !IsPostRelease(version);

    /// <inheritdoc/>
    public int Compare(ReleaseVersion? x, ReleaseVersion? y)
    {
        if (x is null || y is null) return Comparer<ReleaseVersion>.Default.Compare(x, y);
        if (_words.Count == 0) return x.CompareTo(y);
        if (x.CompareNumbers(y) is not 0 and var order) return order;
        var rank = RankOf(x).CompareTo(RankOf(y));
        return rank != 0 ? rank : x.CompareTo(y);
    }

    // Everything else has the same rank, and the scheme decides.
    private int RankOf(ReleaseVersion version) =>
        _words.Index().Where(p => p.Item == version.Label).Select(p => p.Index).FirstOrDefault(-1);
}
