using System.Text.Json.Nodes;
using ReleaseActions.Sandbox.Git;
using ReleaseActions.Sandbox.Web;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>The repository, its branches with their protection and rules, and the state of the rate limit.</summary>
internal sealed class RepositoryEndpoints(GitHubRepository repository, RateLimits limits)
{
    private const string Path = "/repos/{owner}/{repo}";

    public IEnumerable<Endpoint> All() =>
    [
        new(Area.Api, "GET", "/rate_limit", _ => Answer.Json(200, limits.ToJson())) { Manual = "rate-limit/rate-limit" },
        new(Area.Api, "GET", Path, GetAsync) { Manual = "repos/repos#get-a-repository" },
        new(Area.Api, "GET", Path + "/contents/{path*}", ContentsAsync)
        {
            Query = ["ref"], Manual = "repos/contents#get-repository-content",
        },
        new(Area.Api, "GET", Path + "/immutable-releases", NeedsAdministration)
        {
            Manual = "repos/repos#check-if-immutable-releases-are-enabled-for-a-repository",
        },
        new(Area.Api, "GET", Path + "/branches", BranchesAsync)
        {
            Query = ["protected", .. Paging.Query], Manual = "branches/branches#list-branches",
        },
        new(Area.Api, "GET", Path + "/branches/{branch*}/protection", NeedsAdministration)
        {
            Manual = "branches/branch-protection#get-branch-protection",
        },
        new(Area.Api, "GET", Path + "/branches/{branch*}", BranchAsync) { Manual = "branches/branches#get-a-branch" },
        new(Area.Api, "GET", Path + "/rules/branches/{branch*}", Rules)
        {
            Query = Paging.Query, Manual = "repos/rules#get-rules-for-a-branch",
        },
    ];

    private async Task<Answer> GetAsync(Exchange exchange) =>
        Answer.Json(200, repository.ToJson(await repository.Git.DefaultBranchAsync(), exchange.Access));

    // Files of the default branch, and only as bytes: nobody here asks for the JSON around them.
    private async Task<Answer> ContentsAsync(Exchange exchange) =>
        await repository.Git.TextOfAsync(exchange.Asked("ref") ?? "HEAD", exchange.Value("path")) is { } text
            ? Answer.Text(200, text, "application/vnd.github.raw+json; charset=utf-8") : throw Refusal.NotFound();

    // No workflow's token has administration rights. Whether a release is immutable is shown on the release.
    private static Answer NeedsAdministration(Exchange exchange) => throw Refusal.NoWrite();

    private async Task<Answer> BranchesAsync(Exchange exchange)
    {
        var asked = exchange.Asked("protected");
        var branches = (await repository.Git.RefsAsync("refs/heads/"))
            .Where(branch => asked is null || IsProtected(branch.ShortName) == (asked == "true")).ToList();
        return Paging.Page(exchange, repository.Api + "/branches", branches, Short);
    }

    private async Task<Answer> BranchAsync(Exchange exchange)
    {
        var name = exchange.Value("branch");
        var branch = await repository.Git.FindRefAsync("refs/heads/" + name) ?? throw new Refusal(404, "Branch not found");
        var json = Short(branch);
        json["commit"] = new CommitEndpoints(repository).Json(await repository.Git.CommitAsync(branch.Sha));
        json["_links"] = new JsonObject { ["self"] = Url(name), ["html"] = $"{repository.Html}/tree/{name}" };
        return Answer.Json(200, json);
    }

    private Answer Rules(Exchange exchange)
    {
        var byRuleset = repository.ProtectedBranches.TryGetValue(exchange.Value("branch"), out var ruleset) && ruleset;
        JsonNode[] rules = byRuleset
            ? [new JsonObject
            {
                ["type"] = "deletion", ["ruleset_source_type"] = "Repository", ["ruleset_source"] = repository.FullName, ["ruleset_id"] = 1,
            }]
            : [];
        return Answer.Json(200, new JsonArray(rules));
    }

    private JsonObject Short(GitRef branch) => new()
    {
        ["name"] = branch.ShortName,
        ["commit"] = new JsonObject { ["sha"] = branch.Sha, ["url"] = $"{repository.Api}/commits/{branch.Sha}" },
        ["protected"] = IsProtected(branch.ShortName),
        ["protection"] = new JsonObject
        {
            ["enabled"] = IsProtected(branch.ShortName),
            ["required_status_checks"] = new JsonObject
            {
                ["enforcement_level"] = "off", ["contexts"] = new JsonArray(), ["checks"] = new JsonArray(),
            },
        },
        ["protection_url"] = Url(branch.ShortName) + "/protection",
    };

    private bool IsProtected(string branch) => repository.ProtectedBranches.ContainsKey(branch);

    private string Url(string branch) => $"{repository.Api}/branches/{branch}";
}
