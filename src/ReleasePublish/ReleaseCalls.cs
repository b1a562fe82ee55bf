using System.Net;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ReleaseActions.Core;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ReleasePublish;

/// <summary>GitHub's calls about releases that this action alone makes.</summary>
internal static class ReleaseCalls
{
    /// <summary>What a workflow must grant to read and to write releases.</summary>
    public const string Read = "contents: read";
    public const string Write = "contents: write";

    /// <summary>The releases of a tag, drafts too, and what is published beside them. Only the list of all has drafts.</summary>
    /// <remarks>The list lags behind a create by some seconds, and so may the single release (public issue reports).</remarks>
    public static async Task<ReleaseList> ReadReleasesAsync(this GitHubClient gitHub, string tag, CancellationToken cancellation)
    {
        var published = await gitHub.FindPublishedReleaseAsync(tag, cancellation);
        var list = await gitHub.ListReleasesOfAsync(tag, cancellation);
        if (published is null || list.OfTag.Any(r => r.Id == published.Id)) return list;
        return new ReleaseList([published, .. list.OfTag], [PublishedRelease.Of(published), .. list.Published]);
    }

    /// <summary>The same by the list alone.</summary>
    public static async Task<ReleaseList> ListReleasesOfAsync(this GitHubClient gitHub, string tag, CancellationToken cancellation)
    {
        var ofTag = new List<Release>();
        var published = new List<PublishedRelease>();
        bool IsOfTag(Release release)
        {
            if (!release.Draft) published.Add(PublishedRelease.Of(release));
            return release.TagName == tag;
        }

        var list = gitHub.ListAsync(ListOf(gitHub), PublishJson.Default.ListRelease, cancellation, where: IsOfTag);
        await foreach (var release in list) ofTag.Add(release);
        return new ReleaseList(ofTag, published);
    }

    /// <summary>The newest releases, as far as the token may see them.</summary>
    public static async Task<IReadOnlyList<Release>> ListReleasesAsync(this GitHubClient gitHub, int most, CancellationToken cancellation)
    {
        var releases = new List<Release>();
        await foreach (var release in gitHub.ListAsync(ListOf(gitHub), PublishJson.Default.ListRelease, cancellation))
        {
            releases.Add(release);
            if (releases.Count == most) break;
        }

        return releases;
    }

    /// <summary>The release that GitHub shows as the latest, or null where it shows none.</summary>
    /// <remarks>It may lag behind a publication by some seconds.</remarks>
    public static Task<Release?> FindLatestReleaseAsync(this GitHubClient gitHub, CancellationToken cancellation)
    {
        var request = new ApiRequest(HttpMethod.Get, gitHub.Repository($"/releases/latest"), "find the latest release", Read);
        return gitHub.FindAsync(request, PublishJson.Default.Release, cancellation);
    }

    /// <summary>The published release, or our own draft (the oldest, so that two runs choose the same), or null.</summary>
    public static Release? Ours(IReadOnlyList<Release> releases, string tag) =>
        releases.FirstOrDefault(r => !r.Draft) ?? releases.Where(r => IsOurs(r, tag)).MinBy(r => r.Id);

    private static ApiRequest ListOf(GitHubClient gitHub) =>
        new(HttpMethod.Get, gitHub.Repository($"/releases?per_page=100"), "list the releases", Read);

    /// <summary>Whether our mark is on a release.</summary>
    public static bool IsOurs(Release release, string tag) => ReleaseNotes.FindMark(release.Body) is { } mark && mark.Tag == tag;

    /// <summary>Creates a draft.</summary>
    /// <returns>Null where the answer was lost: look whether it is there before asking again.</returns>
    public static async Task<Release?> CreateDraftAsync(this GitHubWriter gitHub, ReleaseFields fields, CancellationToken cancellation)
    {
        var request = new ApiRequest(HttpMethod.Post, gitHub.Repository($"/releases"), $"make a draft release of {fields.TagName}", Write)
        {
            Body = fields.ToJson(draft: true),
        };
        return (await gitHub.TrySendAsync(request, cancellation))?.Read(request, PublishJson.Default.Release);
    }

    /// <summary>Changes title, notes and flags. Sent twice, it does the same.</summary>
    /// <param name="gitHub">GitHub.</param>
    /// <param name="id">The release's number.</param>
    /// <param name="fields">What it is to say; null leaves a field unchanged.</param>
    /// <param name="publish">Whether it is published.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The release as it is now; null where GitHub answers 404.</returns>
    public static Task<Release?> UpdateReleaseAsync(
        this GitHubWriter gitHub, long id, ReleaseFields fields, bool publish, CancellationToken cancellation)
    {
        var purpose = $"{(publish ? "publish" : "change")} the release of {fields.TagName}";
        var address = gitHub.Repository($"/releases/{id}");
        var request = new ApiRequest(HttpMethod.Patch, address, purpose, Write) { Body = fields.ToJson(publish ? false : null) };
        return gitHub.FindAsync(request, PublishJson.Default.Release, cancellation);
    }

    /// <summary>Deletes a draft with its files; one that is gone already is fine. Its tag stays.</summary>
    public static Task DeleteDraftAsync(this GitHubWriter gitHub, long id, CancellationToken cancellation)
    {
        var request = new ApiRequest(HttpMethod.Delete, gitHub.Repository($"/releases/{id}"), $"delete the draft release {id}", Write);
        return gitHub.SendAsync(request with { Expected = [HttpStatusCode.NotFound] }, cancellation);
    }

    /// <summary>
    /// Creates a lightweight tag. Read the tag afterwards: a tag that is there already is left alone, and an answer may be lost.
    /// </summary>
    public static async Task CreateTagAsync(this GitHubWriter gitHub, string tag, string commit, CancellationToken cancellation)
    {
        var request = new ApiRequest(HttpMethod.Post, gitHub.Repository($"/git/refs"), $"make the tag {tag}", Write)
        {
            Body = new JsonObject { ["ref"] = $"refs/tags/{tag}", ["sha"] = commit },
            Expected = [HttpStatusCode.UnprocessableEntity],
        };
        if (await gitHub.TrySendAsync(request, cancellation) is not { Status: HttpStatusCode.UnprocessableEntity } refusal) return;
        if (!GitHubClient.ReasonOf(refusal).Contains("already exists", StringComparison.OrdinalIgnoreCase))
            throw GitHubClient.Unprocessable(request, refusal);
    }

    /// <summary>Starts a discussion about a published release. Where one is linked to it already, GitHub makes no second.</summary>
    /// <returns>The discussion's page; null where GitHub linked none.</returns>
    /// <exception cref="ActionException">There is no such category, or the token may not (exit 4).</exception>
    public static async Task<string?> StartDiscussionAsync(
        this GitHubWriter gitHub, long releaseId, string category, CancellationToken cancellation)
    {
        var purpose = $"start a discussion in '{PlainText.Inert(category)}'";
        var request = new ApiRequest(HttpMethod.Patch, gitHub.Repository($"/releases/{releaseId}"), purpose, "discussions: write")
        {
            Body = new JsonObject { ["discussion_category_name"] = category },
        };
        var release = await gitHub.FindAsync(request, PublishJson.Default.Release, cancellation);
        return release is not null ? release.DiscussionUrl : throw ActionException.Remote(
            $"GitHub was asked to {purpose}, and knows no such category",
            "Create the category in the repository's discussions, and grant the job `discussions: write`");
    }
}

/// <summary>The releases of a repository, as far as the release of one tag depends on them.</summary>
/// <param name="OfTag">Those of the tag, drafts too.</param>
/// <param name="Published">All that are published; of those only what decides which is the latest is kept.</param>
internal sealed record ReleaseList(IReadOnlyList<Release> OfTag, IReadOnlyList<PublishedRelease> Published);

/// <summary>A published release.</summary>
/// <param name="Id">Its number.</param>
/// <param name="TagName">Its tag.</param>
/// <param name="IsPrerelease">Whether it is marked as a prerelease.</param>
/// <param name="IsImmutable">Whether it is immutable.</param>
/// <param name="At">When it was published.</param>
internal sealed record PublishedRelease(long Id, string TagName, bool IsPrerelease, bool IsImmutable, DateTimeOffset? At)
{
    public static PublishedRelease Of(Release release) =>
        new(release.Id, release.TagName, release.Prerelease, release.Immutable, release.PublishedAt);
}

/// <summary>What a release says; null leaves a field unchanged.</summary>
/// <param name="TagName">The tag.</param>
/// <param name="TargetCommitish">The commit that the tag is created from where it is missing.</param>
/// <param name="Name">The title.</param>
/// <param name="Body">The notes, at most 125,000 characters.</param>
/// <param name="Prerelease">Whether it is marked as a prerelease.</param>
/// <param name="MakeLatest">Whether it becomes the latest. GitHub's own default is true, also for a patch of an old line.</param>
internal sealed record ReleaseFields(
    string TagName, string? TargetCommitish = null, string? Name = null, string? Body = null,
    bool? Prerelease = null, bool? MakeLatest = null)
{
    /// <summary>The fields as GitHub takes them.</summary>
    /// <param name="draft">False publishes it, null leaves it what it is.</param>
    public JsonObject ToJson(bool? draft)
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

/// <summary>Reads GitHub's answers without reflection. A missing field, or null where it must not be, makes the answer an error.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 64)]
[JsonSerializable(typeof(List<Release>))]
[JsonSerializable(typeof(ReleaseAsset))]
internal sealed partial class PublishJson : JsonSerializerContext;
