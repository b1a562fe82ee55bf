using System.Text.Json.Serialization;
using ReleaseActions.Core.GitHub;

namespace ReleaseActions.BranchCleanup;

/// <summary>What GitHub knows of branches.</summary>
internal static class BranchCalls
{
    private const string Permission = "contents: read";

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
[JsonSerializable(typeof(DefaultBranchPage))]
internal sealed partial class BranchJson : JsonSerializerContext;
