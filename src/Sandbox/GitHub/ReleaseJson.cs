using System.Text.Json.Nodes;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>Releases and assets in the shape of GitHub's OpenAPI description.</summary>
internal sealed class ReleaseJson(GitHubRepository repository)
{
    public string Url(Release release) => $"{repository.Api}/releases/{release.Id}";

    public JsonNode Release(Release release)
    {
        var json = Fields(release);
        if (release.DiscussionUrl is { } discussion)
            json["discussion_url"] = discussion;
        return json;
    }

    private JsonObject Fields(Release release) => new()
    {
        ["url"] = Url(release),
        ["assets_url"] = Url(release) + "/assets",
        ["upload_url"] = $"{repository.Site.Uploads}/repos/{repository.FullName}/releases/{release.Id}/assets{{?name,label}}",
        ["html_url"] = $"{repository.Html}/releases/tag/{Shown(release)}",
        ["id"] = release.Id,
        ["author"] = Users.Actor(repository),
        ["node_id"] = Users.Node("RE", release.Id),
        ["tag_name"] = release.TagName,
        ["target_commitish"] = release.TargetCommitish,
        ["name"] = release.Name,
        ["draft"] = release.Draft,
        ["immutable"] = release.Immutable,
        ["prerelease"] = release.Prerelease,
        ["created_at"] = Time(release.CreatedAt),
        ["updated_at"] = Time(release.UpdatedAt),
        ["published_at"] = release.PublishedAt is { } published ? Time(published) : null,
        ["assets"] = new JsonArray([.. release.Assets.Select(asset => Asset(release, asset))]),
        ["tarball_url"] = release.Draft ? null : $"{repository.Api}/tarball/{release.TagName}",
        ["zipball_url"] = release.Draft ? null : $"{repository.Api}/zipball/{release.TagName}",
        ["body"] = release.Body,
    };

    public JsonNode Asset(Release release, Asset asset)
    {
        var json = new JsonObject
        {
            ["url"] = $"{repository.Api}/releases/assets/{asset.Id}",
            ["id"] = asset.Id,
            ["node_id"] = Users.Node("RA", asset.Id),
            ["name"] = asset.Name,
            ["label"] = asset.Label,
            ["uploader"] = Users.Actor(repository),
            ["content_type"] = asset.ContentType,
            ["state"] = asset.State,
            ["size"] = asset.Size,
            ["digest"] = asset.Digest,
            ["download_count"] = asset.DownloadCount,
            ["created_at"] = Time(asset.CreatedAt),
            ["updated_at"] = Time(asset.UpdatedAt),
            ["browser_download_url"] = $"{repository.Html}/releases/download/{Shown(release)}/{Uri.EscapeDataString(asset.Name)}",
        };
        if (!repository.Options.AssetDigests)
            json.Remove("digest");
        return json;
    }

    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    // A draft has no tag yet; GitHub shows a made-up one.
    private static string Shown(Release release) =>
        release.Draft ? $"untagged-{release.Id:x20}" : string.Join('/', release.TagName.Split('/').Select(Uri.EscapeDataString));
}
