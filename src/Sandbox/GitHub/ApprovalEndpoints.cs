using System.Text.Json.Nodes;
using ReleaseActions.Sandbox.Web;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>Who approved what: reviews of a pull request, approvals of a run, and the members of a team.</summary>
internal sealed class ApprovalEndpoints(GitHubRepository repository)
{
    public IEnumerable<Endpoint> All() =>
    [
        new(Area.Api, "GET", "/repos/{owner}/{repo}/pulls/{pull_number}/reviews", ReviewsAsync)
        {
            Query = Paging.Query, BeyondContents = true, Manual = "pulls/reviews#list-reviews-for-a-pull-request",
        },
        new(Area.Api, "GET", "/repos/{owner}/{repo}/actions/runs/{run_id}/approvals", Runs)
        {
            BeyondContents = true, Manual = "actions/workflow-runs#get-the-review-history-for-a-workflow-run",
        },
        new(Area.Api, "GET", "/orgs/{org}/teams/{team_slug}/members", Members)
        {
            Query = ["role", .. Paging.Query], Manual = "teams/members#list-team-members",
        },
    ];

    private async Task<Answer> ReviewsAsync(Exchange exchange)
    {
        var number = exchange.Id("pull_number");
        if (!repository.PullRequests.TryGetValue((int)number, out var pull))
            throw Refusal.NotFound();
        var branches = (await repository.Git.RefsAsync("refs/heads/")).ToDictionary(branch => branch.ShortName);
        var head = branches.TryGetValue(pull.Head, out var tip) ? tip.Sha : PullJson.Missing;
        var api = $"{repository.Api}/pulls/{number}";
        var found = repository.Reviews.Where(review => review.PullRequest == number).Index().ToList();
        return Paging.Page(exchange, api + "/reviews", found, review => new JsonObject
        {
            ["id"] = review.Index + 1, ["node_id"] = Users.Node("PRR", review.Index + 1),
            ["user"] = review.Item.User is { } user ? Users.Simple(repository.Site, user) : null, ["body"] = "", ["state"] = review.Item.State,
            ["html_url"] = $"{repository.Html}/pull/{number}#pullrequestreview-{review.Index + 1}", ["pull_request_url"] = api,
            ["author_association"] = "MEMBER", ["submitted_at"] = ReleaseJson.Time(repository.Now), ["commit_id"] = review.Item.Commit is "" ? null : review.Item.Commit ?? head,
            ["_links"] = new JsonObject
            {
                ["html"] = PullJson.Link($"{repository.Html}/pull/{number}"), ["pull_request"] = PullJson.Link(api),
            },
        });
    }

    private Answer Runs(Exchange exchange)
    {
        var run = exchange.Id("run_id");
        var now = ReleaseJson.Time(repository.Now);
        return Answer.Json(200, new JsonArray([.. repository.RunApprovals.Where(approval => approval.Run == run).Select(approval => new JsonObject
        {
            ["state"] = approval.State, ["comment"] = "", ["user"] = Users.Simple(repository.Site, approval.User),
            ["environments"] = new JsonArray(new JsonObject
            {
                ["id"] = 1, ["node_id"] = Users.Node("EN", approval.Environment), ["name"] = approval.Environment,
                ["url"] = $"{repository.Api}/environments/{approval.Environment}", ["html_url"] = $"{repository.Html}/deployments/activity_log?environments_filter={approval.Environment}",
                ["created_at"] = now, ["updated_at"] = now,
            }),
        })]));
    }

    // A job's own token sees no team: GitHub answers as if there were none (public issue reports).
    private Answer Members(Exchange exchange)
    {
        var isOurs = string.Equals(exchange.Value("org"), repository.Options.Owner, StringComparison.OrdinalIgnoreCase);
        if (!isOurs || exchange.Access != Access.Organization || !repository.Teams.TryGetValue(exchange.Value("team_slug"), out var members))
            throw Refusal.NotFound();
        return Paging.Page(exchange, $"{repository.Site.Api}/orgs/{repository.Options.Owner}/teams/{exchange.Value("team_slug")}/members", members, login => Users.Simple(repository.Site, login));
    }
}
