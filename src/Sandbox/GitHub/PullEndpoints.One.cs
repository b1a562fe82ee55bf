using System.Text.Json.Nodes;
using ReleaseActions.Sandbox.Git;
using ReleaseActions.Sandbox.Web;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>One pull request: what it changes, whether it is merged, and merging it.</summary>
internal sealed partial class PullEndpoints
{
    private const string One = "/repos/{owner}/{repo}/pulls/{pull_number}";
    private const string Manual = "pulls/pulls";

    private CommitEndpoints Commits => new(repository);

    private IEnumerable<Endpoint> OfOne() =>
    [
        new(Area.Api, "GET", One, GetAsync) { BeyondContents = true, Manual = Manual + "#get-a-pull-request" },
        new(Area.Api, "GET", One + "/commits", exchange => PartsAsync(exchange, "/commits", changes => changes.Commits, Commits.Json))
        {
            Query = Paging.Query, BeyondContents = true, Manual = Manual + "#list-commits-on-a-pull-request",
        },
        new(Area.Api, "GET", One + "/files", exchange => PartsAsync(exchange, "/files", changes => changes.Files, Commits.Json))
        {
            Query = Paging.Query, BeyondContents = true, Manual = Manual + "#list-pull-requests-files",
        },
        new(Area.Api, "GET", One + "/reviews", ReviewsAsync)
        {
            Query = Paging.Query, BeyondContents = true, Manual = "pulls/reviews#list-reviews-for-a-pull-request",
        },
        new(Area.Api, "GET", One + "/merge", IsMerged)
        {
            BeyondContents = true, Manual = Manual + "#check-if-a-pull-request-has-been-merged",
        },
        new(Area.Api, "PUT", One + "/merge", MergeAsync)
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
        var branches = await BranchesAsync();
        var (head, into) = (branches.Tips.GetValueOrDefault(pull.Head), branches.Tips.GetValueOrDefault(pull.Base));
        bool? mergeable = pull.Open && head is not null && into is not null
            ? await repository.Git.MergedTreeAsync(into.Sha, head.Sha) is not null
            : null;
        return Answer.Json(200, Json(pull, branches, await ChangesAsync(pull), mergeable));
    }

    private async Task<Answer> PartsAsync<T>(Exchange exchange, string end, Func<GitComparison, T[]> items, Func<T, JsonNode> shape)
    {
        var pull = Find(exchange);
        var all = await ChangesAsync(pull) is { } changes ? items(changes) : [];
        return Paging.Page(exchange, $"{repository.Api}/pulls/{pull.Number}{end}", all, shape);
    }

    private async Task<Answer> ReviewsAsync(Exchange exchange)
    {
        var pull = Find(exchange);
        var head = (await BranchesAsync()).Tips.GetValueOrDefault(pull.Head)?.Sha ?? Missing;
        var (api, html) = ($"{repository.Api}/pulls/{pull.Number}", $"{repository.Html}/pull/{pull.Number}");
        var found = repository.Reviews.Where(review => review.PullRequest == pull.Number).Index().ToList();
        return Paging.Page(exchange, api + "/reviews", found, review => new JsonObject
        {
            ["id"] = review.Index + 1, ["node_id"] = GitHubRepository.Node("PRR", review.Index + 1),
            ["user"] = review.Item.User is { } user ? repository.User(user) : null,
            ["body"] = "", ["state"] = review.Item.State,
            ["html_url"] = $"{html}#pullrequestreview-{review.Index + 1}", ["pull_request_url"] = api,
            ["author_association"] = "MEMBER", ["submitted_at"] = GitHubRepository.Time(repository.Now),
            ["commit_id"] = review.Item.Commit is "" ? null : review.Item.Commit ?? head,
            ["_links"] = new JsonObject { ["html"] = Link(html), ["pull_request"] = Link(api) },
        });
    }

    private Answer IsMerged(Exchange exchange) => new(Find(exchange).MergeCommitSha is null ? throw Refusal.NotFound() : 204);

    private async Task<Answer> MergeAsync(Exchange exchange)
    {
        var body = await exchange.ReadJsonAsync();
        var pull = Find(exchange);
        var branches = await BranchesAsync();
        if (!pull.Open || !branches.Tips.TryGetValue(pull.Head, out var head) || !branches.Tips.TryGetValue(pull.Base, out var into))
            throw new Refusal(405, "Pull Request is not mergeable");
        if (body["sha"] is { } expected && expected.ToString() != head.Sha)
            throw new Refusal(409, "Head branch was modified. Review and try the merge again.");
        var method = body["merge_method"]?.ToString() ?? "merge";
        if (method == "rebase") throw new Refusal(405, "Rebase merges are not allowed on this repository.");
        var tree = await repository.Git.MergedTreeAsync(into.Sha, head.Sha) ?? throw new Refusal(405, "Pull Request is not mergeable");
        var commit = await repository.Git.CommitTreeAsync(
            tree, Message(pull, body, method), method == "squash" ? [into.Sha] : [into.Sha, head.Sha]);
        if (!await repository.Git.MoveRefAsync(into.Name, commit, into.Sha))
            throw new Refusal(409, "Base branch was modified. Review and try the merge again.");
        repository.PullRequests[pull.Number] = pull with
        {
            Open = false, MergeCommitSha = commit, HeadSha = head.Sha, UpdatedAt = repository.Now,
        };
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
