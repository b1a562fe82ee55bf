using ReleaseActions.Core;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePublish.Figures;

/// <summary>Reads the facts of the figures: one list of releases, and the dates of the commits that the checkout has.</summary>
internal sealed class FiguresReading(World world, IReadOnlyDictionary<string, RemoteTag> tags)
{
    // Ten pages of the list; twelve months of most teams are on the first.
    private const int MostReleases = 1_000;
    private const int MostMeasured = 12;

    /// <summary>The figures, the release of this run among them; null where they could not be read, which fails no release.</summary>
    public async Task<ReleaseFigures?> ReadAsync(Release ofThisRun, CancellationToken cancellation)
    {
        try
        {
            // The list lags behind a publication.
            var listed = await world.GitHub.ListReleasesAsync(MostReleases, cancellation);
            var releases = listed.Where(r => r.Id != ofThisRun.Id).Append(ofThisRun).Where(r => r is { Draft: false, PublishedAt: not null }).OrderByDescending(r => r.PublishedAt).ToList();
            var known = ReleaseTag.Among(tags.Keys, world.Policy.Version.TagPrefix, world.Policy.Version.Order);
            var hasHistory = !await world.Git.IsShallowAsync(cancellation);
            var facts = new List<PublicRelease>();
            foreach (var (index, release) in releases.Index())
                if (ReleaseTag.Find(release.TagName, world.Policy.Version.TagPrefix) is { } tag)
                    facts.Add(new PublicRelease(tag.Version.Text, release.PublishedAt!.Value, release.Name ?? "", release.Body ?? "") { LeadTime = hasHistory && index < MostMeasured ? await LeadTimeAsync(tag, release.PublishedAt.Value, known, cancellation) : null });
            return new ReleaseFigures(facts, world.Clock.GetUtcNow()) { IsCut = listed.Count == MostReleases };
        }
        catch (ActionException e)
        {
            foreach (var finding in e.Findings) world.Log.Warning(finding with { Message = $"The release figures are missing: {finding.Message}" });
            return null;
        }
    }

    private async Task<TimeSpan?> LeadTimeAsync(ReleaseTag tag, DateTimeOffset published, IReadOnlyList<ReleaseTag> known, CancellationToken cancellation)
    {
        if (!tags.TryGetValue(tag.Name, out var at)) return null;
        var previous = ReleaseTag.Before(tag.Version, known, world.Policy.Version.Order);
        var dates = await world.Git.ListCommitDatesAsync(previous is null ? null : tags[previous.Name].Commit, at.Commit, cancellation);
        return dates.Count == 0 ? null : ReleaseFigures.Median([.. dates.Select(d => published - d)]);
    }
}
