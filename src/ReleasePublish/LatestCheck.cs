using ReleaseActions.Core;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePublish;

/// <summary>
/// Asks GitHub whether a release is the latest. The request does not answer that: another run may have published a higher version.
/// </summary>
/// <param name="isNew">Whether the release was published a moment ago, by this run or another: what GitHub shows may lag then.</param>
internal sealed class LatestCheck(bool isNew)
{
    private const int MostLooks = 3;
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(2);

    public async Task<PublicReport> RunAsync(PublicReport report, Writers writers, CancellationToken cancellation)
    {
        try
        {
            return report with { IsLatest = await FindAsync(report, writers, cancellation) };
        }
        catch (ActionException e)
        {
            return report.With(e.Findings);
        }
    }

    // Null where it should be, and GitHub does not show it yet: that is no proof that it is not.
    private async Task<bool?> FindAsync(PublicReport report, Writers writers, CancellationToken cancellation)
    {
        var (plan, release) = (report.Plan, report.Release);
        // GitHub: drafts and prereleases cannot be the latest.
        if (release.Draft || release.Prerelease) return false;
        for (var look = 1; ; look++)
        {
            var latest = await writers.Readers.GitHub.FindLatestReleaseAsync(cancellation);
            if (latest?.Id == release.Id) return !await GiveBackAsync(report, writers, cancellation);
            if (!isNew || !plan.MakeLatest) return false;
            var shown = latest is null ? "none" : $"'{PlainText.Inert(latest.TagName)}'";
            var published = $"'{release.TagName}' was published as the latest release, and GitHub";
            if (IsHigher(latest, plan.Request))
            {
                writers.Log.Notice($"{published} shows {shown} as the latest");
                return false;
            }

            if (look == MostLooks)
            {
                writers.Log.Notice($"{published} still shows {shown}: whether it is the latest is not known");
                return null;
            }

            await Task.Delay(Lag * look, writers.Clock, cancellation);
        }
    }

    // A higher version that was published between this run's last look and its own publication is the latest again.
    private async Task<bool> GiveBackAsync(PublicReport report, Writers writers, CancellationToken cancellation)
    {
        var request = report.Plan.Request;
        if (!isNew || !request.LatestByVersion || request.HigherThanThis(report.Published) is not { } higher) return false;
        var fields = new ReleaseFields(higher.TagName, MakeLatest: true);
        await writers.GitHub.UpdateReleaseAsync(higher.Id, fields, publish: false, cancellation);
        writers.Log.Notice($"'{PlainText.Inert(higher.TagName)}' was published meanwhile, and is the latest again");
        return true;
    }

    // A higher one was published by another run; any other may be what GitHub showed before.
    private static bool IsHigher(Release? latest, PublishRequest request) => request.LatestByVersion && latest is not null
        && ReleaseTag.Find(latest.TagName, request.TagPrefix, request.Order.Scheme) is { } tag
        && request.Order.Compare(tag.Version, request.Tag.Version) > 0;
}
