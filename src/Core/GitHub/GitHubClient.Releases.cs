using System.Text.Json.Nodes;

namespace ReleaseActions.Core.GitHub;

/// <summary>Releases.</summary>
public partial class GitHubClient
{
    private const string Write = "contents: write";
    private const string Read = "contents: read";

    /// <summary>The published release of a tag, or null.</summary>
    public Task<Release?> FindPublishedReleaseAsync(string tag, CancellationToken cancellation)
    {
        var request = new ApiRequest(HttpMethod.Get, Repository($"/releases/tags/{tag}"), $"find the release of {tag}", Read);
        return FindAsync(request, GitHubJson.Default.Release, cancellation);
    }

    /// <summary>A release by its number; null where there is none, or none yet.</summary>
    public Task<Release?> FindReleaseAsync(long id, CancellationToken cancellation)
    {
        var request = new ApiRequest(HttpMethod.Get, Repository($"/releases/{id}"), $"read the release {id}", Read);
        return FindAsync(request, GitHubJson.Default.Release, cancellation);
    }

    /// <summary>The notes that GitHub would generate for a tag: the merged pull requests since the previous one.</summary>
    /// <returns>Null where GitHub answers 404.</returns>
    public async Task<string?> GenerateNotesAsync(string tag, string? previous, string target, CancellationToken cancellation)
    {
        var body = new JsonObject { ["tag_name"] = tag, ["target_commitish"] = target };
        if (previous is not null) body["previous_tag_name"] = previous;
        var address = Repository($"/releases/generate-notes");
        var request = new ApiRequest(HttpMethod.Post, address, $"generate the notes of {tag}", Write) { Body = body, OnlyReads = true };
        return (await FindAsync(request, GitHubJson.Default.GeneratedNotes, cancellation))?.Body;
    }
}

/// <summary>A release, as GitHub describes it (components/schemas/release).</summary>
/// <param name="Id">Its number.</param>
/// <param name="TagName">The tag; of a draft it need not exist.</param>
/// <param name="TargetCommitish">The branch or commit that was named when it was created.</param>
/// <param name="Name">The title.</param>
/// <param name="Body">The notes.</param>
/// <param name="Draft">Whether it is not published.</param>
/// <param name="Prerelease">Whether it is marked as a prerelease.</param>
/// <param name="HtmlUrl">Its page.</param>
/// <param name="UploadUrl">The template of the address that files are sent to.</param>
/// <param name="Immutable">Whether only title and notes may ever change; false where the server does not know the word.</param>
/// <param name="DiscussionUrl">The page of the discussion about it, or null.</param>
/// <param name="PublishedAt">When it was published; null for a draft.</param>
public sealed record Release(
    long Id, string TagName, string TargetCommitish, string? Name, string? Body, bool Draft, bool Prerelease, string HtmlUrl,
    string UploadUrl, bool Immutable = false, string? DiscussionUrl = null, DateTimeOffset? PublishedAt = null);

/// <summary>Notes that GitHub generated (components/schemas/release-notes-content).</summary>
/// <param name="Name">The title it proposes.</param>
/// <param name="Body">The notes.</param>
public sealed record GeneratedNotes(string Name, string Body);
