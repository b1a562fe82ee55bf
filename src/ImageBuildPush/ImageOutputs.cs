using ReleaseActions.Core.Hosting;

namespace ReleaseActions.ImageBuildPush;

/// <summary>The outputs of image-build-push.</summary>
internal sealed class ImageOutputs(Outputs outputs)
{
    private readonly Output _digest = outputs.Declare(
        "digest", "The digest of the first image, as the registry has it; empty where nothing was pushed.");

    private readonly Output _digests = outputs.Declare("digests", "The digests of all images, as a JSON object from name to digest.");

    private readonly Output _tags = outputs.Declare("tags", "Every name with its tag that was pushed or built, one per line.");

    private readonly Output _images = outputs.Declare("images", "Every name with tag and digest, as name:tag@digest, one per line.");

    /// <summary>The JSON of buildx.</summary>
    public Output Metadata { get; } = outputs.Declare(
        "metadata", "What docker buildx reported about its builds, as a JSON object by image; {} where docker had nothing to build.");

    /// <summary>Sets what follows from the plan.</summary>
    public void Set(ImagePlan plan) =>
        _tags.Set(plan.Images.SelectMany(i => i.Tags.Select(t => i.Repository.WithTag(t.Name).ToString())));

    /// <summary>Sets what was read back from the registry.</summary>
    public void Set(PushReport report)
    {
        _digest.Set(report.Tags[0].Digest);
        _digests.Set(report.DigestsJson);
        _images.Set(report.Tags.Select(t => $"{t.Reference}@{t.Digest}"));
    }
}
