namespace ReleaseActions.Core.Edges;

/// <summary>Pull requests.</summary>
public sealed partial class GitHub
{
    /// <summary>The open pull requests that a branch of this repository would be merged by.</summary>
    public async Task<IReadOnlyList<PullRequest>> ListOpenPullRequestsFromAsync(string branch, CancellationToken cancellation)
    {
        var (owner, _) = runner.RequireRepository();
        var pulls = new List<PullRequest>();
        var request = new ApiRequest(
            HttpMethod.Get, Repository($"/pulls?state=open&head={owner + ":" + branch}&per_page=100"), $"list the open pull requests from {branch}", "pull-requests: read");
        await foreach (var pull in ListAsync(request, GitHubJson.Default.ListPullRequest, cancellation))
        {
            // An older server that does not know `head` sends all of them.
            if (pull.Head.Ref == branch) pulls.Add(pull);
        }

        return pulls;
    }
}

/// <summary>A pull request, as GitHub describes it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Title">Its title.</param>
/// <param name="HtmlUrl">Its page.</param>
/// <param name="Head">Where it comes from.</param>
/// <param name="User">Who opened it; null where the account is gone.</param>
/// <param name="MergedAt">When it was merged, or null.</param>
public sealed record PullRequest(int Number, string Title, string HtmlUrl, PullRequestHead Head, Account? User = null, DateTimeOffset? MergedAt = null);

/// <summary>The branch a pull request comes from.</summary>
/// <param name="Ref">The branch's name.</param>
/// <param name="Sha">The commit at its tip.</param>
public sealed record PullRequestHead(string Ref, string Sha);
