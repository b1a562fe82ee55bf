using System.Text.Json.Nodes;
using ReleaseActions.Sandbox.Git;
using ReleaseActions.Sandbox.Web;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>Commits, comparisons and tags by name.</summary>
internal sealed class CommitEndpoints(GitHubRepository repository)
{
    private const string Path = "/repos/{owner}/{repo}";
    private const int CommitsWithoutPaging = 250;

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
        return Paging.Page(exchange, repository.Api + "/commits", await repository.Git.CommitsAsync(sha), Json);
    }

    private async Task<Answer> GetAsync(Exchange exchange)
    {
        var sha = await repository.Git.ResolveAsync(exchange.Value("ref"))
            ?? throw new Refusal(422, $"No commit found for SHA: {exchange.Value("ref")}");
        return Answer.Json(200, Json(await repository.Git.CommitAsync(sha)));
    }

    private async Task<Answer> GetGitAsync(Exchange exchange)
    {
        var sha = exchange.Value("commit_sha");
        return await repository.Git.TypeAsync(sha) == "commit"
            ? Answer.Json(200, GitJson(await repository.Git.CommitAsync(sha)))
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
        return Answer.Json(200, Json(comparison, range, commits, withFiles: page == 1));
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
            ["node_id"] = GitHubRepository.Node("REF", tag.Name),
        });
    }

    /// <summary>As in <c>commits/{ref}</c>.</summary>
    public JsonNode Json(GitCommit commit) => new JsonObject
    {
        ["sha"] = commit.Sha, ["node_id"] = GitHubRepository.Node("C", commit.Sha),
        ["commit"] = new JsonObject
        {
            ["author"] = Person(commit.Author), ["committer"] = Person(commit.Committer), ["message"] = commit.Message,
            ["tree"] = Tree(commit), ["url"] = $"{repository.Api}/git/commits/{commit.Sha}", ["comment_count"] = 0,
            ["verification"] = Unsigned(),
        },
        ["url"] = Url(commit.Sha), ["html_url"] = Page(commit.Sha), ["comments_url"] = Url(commit.Sha) + "/comments",
        ["author"] = repository.User("octocat"), ["committer"] = repository.User("octocat"), ["parents"] = Parents(commit),
    };

    /// <summary>One file of a comparison.</summary>
    public JsonNode Json(GitChange change)
    {
        var json = new JsonObject
        {
            ["sha"] = change.Sha, ["filename"] = change.Path, ["status"] = change.Status, ["additions"] = change.Additions,
            ["deletions"] = change.Deletions, ["changes"] = change.Additions + change.Deletions,
            ["blob_url"] = $"{repository.Html}/blob/{change.Sha}", ["raw_url"] = $"{repository.Html}/raw/{change.Sha}",
            ["contents_url"] = $"{repository.Api}/contents/{Uri.EscapeDataString(change.Path)}",
        };
        if (change.PreviousPath is not null) json["previous_filename"] = change.PreviousPath;
        return json;
    }

    // As in `git/commits/{sha}`.
    private JsonObject GitJson(GitCommit commit) => new JsonObject
    {
        ["sha"] = commit.Sha, ["node_id"] = GitHubRepository.Node("C", commit.Sha), ["message"] = commit.Message,
        ["url"] = $"{repository.Api}/git/commits/{commit.Sha}", ["html_url"] = Page(commit.Sha), ["author"] = Person(commit.Author),
        ["committer"] = Person(commit.Committer), ["tree"] = Tree(commit), ["parents"] = Parents(commit), ["verification"] = Unsigned(),
    };

    private JsonObject Json(GitComparison comparison, string range, IEnumerable<GitCommit> commits, bool withFiles)
    {
        var html = $"{repository.Html}/compare/{range}";
        return new JsonObject
        {
            ["url"] = $"{repository.Api}/compare/{range}", ["html_url"] = html, ["permalink_url"] = html, ["diff_url"] = html + ".diff",
            ["patch_url"] = html + ".patch", ["base_commit"] = Json(comparison.Base), ["merge_base_commit"] = Json(comparison.MergeBase),
            ["status"] = comparison.Status, ["ahead_by"] = comparison.AheadBy, ["behind_by"] = comparison.BehindBy,
            ["total_commits"] = comparison.AheadBy, ["commits"] = new JsonArray([.. commits.Select(Json)]),
            ["files"] = withFiles ? new JsonArray([.. comparison.Files.Take(300).Select(Json)]) : new JsonArray(),
        };
    }

    private string Url(string sha) => $"{repository.Api}/commits/{sha}";

    private string Page(string sha) => $"{repository.Html}/commit/{sha}";

    private JsonObject Tree(GitCommit commit) =>
        new() { ["sha"] = commit.Tree, ["url"] = $"{repository.Api}/git/trees/{commit.Tree}" };

    private JsonArray Parents(GitCommit commit) =>
        new([.. commit.Parents.Select(sha => new JsonObject { ["sha"] = sha, ["url"] = Url(sha), ["html_url"] = Page(sha) })]);

    public static JsonObject Person(GitPerson person) =>
        new() { ["name"] = person.Name, ["email"] = person.Email, ["date"] = GitHubRepository.Time(person.Date) };

    public static JsonObject Unsigned() => new()
    {
        ["verified"] = false, ["reason"] = "unsigned", ["signature"] = null, ["payload"] = null, ["verified_at"] = null,
    };
}
