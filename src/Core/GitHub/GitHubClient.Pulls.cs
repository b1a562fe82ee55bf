namespace ReleaseActions.Core.GitHub;

/// <summary>Pull requests.</summary>
public partial class GitHubClient
{
    /// <summary>All open pull requests: one list, however many branches are looked at.</summary>
    public async Task<IReadOnlyList<PullRequest>> ListOpenPullRequestsAsync(CancellationToken cancellation)
    {
        var pulls = new List<PullRequest>();
        var request = new ApiRequest(HttpMethod.Get, Repository($"/pulls?state=open&per_page=100"), "list the open pull requests",
            "pull-requests: read");
        await foreach (var pull in ListAsync(request, GitHubJson.Default.ListPullRequest, cancellation)) pulls.Add(pull);
        return pulls;
    }

    /// <summary>Whether a pull request comes from this branch of this repository; a fork may have one of the same name.</summary>
    public bool IsFrom(PullRequest pull, string branch) =>
        pull.Head.Ref == branch && pull.Head.Label.StartsWith(runner.RequireRepository().Owner + ":", StringComparison.OrdinalIgnoreCase);
}

/// <summary>A pull request, as GitHub describes it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Title">Its title.</param>
/// <param name="HtmlUrl">Its page.</param>
/// <param name="Head">Where it comes from.</param>
/// <param name="Base">Where it goes to, in this repository.</param>
/// <param name="User">Who opened it; null where the account is gone.</param>
/// <param name="MergedAt">When it was merged, or null.</param>
public sealed record PullRequest(
    int Number, string Title, string HtmlUrl, PullRequestSide Head, PullRequestSide Base, Account? User = null,
    DateTimeOffset? MergedAt = null);

/// <summary>A branch that a pull request comes from or goes to.</summary>
/// <param name="Label">Its owner's account, a colon, and its name.</param>
/// <param name="Ref">Its name.</param>
/// <param name="Sha">The commit at its tip.</param>
public sealed record PullRequestSide(string Label, string Ref, string Sha);

/// <summary>An account.</summary>
/// <param name="Login">Its name, without <c>@</c>.</param>
public sealed record Account(string Login);
