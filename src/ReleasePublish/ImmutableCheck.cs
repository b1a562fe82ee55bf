using ReleaseActions.Core;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.ReleasePublish;

/// <summary>
/// Waits until a release shows that it is immutable: GitHub makes it so some seconds after the publication. A job's token may not ask
/// whether the repository has immutable releases; the release that was published before this one says so.
/// </summary>
internal static class ImmutableCheck
{
    public static async Task<PublicReport> RunAsync(PublicReport report, Writers writers, CancellationToken cancellation)
    {
        var (plan, release) = (report.Plan, report.Release);
        var before = plan.Facts.Published.Where(r => r.Id != release.Id).MaxBy(r => r.At);
        if (!plan.Publishes || release.Immutable || before is not { IsImmutable: true }) return report;
        try
        {
            var shown = await Lag.SettleAsync(
                c => writers.GitHub.FindReleaseAsync(release.Id, c), r => r is { Immutable: true }, writers.Clock, cancellation);
            if (shown is { Immutable: true }) return report with { Release = shown };
            writers.Log.Notice($"'{release.TagName}' is published, and GitHub does not show yet that it is immutable");
            return report;
        }
        catch (ActionException e)
        {
            return report.With(e.Findings);
        }
    }
}
