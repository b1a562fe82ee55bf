using System.Text.Json.Nodes;
using ReleaseActions.Sandbox.Web;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>The list of issues, by state and labels, pull requests among them; and the list of labels.</summary>
internal sealed class IssueEndpoints(GitHubRepository repository)
{
    public IEnumerable<Endpoint> All() =>
    [
        new(Area.Api, "GET", "/repos/{owner}/{repo}/issues", List)
        {
            Query = ["state", "labels", "direction", .. Paging.Query],
            BeyondContents = true, Manual = "issues/issues#list-repository-issues",
        },
        new(Area.Api, "GET", "/repos/{owner}/{repo}/labels", ListLabels)
        {
            Query = Paging.Query, BeyondContents = true, Manual = "issues/labels#list-labels-for-a-repository",
        },
    ];

    private Answer List(Exchange exchange)
    {
        var state = exchange.Asked("state") ?? "open";
        // Several labels, with commas between them, must all be there; case does not count.
        var labels = (exchange.Asked("labels") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        var found = repository.Issues.Values.Where(issue => (state == "all" || state == State(issue)) && labels.All(label => issue.Labels.Contains(label, StringComparer.OrdinalIgnoreCase)))
            .OrderBy(issue => exchange.Asked("direction") == "asc" ? issue.Number : -issue.Number).ToList();
        return Paging.Page(exchange, repository.Api + "/issues", found, Json);
    }

    private Answer ListLabels(Exchange exchange) => Paging.Page(
        exchange, repository.Api + "/labels", [.. repository.Labels], new RepositoryJson(repository).Label);

    private JsonObject Json(Issue issue)
    {
        var (api, html) = ($"{repository.Api}/issues/{issue.Number}", $"{repository.Html}/issues/{issue.Number}");
        var now = ReleaseJson.Time(repository.Now);
        var json = new JsonObject
        {
            ["id"] = 6_000_000_000 + issue.Number, ["node_id"] = Users.Node("I", issue.Number), ["url"] = api, ["repository_url"] = repository.Api,
            ["labels_url"] = api + "/labels{/name}", ["comments_url"] = api + "/comments", ["events_url"] = api + "/events", ["html_url"] = html,
            ["number"] = issue.Number, ["state"] = State(issue), ["state_reason"] = null, ["title"] = issue.Title, ["body"] = null,
            ["user"] = Users.Simple(repository.Site, "octocat"),
            ["labels"] = new JsonArray([.. issue.Labels.Select(new RepositoryJson(repository).Label)]), ["assignee"] = null,
            ["assignees"] = new JsonArray(), ["milestone"] = null, ["locked"] = false, ["active_lock_reason"] = null, ["comments"] = 0,
            ["closed_at"] = issue.Open ? null : now, ["created_at"] = now, ["updated_at"] = now, ["author_association"] = "NONE",
        };
        if (issue.IsPullRequest)
            json["pull_request"] = new JsonObject { ["url"] = $"{repository.Api}/pulls/{issue.Number}", ["html_url"] = html, ["diff_url"] = html + ".diff", ["patch_url"] = html + ".patch" };
        return json;
    }

    private static string State(Issue issue) => issue.Open ? "open" : "closed";
}
