using System.Net;
using System.Text.Json;

namespace ReleaseActions.Core.GitHub;

/// <summary>What GitHub knows about a commit and its run: checks, issues, approvals, teams.</summary>
public partial class GitHubClient
{
    /// <summary>The check runs on a commit, of each name the latest; apps and workflows make them.</summary>
    public async Task<IReadOnlyList<CheckRun>> ListCheckRunsAsync(string commit, CancellationToken cancellation)
    {
        var request = new ApiRequest(HttpMethod.Get, Repository($"/commits/{commit}/check-runs?filter=latest&per_page=100"), "list the checks of the commit", "checks: read");
        return await AllAsync(ListAsync(request, page => page.Read(request, GitHubJson.Default.CheckRunPage).CheckRuns, cancellation));
    }

    /// <summary>The statuses on a commit, of each context the latest; the older way in which services report.</summary>
    public async Task<IReadOnlyList<CommitStatus>> ListStatusesAsync(string commit, CancellationToken cancellation)
    {
        var request = new ApiRequest(HttpMethod.Get, Repository($"/commits/{commit}/status?per_page=100"), "list the statuses of the commit", "statuses: read");
        return await AllAsync(ListAsync(request, page => page.Read(request, GitHubJson.Default.CombinedStatus).Statuses, cancellation));
    }

    /// <summary>The open issues that carry a label; pull requests, which GitHub lists among them, are left out.</summary>
    public async Task<IReadOnlyList<Issue>> ListOpenIssuesAsync(string label, CancellationToken cancellation)
    {
        var request = new ApiRequest(HttpMethod.Get, Repository($"/issues?state=open&labels={label}&per_page=100"), $"list the open issues labelled {label}", "issues: read");
        var issues = new List<Issue>();
        await foreach (var issue in ListAsync(request, GitHubJson.Default.ListIssue, cancellation)) if (issue.PullRequest is null) issues.Add(issue);
        return issues;
    }

    /// <summary>The names of the repository's labels.</summary>
    public async Task<IReadOnlyList<string>> ListLabelsAsync(CancellationToken cancellation)
    {
        var request = new ApiRequest(HttpMethod.Get, Repository($"/labels?per_page=100"), "list the labels of the repository", "issues: read");
        return [.. (await AllAsync(ListAsync(request, GitHubJson.Default.ListLabel, cancellation))).Select(l => l.Name)];
    }

    /// <summary>The pull requests that brought a commit into the default branch, or hold it.</summary>
    public async Task<IReadOnlyList<PullRequest>> ListPullRequestsOfAsync(string commit, CancellationToken cancellation)
    {
        var request = new ApiRequest(HttpMethod.Get, Repository($"/commits/{commit}/pulls?per_page=100"), "list the pull requests of the commit", "pull-requests: read");
        return await AllAsync(ListAsync(request, GitHubJson.Default.ListPullRequest, cancellation));
    }

    /// <summary>The reviews of a pull request, oldest first.</summary>
    public async Task<IReadOnlyList<Review>> ListReviewsAsync(int number, CancellationToken cancellation)
    {
        var request = new ApiRequest(HttpMethod.Get, Repository($"/pulls/{number}/reviews?per_page=100"), $"list the reviews of #{number}", "pull-requests: read");
        return await AllAsync(ListAsync(request, GitHubJson.Default.ListReview, cancellation));
    }

    /// <summary>Who let the run into a protected environment, or kept it out.</summary>
    public async Task<IReadOnlyList<RunApproval>> ListRunApprovalsAsync(long run, CancellationToken cancellation)
    {
        var request = new ApiRequest(HttpMethod.Get, Repository($"/actions/runs/{run}/approvals"), "list the approvals of the run", "actions: read");
        return (await SendAsync(request, cancellation)).ReadList(request, GitHubJson.Default.ListRunApproval);
    }

    /// <summary>The logins of a team's members; null where GitHub says 404: there is no such team, or the token may not see it.</summary>
    public async Task<IReadOnlyList<string>?> FindTeamMembersAsync(string team, CancellationToken cancellation)
    {
        var request = new ApiRequest(HttpMethod.Get, Organisation($"/teams/{team}/members?per_page=100"), $"list the members of the team {team}", "Members: read (of the organisation)")
        {
            Expected = [HttpStatusCode.NotFound],
        };
        var isThere = true;
        var members = await AllAsync(ListAsync(request, page => (isThere = page.Status != HttpStatusCode.NotFound) ? page.ReadList(request, GitHubJson.Default.ListAccount) : [], cancellation));
        return isThere ? [.. members.Select(m => m.Login)] : null;
    }

    private static async Task<IReadOnlyList<T>> AllAsync<T>(IAsyncEnumerable<T> items)
    {
        var all = new List<T>();
        await foreach (var item in items) all.Add(item);
        return all;
    }
}

/// <summary>One page of check runs.</summary>
/// <param name="CheckRuns">The runs.</param>
public sealed record CheckRunPage(IReadOnlyList<CheckRun> CheckRuns);

/// <summary>A check run, as GitHub describes it.</summary>
/// <param name="Name">Its name, as a pull request shows it.</param>
/// <param name="Status"><c>completed</c>, or what it still does.</param>
/// <param name="Conclusion">Such as <c>success</c> or <c>failure</c>; null until it is completed.</param>
public sealed record CheckRun(string Name, string Status, string? Conclusion);

/// <summary>The statuses of a commit taken together.</summary>
/// <param name="Statuses">The latest of each context.</param>
public sealed record CombinedStatus(IReadOnlyList<CommitStatus> Statuses);

/// <summary>A commit's status.</summary>
/// <param name="Context">Its name.</param>
/// <param name="State"><c>success</c>, <c>pending</c>, <c>failure</c> or <c>error</c>.</param>
public sealed record CommitStatus(string Context, string State);

/// <summary>An issue, as GitHub describes it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Title">Its title.</param>
/// <param name="PullRequest">Set where it is a pull request.</param>
public sealed record Issue(int Number, string Title, JsonElement? PullRequest = null);

/// <summary>A review of a pull request.</summary>
/// <param name="User">Who; null where the account is gone.</param>
/// <param name="State"><c>APPROVED</c>, <c>CHANGES_REQUESTED</c>, <c>COMMENTED</c>, <c>DISMISSED</c> or <c>PENDING</c>.</param>
/// <param name="CommitId">The commit that was looked at; null where it is gone.</param>
public sealed record Review(Account? User, string State, string? CommitId);

/// <summary>Somebody's word on a run that waits for an environment.</summary>
/// <param name="State"><c>approved</c>, <c>rejected</c> or <c>pending</c>.</param>
/// <param name="User">Who.</param>
/// <param name="Environments">The environments.</param>
public sealed record RunApproval(string State, Account User, IReadOnlyList<RunEnvironment> Environments);

/// <summary>An environment that a run deploys to.</summary>
/// <param name="Name">Its name; null where the server leaves it out.</param>
public sealed record RunEnvironment(string? Name = null);

/// <summary>A label of issues, as GitHub describes it.</summary>
/// <param name="Name">Its name.</param>
public sealed record Label(string Name);
