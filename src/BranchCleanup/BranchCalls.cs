using System.Text.Json.Serialization;
using ReleaseActions.Core.GitHub;

namespace ReleaseActions.BranchCleanup;

/// <summary>What GitHub knows of branches.</summary>
internal static class BranchCalls
{
    private const string Permission = "contents: read";

    // Up to this many branches are asked about one by one.
    private const int MostQuestions = 20;
    private const int MostClosed = 2_000;

    /// <summary>The branches that branch protection or a ruleset protects: one list, however many branches there are.</summary>
    public static async Task<IReadOnlyList<string>> ListProtectedBranchesAsync(this GitHubClient github, CancellationToken cancellation)
    {
        var names = new List<string>();
        var address = github.Repository($"/branches?protected=true&per_page=100");
        var request = new ApiRequest(HttpMethod.Get, address, "list the protected branches", Permission);
        await foreach (var branch in github.ListAsync(request, BranchJson.Default.ListBranch, cancellation))
        {
            // A server that does not know `protected` sends all of them.
            if (branch.Protected) names.Add(branch.Name);
        }

        return names;
    }

    /// <summary>Those of some branches from which a pull request was merged with the commit that they have now.</summary>
    /// <remarks>Of many branches as far as the newest pull requests show it: whoever is not found stays.</remarks>
    public static async Task<IReadOnlySet<string>> ListMergedAsync(
        this GitHubClient github, string owner, IReadOnlyList<(string Name, string? Commit)> branches, CancellationToken cancellation)
    {
        var open = branches.ToDictionary(b => b.Name, b => b.Commit, StringComparer.Ordinal);
        var lists = branches.Count > MostQuestions
            ? [github.Repository($"/pulls?state=closed&sort=updated&direction=desc&per_page=100")]
            : branches.Select(b => github.Repository($"/pulls?state=closed&head={owner}:{b.Name}&per_page=100"));
        var merged = new HashSet<string>(StringComparer.Ordinal);
        foreach (var address in lists)
        {
            var read = 0;
            var request = new ApiRequest(HttpMethod.Get, address, "list the merged pull requests", "pull-requests: read");
            await foreach (var pull in github.ListAsync(request, BranchJson.Default.ListPullRequest, cancellation))
            {
                var isMerged = pull.MergedAt is not null && open.GetValueOrDefault(pull.Head.Ref) == pull.Head.Sha;
                if (isMerged && github.IsFrom(pull, pull.Head.Ref)) merged.Add(pull.Head.Ref);
                if (++read == MostClosed || merged.Count == open.Count) break;
            }
        }

        return merged;
    }

    /// <summary>The repository's default branch.</summary>
    public static async Task<string> DefaultBranchAsync(this GitHubClient github, CancellationToken cancellation)
    {
        var request = new ApiRequest(HttpMethod.Get, github.Repository($""), "read the repository", Permission);
        return (await github.SendAsync(request, cancellation)).Read(request, BranchJson.Default.DefaultBranchPage).DefaultBranch;
    }
}

/// <summary>A branch, as GitHub describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Protected">Whether branch protection or a ruleset covers it.</param>
internal sealed record Branch(string Name, bool Protected);

/// <summary>A repository, as far as its default branch.</summary>
internal sealed record DefaultBranchPage(string DefaultBranch);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true, MaxDepth = 64)]
[JsonSerializable(typeof(List<Branch>))]
[JsonSerializable(typeof(List<PullRequest>))]
[JsonSerializable(typeof(DefaultBranchPage))]
internal sealed partial class BranchJson : JsonSerializerContext;
