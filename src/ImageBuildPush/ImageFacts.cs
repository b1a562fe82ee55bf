using ReleaseActions.Core.Versions;
using ReleaseActions.ImageBuildPush.Archives;

namespace ReleaseActions.ImageBuildPush;

/// <summary>What is known before anything is changed.</summary>
/// <param name="Version">The version of the release, or null where a commit is published and not a version.</param>
/// <param name="Commit">40 hex digits.</param>
/// <param name="CommitDate">The date of the commit: the images carry it, so that they do not change with the time of the build.</param>
internal sealed record ImageFacts(ReleaseVersion? Version, string Commit, DateTimeOffset CommitDate)
{
    /// <summary>Whether the tag <c>latest</c> moves to this release.</summary>
    public bool MovesLatest { get; init; }

    /// <summary>The requested images, in their order.</summary>
    public IReadOnlyList<ImageState> Images { get; init; } = [];

    /// <summary>The accounts at the registries, by the registries' names.</summary>
    public IReadOnlyDictionary<string, RegistryAccount> Accounts { get; init; } = new Dictionary<string, RegistryAccount>();

    /// <summary>The images that must be built and have no Dockerfile.</summary>
    public IReadOnlyList<RequestedImage> WithoutDockerfile { get; init; } = [];

    /// <summary>The docker on this machine; null where it is not needed.</summary>
    public DockerFacts? Docker { get; init; }

    /// <summary>The commit's first 12 hex digits.</summary>
    public string ShortCommit => Commit[..12];

    /// <summary>A text of an input or of the policy with <c>{version}</c> and <c>{sha}</c> replaced.</summary>
    public string Fill(string text) => Fill(text, Version?.Text);

    /// <summary>The same, with the version in another spelling.</summary>
    public string Fill(string text, string? version) => text
        .Replace("{version}", version ?? "", StringComparison.Ordinal).Replace("{sha}", ShortCommit, StringComparison.Ordinal);
}

/// <summary>One requested image as it was found.</summary>
/// <param name="Request">What is requested.</param>
/// <param name="ComponentVersion">The component's own version, or null.</param>
/// <param name="Archive">The archive's content, or null where the image is built.</param>
internal sealed record ImageState(RequestedImage Request, string? ComponentVersion, ImageArchive? Archive)
{
    /// <summary>What the registry holds, by tag: the digest, and the commit that the image there names as its source, or null.</summary>
    public IReadOnlyDictionary<string, (string Digest, string? Revision)> Remote { get; init; } =
        new Dictionary<string, (string Digest, string? Revision)>();
}
