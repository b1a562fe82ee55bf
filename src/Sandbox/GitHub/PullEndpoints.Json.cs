using System.Text.Json.Nodes;
using ReleaseActions.Sandbox.Git;
using ReleaseActions.Sandbox.Web;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>Pull requests in the shape of GitHub's OpenAPI description, with the branches as they are now.</summary>
internal sealed partial class PullEndpoints
{
    /// <summary>What GitHub shows as a pull request's head once its branch is gone.</summary>
    private const string Missing = "0000000000000000000000000000000000000000";

    private async Task<(Dictionary<string, GitRef> Tips, string Default)> BranchesAsync()
    {
        var tips = await repository.Git.RefsAsync("refs/heads/");
        // Names that are no UTF-8 may look alike as text.
        return (
            tips.DistinctBy(b => b.ShortName).ToDictionary(b => b.ShortName), await repository.Git.DefaultBranchAsync());
    }

    /// <summary>As in lists.</summary>
    private JsonObject Json(PullRequest pull, (Dictionary<string, GitRef> Tips, string Default) branches)
    {
        var api = $"{repository.Api}/pulls/{pull.Number}";
        var issue = $"{repository.Api}/issues/{pull.Number}";
        var html = $"{repository.Html}/pull/{pull.Number}";
        var now = GitHubRepository.Time(pull.UpdatedAt ?? repository.Now);
        var head = Side(pull, pull.Head, branches);
        var statuses = $"{repository.Api}/statuses/{head["sha"]}";
        return new JsonObject
        {
            ["url"] = api, ["id"] = 5_000_000_000 + pull.Number, ["node_id"] = GitHubRepository.Node("PR", pull.Number),
            ["html_url"] = html, ["diff_url"] = html + ".diff", ["patch_url"] = html + ".patch", ["issue_url"] = issue,
            ["commits_url"] = api + "/commits", ["review_comments_url"] = api + "/comments",
            ["review_comment_url"] = $"{repository.Api}/pulls/comments{{/number}}", ["comments_url"] = issue + "/comments",
            ["statuses_url"] = statuses, ["number"] = pull.Number, ["state"] = pull.Open ? "open" : "closed", ["locked"] = false,
            ["title"] = pull.Title, ["user"] = repository.User(pull.User), ["body"] = pull.Body,
            ["labels"] = new JsonArray([.. pull.Labels.Select(repository.Label)]),
            ["milestone"] = null, ["active_lock_reason"] = null,
            ["created_at"] = now, ["updated_at"] = now, ["closed_at"] = pull.Open ? null : now,
            ["merged_at"] = pull.MergeCommitSha is null ? null : now, ["merge_commit_sha"] = pull.MergeCommitSha,
            ["assignee"] = null, ["assignees"] = new JsonArray(), ["requested_reviewers"] = new JsonArray(),
            ["requested_teams"] = new JsonArray(), ["head"] = head, ["base"] = Side(pull, pull.Base, branches),
            ["_links"] = Links(api, issue, html, statuses),
            ["author_association"] = "MEMBER", ["auto_merge"] = null, ["draft"] = false,
        };
    }

    /// <summary>As by its number: with what it changes, and whether it can be merged; null where GitHub does not know yet.</summary>
    private JsonObject Json(
        PullRequest pull, (Dictionary<string, GitRef> Tips, string Default) branches, GitComparison? changes, bool? mergeable)
    {
        var json = Json(pull, branches);
        var isMerged = pull.MergeCommitSha is not null;
        (json["merged"], json["merged_by"]) = (isMerged, isMerged ? repository.Actor : null);
        (json["mergeable"], json["rebaseable"]) = (mergeable, null);
        json["mergeable_state"] = mergeable switch { true => "clean", false => "dirty", null => "unknown" };
        (json["comments"], json["review_comments"], json["maintainer_can_modify"]) = (0, 0, false);
        json["commits"] = changes?.Commits.Length ?? 0;
        json["additions"] = changes?.Files.Sum(file => file.Additions) ?? 0;
        json["deletions"] = changes?.Files.Sum(file => file.Deletions) ?? 0;
        json["changed_files"] = changes?.Files.Length ?? 0;
        return json;
    }

    private static JsonObject Link(string address) => new() { ["href"] = address };

    private string Label(PullRequest pull, string branch) =>
        $"{(branch == pull.Head ? pull.HeadOwner : null) ?? repository.Options.Owner}:{branch}";

    private JsonObject Side(PullRequest pull, string branch, (Dictionary<string, GitRef> Tips, string Default) branches) => new()
    {
        ["label"] = Label(pull, branch),
        ["ref"] = branch,
        ["sha"] = (branch == pull.Head ? pull.HeadSha : null) ?? branches.Tips.GetValueOrDefault(branch)?.Sha ?? Missing,
        ["user"] = repository.User(repository.Options.Owner, "Organization"),
        ["repo"] = repository.ToJson(branches.Default, Access.Read),
    };

    private JsonObject Links(string api, string issue, string html, string statuses) => new()
    {
        ["self"] = Link(api), ["html"] = Link(html), ["issue"] = Link(issue), ["comments"] = Link(issue + "/comments"),
        ["review_comments"] = Link(api + "/comments"), ["review_comment"] = Link($"{repository.Api}/pulls/comments{{/number}}"),
        ["commits"] = Link(api + "/commits"), ["statuses"] = Link(statuses),
    };
}
