using System.Text.Json.Nodes;
using ReleaseActions.Sandbox.Git;
using ReleaseActions.Sandbox.Web;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>One pull request: what it changes, whether it is merged, and merging it.</summary>
internal sealed class MergeEndpoints(GitHubRepository repository)
{
    private const string Path = "/repos/{owner}/{repo}/pulls/{pull_number}";
    private const string Manual = "pulls/pulls";

    private CommitJson Json => new(repository);

    public IEnumerable<Endpoint> All() =>
    [
        new(Area.Api, "GET", Path, GetAsync) { BeyondContents = true, Manual = Manual + "#get-a-pull-request" },
        new(Area.Api, "GET", Path + "/commits", exchange => ListAsync(exchange, "/commits", changes => changes.Commits, Json.Commit))
        {
            Query = Paging.Query, BeyondContents = true, Manual = Manual + "#list-commits-on-a-pull-request",
        },
        new(Area.Api, "GET", Path + "/files", exchange => ListAsync(exchange, "/files", changes => changes.Files, Json.File))
        {
            Query = Paging.Query, BeyondContents = true, Manual = Manual + "#list-pull-requests-files",
        },
        new(Area.Api, "GET", Path + "/merge", IsMerged)
        {
            BeyondContents = true, Manual = Manual + "#check-if-a-pull-request-has-been-merged",
        },
        new(Area.Api, "PUT", Path + "/merge", MergeAsync)
        {
            Body =
            [
                Field.Text("commit_title"), Field.Text("commit_message"), Field.Text("sha"),
                Field.Text("merge_method") with { OneOf = ["merge", "squash", "rebase"] },
            ],
            Manual = Manual + "#merge-a-pull-request",
        },
    ];

    private async Task<Answer> GetAsync(Exchange exchange)
    {
        var pull = Find(exchange);
        var json = await PullJson.ReadAsync(repository);
        bool? mergeable = pull.Open && json.Branch(pull.Head) is { } head && json.Branch(pull.Base) is { } into
            ? await repository.Git.MergedTreeAsync(into.Sha, head.Sha) is not null
            : null;
        return Answer.Json(200, json.Full(pull, await ChangesAsync(pull), mergeable));
    }

    private async Task<Answer> ListAsync<T>(Exchange exchange, string end, Func<GitComparison, T[]> items, Func<T, JsonNode> shape)
    {
        var pull = Find(exchange);
        var all = await ChangesAsync(pull) is { } changes ? items(changes) : [];
        return Paging.Page(exchange, $"{repository.Api}/pulls/{pull.Number}{end}", all, shape);
    }

    private Answer IsMerged(Exchange exchange) => new(Find(exchange).MergeCommitSha is null ? throw Refusal.NotFound() : 204);

    private async Task<Answer> MergeAsync(Exchange exchange)
    {
        var body = await exchange.ReadJsonAsync();
        var pull = Find(exchange);
        var json = await PullJson.ReadAsync(repository);
        if (!pull.Open || json.Branch(pull.Head) is not { } head || json.Branch(pull.Base) is not { } into)
            throw new Refusal(405, "Pull Request is not mergeable");
        if (body["sha"] is { } expected && expected.ToString() != head.Sha)
            throw new Refusal(409, "Head branch was modified. Review and try the merge again.");
        var method = body["merge_method"]?.ToString() ?? "merge";
        if (method == "rebase")
            throw new Refusal(405, "Rebase merges are not allowed on this repository.");
        var tree = await repository.Git.MergedTreeAsync(into.Sha, head.Sha) ?? throw new Refusal(405, "Pull Request is not mergeable");
        var commit = await repository.Git.CommitTreeAsync(
            tree, Message(pull, body, method), method == "squash" ? [into.Sha] : [into.Sha, head.Sha]);
        if (!await repository.Git.MoveRefAsync(into.Name, commit, into.Sha))
            throw new Refusal(409, "Base branch was modified. Review and try the merge again.");
        repository.PullRequests[pull.Number] = pull with { Open = false, MergeCommitSha = commit, UpdatedAt = repository.Now };
        return Answer.Json(200, new JsonObject { ["sha"] = commit, ["merged"] = true, ["message"] = "Pull Request successfully merged" });
    }

    private string Message(PullRequest pull, JsonObject body, string method)
    {
        var isSquash = method == "squash";
        var merge = $"Merge pull request #{pull.Number} from {pull.HeadOwner ?? repository.Options.Owner}/{pull.Head}";
        var title = body["commit_title"]?.ToString() ?? (isSquash ? $"{pull.Title} (#{pull.Number})" : merge);
        return $"{title}\n\n{body["commit_message"]?.ToString() ?? (isSquash ? pull.Body : pull.Title)}".TrimEnd();
    }

    // What the head adds to the base; once it is merged, what it added then. Null where the branches or the commit are gone.
    private async Task<GitComparison?> ChangesAsync(PullRequest pull)
    {
        var git = repository.Git;
        if (pull.MergeCommitSha is not { } sha)
        {
            var (into, head) = (await git.FindRefAsync("refs/heads/" + pull.Base), await git.FindRefAsync("refs/heads/" + pull.Head));
            return into is null || head is null ? null : await git.CompareAsync(into.Sha, head.Sha);
        }

        if (await git.TypeAsync(sha) != "commit" || (await git.CommitAsync(sha)).Parents is not [var before, .. var merged])
            return null;
        return await git.CompareAsync(before, merged is [var side, ..] ? side : sha);
    }

    private PullRequest Find(Exchange exchange) =>
        repository.PullRequests.TryGetValue((int)exchange.Id("pull_number"), out var pull) ? pull : throw Refusal.NotFound();
}
