using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Versions;
using ReleaseActions.ImageBuildPush.Archives;

namespace ReleaseActions.ImageBuildPush;

/// <summary>What is the same for all images of a release.</summary>
/// <param name="Version">The overarching version, or null where a commit is published and not a version.</param>
/// <param name="Commit">40 hex digits.</param>
/// <param name="CommitDate">When the commit was made: the moment the images bear, so that it does not change with the build.</param>
/// <param name="Source">The repository's page, or null.</param>
/// <param name="MovesLatest">Whether this release is what <c>latest</c> stands for.</param>
internal sealed record ReleaseFacts(SemanticVersion? Version, string Commit, DateTimeOffset CommitDate, string? Source, bool MovesLatest)
{
    /// <summary>The commit's first 12 hex digits.</summary>
    public string ShortCommit => Commit[..12];

    /// <summary>The version, or else the commit: what the release is called.</summary>
    public string Title => Version?.Text ?? ShortCommit;
}

/// <summary>What a tag stands for in the registry before the run.</summary>
/// <param name="Digest">The digest.</param>
/// <param name="Revision">The commit that the image there says it was built from, or null.</param>
internal sealed record RemoteImage(string Digest, string? Revision);

/// <summary>What is known of one image before anything is done.</summary>
/// <param name="Order">What is wanted.</param>
/// <param name="ComponentVersion">The component's own version, or null.</param>
/// <param name="Archive">The archive's content, or null where the image is built.</param>
/// <param name="Remote">What the registry holds, by tag.</param>
internal sealed record ImageFacts(ImageOrder Order, string? ComponentVersion, ImageArchive? Archive, IReadOnlyDictionary<string, RemoteImage> Remote);
