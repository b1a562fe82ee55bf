using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePublish;

/// <summary>Which release is a prerelease, and which one the latest.</summary>
internal sealed partial class PublishRequest
{
    /// <summary>Whether a new release is marked as a prerelease.</summary>
    public bool Prerelease => IsUnversioned || (NamedPrerelease ?? Order.IsPrerelease(Tag.Version));

    /// <summary>What the input says about it; null where the version decides, and a person where the release is there.</summary>
    public bool? NamedPrerelease => IsMoving ? true : NamedBy(_prerelease);

    /// <summary>Whether it is to be the latest, by the input; null where the versions decide.</summary>
    public bool? NamedLatest => NamedBy(_makeLatest);

    /// <summary>Whether the versions decide what is the latest: a higher one that was published meanwhile stays the latest.</summary>
    public bool LatestByVersion => NamedLatest is null;

    /// <summary>Whether somebody chose a title: an input, or the policy.</summary>
    public bool NamesTitle => _name is not null || policy.PlaceOf("release.title").Line is not null;

    /// <summary>Whether a stable release becomes the latest beside others.</summary>
    public bool MakesLatest(IEnumerable<PublishedRelease> published) => NamedLatest
        ?? (MayBeLatest(published) && HigherThanThis(published) is null
        && !Order.IsPrerelease(Tag.Version));

    /// <summary>The published release that is the latest rather than this one, by the versions; null where there is none.</summary>
    /// <remarks>What is no stable release of the same product and scheme decides nothing.</remarks>
    public PublishedRelease? HigherThanThis(IEnumerable<PublishedRelease> published)
    {
        var stable = published.Where(r => !r.IsPrerelease)
            .Select(r => (Release: r, Tag: ReleaseTag.Find(r.TagName, TagPrefix, Order.Scheme)))
            .Where(r => r.Tag is { Version: var version } && !Order.IsPrerelease(version) && IsOfSameScheme(version));
        return stable.Where(r => Order.Compare(r.Tag!.Version, Tag.Version) > 0)
            .OrderByDescending(r => r.Tag!.Version, Order).FirstOrDefault().Release;
    }

    /// <summary>
    /// Whether a release of this product may be the latest: a repository shows one, whatever it releases. Where the policy names no
    /// product, none takes it from another.
    /// </summary>
    public bool MayBeLatest(IEnumerable<PublishedRelease> published) => policy.Product is null
        || (policy.Release.LatestProduct is { } named ? policy.Product == named : !published.Any(IsOfOtherProduct));

    private bool IsOfOtherProduct(PublishedRelease release) =>
        !release.IsPrerelease && !release.TagName.StartsWith(TagPrefix, StringComparison.Ordinal);

    // 2026.1.0 is no higher version than 1.4.0, but of a team that went from the one scheme to the other.
    private bool IsOfSameScheme(ReleaseVersion other) => IsByYear(other) == IsByYear(Tag.Version);

    private static bool IsByYear(ReleaseVersion version) => version.Major >= 1990 && version.Major < 2200;

    private static bool? NamedBy(Choice choice) => choice == Choice.Auto ? null : choice == Choice.True;
}
