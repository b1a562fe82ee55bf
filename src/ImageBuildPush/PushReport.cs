using System.Text.Json.Nodes;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Registries;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ImageBuildPush;

/// <summary>One tag as it was read back from the registry.</summary>
internal sealed record PushedTag(PlannedImage Image, string Tag, string Digest, bool IsNew)
{
    public ImageReference Reference => Image.Repository.WithTag(Tag);
}

/// <summary>What the registry holds after the run.</summary>
internal sealed record PushReport(ReleaseFacts Release, IReadOnlyList<PushedTag> Tags)
{
    private IReadOnlyList<IGrouping<PlannedImage, PushedTag>> Images => [.. Tags.GroupBy(t => t.Image)];

    /// <summary>The digests by image, as a JSON object.</summary>
    public string DigestsJson => new JsonObject(Images.Select(i => KeyValuePair.Create(i.Key.Name, (JsonNode?)i.First().Digest))).ToJsonString();

    public string ToMarkdown()
    {
        var rows = Images.Select(i => (string[])
        [
            Markdown.Code(i.Key.Repository.Repository), string.Join(", ", i.Select(t => Markdown.Code(t.Tag) + (t.IsNew ? "" : " (unchanged)"))),
            Markdown.Code(i.First().Digest), Markdown.Code(i.Key.Facts.ComponentVersion ?? ""),
        ]);
        return $"""
            ### In the registry, read back and compared

            {Markdown.Table(["image", "tags", "digest", "component version"], rows)}
            Pull {(Release.Version is null ? "them by their tags" : "the version")}:

            {Markdown.Block("sh", string.Join('\n', Images.Select(i => $"docker pull {i.First().Reference}")))}

            Pull exactly these bytes:

            {Markdown.Block("sh", string.Join('\n', Images.Select(i => $"docker pull {i.Key.Repository.WithDigest(i.First().Digest)}")))}
            """;
    }
}
