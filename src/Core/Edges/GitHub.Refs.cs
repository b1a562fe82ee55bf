using System.Net;
using System.Text.Json.Nodes;

namespace ReleaseActions.Core.Edges;

/// <summary>Tags and branches.</summary>
public sealed partial class GitHub
{
    /// <summary>Makes a lightweight tag. Read the tag afterwards: a tag that is there already is left alone, and an answer may be lost.</summary>
    public async Task CreateTagAsync(string tag, string commit, CancellationToken cancellation)
    {
        var request = new ApiRequest(HttpMethod.Post, Repository($"/git/refs"), $"make the tag {tag}", Write)
        {
            Body = new JsonObject { ["ref"] = $"refs/tags/{tag}", ["sha"] = commit },
            Expected = [HttpStatusCode.UnprocessableEntity],
        };
        if (await TrySendAsync(request, cancellation) is not { Status: HttpStatusCode.UnprocessableEntity } refusal) return;
        var words = WordsOf(refusal.Body);
        if (!words.Contains("already exists", StringComparison.OrdinalIgnoreCase)) throw Unprocessable($"GitHub was asked to {request.Purpose}", words);
    }

    /// <summary>A branch and whether it is protected; null where there is none.</summary>
    public Task<Branch?> FindBranchAsync(string branch, CancellationToken cancellation) =>
        FindAsync(new ApiRequest(HttpMethod.Get, Repository($"/branches/{branch}"), $"read the branch {branch}", Read), GitHubJson.Default.Branch, cancellation);

    /// <summary>Whether a rule of the repository forbids deleting a branch of this name. Rules are told apart from branch protection.</summary>
    public async Task<bool> HasDeletionRuleAsync(string branch, CancellationToken cancellation)
    {
        var request = new ApiRequest(HttpMethod.Get, Repository($"/rules/branches/{branch}?per_page=100"), $"read the rules of the branch {branch}", Read) { Expected = [HttpStatusCode.NotFound] };
        var answer = await SendAsync(request, cancellation);
        // Servers before GHES 3.11 know no rules.
        return answer.Status != HttpStatusCode.NotFound && answer.ReadList(request, GitHubJson.Default.ListBranchRule).Any(r => r.Type == "deletion");
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
/// <param name="Protected">Whether branch protection covers it.</param>
public sealed record Branch(string Name, bool Protected);

/// <summary>A rule that applies to a branch.</summary>
/// <param name="Type">Such as <c>deletion</c>.</param>
public sealed record BranchRule(string Type);

/// <summary>A repository.</summary>
/// <param name="DefaultBranch">Its default branch.</param>
public sealed record RepositoryPage(string DefaultBranch);
