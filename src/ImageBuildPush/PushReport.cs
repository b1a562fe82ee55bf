using System.Text.Json.Nodes;
using ReleaseActions.Core.Registries;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ImageBuildPush;

/// <summary>One tag as it was read back from the registry.</summary>
internal sealed record PushedTag(PlannedImage Image, string Tag, string Digest, bool IsNew)
{
    public ImageReference Reference => Image.Repository.WithTag(Tag);
}

/// <summary>What the registry holds after the run.</summary>
internal sealed record PushReport(ImageFacts Facts, IReadOnlyList<PushedTag> Tags)
{
    /// <summary>The digests by image, as a JSON object.</summary>
    public string DigestsJson
    {
        get
        {
            var digests = ByImage.Select(i => KeyValuePair.Create(i.Key.Name, (JsonNode?)i.First().Digest));
            return new JsonObject(digests).ToJsonString();
        }
    }

    private IReadOnlyList<IGrouping<PlannedImage, PushedTag>> ByImage => [.. Tags.GroupBy(t => t.Image)];

    public string ToMarkdown()
    {
        var rows = ByImage.Select(i => (string[])
        [
            Markdown.Code(i.Key.Repository.Repository),
            string.Join(", ", i.Select(t => Markdown.Code(t.Tag) + (t.IsNew ? "" : " (unchanged)"))),
            Markdown.Code(i.First().Digest),
            Markdown.Code(i.Key.State.ComponentVersion ?? ""),
        ]);
        return $"""
            ### In the registry, read back and compared

            {Markdown.Table(["image", "tags", "digest", "component version"], rows)}
            Pull {(Facts.Version is null ? "them by their tags" : "the version")}:

            {Commands(ByImage.Select(i => i.First().Reference))}

            Pull exactly these bytes:

            {Commands(ByImage.Select(i => i.Key.Repository.WithDigest(i.First().Digest)))}
            """;
    }

    private static string Commands(IEnumerable<ImageReference> images) =>
        Markdown.Block("sh", string.Join('\n', images.Select(i => $"docker pull {i}")));
}
