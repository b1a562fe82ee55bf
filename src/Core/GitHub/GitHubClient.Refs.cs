namespace ReleaseActions.Core.GitHub;

/// <summary>Tags and branches.</summary>
public partial class GitHubClient
{
    /// <summary>The branches that branch protection or a ruleset protects: one list, however many branches there are.</summary>
    public async Task<IReadOnlyList<string>> ListProtectedBranchesAsync(CancellationToken cancellation)
    {
        var names = new List<string>();
        var request = new ApiRequest(HttpMethod.Get, Repository($"/branches?protected=true&per_page=100"), "list the protected branches", Read);
        await foreach (var branch in ListAsync(request, GitHubJson.Default.ListBranch, cancellation))
        {
            // A server that does not know `protected` sends all of them.
            if (branch.Protected) names.Add(branch.Name);
        }

        return names;
    }

    /// <summary>The repository's default branch.</summary>
    public async Task<string> DefaultBranchAsync(CancellationToken cancellation)
    {
        var request = new ApiRequest(HttpMethod.Get, Repository($""), "read the repository", Read);
        return (await SendAsync(request, cancellation)).Read(request, GitHubJson.Default.RepositoryPage).DefaultBranch;
    }
}

/// <summary>A branch, as GitHub describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Protected">Whether branch protection or a ruleset covers it.</param>
public sealed record Branch(string Name, bool Protected);

/// <summary>A repository.</summary>
/// <param name="DefaultBranch">Its default branch.</param>
public sealed record RepositoryPage(string DefaultBranch);
