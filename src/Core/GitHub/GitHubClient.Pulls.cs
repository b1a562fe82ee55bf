using System.Runtime.CompilerServices;

namespace ReleaseActions.Core.GitHub;

/// <summary>Pull requests.</summary>
public partial class GitHubClient
{
    /// <summary>All open pull requests: one list, however many branches are looked at.</summary>
    public async Task<IReadOnlyList<PullRequest>> ListOpenPullRequestsAsync(CancellationToken cancellation)
    {
        var pulls = new List<PullRequest>();
        var request = new ApiRequest(HttpMethod.Get, Repository($"/pulls?state=open&per_page=100"), "list the open pull requests", "pull-requests: read");
        await foreach (var pull in ListAsync(request, GitHubJson.Default.ListPullRequest, cancellation)) pulls.Add(pull);
        return pulls;
    }

    /// <summary>Whether a pull request comes from this branch of this repository; a fork may have one of the same name.</summary>
    public bool IsFrom(PullRequest pull, string branch) =>
        pull.Head.Ref == branch && pull.Head.Label.StartsWith(runner.RequireRepository().Owner + ":", StringComparison.OrdinalIgnoreCase);

    /// <summary>The pull requests that were merged, the one that changed last first. Pages are asked for as they are needed: stop when you have enough.</summary>
    /// <remarks>A hundred a request, whatever their number of commits; asking for the pull request of each commit would take one request a commit.</remarks>
    public async IAsyncEnumerable<MergedPullRequest> ListMergedPullRequestsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var request = new ApiRequest(HttpMethod.Get, Repository($"/pulls?state=closed&sort=updated&direction=desc&per_page=100"), "list the merged pull requests", "pull-requests: read");
        await foreach (var pull in ListAsync(request, GitHubJson.Default.ListMergedPullRequest, cancellation))
            if (pull is { MergedAt: not null, MergeCommitSha: not null }) yield return pull;
    }
}

/// <summary>A pull request, as GitHub describes it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Title">Its title.</param>
/// <param name="HtmlUrl">Its page.</param>
/// <param name="Head">Where it comes from.</param>
/// <param name="Base">Where it goes to, in this repository.</param>
/// <param name="User">Who opened it; null where the account is gone.</param>
/// <param name="MergedAt">When it was merged, or null.</param>
public sealed record PullRequest(int Number, string Title, string HtmlUrl, PullRequestSide Head, PullRequestSide Base, Account? User = null, DateTimeOffset? MergedAt = null);

/// <summary>A branch that a pull request comes from or goes to.</summary>
/// <param name="Label">Its owner's account, a colon, and its name.</param>
/// <param name="Ref">Its name.</param>
/// <param name="Sha">The commit at its tip.</param>
public sealed record PullRequestSide(string Label, string Ref, string Sha);

/// <summary>A pull request that was merged, as GitHub describes it (components/schemas/pull-request-simple).</summary>
/// <param name="Number">Its number.</param>
/// <param name="User">Who opened it; null where the account is gone.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="UpdatedAt">When anything about it last changed, never before it was merged.</param>
/// <param name="MergedAt">When it was merged; null where it was not.</param>
/// <param name="MergeCommitSha">The commit that brought it in.</param>
public sealed record MergedPullRequest(int Number, Account? User, IReadOnlyList<PullRequestLabel> Labels, DateTimeOffset UpdatedAt, DateTimeOffset? MergedAt, string? MergeCommitSha);

/// <summary>A label of a pull request.</summary>
/// <param name="Name">Its name.</param>
public sealed record PullRequestLabel(string Name);

/// <summary>An account.</summary>
/// <param name="Login">Its name, without <c>@</c>.</param>
public sealed record Account(string Login);
