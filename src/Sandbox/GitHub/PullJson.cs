using System.Text.Json.Nodes;
using ReleaseActions.Sandbox.Git;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>Pull requests in the shape of GitHub's OpenAPI description, with the branches as they are now.</summary>
internal sealed class PullJson(GitHubRepository repository, Dictionary<string, GitRef> branches, string defaultBranch)
{
    /// <summary>What a pull request's head is said to be once its branch is gone.</summary>
    public const string Missing = "0000000000000000000000000000000000000000";

    public static async Task<PullJson> ReadAsync(GitHubRepository repository)
    {
        var branches = await repository.Git.RefsAsync("refs/heads/");
        return new PullJson(repository, branches.ToDictionary(branch => branch.ShortName), await repository.Git.DefaultBranchAsync());
    }

    public GitRef? Branch(string name) => branches.GetValueOrDefault(name);

    /// <summary>As in lists.</summary>
    public JsonObject Pull(PullRequest pull)
    {
        var api = $"{repository.Api}/pulls/{pull.Number}";
        var issue = $"{repository.Api}/issues/{pull.Number}";
        var html = $"{repository.Html}/pull/{pull.Number}";
        var now = ReleaseJson.Time(pull.UpdatedAt ?? repository.Now);
        var head = Side(pull, pull.Head);
        var statuses = $"{repository.Api}/statuses/{head["sha"]}";
        return new JsonObject
        {
            ["url"] = api, ["id"] = 5_000_000_000 + pull.Number, ["node_id"] = Users.Node("PR", pull.Number),
            ["html_url"] = html, ["diff_url"] = html + ".diff", ["patch_url"] = html + ".patch", ["issue_url"] = issue,
            ["commits_url"] = api + "/commits", ["review_comments_url"] = api + "/comments",
            ["review_comment_url"] = $"{repository.Api}/pulls/comments{{/number}}", ["comments_url"] = issue + "/comments",
            ["statuses_url"] = statuses, ["number"] = pull.Number, ["state"] = pull.Open ? "open" : "closed", ["locked"] = false,
            ["title"] = pull.Title, ["user"] = Users.Simple(repository.Site, pull.User), ["body"] = pull.Body,
            ["labels"] = new JsonArray([.. pull.Labels.Select(new RepositoryJson(repository).Label)]),
            ["milestone"] = null, ["active_lock_reason"] = null,
            ["created_at"] = now, ["updated_at"] = now, ["closed_at"] = pull.Open ? null : now,
            ["merged_at"] = pull.MergeCommitSha is null ? null : now, ["merge_commit_sha"] = pull.MergeCommitSha,
            ["assignee"] = null, ["assignees"] = new JsonArray(), ["requested_reviewers"] = new JsonArray(),
            ["requested_teams"] = new JsonArray(), ["head"] = head, ["base"] = Side(pull, pull.Base),
            ["_links"] = Links(api, issue, html, statuses),
            ["author_association"] = "MEMBER", ["auto_merge"] = null, ["draft"] = false,
        };
    }

    /// <summary>As by its number: with what it changes, and whether it can be merged; null where GitHub does not know yet.</summary>
    public JsonObject Full(PullRequest pull, GitComparison? changes, bool? mergeable)
    {
        var json = Pull(pull);
        var isMerged = pull.MergeCommitSha is not null;
        (json["merged"], json["merged_by"]) = (isMerged, isMerged ? Users.Actor(repository) : null);
        (json["mergeable"], json["rebaseable"]) = (mergeable, null);
        json["mergeable_state"] = mergeable switch { true => "clean", false => "dirty", null => "unknown" };
        (json["comments"], json["review_comments"], json["maintainer_can_modify"]) = (0, 0, false);
        json["commits"] = changes?.Commits.Length ?? 0;
        json["additions"] = changes?.Files.Sum(file => file.Additions) ?? 0;
        json["deletions"] = changes?.Files.Sum(file => file.Deletions) ?? 0;
        json["changed_files"] = changes?.Files.Length ?? 0;
        return json;
    }

    public static JsonObject Link(string address) => new() { ["href"] = address };

    public static string Label(GitHubRepository repository, PullRequest pull, string branch) =>
        $"{(branch == pull.Head ? pull.HeadOwner : null) ?? repository.Options.Owner}:{branch}";

    private JsonObject Side(PullRequest pull, string branch) => new()
    {
        ["label"] = Label(repository, pull, branch),
        ["ref"] = branch,
        ["sha"] = Branch(branch)?.Sha ?? Missing,
        ["user"] = Users.Simple(repository.Site, repository.Options.Owner, "Organization"),
        ["repo"] = new RepositoryJson(repository).Repository(defaultBranch, Web.Access.Read),
    };

    private JsonObject Links(string api, string issue, string html, string statuses) => new()
    {
        ["self"] = Link(api), ["html"] = Link(html), ["issue"] = Link(issue), ["comments"] = Link(issue + "/comments"),
        ["review_comments"] = Link(api + "/comments"), ["review_comment"] = Link($"{repository.Api}/pulls/comments{{/number}}"),
        ["commits"] = Link(api + "/commits"), ["statuses"] = Link(statuses),
    };
}
