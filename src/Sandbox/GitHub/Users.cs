using System.Text;
using System.Text.Json.Nodes;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>Accounts in the shape of GitHub's simple user, and its opaque node ids.</summary>
internal static class Users
{
    /// <summary>Who acts with a workflow's token.</summary>
    public static JsonObject Actor(GitHubRepository repository) => Simple(repository.Site, "github-actions[bot]", "Bot");

    public static JsonObject Simple(Site site, string login, string type = "User")
    {
        var api = $"{site.Api}/users/{Uri.EscapeDataString(login)}";
        return new JsonObject
        {
            ["login"] = login,
            ["id"] = Number(login),
            ["node_id"] = Node("U", Number(login)),
            ["avatar_url"] = $"{site.Server}/avatars/{Number(login)}",
            ["gravatar_id"] = "",
            ["url"] = api,
            ["html_url"] = $"{site.Server}/{Uri.EscapeDataString(login)}",
            ["followers_url"] = api + "/followers",
            ["following_url"] = api + "/following{/other_user}",
            ["gists_url"] = api + "/gists{/gist_id}",
            ["starred_url"] = api + "/starred{/owner}{/repo}",
            ["subscriptions_url"] = api + "/subscriptions",
            ["organizations_url"] = api + "/orgs",
            ["repos_url"] = api + "/repos",
            ["events_url"] = api + "/events{/privacy}",
            ["received_events_url"] = api + "/received_events",
            ["type"] = type,
            ["site_admin"] = false,
        };
    }

    public static string Node(string kind, long id) => $"{kind}_{Convert.ToHexStringLower(BitConverter.GetBytes(id))}";

    public static string Node(string kind, string name) => $"{kind}_{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(name))}";

    // The same name has the same number in every run.
    private static long Number(string login) => login.Aggregate(7L, (hash, letter) => ((hash * 31) + letter) % 100_000_007);
}
