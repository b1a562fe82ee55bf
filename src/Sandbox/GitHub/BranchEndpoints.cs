using System.Text.Json.Nodes;
using ReleaseActions.Sandbox.Git;
using ReleaseActions.Sandbox.Web;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>Branches, their protection, and the rules that apply to them.</summary>
internal sealed class BranchEndpoints(GitHubRepository repository)
{
    private const string Path = "/repos/{owner}/{repo}";

    public IEnumerable<Endpoint> All() =>
    [
        new(Area.Api, "GET", Path + "/branches", ListAsync)
        {
            Query = ["protected", .. Paging.Query], Manual = "branches/branches#list-branches",
        },
        new(Area.Api, "GET", Path + "/branches/{branch*}/protection", Protection)
        {
            Manual = "branches/branch-protection#get-branch-protection",
        },
        new(Area.Api, "GET", Path + "/branches/{branch*}", GetAsync) { Manual = "branches/branches#get-a-branch" },
        new(Area.Api, "GET", Path + "/rules/branches/{branch*}", Rules)
        {
            Query = Paging.Query, Manual = "repos/rules#get-rules-for-a-branch",
        },
    ];

    private async Task<Answer> ListAsync(Exchange exchange)
    {
        var asked = exchange.Asked("protected");
        var branches = (await repository.Git.RefsAsync("refs/heads/"))
            .Where(branch => asked is null || IsProtected(branch.ShortName) == (asked == "true")).ToList();
        return Paging.Page(exchange, repository.Api + "/branches", branches, Short);
    }

    private async Task<Answer> GetAsync(Exchange exchange)
    {
        var name = exchange.Value("branch");
        var branch = await repository.Git.FindRefAsync("refs/heads/" + name) ?? throw new Refusal(404, "Branch not found");
        var json = Short(branch);
        json["commit"] = new CommitJson(repository).Commit(await repository.Git.CommitAsync(branch.Sha));
        json["_links"] = new JsonObject { ["self"] = Url(name), ["html"] = $"{repository.Html}/tree/{name}" };
        return Answer.Json(200, json);
    }

    // It takes administration rights, which no workflow token has.
    private static Answer Protection(Exchange exchange) => throw Refusal.NoWrite();

    private Answer Rules(Exchange exchange)
    {
        var byRuleset = repository.ProtectedBranches.TryGetValue(exchange.Value("branch"), out var ruleset) && ruleset;
        JsonNode[] rules = byRuleset
            ? [new JsonObject
            {
                ["type"] = "deletion",
                ["ruleset_source_type"] = "Repository",
                ["ruleset_source"] = repository.FullName,
                ["ruleset_id"] = 1,
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
