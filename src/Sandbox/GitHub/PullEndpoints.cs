using ReleaseActions.Sandbox.Web;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>The list of pull requests, by head, base and state, those of a commit, and opening one.</summary>
internal sealed partial class PullEndpoints(GitHubRepository repository)
{
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
                Field.Text("head") with { Required = true }, Field.Text("base") with { Required = true },
                Field.Text("title"), Field.Text("body"), Field.Text("head_repo"), Field.Flag("draft"), Field.Flag("maintainer_can_modify"),
            ],
            Manual = "pulls/pulls#create-a-pull-request",
        },
        .. OfOne(),
    ];

    // The merged one that brought the commit; before that the open ones that end with it.
    private async Task<Answer> OfCommitAsync(Exchange exchange)
    {
        var sha = exchange.Value("commit_sha");
        if (await repository.Git.TypeAsync(sha) != "commit") throw new Refusal(422, $"No commit found for SHA: {sha}");
        var branches = await BranchesAsync();
        var found = repository.PullRequests.Values.OrderBy(pull => pull.Number)
            .Where(pull => pull.MergeCommitSha == sha || (pull.Open && branches.Tips.GetValueOrDefault(pull.Head)?.Sha == sha)).ToList();
        return Paging.Page(exchange, $"{repository.Api}/commits/{sha}/pulls", found, pull => Json(pull, branches));
    }

    private async Task<Answer> ListAsync(Exchange exchange)
    {
        var branches = await BranchesAsync();
        var found = Ordered(exchange, repository.PullRequests.Values.Where(pull => Fits(exchange, pull)));
        return Paging.Page(exchange, repository.Api + "/pulls", found, pull => Json(pull, branches));
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
        var (owner, pulls) = (repository.Options.Owner, repository.PullRequests);
        var name = head.StartsWith(owner + ":", StringComparison.OrdinalIgnoreCase) ? head[(owner.Length + 1)..] : head;
        var branches = await BranchesAsync();
        var from = branches.Tips.GetValueOrDefault(name) ?? throw Refusal.Invalid(Refusal.Error("PullRequest", "invalid", "head"));
        var into = branches.Tips.GetValueOrDefault(target) ?? throw Refusal.Invalid(Refusal.Error("PullRequest", "invalid", "base"));
        if (await repository.Git.IsAncestorAsync(from.Sha, into.Sha))
            throw Refusal.Invalid(Refusal.Custom("PullRequest", null, $"No commits between {target} and {name}"));
        if (pulls.Values.Any(pull => pull is { Open: true, HeadOwner: null } && pull.Head == name && pull.Base == target))
            throw Refusal.Invalid(Refusal.Custom("PullRequest", null, $"A pull request already exists for {owner}:{name}."));
        var number = pulls.Keys.DefaultIfEmpty().Max() + 1;
        var opened = new PullRequest(number, name, target) { Title = title, Body = body["body"]?.ToString() };
        pulls[number] = opened;
        var changes = await repository.Git.CompareAsync(into.Sha, from.Sha);
        return Answer.Json(201, Json(opened, branches, changes, mergeable: null)).With("Location", $"{repository.Api}/pulls/{number}");
    }

    // By the date of creation, which is the order of numbers, or of the last change.
    // Descending by default only where it is by creation (GitHub's description).
    private List<PullRequest> Ordered(Exchange exchange, IEnumerable<PullRequest> pulls)
    {
        var sort = exchange.Asked("sort") ?? "created";
        var isDescending = (exchange.Asked("direction") ?? (sort == "created" ? "desc" : "asc")) == "desc";
        if (sort is not ("created" or "updated")) throw new InvalidOperationException($"The order '{sort}' is not played.");
        var ordered = sort == "updated"
            ? pulls.OrderBy(pull => pull.UpdatedAt ?? repository.Now).ThenBy(pull => pull.Number)
            : pulls.OrderBy(pull => pull.Number);
        return isDescending ? [.. ordered.Reverse()] : [.. ordered];
    }

    private bool Fits(Exchange exchange, PullRequest pull)
    {
        var state = exchange.Asked("state") ?? "open";
        // GitHub ignores a head that is not owner:branch: then all pull requests come back.
        var head = exchange.Asked("head") is { } asked && asked.Contains(':', StringComparison.Ordinal) ? asked : null;
        return (state == "all" || (state == "open") == pull.Open)
            && (head is null || head == Label(pull, pull.Head))
            && (exchange.Asked("base") is not { } target || target == pull.Base);
    }
}
