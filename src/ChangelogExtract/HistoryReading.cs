using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ChangelogExtract;

/// <summary>What happened since the previous release.</summary>
/// <param name="Commits">Newest first, with their pull requests where GitHub told them.</param>
/// <param name="Contributors">Whose work it is.</param>
internal sealed record History(IReadOnlyList<Commit> Commits, IReadOnlyList<Contributor> Contributors);

/// <summary>Reads the commits since the previous release, and their pull requests; once, whoever asks.</summary>
internal sealed class HistoryReading(World world)
{
    // Thirty requests. A range with more merged pull requests since its oldest commit is no release of anybody's.
    private const int MostPulls = 3_000;

    private IReadOnlyList<Commit>? _commits;
    private History? _history;

    /// <summary>The commits alone; nobody but git is asked.</summary>
    /// <exception cref="ActionException">The history is not in the checkout and cannot be fetched (exit 4).</exception>
    public async Task<IReadOnlyList<Commit>> ReadCommitsAsync(ReleaseTag? previous, CancellationToken cancellation)
    {
        if (_commits is not null) return _commits;
        var to = world.Runner.Sha ?? "HEAD";
        if (previous is null)
        {
            // A shallow checkout would tell of its last commit alone.
            if (await world.Git.IsShallowAsync(cancellation) && !await world.Git.FetchAsync([], cancellation))
                throw ActionException.Remote("The history could not be fetched from origin", "Check out with `fetch-depth: 0`, or write a section into the changelog");
            return _commits = await world.Git.ListCommitsAsync(null, to, cancellation);
        }

        var tag = RefName.Require("tag", previous.Name);
        if (!await world.Git.FetchAsync([$"+refs/tags/{tag}:refs/tags/{tag}"], cancellation))
            throw ActionException.Remote($"The previous tag '{tag}' could not be fetched from origin", "Check out with `fetch-depth: 0`, or write a section into the changelog");
        return _commits = await world.Git.ListCommitsAsync($"refs/tags/{tag}", to, cancellation);
    }

    /// <summary>The commits with their pull requests and contributors. What GitHub does not tell is left out, with a notice.</summary>
    /// <exception cref="ActionException">The history is not in the checkout and cannot be fetched (exit 4).</exception>
    public async Task<History> ReadAsync(ReleaseTag? previous, CancellationToken cancellation)
    {
        if (_history is not null) return _history;
        var commits = await ReadCommitsAsync(previous, cancellation);
        commits = PullsOfCommits.Join(commits, await ReadPullsAsync(commits, cancellation));
        var earlier = previous is null ? null : await world.Git.ListAuthorsAsync($"refs/tags/{previous.Name}", cancellation);
        return _history = new History(commits, Contributors.Of(commits, earlier));
    }

    private async Task<IReadOnlyList<Pull>> ReadPullsAsync(IReadOnlyList<Commit> commits, CancellationToken cancellation)
    {
        var pulls = new List<Pull>();
        if (commits.Count == 0 || world.Token is null || world.Runner.Repository is null) return pulls;
        try
        {
            // A pull request changes last when it is merged, or later; so none that changed last before the oldest commit can have brought any of them.
            var since = commits.Min(c => c.Date);
            await foreach (var pull in world.GitHub.ListMergedPullRequestsAsync(cancellation))
            {
                if (pull.UpdatedAt < since || pulls.Count == MostPulls) break;
                pulls.Add(new Pull(pull.Number, pull.User?.Login, [.. pull.Labels.Select(l => l.Name)], pull.MergeCommitSha!));
            }
        }
        catch (ActionException e)
        {
            world.Log.Notice($"Labels and accounts of pull requests are left out: {e.Findings[0].Message}. {e.Findings[0].Remedy}.");
            return [];
        }

        world.Log.Step("pulls", ("commits", commits.Count), ("read", pulls.Count));
        return pulls;
    }
}
