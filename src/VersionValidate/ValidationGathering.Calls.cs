using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using ReleaseActions.Core.GitHub;

namespace ReleaseActions.VersionValidate;

// The calls of GitHub's API that only this action makes.
internal sealed partial class ValidationGathering
{
    // GitHub lists pull requests among the issues.
    private async Task<IReadOnlyList<BlockingIssue>> ListOpenIssuesAsync(string label, CancellationToken cancellation)
    {
        var request = Get($"/issues?state=open&labels={label}&per_page=100", $"list the open issues labelled {label}", "issues: read");
        var issues = await AllAsync(readers.GitHub.ListAsync(request, GateJson.Default.ListBlockingIssue, cancellation));
        return [.. issues.Where(i => i.PullRequest is null)];
    }

    private async Task<IReadOnlyList<string>> ListLabelsAsync(CancellationToken cancellation)
    {
        var request = Get($"/labels?per_page=100", "list the labels of the repository", "issues: read");
        return [.. (await AllAsync(readers.GitHub.ListAsync(request, GateJson.Default.ListNamed, cancellation))).Select(l => l.Name ?? "")];
    }

    // One small answer instead of a history; null where GitHub gives none. The second page has no files in it.
    private async Task<bool?> IsAncestorByGitHubAsync(string commit, string tip, CancellationToken cancellation)
    {
        if (!readers.Runner.IsRunner || readers.Token is null) return null;
        var request = Get($"/compare/{commit}...{tip}?per_page=1&page=2", "compare the commit with the branch", "contents: read");
        var asked = await AskAsync(() => readers.GitHub.FindAsync(request, GateJson.Default.Comparison, cancellation), null);
        return asked.Answer?.Status switch
        {
            "ahead" or "identical" => true,
            "behind" or "diverged" => false,
            _ => null,
        };
    }

    // Those that brought the commit into the default branch, or contain it.
    private Task<IReadOnlyList<PullRequest>> ListPullRequestsAsync(string commit, CancellationToken cancellation)
    {
        var request = Get($"/commits/{commit}/pulls?per_page=100", "list the pull requests of the commit", "pull-requests: read");
        return AllAsync(readers.GitHub.ListAsync(request, GateJson.Default.ListPullRequest, cancellation));
    }

    // Oldest first.
    private Task<IReadOnlyList<PullRequestReview>> ListReviewsAsync(int number, CancellationToken cancellation)
    {
        var request = Get($"/pulls/{number}/reviews?per_page=100", $"list the reviews of #{number}", "pull-requests: read");
        return AllAsync(readers.GitHub.ListAsync(request, GateJson.Default.ListPullRequestReview, cancellation));
    }

    private async Task<IReadOnlyList<EnvironmentApproval>> ListRunApprovalsAsync(long run, CancellationToken cancellation)
    {
        var request = Get($"/actions/runs/{run}/approvals", "list the approvals of the run", "actions: read");
        return (await readers.GitHub.SendAsync(request, cancellation)).ReadList(request, GateJson.Default.ListEnvironmentApproval);
    }

    // Null where GitHub says 404: there is no such team, or the token may not see it.
    private static async Task<IReadOnlyList<string>?> FindTeamMembersAsync(GitHubClient github, string team, CancellationToken cancellation)
    {
        var address = github.Organisation($"/teams/{team}/members?per_page=100");
        var request = new ApiRequest(HttpMethod.Get, address, $"list the members of the team {team}", "Members: read (of the organisation)")
        {
            Expected = [HttpStatusCode.NotFound],
        };
        var exists = true;
        IReadOnlyList<Account> MembersIn(ApiAnswer page) =>
            (exists = page.Status != HttpStatusCode.NotFound) ? page.ReadList(request, GateJson.Default.ListAccount) : [];
        var members = await AllAsync(github.ListAsync(request, GateJson.Default.ListAccount, MembersIn, cancellation));
        return exists ? [.. members.Select(m => m.Login)] : null;
    }

    private ApiRequest Get(FormattableString path, string purpose, string permission) =>
        new(HttpMethod.Get, readers.GitHub.Repository(path), purpose, permission);

    private static async Task<IReadOnlyList<T>> AllAsync<T>(IAsyncEnumerable<T> items)
    {
        var all = new List<T>();
        await foreach (var item in items) all.Add(item);
        return all;
    }
}

/// <summary>An issue.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Title">Its title.</param>
/// <param name="PullRequest">Set where it is a pull request.</param>
internal sealed record BlockingIssue(int Number, string Title, JsonElement? PullRequest = null);

/// <summary>A review of a pull request.</summary>
/// <param name="User">Who; null where the account was deleted.</param>
/// <param name="State"><c>APPROVED</c>, <c>CHANGES_REQUESTED</c>, <c>COMMENTED</c>, <c>DISMISSED</c> or <c>PENDING</c>.</param>
/// <param name="CommitId">The reviewed commit; null where it was deleted.</param>
internal sealed record PullRequestReview(Account? User, string State, string? CommitId);

/// <summary>One person's answer to a run that waits for an environment.</summary>
/// <param name="State"><c>approved</c>, <c>rejected</c> or <c>pending</c>.</param>
/// <param name="User">Who.</param>
/// <param name="Environments">The environments.</param>
internal sealed record EnvironmentApproval(string State, Account User, IReadOnlyList<Named> Environments);

/// <summary>How one commit is related to another one.</summary>
/// <param name="Status"><c>ahead</c> where the second contains the first.</param>
internal sealed record Comparison(string Status);

/// <summary>A label, or an environment of a run.</summary>
/// <param name="Name">Its name; null where the server omits it.</param>
internal sealed record Named(string? Name = null);

/// <summary>Reads answers without reflection. A field that is missing, or null where it must not be, is an error.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 64)]
[JsonSerializable(typeof(Comparison))]
[JsonSerializable(typeof(List<BlockingIssue>))]
[JsonSerializable(typeof(List<Named>))]
[JsonSerializable(typeof(List<PullRequest>))]
[JsonSerializable(typeof(List<PullRequestReview>))]
[JsonSerializable(typeof(List<EnvironmentApproval>))]
[JsonSerializable(typeof(List<Account>))]
internal sealed partial class GateJson : JsonSerializerContext;
