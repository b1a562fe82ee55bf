using System.Text.Json.Nodes;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.ReleasePublish;

internal sealed class PublishOutputs(Outputs outputs)
{
    public Output Id { get; } = outputs.Declare("id", "The release's number.");

    public Output Url { get; } = outputs.Declare("url", "The release's page.");

    public Output UploadUrl { get; } = outputs.Declare("upload-url", "Where further files are sent to.");

    public Output Tag { get; } = outputs.Declare("tag", "The tag.");

    public Output Assets { get; } = outputs.Declare("assets", "The files, as JSON: name to {url, digest, size}.");

    public Output MovingTags { get; } = outputs.Declare("moving-tags", "The moving tags that point to this release now, one per line.");

    public Output DiscussionUrl { get; } = outputs.Declare(
        "discussion-url", "The page of the discussion about the release; empty where there is none.");

    public Output IsNew { get; } = outputs.Declare("is-new", "true where the release was not published before this run.");

    public Output IsLatest { get; } = outputs.Declare(
        "is-latest", "true where GitHub shows the release as the latest, empty where that is not known; of a dry run, where it would.");

    public Output Immutable { get; } = outputs.Declare("immutable", "true where GitHub shows that the release can never change.");

    /// <summary>Sets what a release and its files say.</summary>
    public void Set(Release release, IReadOnlyList<ReleaseAsset> assets)
    {
        Id.Set($"{release.Id}");
        Url.Set(release.HtmlUrl);
        UploadUrl.Set(release.UploadUrl);
        Assets.Set(new JsonObject(assets.Select(a => KeyValuePair.Create(a.Name, (JsonNode?)new JsonObject
        {
            ["url"] = a.BrowserDownloadUrl,
            ["digest"] = a.Digest,
            ["size"] = a.Size,
        }))).ToJsonString());
    }
}
