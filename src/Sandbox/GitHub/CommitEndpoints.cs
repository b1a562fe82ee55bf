using System.Text.Json.Nodes;
using ReleaseActions.Sandbox.Web;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>Commits, comparisons and tags by name.</summary>
internal sealed class CommitEndpoints(GitHubRepository repository)
{
    private const string Path = "/repos/{owner}/{repo}";
    private const int CommitsWithoutPaging = 250;

    private CommitJson Json => new(repository);

    public IEnumerable<Endpoint> All() =>
    [
        new(Area.Api, "GET", Path + "/commits", ListAsync) { Query = ["sha", .. Paging.Query], Manual = "commits/commits#list-commits" },
        new(Area.Api, "GET", Path + "/commits/{ref*}", GetAsync)
        {
            Query = Paging.Query,
            Except = ["/check-runs", "/check-suites", "/comments", "/pulls", "/status", "/statuses", "/branches-where-head"],
            Manual = "commits/commits#get-a-commit",
        },
        new(Area.Api, "GET", Path + "/git/commits/{commit_sha}", GetGitAsync) { Manual = "git/commits#get-a-commit-object" },
        new(Area.Api, "GET", Path + "/compare/{basehead*}", CompareAsync)
        {
            Query = Paging.Query, Manual = "commits/commits#compare-two-commits",
        },
        new(Area.Api, "GET", Path + "/tags", TagsAsync) { Query = Paging.Query, Manual = "repos/repos#list-repository-tags" },
    ];

    private async Task<Answer> ListAsync(Exchange exchange)
    {
        var start = exchange.Asked("sha") ?? await repository.Git.DefaultBranchAsync();
        var sha = await repository.Git.ResolveAsync(start) ?? throw Refusal.NotFound();
        return Paging.Page(exchange, repository.Api + "/commits", await repository.Git.CommitsAsync(sha), Json.Commit);
    }

    private async Task<Answer> GetAsync(Exchange exchange)
    {
        var sha = await repository.Git.ResolveAsync(exchange.Value("ref"))
            ?? throw new Refusal(422, $"No commit found for SHA: {exchange.Value("ref")}");
        return Answer.Json(200, Json.Commit(await repository.Git.CommitAsync(sha)));
    }

    private async Task<Answer> GetGitAsync(Exchange exchange)
    {
        var sha = exchange.Value("commit_sha");
        return await repository.Git.TypeAsync(sha) == "commit"
            ? Answer.Json(200, Json.GitCommit(await repository.Git.CommitAsync(sha)))
            : throw Refusal.NotFound();
    }

    private async Task<Answer> CompareAsync(Exchange exchange)
    {
        var range = exchange.Value("basehead");
        var ends = range.Split("...");
        if (ends.Length != 2 || await repository.Git.ResolveAsync(ends[0]) is not { } from
            || await repository.Git.ResolveAsync(ends[1]) is not { } to)
            throw Refusal.NotFound();
        var comparison = await repository.Git.CompareAsync(from, to)
            ?? throw new Refusal(404, $"No common ancestor between {ends[0]} and {ends[1]}.");
        // Without paging the last 250 commits; with it, pages from the earliest; files on the first page only (GitHub's description).
        var (page, size) = Paging.Asked(exchange);
        var paged = Paging.Query.Any(exchange.Query.ContainsKey);
        var commits = paged
            ? comparison.Commits.Skip((page - 1) * size).Take(size)
            : comparison.Commits.TakeLast(CommitsWithoutPaging);
        return Answer.Json(200, Json.Comparison(comparison, range, commits, withFiles: page == 1));
    }

    private async Task<Answer> TagsAsync(Exchange exchange)
    {
        var tags = await repository.Git.RefsAsync("refs/tags/");
        return Paging.Page(exchange, repository.Api + "/tags", tags.Reverse().ToList(), tag => new JsonObject
        {
            ["name"] = tag.ShortName,
            ["zipball_url"] = $"{repository.Api}/zipball/{tag.Name}",
            ["tarball_url"] = $"{repository.Api}/tarball/{tag.Name}",
            ["commit"] = new JsonObject { ["sha"] = tag.Commit, ["url"] = $"{repository.Api}/commits/{tag.Commit}" },
            ["node_id"] = Users.Node("REF", tag.Name),
        });
    }
}
