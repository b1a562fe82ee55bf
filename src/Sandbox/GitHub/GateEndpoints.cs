using System.Text.Json.Nodes;
using ReleaseActions.Sandbox.Web;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>What gates ask for: issues and labels, approvals of a run, and the members of a team.</summary>
internal sealed partial class GateEndpoints(GitHubRepository repository)
{
    public IEnumerable<Endpoint> All() =>
    [
        new(Area.Api, "GET", "/repos/{owner}/{repo}/issues", Issues)
        {
            Query = ["state", "labels", "direction", .. Paging.Query],
            BeyondContents = true, Manual = "issues/issues#list-repository-issues",
        },
        new(Area.Api, "GET", "/repos/{owner}/{repo}/labels", Labels)
        {
            Query = Paging.Query, BeyondContents = true, Manual = "issues/labels#list-labels-for-a-repository",
        },
        new(Area.Api, "GET", "/repos/{owner}/{repo}/actions/runs/{run_id}/approvals", Approvals)
        {
            BeyondContents = true, Manual = "actions/workflow-runs#get-the-review-history-for-a-workflow-run",
        },
        new(Area.Api, "GET", "/orgs/{org}/teams/{team_slug}/members", Members)
        {
            Query = ["role", .. Paging.Query], Manual = "teams/members#list-team-members",
        },
        .. Checks(),
    ];

    private Answer Issues(Exchange exchange)
    {
        var state = exchange.Asked("state") ?? "open";
        // Several labels, with commas between them, must all be there; case does not count.
        var labels = (exchange.Asked("labels") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        var found = repository.Issues.Values.Where(issue => state == "all" || state == State(issue))
            .Where(issue => labels.All(label => issue.Labels.Contains(label, StringComparer.OrdinalIgnoreCase)))
            .OrderBy(issue => exchange.Asked("direction") == "asc" ? issue.Number : -issue.Number).ToList();
        return Paging.Page(exchange, repository.Api + "/issues", found, Json);
    }

    private Answer Labels(Exchange exchange) =>
        Paging.Page(exchange, repository.Api + "/labels", [.. repository.Labels], repository.Label);

    private JsonObject Json(Issue issue)
    {
        var (api, html) = ($"{repository.Api}/issues/{issue.Number}", $"{repository.Html}/issues/{issue.Number}");
        var now = GitHubRepository.Time(repository.Now);
        var json = new JsonObject
        {
            ["id"] = 6_000_000_000 + issue.Number, ["node_id"] = GitHubRepository.Node("I", issue.Number),
            ["url"] = api, ["repository_url"] = repository.Api, ["html_url"] = html,
            ["labels_url"] = api + "/labels{/name}", ["comments_url"] = api + "/comments", ["events_url"] = api + "/events",
            ["number"] = issue.Number, ["state"] = State(issue), ["state_reason"] = null, ["title"] = issue.Title, ["body"] = null,
            ["user"] = repository.User("octocat"),
            ["labels"] = new JsonArray([.. issue.Labels.Select(repository.Label)]), ["assignee"] = null,
            ["assignees"] = new JsonArray(), ["milestone"] = null, ["locked"] = false, ["active_lock_reason"] = null, ["comments"] = 0,
            ["closed_at"] = issue.Open ? null : now, ["created_at"] = now, ["updated_at"] = now, ["author_association"] = "NONE",
        };
        if (issue.IsPullRequest)
            json["pull_request"] = new JsonObject
            {
                ["url"] = $"{repository.Api}/pulls/{issue.Number}", ["html_url"] = html,
                ["diff_url"] = html + ".diff", ["patch_url"] = html + ".patch",
            };
        return json;
    }

    private static string State(Issue issue) => issue.Open ? "open" : "closed";

    private Answer Approvals(Exchange exchange)
    {
        var run = exchange.Id("run_id");
        var now = GitHubRepository.Time(repository.Now);
        var approvals = repository.RunApprovals.Where(approval => approval.Run == run).Select(approval => new JsonObject
        {
            ["state"] = approval.State, ["comment"] = "", ["user"] = repository.User(approval.User),
            ["environments"] = new JsonArray(new JsonObject
            {
                ["id"] = 1, ["node_id"] = GitHubRepository.Node("EN", approval.Environment), ["name"] = approval.Environment,
                ["url"] = $"{repository.Api}/environments/{approval.Environment}",
                ["html_url"] = $"{repository.Html}/deployments/activity_log?environments_filter={approval.Environment}",
                ["created_at"] = now, ["updated_at"] = now,
            }),
        });
        return Answer.Json(200, new JsonArray([.. approvals]));
    }

    // A job's token sees no team: GitHub answers as if there were none (public issue reports).
    private Answer Members(Exchange exchange)
    {
        var (owner, team) = (repository.Options.Owner, exchange.Value("team_slug"));
        var isOwners = string.Equals(exchange.Value("org"), owner, StringComparison.OrdinalIgnoreCase);
        if (!isOwners || exchange.Access != Access.Organization || !repository.Teams.TryGetValue(team, out var members))
            throw Refusal.NotFound();
        return Paging.Page(exchange, $"{repository.ApiRoot}/orgs/{owner}/teams/{team}/members", members, login => repository.User(login));
    }
}
