using ReleaseActions.Core.Edges;
using ReleaseActions.Core.Running;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePublish;

/// <summary>Asks GitHub whether a release is the latest. What was meant is no answer: another run may have published a higher version meanwhile.</summary>
internal sealed class LatestReading(World world, PublishPlan plan)
{
    private const int MostLooks = 3;
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(2);

    /// <summary>Whether GitHub shows it as the latest. One request; none where it cannot be, and more only until a publication of this run shows.</summary>
    public async Task<bool?> ReadAsync(Release release, CancellationToken cancellation)
    {
        // GitHub: drafts and prereleases cannot be the latest. What this run published otherwise is not either.
        if (release.Draft || release.Prerelease || (plan.Publishes && !plan.Wish.MakeLatest)) return false;
        for (var look = 1; ; look++)
        {
            var latest = await world.GitHub.FindLatestReleaseAsync(cancellation);
            if (latest?.Id == release.Id) return true;
            if (!plan.Publishes) return false;
            if (look == MostLooks || IsHigher(latest))
            {
                world.Log.Notice($"'{release.TagName}' was published as the latest release, and GitHub shows {(latest is null ? "none" : $"'{Log.Inert(latest.TagName)}'")} as the latest");
                return false;
            }

            await Task.Delay(Lag * look, world.Clock, cancellation);
        }
    }

    // A lower one may be what GitHub showed before; a higher one was published by another run.
    private bool IsHigher(Release? latest) => plan.Wish.LatestByVersion && latest is not null
        && ReleaseTag.Find(latest.TagName, world.Policy.Version.TagPrefix) is { } tag && plan.Wish.Order.Compare(tag.Version, plan.Wish.Tag.Version) > 0;
}
