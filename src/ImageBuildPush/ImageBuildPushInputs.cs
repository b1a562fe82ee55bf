using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.ImageBuildPush;

/// <summary>When the tag <c>latest</c> moves.</summary>
internal enum LatestRule
{
    /// <summary>With the highest stable version of all release tags.</summary>
    Auto,

    /// <summary>Now.</summary>
    True,

    /// <summary>Not now.</summary>
    False,
}

internal sealed class ImageBuildPushInputs(Inputs inputs)
{
    public string? Version { get; } = inputs.OptionalText(
        "version", "The version of all images, without the tag prefix. Where absent, the tag that started the run decides; without either, `tags` must name other tags.");

    public IReadOnlyList<string> Only { get; } = inputs.Lines("only", "The names of the policy's images to build, one a line; all where absent.");

    public string? Image { get; } = inputs.OptionalText(
        "image", "The name of one image, or a whole reference, in place of the policy's images. Without both, the image is called like the repository.");

    public string? Context { get; } = inputs.OptionalText("context", "The folder that docker builds from; for one image. Overrides the policy (.).");

    public string? File { get; } = inputs.OptionalText("file", "The Dockerfile, relative to the context; for one image. Overrides the policy (Dockerfile).");

    public string? Target { get; } = inputs.OptionalText("target", "The stage to build; for one image. Overrides the policy (the last one).");

    public IReadOnlyList<string> BuildArguments { get; } = inputs.Lines("build-args", "Build arguments for all images, as NAME=value, one a line, after the policy's. {version} and {sha} are replaced.");

    public IReadOnlyList<string> Platforms { get; } = inputs.Lines("platforms", "The platforms to build for, such as linux/arm64, one a line. Overrides the policy (the builder's own).");

    public string? Archive { get; } = inputs.OptionalText(
        "archive", "An image that another build system made, for one image: a tar of docker save or Nix, also gzipped, or an OCI layout as tar or folder. Pushed as it is, without docker.");

    public IReadOnlyList<string> Tags { get; } = inputs.Lines(
        "tags", "Tags beside the version, one a line. {version} is the version, {sha} the commit's first 12 hex digits; a line with {version} stands in place of the plain version.");

    public IReadOnlyList<string> Labels { get; } = inputs.Lines("labels", "Labels for images that are built, as name=value, one a line, after those of the policy.");

    public bool Push { get; } = inputs.Flag("push", "Push to the registry. Without it images are built only, and with `load` kept in the docker engine.", fallback: true);

    public bool Load { get; } = inputs.Flag("load", "Keep the images in the docker engine; where `push` is false.", fallback: false);

    public LatestRule Latest { get; } = inputs.Choice("latest", "Whether the tag latest moves; auto means with the highest stable version of origin's release tags.", LatestRule.Auto);

    public string? Registry { get; } = inputs.OptionalText("registry", "The registry and the path in it that image names start with. Overrides the policy (ghcr.io/{owner}).");

    public string? Username { get; } = inputs.OptionalText("username", "The account at the registry. Where absent, the person or app that started the run.");

    public Secret? Password { get; } = inputs.Secret("password", "The account's password or token. Where absent, the job's own token, for GitHub's own registry only; on a laptop what docker login was given.");

    public bool ImmutableTags { get; } = inputs.Flag("immutable-tags", "Refuse to move a version's tag to another image.", fallback: true);

    public bool AllowFork { get; } = inputs.Flag("allow-fork", "Push from a run of a fork too.", fallback: false);

    public bool DryRun { get; } = inputs.Flag("dry-run", "Show the plan and what would be refused; build and push nothing.", fallback: false);

    /// <summary>Whether an input speaks of one image only.</summary>
    public bool SpeaksOfOneImage => Context is not null || File is not null || Target is not null || Archive is not null;
}

internal sealed class ImageBuildPushOutputs(Outputs outputs)
{
    public Output Digest { get; } = outputs.Declare("digest", "The digest of the first image, as the registry has it; empty where nothing was pushed.");

    public Output Digests { get; } = outputs.Declare("digests", "The digests of all images, as a JSON object from name to digest.");

    public Output Tags { get; } = outputs.Declare("tags", "Every name with tag that was pushed or built, one a line.");

    public Output Images { get; } = outputs.Declare("images", "Every name with tag and digest, as name:tag@digest, one a line.");

    public Output Metadata { get; } = outputs.Declare("metadata", "What docker buildx wrote about its builds, as a JSON object by image; {} where docker had nothing to build.");
}
