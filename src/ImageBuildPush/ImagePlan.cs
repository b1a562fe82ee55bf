using ReleaseActions.Core;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Registries;
using ReleaseActions.Core.Text;
using ReleaseActions.ImageBuildPush.Archives;

namespace ReleaseActions.ImageBuildPush;

/// <summary>How an image comes to its tags.</summary>
internal enum ImageWork
{
    /// <summary>Docker builds it.</summary>
    Build,

    /// <summary>It is sent from its archive.</summary>
    Send,

    /// <summary>The registry has it already; only tags may be missing.</summary>
    Keep,
}

/// <summary>One tag of one image, and what it stands for before the run.</summary>
internal sealed record PlannedTag(ImageTag Tag, string? DigestNow);

/// <summary>One image of the plan.</summary>
/// <param name="Facts">What is known of it.</param>
/// <param name="Work">How it comes to its tags.</param>
/// <param name="Why">The reason, as Markdown for the summary.</param>
/// <param name="Digest">Its digest, or null where only the build will tell.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="Labels">Its labels where it is built.</param>
internal sealed record PlannedImage(
    ImageFacts Facts, ImageWork Work, string Why, string? Digest, IReadOnlyList<PlannedTag> Tags, IReadOnlyDictionary<string, string> Labels)
{
    public string Name => Facts.Order.Name;

    public ImageReference Repository => Facts.Order.Repository;

    public BuildRecipe Recipe => Facts.Order.Recipe;

    public ImageArchive? Archive => Facts.Archive;
}

/// <summary>What happens to every image of a release. Pure: the same facts give the same plan.</summary>
internal sealed record ImagePlan(ReleaseFacts Release, IReadOnlyList<PlannedImage> Images, IReadOnlyList<Finding> Refusals)
{
    /// <summary>Whether a version's tag may not move, also not from what another run gives it meanwhile.</summary>
    public bool AreVersionsFixed { get; init; }

    /// <summary>The images that docker builds.</summary>
    public IReadOnlyList<PlannedImage> Builds => [.. Images.Where(i => i.Work == ImageWork.Build)];

    /// <param name="release">What is the same for all images.</param>
    /// <param name="images">What is known of each.</param>
    /// <param name="tags">The tags of each.</param>
    /// <param name="areVersionsFixed">Whether a version's tag may not move.</param>
    public static ImagePlan For(ReleaseFacts release, IReadOnlyList<ImageFacts> images, IReadOnlyList<ImageTag> tags, bool areVersionsFixed)
    {
        var planned = images.Select(i => Plan(release, i, tags)).ToList();
        var refusals = areVersionsFixed ? planned.SelectMany(Moved) : [];
        return new ImagePlan(release, planned, [.. refusals]) { AreVersionsFixed = areVersionsFixed };
    }

    public string ToMarkdown()
    {
        var rows = Images.Select(i => (string[])[Markdown.Code(i.Name), TagList(i), i.Why, Markdown.Code(i.Facts.ComponentVersion ?? "")]);
        return $"""
            ## {(Images.Count == 1 ? "One image" : $"{Images.Count} images")} of {Markdown.Text(Release.Title)}

            {Markdown.Table(["image", "tags", "what happens", "component version"], rows)}
            {string.Concat(Refusals.Select(r => $"❌ {Markdown.Text(r.Message)}. **{Markdown.Text(r.Remedy)}**\n\n"))}From commit {Markdown.Code(Release.ShortCommit)}. {(Release.MovesLatest ? $"{Markdown.Code("latest")} moves to it." : $"{Markdown.Code("latest")} stays where it is.")}
            """;
    }

    private static PlannedImage Plan(ReleaseFacts release, ImageFacts image, IReadOnlyList<ImageTag> tags)
    {
        var planned = tags.Select(t => new PlannedTag(t, image.Remote.GetValueOrDefault(t.Name)?.Digest)).ToList();
        var (work, why, digest) = image.Archive is { } archive ? Sending(archive, image.Order.Archive!, planned) : Building(release, image, tags);
        return new PlannedImage(image, work, why, digest, planned, ImageLabels.For(release, image));
    }

    private static (ImageWork, string, string?) Sending(ImageArchive archive, string path, IReadOnlyList<PlannedTag> tags) =>
        tags.All(t => t.DigestNow == archive.Root.Digest)
            ? (ImageWork.Keep, "nothing to do: the registry has it under these tags", archive.Root.Digest)
            : (ImageWork.Send, $"sent from {Markdown.Code(path)}", archive.Root.Digest);

    /// <summary>An image whose version, or else commit, is there from this very commit is kept: a build would give other bytes under the same name.</summary>
    private static (ImageWork, string, string?) Building(ReleaseFacts release, ImageFacts image, IReadOnlyList<ImageTag> tags)
    {
        var lasting = tags.Any(t => t.Stands == TagMeaning.Version) ? TagMeaning.Version : TagMeaning.Commit;
        var there = tags.Where(t => t.Stands == lasting).Select(t => image.Remote.GetValueOrDefault(t.Name)).FirstOrDefault(r => r is not null);
        if (there?.Revision == release.Commit) return (ImageWork.Keep, "kept: the registry has it from this commit", there.Digest);
        var stage = image.Order.Recipe.Target is { } target ? $", stage {Markdown.Code(target)}," : "";
        var platforms = image.Order.Recipe.Platforms.Count == 0 ? "" : $" for {string.Join(" and ", image.Order.Recipe.Platforms.Select(Markdown.Code))}";
        return (ImageWork.Build, $"built from {Markdown.Code(image.Order.Recipe.Context)}{stage}{platforms}".TrimEnd(','), null);
    }

    private static IEnumerable<Finding> Moved(PlannedImage image) => image.Tags
        .Where(t => t.Tag.Stands == TagMeaning.Version && t.DigestNow is not null && t.DigestNow != image.Digest)
        .Select(t => new Finding(
            $"{image.Repository.WithTag(t.Tag.Name)} is published as {t.DigestNow}, and this is {image.Digest ?? "a build of another commit"}",
            "A published version is never moved: release this under the next version, or set `immutable-tags: false`"));

    private static string TagList(PlannedImage image) => string.Join(", ", image.Tags.Select(t => Markdown.Code(t.Tag.Name)));
}
