using System.Text.Json.Nodes;
using ReleaseActions.Sandbox.Web;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>Check runs and statuses of a commit.</summary>
internal sealed partial class GateEndpoints
{
    private const string Path = "/repos/{owner}/{repo}/commits/{ref*}";

    private IEnumerable<Endpoint> Checks() =>
    [
        new(Area.Api, "GET", Path + "/check-runs", ChecksAsync)
        {
            Query = ["check_name", "status", "filter", .. Paging.Query], BeyondContents = true,
            Manual = "checks/runs#list-check-runs-for-a-git-reference",
        },
        new(Area.Api, "GET", Path + "/statuses", StatusesAsync)
        {
            Query = Paging.Query, BeyondContents = true, Manual = "commits/statuses#list-commit-statuses-for-a-reference",
        },
        new(Area.Api, "GET", Path + "/status", StatusAsync)
        {
            Query = Paging.Query, BeyondContents = true, Manual = "commits/statuses#get-the-combined-status-for-a-specific-reference",
        },
    ];

    private async Task<Answer> ChecksAsync(Exchange exchange)
    {
        var sha = await RequireCommitAsync(exchange);
        var runs = repository.CheckRuns.Where(run => run.Sha == sha).Index().Reverse();
        // By default the latest of each name; GitHub distinguishes apps too, and here there is one.
        var latest = exchange.Asked("filter") == "all" ? runs : runs.DistinctBy(run => run.Item.Name);
        var (name, state) = (exchange.Asked("check_name"), exchange.Asked("status"));
        var found = latest.Where(run => (name ?? run.Item.Name) == run.Item.Name && (state ?? State(run.Item)) == State(run.Item)).ToList();
        return Paging.Page(exchange, $"{repository.Api}/commits/{sha}/check-runs", found, run => Json(run.Item, run.Index + 1))
            .Wrap("check_runs", new JsonObject { ["total_count"] = found.Count });
    }

    private async Task<Answer> StatusesAsync(Exchange exchange)
    {
        var sha = await RequireCommitAsync(exchange);
        return Paging.Page(exchange, $"{repository.Api}/commits/{sha}/statuses", Newest(sha), status =>
        {
            var json = Json(status.Item, status.Index + 1);
            json["creator"] = repository.Actor;
            return json;
        });
    }

    private async Task<Answer> StatusAsync(Exchange exchange)
    {
        var sha = await RequireCommitAsync(exchange);
        var found = Newest(sha).DistinctBy(status => status.Item.Context).ToList();
        var state = found.Exists(status => status.Item.State is "failure" or "error") ? "failure"
            : found.Count == 0 || found.Exists(status => status.Item.State == "pending") ? "pending" : "success";
        var page = Paging.Page(exchange, $"{repository.Api}/commits/{sha}/status", found, status => Json(status.Item, status.Index + 1));
        return page.Wrap("statuses", new JsonObject
        {
            ["state"] = state,
            ["sha"] = sha,
            ["total_count"] = found.Count,
            ["repository"] = repository.ToJson("main", Access.Read),
            ["commit_url"] = $"{repository.Api}/commits/{sha}",
            ["url"] = $"{repository.Api}/commits/{sha}/status",
        });
    }

    private List<(int Index, CommitStatus Item)> Newest(string sha) =>
        [.. repository.Statuses.Where(status => status.Sha == sha).Index().Reverse()];

    private static string State(CheckRun run) => run.Conclusion is null ? "in_progress" : "completed";

    private async Task<string> RequireCommitAsync(Exchange exchange)
    {
        var name = exchange.Value("ref");
        return await repository.Git.ResolveAsync(name) ?? throw new Refusal(422, $"No commit found for SHA: {name}");
    }

    private JsonObject Json(CheckRun run, int id)
    {
        var (now, api, html) = (GitHubRepository.Time(repository.Now), $"{repository.Api}/check-runs/{id}", $"{repository.Html}/runs/{id}");
        return new JsonObject
        {
            ["id"] = id, ["head_sha"] = run.Sha, ["node_id"] = GitHubRepository.Node("CR", id), ["external_id"] = "",
            ["url"] = api, ["html_url"] = html, ["details_url"] = html,
            ["status"] = State(run), ["conclusion"] = run.Conclusion,
            ["started_at"] = now, ["completed_at"] = run.Conclusion is null ? null : now,
            ["output"] = new JsonObject
            {
                ["title"] = null, ["summary"] = null, ["text"] = null, ["annotations_count"] = 0,
                ["annotations_url"] = api + "/annotations",
            },
            ["name"] = run.Name, ["check_suite"] = new JsonObject { ["id"] = 1 }, ["app"] = null, ["pull_requests"] = new JsonArray(),
        };
    }

    private JsonObject Json(CommitStatus status, int id)
    {
        var now = GitHubRepository.Time(repository.Now);
        return new JsonObject
        {
            ["url"] = $"{repository.Api}/statuses/{status.Sha}", ["avatar_url"] = $"{repository.Server}/avatars/1", ["id"] = id,
            ["node_id"] = GitHubRepository.Node("SC", id), ["state"] = status.State, ["description"] = null, ["target_url"] = null,
            ["context"] = status.Context, ["created_at"] = now, ["updated_at"] = now,
        };
    }
}
