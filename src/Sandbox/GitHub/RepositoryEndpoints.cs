using ReleaseActions.Sandbox.Web;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>The repository itself, and the state of the rate limit.</summary>
internal sealed class RepositoryEndpoints(GitHubRepository repository, RateLimits limits)
{
    public IEnumerable<Endpoint> All() =>
    [
        new(Area.Api, "GET", "/repos/{owner}/{repo}", GetAsync) { Manual = "repos/repos#get-a-repository" },
        new(Area.Api, "GET", "/repos/{owner}/{repo}/immutable-releases", Immutable)
        {
            Manual = "repos/repos#check-if-immutable-releases-are-enabled-for-a-repository",
        },
        new(Area.Api, "GET", "/rate_limit", _ => Answer.Json(200, limits.ToJson())) { Manual = "rate-limit/rate-limit" },
    ];

    private async Task<Answer> GetAsync(Exchange exchange) => Answer.Json(
        200, new RepositoryJson(repository).Repository(await repository.Git.DefaultBranchAsync(), exchange.Access));

    // It takes administration rights, which no workflow token has: the truth is on the release.
    private static Answer Immutable(Exchange exchange) => throw Refusal.NoWrite();
}
