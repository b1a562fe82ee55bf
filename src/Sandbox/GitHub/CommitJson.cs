using System.Text.Json.Nodes;
using ReleaseActions.Sandbox.Git;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>Commits, tag objects and comparisons in the shape of GitHub's OpenAPI description.</summary>
internal sealed class CommitJson(GitHubRepository repository)
{
    /// <summary>As in <c>commits/{ref}</c>.</summary>
    public JsonNode Commit(GitCommit commit) => new JsonObject
    {
        ["sha"] = commit.Sha,
        ["node_id"] = Users.Node("C", commit.Sha),
        ["commit"] = new JsonObject
        {
            ["author"] = Person(commit.Author),
            ["committer"] = Person(commit.Committer),
            ["message"] = commit.Message,
            ["tree"] = Tree(commit),
            ["url"] = $"{repository.Api}/git/commits/{commit.Sha}",
            ["comment_count"] = 0,
            ["verification"] = Unsigned(),
        },
        ["url"] = Url(commit.Sha),
        ["html_url"] = $"{repository.Html}/commit/{commit.Sha}",
        ["comments_url"] = Url(commit.Sha) + "/comments",
        ["author"] = Users.Simple(repository.Site, "octocat"),
        ["committer"] = Users.Simple(repository.Site, "octocat"),
        ["parents"] = Parents(commit),
    };

    /// <summary>As in <c>git/commits/{sha}</c>.</summary>
    public JsonNode GitCommit(GitCommit commit) => new JsonObject
    {
        ["sha"] = commit.Sha,
        ["node_id"] = Users.Node("C", commit.Sha),
        ["url"] = $"{repository.Api}/git/commits/{commit.Sha}",
        ["html_url"] = $"{repository.Html}/commit/{commit.Sha}",
        ["author"] = Person(commit.Author),
        ["committer"] = Person(commit.Committer),
        ["tree"] = Tree(commit),
        ["message"] = commit.Message,
        ["parents"] = Parents(commit),
        ["verification"] = Unsigned(),
    };

    public JsonNode Tag(GitTag tag) => new JsonObject
    {
        ["node_id"] = Users.Node("TA", tag.Sha),
        ["sha"] = tag.Sha,
        ["url"] = $"{repository.Api}/git/tags/{tag.Sha}",
        ["tagger"] = Person(tag.Tagger),
        ["object"] = new JsonObject
        {
            ["sha"] = tag.ObjectSha,
            ["type"] = tag.ObjectType,
            ["url"] = $"{repository.Api}/git/{tag.ObjectType}s/{tag.ObjectSha}",
        },
        ["tag"] = tag.Name,
        ["message"] = tag.Message,
        ["verification"] = Unsigned(),
    };

    public JsonNode Comparison(GitComparison comparison, string range, IEnumerable<GitCommit> commits, bool withFiles)
    {
        var html = $"{repository.Html}/compare/{range}";
        return new JsonObject
        {
            ["url"] = $"{repository.Api}/compare/{range}",
            ["html_url"] = html,
            ["permalink_url"] = html,
            ["diff_url"] = html + ".diff",
            ["patch_url"] = html + ".patch",
            ["base_commit"] = Commit(comparison.Base),
            ["merge_base_commit"] = Commit(comparison.MergeBase),
            ["status"] = comparison.Status,
            ["ahead_by"] = comparison.AheadBy,
            ["behind_by"] = comparison.BehindBy,
            ["total_commits"] = comparison.AheadBy,
            ["commits"] = new JsonArray([.. commits.Select(Commit)]),
            ["files"] = withFiles ? new JsonArray([.. comparison.Files.Take(300).Select(File)]) : new JsonArray(),
        };
    }

    public JsonNode File(GitChange change)
    {
        var json = new JsonObject
        {
            ["sha"] = change.Sha,
            ["filename"] = change.Path,
            ["status"] = change.Status,
            ["additions"] = change.Additions,
            ["deletions"] = change.Deletions,
            ["changes"] = change.Additions + change.Deletions,
            ["blob_url"] = $"{repository.Html}/blob/{change.Sha}",
            ["raw_url"] = $"{repository.Html}/raw/{change.Sha}",
            ["contents_url"] = $"{repository.Api}/contents/{Uri.EscapeDataString(change.Path)}",
        };
        if (change.PreviousPath is not null)
            json["previous_filename"] = change.PreviousPath;
        return json;
    }

    private string Url(string sha) => $"{repository.Api}/commits/{sha}";

    private JsonObject Tree(GitCommit commit) =>
        new() { ["sha"] = commit.Tree, ["url"] = $"{repository.Api}/git/trees/{commit.Tree}" };

    private JsonArray Parents(GitCommit commit) => new([.. commit.Parents.Select(sha => new JsonObject
    {
        ["sha"] = sha,
        ["url"] = Url(sha),
        ["html_url"] = $"{repository.Html}/commit/{sha}",
    })]);

    private static JsonObject Person(GitPerson person) =>
        new() { ["name"] = person.Name, ["email"] = person.Email, ["date"] = ReleaseJson.Time(person.Date) };

    private static JsonObject Unsigned() => new()
    {
        ["verified"] = false, ["reason"] = "unsigned", ["signature"] = null, ["payload"] = null, ["verified_at"] = null,
    };
}
