using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePublish;

/// <summary>Asks GitHub whether a release is the latest. What was meant is no answer: another run may have published a higher version meanwhile.</summary>
internal sealed class LatestReading(World world, PublishPlan plan)
{
    private const int MostLooks = 3;
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(2);

    /// <summary>Whether GitHub shows it as the latest. One request; none where it cannot be, and more only until a publication of a moment ago shows.</summary>
    /// <param name="release">The release.</param>
    /// <param name="isNew">Whether it was published a moment ago, by this run or another: what GitHub shows may lag then.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Null where it should be, and GitHub does not show it yet: that is no proof that it is not.</returns>
    public async Task<bool?> ReadAsync(Release release, bool isNew, CancellationToken cancellation)
    {
        // GitHub: drafts and prereleases cannot be the latest.
        if (release.Draft || release.Prerelease) return false;
        for (var look = 1; ; look++)
        {
            var latest = await world.GitHub.FindLatestReleaseAsync(cancellation);
            if (latest?.Id == release.Id) return true;
            if (!isNew || !plan.Wish.MakeLatest) return false;
            var shown = latest is null ? "none" : $"'{PlainText.Inert(latest.TagName)}'";
            if (IsHigher(latest))
            {
                world.Log.Notice($"'{release.TagName}' was published as the latest release, and GitHub shows {shown} as the latest");
                return false;
            }

            if (look == MostLooks)
            {
                world.Log.Notice($"'{release.TagName}' was published as the latest release, and GitHub still shows {shown}: whether it is the latest is not known");
                return null;
            }

            await Task.Delay(Lag * look, world.Clock, cancellation);
        }
    }

    // A higher one was published by another run; any other may be what GitHub showed before.
    private bool IsHigher(Release? latest) => plan.Wish.LatestByVersion && latest is not null
        && ReleaseTag.Find(latest.TagName, world.Policy.Version.TagPrefix) is { } tag && plan.Wish.Order.Compare(tag.Version, plan.Wish.Tag.Version) > 0;
}
