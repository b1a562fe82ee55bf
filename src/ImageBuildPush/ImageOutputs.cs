using ReleaseActions.Core.Hosting;

namespace ReleaseActions.ImageBuildPush;

/// <summary>The outputs of image-build-push.</summary>
internal sealed class ImageOutputs(Outputs outputs)
{
    public Output Digest { get; } = outputs.Declare("digest", "The digest of the first image, as the registry has it; empty where nothing was pushed.");

    public Output Digests { get; } = outputs.Declare("digests", "The digests of all images, as a JSON object from name to digest.");

    public Output Tags { get; } = outputs.Declare("tags", "Every name with its tag that was pushed or built, one per line.");

    public Output Images { get; } = outputs.Declare("images", "Every name with tag and digest, as name:tag@digest, one per line.");

    public Output Metadata { get; } = outputs.Declare(
        "metadata", "What docker buildx reported about its builds, as a JSON object by image; {} where docker had nothing to build.");
}
