using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ImageBuildPush;

/// <summary>What is built and pushed, and under which tags.</summary>
internal sealed record ImagePlan(ImageRequest Request, ImageFacts Facts, IReadOnlyList<PlannedImage> Images) : IPlan
{
    /// <inheritdoc/>
    public required IReadOnlyList<Finding> Refusals { get; init; }

    /// <inheritdoc/>
    public ExitCode RefusalCode { get; private init; } = ExitCode.Refused;

    /// <summary>The images that docker builds.</summary>
    public IReadOnlyList<PlannedImage> Builds => [.. Images.Where(i => i.Work == ImageWork.Build)];

    /// <summary>
    /// Every tag of every image, in the order in which they are given. Channels come last, so that <c>latest</c> is one release.
    /// </summary>
    public IReadOnlyList<(PlannedImage Image, ImageTag Tag)> TagsInOrder =>
        [.. Images.SelectMany(i => i.Tags.Select(t => (Image: i, Tag: t))).OrderBy(t => t.Tag.Meaning == TagMeaning.Channel)];

    /// <summary>Decides.</summary>
    public static ImagePlan For(ImageRequest request, ImageFacts facts)
    {
        var tags = ImageTag.For(request, facts);
        var images = facts.Images.Select(i => PlannedImage.For(request, facts, i, tags)).ToList();
        var moved = request.AreVersionsImmutable ? images.SelectMany(MovedVersions).ToList() : [];
        var missing = facts.WithoutDockerfile.Select(WithoutDockerfile).ToList();
        var docker = CannotBuild(facts, images) is { } problem ? (Finding[])[problem] : [];
        return new ImagePlan(request, facts, images)
        {
            Refusals = [.. moved, .. missing, .. docker],
            RefusalCode = moved.Count > 0 ? ExitCode.Refused : missing.Count > 0 ? ExitCode.BadInput : ExitCode.RemoteFailed,
        };
    }

    /// <summary>Whether a tag must not move, not even from what another run gave it meanwhile.</summary>
    public bool IsImmutable(ImageTag tag) => Request.AreVersionsImmutable && tag.Meaning == TagMeaning.Version;

    /// <inheritdoc/>
    public string ToMarkdown()
    {
        var rows = Images.Select(i => (string[])[Markdown.Code(i.Name), TagList(i), i.Why, Markdown.Code(i.State.ComponentVersion ?? "")]);
        var refusals = Refusals.Select(r => $"❌ {Markdown.Text(r.Message)}. **{Markdown.Text(r.Remedy)}**\n\n");
        var count = Images.Count == 1 ? "One image" : $"{Images.Count} images";
        var latest = $"{Markdown.Code("latest")} {(Facts.MovesLatest ? "moves to it" : "does not move")}";
        return $"""
            ## {count} of {Markdown.Text(Facts.Version?.Text ?? Facts.ShortCommit)}

            {Markdown.Table(["image", "tags", "what happens", "component version"], rows)}
            {string.Concat(refusals)}From commit {Markdown.Code(Facts.ShortCommit)}. {latest}.
            """;
    }

    /// <inheritdoc/>
    public void WriteTo(Log log)
    {
        foreach (var image in Images)
        {
            var what = image.Work.ToString().ToLowerInvariant();
            log.Step("plan", ("image", image.Repository.Repository), ("what", what), ("digest", image.Digest));
        }
    }

    private static IEnumerable<Finding> MovedVersions(PlannedImage image)
    {
        var what = image.Digest ?? "a build of another commit";
        return from tag in image.Tags
               where tag.Meaning == TagMeaning.Version
               let now = image.DigestNow(tag)
               where now is not null && now != image.Digest
               select new Finding(
                   $"{image.Repository.WithTag(tag.Name)} is published as {now}, and this is {what}",
                   "A published version is never moved: release this under the next version, or set `immutable-tags: false`");
    }

    private static Finding WithoutDockerfile(RequestedImage image) => new(
        $"The image '{image.Name}' has no '{Path.Combine(image.Context, image.Dockerfile)}' to be built from",
        "Set `context` and `dockerfile` in the policy, or the inputs `context` and `file`");

    private static Finding? CannotBuild(ImageFacts facts, IEnumerable<PlannedImage> images)
    {
        if (facts.Docker is not { Problem: null, BuildsSeveralPlatforms: false } docker) return facts.Docker?.Problem;
        var wide = images.FirstOrDefault(i => i.Work == ImageWork.Build && i.Request.Platforms.Count > 1);
        if (wide is null) return null;
        var platforms = string.Join(", ", wide.Request.Platforms);
        return new Finding(
            $"The image '{wide.Name}' is to be built for {platforms}, and this docker makes images for one platform only",
            "Run docker/setup-buildx-action before (or `docker buildx create --use`), or enable the engine's containerd image store");
    }

    private static string TagList(PlannedImage image) => string.Join(", ", image.Tags.Select(t => Markdown.Code(t.Name)));
}
