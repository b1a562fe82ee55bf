using System.Text.Json.Nodes;
using ReleaseActions.Sandbox.Git;
using ReleaseActions.Sandbox.Web;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>The list of pull requests, by head, base and state, those of a commit, and opening one.</summary>
internal sealed class PullEndpoints(GitHubRepository repository)
{
    /// <summary>What a pull request's head is said to be once its branch is gone.</summary>
    internal const string Missing = "0000000000000000000000000000000000000000";

    public IEnumerable<Endpoint> All() =>
    [
        new(Area.Api, "GET", "/repos/{owner}/{repo}/pulls", ListAsync)
        {
            Query = ["state", "head", "base", "sort", "direction", .. Paging.Query],
            Manual = "pulls/pulls#list-pull-requests",
        },
        new(Area.Api, "GET", "/repos/{owner}/{repo}/commits/{commit_sha}/pulls", OfCommitAsync)
        {
            Query = Paging.Query, BeyondContents = true, Manual = "commits/commits#list-pull-requests-associated-with-a-commit",
        },
        new(Area.Api, "POST", "/repos/{owner}/{repo}/pulls", OpenAsync)
        {
            Body =
            [
                Field.Text("head") with { Required = true }, Field.Text("base") with { Required = true }, Field.Text("title"), Field.Text("body"),
                Field.Text("head_repo"), Field.Flag("draft"), Field.Flag("maintainer_can_modify"),
            ],
            Manual = "pulls/pulls#create-a-pull-request",
        },
    ];

    // The merged one that brought the commit; before that the open ones that end with it.
    private async Task<Answer> OfCommitAsync(Exchange exchange)
    {
        var sha = exchange.Value("commit_sha");
        if (await repository.Git.TypeAsync(sha) != "commit")
            throw new Refusal(422, $"No commit found for SHA: {sha}");
        var branches = (await repository.Git.RefsAsync("refs/heads/")).ToDictionary(branch => branch.ShortName);
        var defaultBranch = await repository.Git.DefaultBranchAsync();
        var found = repository.PullRequests.Values.OrderBy(pull => pull.Number)
            .Where(pull => pull.MergeCommitSha == sha || (pull.Open && branches.TryGetValue(pull.Head, out var head) && head.Sha == sha)).ToList();
        return Paging.Page(exchange, $"{repository.Api}/commits/{sha}/pulls", found, pull => Json(pull, branches, defaultBranch));
    }

    private async Task<Answer> ListAsync(Exchange exchange)
    {
        var branches = (await repository.Git.RefsAsync("refs/heads/")).ToDictionary(branch => branch.ShortName);
        var defaultBranch = await repository.Git.DefaultBranchAsync();
        var found = Ordered(exchange, repository.PullRequests.Values.Where(pull => Fits(exchange, pull)));
        return Paging.Page(exchange, repository.Api + "/pulls", found, pull => Json(pull, branches, defaultBranch));
    }

    private async Task<Answer> OpenAsync(Exchange exchange)
    {
        var body = await exchange.ReadJsonAsync();
        if (repository.RefusesPullRequests)
            throw new Refusal(403, "GitHub Actions is not permitted to create or approve pull requests.");
        var title = body["title"]?.ToString();
        if (string.IsNullOrWhiteSpace(title))
            throw Refusal.Invalid(Refusal.Error("PullRequest", "missing_field", "title"));
        var (head, target) = (body["head"]!.ToString(), body["base"]!.ToString());
        var name = head.StartsWith(repository.Options.Owner + ":", StringComparison.OrdinalIgnoreCase) ? head[(repository.Options.Owner.Length + 1)..] : head;
        var branches = (await repository.Git.RefsAsync("refs/heads/")).ToDictionary(branch => branch.ShortName);
        if (!branches.TryGetValue(name, out var from))
            throw Refusal.Invalid(Refusal.Error("PullRequest", "invalid", "head"));
        if (!branches.TryGetValue(target, out var into))
            throw Refusal.Invalid(Refusal.Error("PullRequest", "invalid", "base"));
        if (await repository.Git.IsAncestorAsync(from.Sha, into.Sha))
            throw Refusal.Invalid(Refusal.Custom("PullRequest", null, $"No commits between {target} and {name}"));
        if (repository.PullRequests.Values.Any(pull => pull is { Open: true, HeadOwner: null } && pull.Head == name && pull.Base == target))
            throw Refusal.Invalid(Refusal.Custom("PullRequest", null, $"A pull request already exists for {repository.Options.Owner}:{name}."));
        var opened = new PullRequest(repository.PullRequests.Keys.DefaultIfEmpty().Max() + 1, name, target) { Title = title, Body = body["body"]?.ToString() };
        repository.PullRequests[opened.Number] = opened;
        var comparison = await repository.Git.CompareAsync(into.Sha, from.Sha);
        var json = Json(opened, branches, await repository.Git.DefaultBranchAsync());
        AddDetails(json, comparison);
        return Answer.Json(201, json).With("Location", json["url"]!.ToString());
    }

    // What a pull request alone has, and a list of them has not.
    private static void AddDetails(JsonObject json, GitComparison? comparison)
    {
        (json["merged"], json["mergeable"], json["rebaseable"], json["mergeable_state"], json["merged_by"]) = (false, null, null, "unknown", null);
        (json["comments"], json["review_comments"], json["maintainer_can_modify"]) = (0, 0, false);
        json["commits"] = comparison?.Commits.Length ?? 0;
        json["additions"] = comparison?.Files.Sum(file => file.Additions) ?? 0;
        json["deletions"] = comparison?.Files.Sum(file => file.Deletions) ?? 0;
        json["changed_files"] = comparison?.Files.Length ?? 0;
    }

    // By the date of creation, which is the order of numbers, or of the last change. Descending by default only where it is by creation (GitHub's description).
    private List<PullRequest> Ordered(Exchange exchange, IEnumerable<PullRequest> pulls)
    {
        var sort = exchange.Asked("sort") ?? "created";
        var isDescending = (exchange.Asked("direction") ?? (sort == "created" ? "desc" : "asc")) == "desc";
        if (sort is not ("created" or "updated")) throw new InvalidOperationException($"The order '{sort}' is not played.");
        var ordered = sort == "updated" ? pulls.OrderBy(Updated).ThenBy(pull => pull.Number) : pulls.OrderBy(pull => pull.Number);
        return isDescending ? [.. ordered.Reverse()] : [.. ordered];
    }

    private DateTimeOffset Updated(PullRequest pull) => pull.UpdatedAt ?? repository.Now;

    private bool Fits(Exchange exchange, PullRequest pull)
    {
        var state = exchange.Asked("state") ?? "open";
        // GitHub ignores a head that is not owner:branch: then all pull requests come back.
        var head = exchange.Asked("head") is { } asked && asked.Contains(':', StringComparison.Ordinal) ? asked : null;
        return (state == "all" || state == State(pull))
            && (head is null || head == Label(pull, pull.Head))
            && (exchange.Asked("base") is not { } target || target == pull.Base);
    }

    private JsonObject Json(PullRequest pull, Dictionary<string, GitRef> branches, string defaultBranch)
    {
        var api = $"{repository.Api}/pulls/{pull.Number}";
        var issue = $"{repository.Api}/issues/{pull.Number}";
        var html = $"{repository.Html}/pull/{pull.Number}";
        var now = ReleaseJson.Time(Updated(pull));
        var head = Side(pull, pull.Head, branches, defaultBranch);
        var statuses = $"{repository.Api}/statuses/{head["sha"]}";
        return new JsonObject
        {
            ["url"] = api, ["id"] = 5_000_000_000 + pull.Number, ["node_id"] = Users.Node("PR", pull.Number),
            ["html_url"] = html, ["diff_url"] = html + ".diff", ["patch_url"] = html + ".patch", ["issue_url"] = issue,
            ["commits_url"] = api + "/commits", ["review_comments_url"] = api + "/comments",
            ["review_comment_url"] = $"{repository.Api}/pulls/comments{{/number}}", ["comments_url"] = issue + "/comments",
            ["statuses_url"] = statuses, ["number"] = pull.Number, ["state"] = State(pull), ["locked"] = false,
            ["title"] = pull.Title, ["user"] = Users.Simple(repository.Site, pull.User), ["body"] = pull.Body,
            ["labels"] = new JsonArray([.. pull.Labels.Select(Tagged)]), ["milestone"] = null, ["active_lock_reason"] = null,
            ["created_at"] = now, ["updated_at"] = now, ["closed_at"] = pull.Open ? null : now,
            ["merged_at"] = pull.MergeCommitSha is null ? null : now, ["merge_commit_sha"] = pull.MergeCommitSha,
            ["assignee"] = null, ["assignees"] = new JsonArray(), ["requested_reviewers"] = new JsonArray(),
            ["requested_teams"] = new JsonArray(), ["head"] = head, ["base"] = Side(pull, pull.Base, branches, defaultBranch),
            ["_links"] = Links(api, issue, html, statuses),
            ["author_association"] = "MEMBER", ["auto_merge"] = null, ["draft"] = false,
        };
    }

    private JsonObject Side(PullRequest pull, string branch, Dictionary<string, GitRef> branches, string defaultBranch) => new()
    {
        ["label"] = Label(pull, branch),
        ["ref"] = branch,
        ["sha"] = branches.TryGetValue(branch, out var found) ? found.Sha : Missing,
        ["user"] = Users.Simple(repository.Site, repository.Options.Owner, "Organization"),
        ["repo"] = new RepositoryJson(repository).Repository(defaultBranch, Access.Read),
    };

    private JsonObject Links(string api, string issue, string html, string statuses) => new()
    {
        ["self"] = Link(api), ["html"] = Link(html), ["issue"] = Link(issue), ["comments"] = Link(issue + "/comments"),
        ["review_comments"] = Link(api + "/comments"), ["review_comment"] = Link($"{repository.Api}/pulls/comments{{/number}}"),
        ["commits"] = Link(api + "/commits"), ["statuses"] = Link(statuses),
    };

    private JsonObject Tagged(string label) => new()
    {
        ["id"] = 1, ["node_id"] = Users.Node("LA", label), ["url"] = $"{repository.Api}/labels/{Uri.EscapeDataString(label)}",
        ["name"] = label, ["description"] = "", ["color"] = "ededed", ["default"] = false,
    };

    private string Label(PullRequest pull, string branch) =>
        $"{(branch == pull.Head ? pull.HeadOwner : null) ?? repository.Options.Owner}:{branch}";

    private static JsonObject Link(string address) => new() { ["href"] = address };

    private static string State(PullRequest pull) => pull.Open ? "open" : "closed";
}
