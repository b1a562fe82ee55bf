using ReleaseActions.Core;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePublish.Metrics;

/// <summary>Reads the facts of the metrics: one list of releases, and the dates of the commits that the checkout has.</summary>
internal static class MetricsReading
{
    // Ten pages of the list; twelve months of most teams are on the first.
    private const int MostReleases = 1_000;
    private const int MostMeasured = 12;

    /// <summary>The metrics, the release of this run among them; null where they could not be read, which fails no release.</summary>
    public static async Task<ReleaseMetrics?> RunAsync(PublicReport report, Readers readers, CancellationToken cancellation)
    {
        try
        {
            var listed = await readers.GitHub.ListReleasesAsync(MostReleases, cancellation);
            // The list lags behind a publication.
            var published = listed.Where(r => r.Id != report.Release.Id).Append(report.Release)
                .Where(r => r is { Draft: false, PublishedAt: not null }).OrderByDescending(r => r.PublishedAt);
            var hasHistory = !await readers.Git.IsShallowAsync(cancellation);
            var releases = new List<PublicRelease>();
            foreach (var (index, release) in published.Index())
            {
                if (ReleaseTag.Find(release.TagName, report.Plan.Request.TagPrefix) is not { } tag) continue;
                var isMeasured = hasHistory && index < MostMeasured;
                releases.Add(new PublicRelease(tag.Version.Text, release.PublishedAt!.Value, release.Name ?? "", release.Body ?? "")
                {
                    LeadTime = isMeasured ? await LeadTimeAsync(tag, release, report.Plan, readers.Git, cancellation) : null,
                });
            }

            return new ReleaseMetrics(releases, readers.Clock.GetUtcNow()) { IsCut = listed.Count == MostReleases };
        }
        catch (ActionException e)
        {
            foreach (var finding in e.Findings)
                readers.Log.Warning(finding with { Message = $"The release metrics are missing: {finding.Message}" });
            return null;
        }
    }

    private static async Task<TimeSpan?> LeadTimeAsync(
        ReleaseTag tag, Release release, PublishPlan plan, GitRepository git, CancellationToken cancellation)
    {
        var (tags, request) = (plan.TagsAfterwards, plan.Request);
        if (!tags.TryGetValue(tag.Name, out var at)) return null;
        var previous = ReleaseTag.Before(tag.Version, ReleaseTag.Among(tags.Keys, request.TagPrefix, request.Order), request.Order);
        string[] range = previous is null ? [at.Commit] : [at.Commit, $"^{tags[previous.Name].Commit}"];
        // None where the checkout does not have the commits.
        var log = await git.TryAsync(["log", "--no-merges", "--format=%ct", "--end-of-options", .. range, "--"], cancellation);
        TimeSpan WaitOf(string seconds) => release.PublishedAt!.Value - DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, null));
        IReadOnlyList<TimeSpan> waits = log.Succeeded ? [.. log.Lines.Select(WaitOf)] : [];
        return waits.Count > 0 ? ReleaseMetrics.Median(waits) : null;
    }
}
