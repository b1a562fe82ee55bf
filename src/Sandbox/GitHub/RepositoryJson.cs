using System.Text.Json.Nodes;
using ReleaseActions.Sandbox.Web;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>The repository in the shape of GitHub's OpenAPI description, short and full in one.</summary>
internal sealed class RepositoryJson(GitHubRepository repository)
{
    private const long Id = 900_001;

    // Name of the property before _url, and the address behind the repository's own.
    private static readonly string[][] _addresses =
    [
        ["archive", "/{archive_format}{/ref}"], ["assignees", "/assignees{/user}"], ["blobs", "/git/blobs{/sha}"],
        ["branches", "/branches{/branch}"], ["collaborators", "/collaborators{/collaborator}"], ["comments", "/comments{/number}"],
        ["commits", "/commits{/sha}"], ["compare", "/compare/{base}...{head}"], ["contents", "/contents/{+path}"],
        ["contributors", "/contributors"], ["deployments", "/deployments"], ["downloads", "/downloads"], ["events", "/events"],
        ["forks", "/forks"], ["git_commits", "/git/commits{/sha}"], ["git_refs", "/git/refs{/sha}"], ["git_tags", "/git/tags{/sha}"],
        ["hooks", "/hooks"], ["issue_comment", "/issues/comments{/number}"], ["issue_events", "/issues/events{/number}"],
        ["issues", "/issues{/number}"], ["keys", "/keys{/key_id}"], ["labels", "/labels{/name}"], ["languages", "/languages"],
        ["merges", "/merges"], ["milestones", "/milestones{/number}"], ["notifications", "/notifications{?since,all,participating}"],
        ["pulls", "/pulls{/number}"], ["releases", "/releases{/id}"], ["stargazers", "/stargazers"], ["statuses", "/statuses/{sha}"],
        ["subscribers", "/subscribers"], ["subscription", "/subscription"], ["tags", "/tags"], ["teams", "/teams"],
        ["trees", "/git/trees{/sha}"],
    ];

    public JsonObject Repository(string defaultBranch, Access access)
    {
        var json = new JsonObject
        {
            ["id"] = Id,
            ["node_id"] = Users.Node("R", Id),
            ["name"] = repository.Options.Repository,
            ["full_name"] = repository.FullName,
            ["private"] = false,
            ["owner"] = Users.Simple(repository.Site, repository.Options.Owner, "Organization"),
            ["html_url"] = repository.Html,
            ["description"] = null,
            ["fork"] = false,
            ["url"] = repository.Api,
            ["default_branch"] = defaultBranch,
            ["visibility"] = "public",
            ["permissions"] = new JsonObject
            {
                ["admin"] = false, ["maintain"] = false, ["push"] = access == Access.Write, ["triage"] = false, ["pull"] = true,
            },
        };
        AddAddresses(json);
        AddSmallThings(json);
        return json;
    }

    public JsonNode Label(string name) => new JsonObject
    {
        ["id"] = 1, ["node_id"] = Users.Node("LA", name), ["url"] = $"{repository.Api}/labels/{Uri.EscapeDataString(name)}",
        ["name"] = name, ["description"] = "", ["color"] = "d73a4a", ["default"] = false,
    };

    private void AddAddresses(JsonObject json)
    {
        foreach (var address in _addresses)
            json[address[0] + "_url"] = repository.Api + address[1];
        foreach (var name in (string[])["clone_url", "svn_url", "git_url", "ssh_url"])
            json[name] = repository.Html + ".git";
    }

    private void AddSmallThings(JsonObject json)
    {
        foreach (var name in (string[])["homepage", "language", "mirror_url", "license"])
            json[name] = null;
        foreach (var name in (string[])["size", "stargazers_count", "watchers_count", "watchers", "forks_count", "forks",
            "open_issues_count", "open_issues", "network_count", "subscribers_count"])
            json[name] = 0;
        foreach (var name in (string[])["has_issues", "has_projects", "has_downloads", "has_wiki"])
            json[name] = true;
        foreach (var name in (string[])["has_pages", "has_discussions", "archived", "disabled"])
            json[name] = false;
        foreach (var name in (string[])["created_at", "updated_at", "pushed_at"])
            json[name] = ReleaseJson.Time(repository.Now);
    }
}
