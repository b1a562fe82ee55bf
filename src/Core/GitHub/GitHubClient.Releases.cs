using System.Net;
using System.Text.Json.Nodes;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.GitHub;

/// <summary>Releases.</summary>
public partial class GitHubClient
{
    private const string Write = "contents: write";
    private const string Read = "contents: read";

    /// <summary>The releases of a tag: the published one alone, or else every draft of it. GitHub finds drafts by their list only.</summary>
    /// <remarks>The list lags behind a create by some seconds (public issue reports).</remarks>
    public async Task<IReadOnlyList<Release>> FindReleasesAsync(string tag, CancellationToken cancellation)
    {
        if (await FindPublishedReleaseAsync(tag, cancellation) is { } published) return [published];
        var drafts = new List<Release>();
        await foreach (var release in ListAsync(new ApiRequest(HttpMethod.Get, Repository($"/releases?per_page=100"), "list the releases", Read), GitHubJson.Default.ListRelease, cancellation))
        {
            if (release.TagName == tag) drafts.Add(release);
        }

        return drafts;
    }

    /// <summary>The newest releases, as far as the token may see them.</summary>
    public async Task<IReadOnlyList<Release>> ListReleasesAsync(int most, CancellationToken cancellation)
    {
        var releases = new List<Release>();
        var request = new ApiRequest(HttpMethod.Get, Repository($"/releases?per_page=100"), "list the releases", Read);
        await foreach (var release in ListAsync(request, GitHubJson.Default.ListRelease, cancellation))
        {
            releases.Add(release);
            if (releases.Count == most) break;
        }

        return releases;
    }

    /// <summary>The published release of a tag, or null.</summary>
    public Task<Release?> FindPublishedReleaseAsync(string tag, CancellationToken cancellation) =>
        FindAsync(new ApiRequest(HttpMethod.Get, Repository($"/releases/tags/{tag}"), $"find the release of {tag}", Read), GitHubJson.Default.Release, cancellation);

    /// <summary>The release that GitHub shows as the latest, or null where it shows none.</summary>
    /// <remarks>It may lag behind a publication by some seconds.</remarks>
    public Task<Release?> FindLatestReleaseAsync(CancellationToken cancellation) =>
        FindAsync(new ApiRequest(HttpMethod.Get, Repository($"/releases/latest"), "find the latest release", Read), GitHubJson.Default.Release, cancellation);

    /// <summary>A release by its number; null where it is not there, or not yet.</summary>
    public Task<Release?> FindReleaseAsync(long id, CancellationToken cancellation) =>
        FindAsync(new ApiRequest(HttpMethod.Get, Repository($"/releases/{id}"), $"read the release {id}", Read), GitHubJson.Default.Release, cancellation);

    /// <summary>The notes that GitHub would generate for a tag: the merged pull requests since the previous one. Nothing is made.</summary>
    /// <returns>Null where GitHub says 404.</returns>
    public async Task<string?> GenerateNotesAsync(string tag, string? previous, string target, CancellationToken cancellation)
    {
        var body = new JsonObject { ["tag_name"] = tag, ["target_commitish"] = target };
        if (previous is not null) body["previous_tag_name"] = previous;
        var request = new ApiRequest(HttpMethod.Post, Repository($"/releases/generate-notes"), $"generate the notes of {tag}", Write) { Body = body, OnlyReads = true };
        return (await FindAsync(request, GitHubJson.Default.GeneratedNotes, cancellation))?.Body;
    }

    /// <summary>Starts a discussion about a published release. Where one is linked to it already, GitHub makes no second.</summary>
    /// <returns>The discussion's page; null where GitHub linked none.</returns>
    /// <exception cref="ActionException">There is no such category, or the token may not (exit 4).</exception>
    public async Task<string?> StartDiscussionAsync(long releaseId, string category, CancellationToken cancellation)
    {
        var request = new ApiRequest(HttpMethod.Patch, Repository($"/releases/{releaseId}"), $"start a discussion in '{PlainText.Inert(category)}'", "discussions: write")
        {
            Body = new JsonObject { ["discussion_category_name"] = category },
        };
        var release = await FindAsync(request, GitHubJson.Default.Release, cancellation);
        return release is not null ? release.DiscussionUrl : throw ActionException.Remote(
            $"GitHub was asked to {request.Purpose}, and knows no such category", "Make the category in the repository's discussions, and grant the job `discussions: write`");
    }

    /// <summary>Makes a draft.</summary>
    /// <returns>Null where the answer was lost: look whether it is there before asking again.</returns>
    public async Task<Release?> CreateDraftAsync(ReleaseFields fields, CancellationToken cancellation)
    {
        var request = new ApiRequest(HttpMethod.Post, Repository($"/releases"), $"make a draft release of {fields.TagName}", Write) { Body = fields.ToJson(draft: true) };
        return (await TrySendAsync(request, cancellation))?.Read(request, GitHubJson.Default.Release);
    }

    /// <summary>Changes title, notes and flags. Sent twice, it does the same.</summary>
    /// <param name="id">The release's number.</param>
    /// <param name="fields">What it is to say; null leaves a field as it is.</param>
    /// <param name="draft">False publishes it, null leaves it what it is.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The release as it is now; null where GitHub says 404.</returns>
    public Task<Release?> UpdateReleaseAsync(long id, ReleaseFields fields, bool? draft, CancellationToken cancellation) => FindAsync(
        new ApiRequest(HttpMethod.Patch, Repository($"/releases/{id}"), draft == false ? $"publish the release of {fields.TagName}" : $"change the release of {fields.TagName}", Write)
        {
            Body = fields.ToJson(draft),
        },
        GitHubJson.Default.Release,
        cancellation);

    /// <summary>Deletes a release with its files; one that is gone already is fine. Its tag stays.</summary>
    public Task DeleteReleaseAsync(long id, CancellationToken cancellation) => SendAsync(
        new ApiRequest(HttpMethod.Delete, Repository($"/releases/{id}"), $"delete the draft release {id}", Write) { Expected = [HttpStatusCode.NotFound] }, cancellation);
}

/// <summary>What a release says; null leaves a field as it is.</summary>
public sealed record ReleaseFields(string TagName)
{
    /// <summary>The commit that the tag is made from where it is missing.</summary>
    public string? TargetCommitish { get; init; }

    /// <summary>The title.</summary>
    public string? Name { get; init; }

    /// <summary>The notes, at most 125,000 characters.</summary>
    public string? Body { get; init; }

    /// <summary>Whether it is marked as a prerelease.</summary>
    public bool? Prerelease { get; init; }

    /// <summary>Whether it becomes the latest. GitHub's own default is true, also for a patch of an old line.</summary>
    public bool? MakeLatest { get; init; }

    internal JsonObject ToJson(bool? draft)
    {
        var json = new JsonObject { ["tag_name"] = TagName };
        if (TargetCommitish is { } target) json["target_commitish"] = target;
        if (Name is { } name) json["name"] = name;
        if (Body is { } body) json["body"] = body;
        if (draft is { } isDraft) json["draft"] = isDraft;
        if (Prerelease is { } prerelease) json["prerelease"] = prerelease;
        if (MakeLatest is { } latest) json["make_latest"] = latest ? "true" : "false";
        return json;
    }
}

/// <summary>A release, as GitHub describes it (components/schemas/release).</summary>
/// <param name="Id">Its number.</param>
/// <param name="TagName">The tag; of a draft it need not exist.</param>
/// <param name="TargetCommitish">The branch or commit that was named when it was made.</param>
/// <param name="Name">The title.</param>
/// <param name="Body">The notes.</param>
/// <param name="Draft">Whether it is not published.</param>
/// <param name="Prerelease">Whether it is marked as a prerelease.</param>
/// <param name="Immutable">Whether only title and notes may change for ever; false where the server does not know the word.</param>
/// <param name="HtmlUrl">Its page.</param>
/// <param name="UploadUrl">The template of the address that files are sent to.</param>
/// <param name="DiscussionUrl">The page of the discussion about it, or null.</param>
/// <param name="PublishedAt">When it was published; null for a draft.</param>
public sealed record Release(
    long Id, string TagName, string TargetCommitish, string? Name, string? Body, bool Draft, bool Prerelease, string HtmlUrl, string UploadUrl, bool Immutable = false,
    string? DiscussionUrl = null, DateTimeOffset? PublishedAt = null);

/// <summary>Notes that GitHub generated (components/schemas/release-notes-content).</summary>
/// <param name="Name">The title it proposes.</param>
/// <param name="Body">The notes.</param>
public sealed record GeneratedNotes(string Name, string Body);
