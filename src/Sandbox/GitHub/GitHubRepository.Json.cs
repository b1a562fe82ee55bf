using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ReleaseActions.Sandbox.Web;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>What several resources contain, in the shape of GitHub's OpenAPI description: the repository, users, labels, times.</summary>
internal sealed partial class GitHubRepository
{
    private const long Id = 900_001;

    // Name of the property before _url, and the address behind the repository's own.
    private static readonly string[][] Addresses =
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

    /// <summary>The user who acts with a workflow's token.</summary>
    public JsonObject Actor => User("github-actions[bot]", "Bot");

    public static string Node(string kind, long id) => $"{kind}_{Convert.ToHexStringLower(BitConverter.GetBytes(id))}";

    public static string Node(string kind, string name) => $"{kind}_{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(name))}";

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A simple user. The same login has the same number in every run.</summary>
    public JsonObject User(string login, string type = "User")
    {
        var (api, name) = ($"{ApiRoot}/users/{Uri.EscapeDataString(login)}", Uri.EscapeDataString(login));
        var number = login.Aggregate(7L, (hash, letter) => ((hash * 31) + letter) % 100_000_007);
        return new JsonObject
        {
            ["login"] = login, ["id"] = number, ["node_id"] = Node("U", number), ["type"] = type, ["site_admin"] = false,
            ["avatar_url"] = $"{Server}/avatars/{number}", ["gravatar_id"] = "", ["url"] = api, ["html_url"] = $"{Server}/{name}",
            ["followers_url"] = api + "/followers", ["following_url"] = api + "/following{/other_user}",
            ["gists_url"] = api + "/gists{/gist_id}", ["starred_url"] = api + "/starred{/owner}{/repo}",
            ["subscriptions_url"] = api + "/subscriptions", ["organizations_url"] = api + "/orgs", ["repos_url"] = api + "/repos",
            ["events_url"] = api + "/events{/privacy}", ["received_events_url"] = api + "/received_events",
        };
    }

    public JsonNode Label(string name) => new JsonObject
    {
        ["id"] = 1, ["node_id"] = Node("LA", name), ["url"] = $"{Api}/labels/{Uri.EscapeDataString(name)}",
        ["name"] = name, ["description"] = "", ["color"] = "d73a4a", ["default"] = false,
    };

    /// <summary>The repository, short and full in one.</summary>
    public JsonObject ToJson(string defaultBranch, Access access)
    {
        var json = new JsonObject
        {
            ["id"] = Id, ["node_id"] = Node("R", Id), ["name"] = options.Repository, ["full_name"] = FullName, ["private"] = false,
            ["owner"] = User(options.Owner, "Organization"), ["html_url"] = Html, ["description"] = null, ["fork"] = false,
            ["url"] = Api, ["default_branch"] = defaultBranch, ["visibility"] = "public",
            ["permissions"] = new JsonObject
            {
                ["admin"] = false, ["maintain"] = false, ["push"] = access == Access.Write, ["triage"] = false, ["pull"] = true,
            },
        };
        AddAddresses(json);
        AddSmallThings(json);
        return json;
    }

    private void AddAddresses(JsonObject json)
    {
        foreach (var address in Addresses) json[address[0] + "_url"] = Api + address[1];
        foreach (var name in (string[])["clone_url", "svn_url", "git_url", "ssh_url"]) json[name] = Html + ".git";
    }

    private void AddSmallThings(JsonObject json)
    {
        foreach (var name in (string[])["homepage", "language", "mirror_url", "license"]) json[name] = null;
        foreach (var name in (string[])["size", "stargazers_count", "watchers_count", "watchers", "forks_count", "forks",
            "open_issues_count", "open_issues", "network_count", "subscribers_count"])
            json[name] = 0;
        foreach (var name in (string[])["has_issues", "has_projects", "has_downloads", "has_wiki"]) json[name] = true;
        foreach (var name in (string[])["has_pages", "has_discussions", "archived", "disabled"]) json[name] = false;
        foreach (var name in (string[])["created_at", "updated_at", "pushed_at"]) json[name] = Time(Now);
    }
}
