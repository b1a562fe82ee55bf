using System.Text.Json.Serialization;
using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ChangelogExtract;

/// <summary>Reads the commits since the previous release, and their pull requests, at most once.</summary>
internal sealed class HistoryGathering(Readers readers)
{
    // Thirty requests. No release has more merged pull requests since its oldest commit.
    private const int MostPulls = 3_000;

    private IReadOnlyList<Commit>? _commits;
    private History? _history;

    /// <summary>The tags on the remote, each with its commit.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; set; } = new Dictionary<string, string>();

    /// <summary>The commits, by git alone.</summary>
    /// <exception cref="ActionException">The history cannot be fetched (exit 4).</exception>
    public async Task<IReadOnlyList<Commit>> ReadCommitsAsync(ReleaseTag? previous, CancellationToken cancellation)
    {
        if (_commits is not null) return _commits;
        var commit = await readers.Git.RequireCommitOfRunAsync(null, cancellation);
        var from = CommitOf(previous);
        var wanted = new Dictionary<string, string> { [commit] = commit };
        if (from is not null) wanted[RefOf(previous!)] = from;
        await readers.Git.FetchAsync(FetchScope.Commits, wanted, cancellation);
        return _commits = await readers.Git.ListCommitsAsync(from, commit, cancellation);
    }

    /// <summary>The commits with their pull requests and contributors. What GitHub does not answer is left out, with a notice.</summary>
    /// <exception cref="ActionException">The history cannot be fetched (exit 4).</exception>
    public async Task<History> ReadAsync(ReleaseTag? previous, CancellationToken cancellation)
    {
        if (_history is not null) return _history;
        var commits = await ReadCommitsAsync(previous, cancellation);
        var pulls = await ReadPullsAsync(commits, cancellation);
        var earlier = CommitOf(previous);
        return _history = History.Of(commits, pulls, earlier is null ? null : await ListAuthorsAsync(earlier, cancellation));
    }

    /// <summary>
    /// The messages of the previous release that are not in this one's history, as of a branch that was promoted by a squash.
    /// </summary>
    public async Task<IReadOnlyList<string>> ReadEarlierAsync(ReleaseTag? previous, CancellationToken cancellation)
    {
        if (CommitOf(previous) is not { } from) return [];
        var commit = await readers.Git.RequireCommitOfRunAsync(null, cancellation);
        return [.. (await readers.Git.ListCommitsAsync(commit, from, cancellation)).Select(c => $"{c.Subject}\n{c.Body}")];
    }

    private static string RefOf(ReleaseTag tag) => $"refs/tags/{RefName.Require("tag", tag.Name)}";

    private string? CommitOf(ReleaseTag? tag) => tag is null ? null : Tags.GetValueOrDefault(tag.Name);

    private async Task<IReadOnlyList<Author>> ListAuthorsAsync(string revision, CancellationToken cancellation)
    {
        string[] log = ["log", "--no-color", "--format=%aN%x1f%aE", "--end-of-options", revision, "--"];
        var result = await readers.Git.RunAsync(log, cancellation);
        return [.. result.Lines.Distinct().Select(l => l.Split('\x1f')).Where(f => f.Length == 2).Select(f => new Author(f[0], f[1]))];
    }

    private async Task<IReadOnlyList<Pull>> ReadPullsAsync(IReadOnlyList<Commit> commits, CancellationToken cancellation)
    {
        if (commits.Count == 0 || readers.Token is null || readers.Runner.Repository is null) return [];
        try
        {
            var pulls = await ListPullsAsync(commits.Min(c => c.Date), cancellation);
            readers.Log.Step("pulls", ("commits", commits.Count), ("read", pulls.Count));
            return pulls;
        }
        catch (ActionException e)
        {
            readers.Log.Notice($"Labels and accounts of pull requests are left out: {e.Findings[0].Message}. {e.Findings[0].Remedy}.");
            return [];
        }
    }

    // A hundred a request, the one that changed last first; asking for the pull request of each commit would take one request a commit.
    // A pull request changes last when it is merged, or later: none that changed last before the oldest commit brought any of them.
    private async Task<IReadOnlyList<Pull>> ListPullsAsync(DateTimeOffset since, CancellationToken cancellation)
    {
        var address = readers.GitHub.Repository($"/pulls?state=closed&sort=updated&direction=desc&per_page=100");
        var request = new ApiRequest(HttpMethod.Get, address, "list the merged pull requests", "pull-requests: read");
        var pulls = new List<Pull>();
        await foreach (var pull in readers.GitHub.ListAsync(request, PullsJson.Default.ListClosedPull, cancellation))
        {
            if (pull is not { MergedAt: not null, MergeCommitSha: { } commit }) continue;
            if (pull.UpdatedAt < since || pulls.Count == MostPulls) break;
            pulls.Add(new Pull(pull.Number, pull.User?.Login, [.. pull.Labels.Select(l => l.Name)], commit));
        }

        return pulls;
    }
}

/// <summary>A closed pull request, as GitHub describes it (components/schemas/pull-request-simple).</summary>
/// <param name="Number">Its number.</param>
/// <param name="User">Who opened it; null where the account is gone.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="UpdatedAt">When anything about it last changed, never before it was merged.</param>
/// <param name="MergedAt">When it was merged; null where it was not.</param>
/// <param name="MergeCommitSha">The commit that brought it in.</param>
internal sealed record ClosedPull(
    int Number, Account? User, IReadOnlyList<PullLabel> Labels, DateTimeOffset UpdatedAt, DateTimeOffset? MergedAt, string? MergeCommitSha);

/// <summary>A label of a pull request.</summary>
/// <param name="Name">Its name.</param>
internal sealed record PullLabel(string Name);

/// <summary>Reads pull requests without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, MaxDepth = 64,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(List<ClosedPull>))]
internal sealed partial class PullsJson : JsonSerializerContext;
