using ReleaseActions.Core.Registries;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ImageBuildPush;

/// <summary>How an image gets to the registry.</summary>
internal enum ImageWork
{
    /// <summary>Docker builds it.</summary>
    Build,

    /// <summary>It is sent from its archive.</summary>
    Send,

    /// <summary>The registry has it already; only tags may be missing.</summary>
    Keep,
}

/// <summary>One image of the plan.</summary>
/// <param name="State">What was found.</param>
/// <param name="Work">How it gets to the registry.</param>
/// <param name="Why">The reason, as Markdown for the summary.</param>
/// <param name="Digest">Its digest, or null where it is known only after the build.</param>
internal sealed record PlannedImage(ImageState State, ImageWork Work, string Why, string? Digest)
{
    public string Name => Request.Name;

    public ImageReference Repository => Request.Repository;

    public RequestedImage Request => State.Request;

    /// <summary>Its tags.</summary>
    public IReadOnlyList<ImageTag> Tags { get; private init; } = [];

    /// <summary>Its labels where it is built.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; private init; } = new Dictionary<string, string>();

    /// <summary>Decides about one image.</summary>
    public static PlannedImage For(ImageRequest request, ImageFacts facts, ImageState image, IReadOnlyList<ImageTag> tags)
    {
        var planned = image.Archive is { Root.Digest: var digest } ? Sent(image, digest, tags) : Built(facts, image, tags);
        return planned with { Tags = tags, Labels = ImageLabels.For(request, facts, image) };
    }

    /// <summary>The digest behind a tag before the run, or null.</summary>
    public string? DigestNow(ImageTag tag) => State.Remote.TryGetValue(tag.Name, out var there) ? there.Digest : null;

    /// <summary>Docker pushes a build under its first tag; the others follow when every image is there.</summary>
    public bool IsPushedByDocker(ImageTag tag) => Work == ImageWork.Build && tag == Tags[0];

    private static PlannedImage Sent(ImageState image, string digest, IReadOnlyList<ImageTag> tags)
    {
        var isThere = tags.All(t => image.Remote.TryGetValue(t.Name, out var there) && there.Digest == digest);
        return isThere
            ? new PlannedImage(image, ImageWork.Keep, "nothing to do: the registry has it under these tags", digest)
            : new PlannedImage(image, ImageWork.Send, $"sent from {Markdown.Code(image.Request.Archive!)}", digest);
    }

    /// <summary>
    /// An image whose version, or else commit, is there from this very commit is kept: a build would give other bytes under the same name.
    /// </summary>
    private static PlannedImage Built(ImageFacts facts, ImageState image, IReadOnlyList<ImageTag> tags)
    {
        var lasting = tags.Any(t => t.Meaning == TagMeaning.Version) ? TagMeaning.Version : TagMeaning.Commit;
        var there = tags.Where(t => t.Meaning == lasting && image.Remote.ContainsKey(t.Name));
        var published = there.Select(t => image.Remote[t.Name]).FirstOrDefault();
        if (published.Revision == facts.Commit)
            return new PlannedImage(image, ImageWork.Keep, "kept: the registry has it from this commit", published.Digest);
        var (stage, platforms) = (image.Request.Target, image.Request.Platforms.Select(Markdown.Code).ToList());
        var what = Markdown.Code(image.Request.Context)
            + (stage is null ? "" : $", stage {Markdown.Code(stage)}")
            + (platforms.Count == 0 ? "" : $"{(stage is null ? "" : ",")} for {string.Join(" and ", platforms)}");
        return new PlannedImage(image, ImageWork.Build, $"built from {what}", null);
    }
}
