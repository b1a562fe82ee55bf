using ReleaseActions.Core;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePublish.Metrics;

/// <summary>Reads the facts of the metrics: one list of releases, and the dates of their commits.</summary>
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
            var releases = published.Select(r => (Release: r, Tag: ReleaseTag.Find(r.TagName, report.Plan.Request.TagPrefix,
                report.Plan.Request.Order.Scheme)))
                .Where(r => r.Tag is not null).ToList();
            var ranges = releases.Take(MostMeasured).Select(r => RangeOf(r.Tag!, report.Plan)).ToList();
            await FetchAsync(ranges, report.Plan, readers.Git, cancellation);
            var measured = new List<PublicRelease>();
            foreach (var (index, (release, tag)) in releases.Index())
            {
                var range = index < MostMeasured ? ranges[index] : null;
                measured.Add(new PublicRelease(tag!.Version.Text, release.PublishedAt!.Value, release.Name ?? "", release.Body ?? "")
                {
                    LeadTime = await LeadTimeAsync(range, release, report.Plan, readers.Git, cancellation),
                });
            }

            return new ReleaseMetrics(measured, readers.Clock.GetUtcNow()) { IsCut = listed.Count == MostReleases };
        }
        catch (ActionException e)
        {
            foreach (var finding in e.Findings)
                readers.Log.Warning(finding with { Message = $"The release metrics are missing: {finding.Message}" });
            return null;
        }
    }

    // A tag that is on the remote, and the release before it; null where there is no such tag.
    private static (string To, string? From)? RangeOf(ReleaseTag tag, PublishPlan plan)
    {
        var (tags, request) = (plan.TagsAfterwards, plan.Request);
        if (!tags.ContainsKey(tag.Name)) return null;
        var among = ReleaseTag.Among(tags.Keys, request.TagPrefix, request.Order);
        return (tag.Name, ReleaseTag.Before(tag.Version, among, request.Order)?.Name);
    }

    // By their commits: what this run tagged need not be listed yet.
    private static Task FetchAsync(
        IEnumerable<(string To, string? From)?> ranges, PublishPlan plan, GitRepository git, CancellationToken cancellation)
    {
        var tags = ranges.OfType<(string To, string? From)>().SelectMany(r => (string?[])[r.To, r.From]).OfType<string>();
        var commits = tags.Select(t => plan.TagsAfterwards[t].Commit).Distinct();
        return git.FetchAsync(FetchScope.Commits, commits.Select(c => KeyValuePair.Create(c, c)), cancellation);
    }

    private static async Task<TimeSpan?> LeadTimeAsync(
        (string To, string? From)? range, Release release, PublishPlan plan, GitRepository git, CancellationToken cancellation)
    {
        if (range is not var (to, from)) return null;
        var tags = plan.TagsAfterwards;
        string[] revisions = from is null ? [tags[to].Commit] : [tags[to].Commit, $"^{tags[from].Commit}"];
        var log = await git.RunAsync(["log", "--no-merges", "--format=%ct", "--end-of-options", .. revisions, "--"], cancellation);
        var waits = log.Lines.Select(l => release.PublishedAt!.Value - DateTimeOffset.FromUnixTimeSeconds(long.Parse(l, null))).ToList();
        return waits.Count > 0 ? ReleaseMetrics.Median(waits) : null;
    }
}
