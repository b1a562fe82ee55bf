using ReleaseActions.Core.Edges;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePublish;

/// <summary>What inputs and policy ask for.</summary>
/// <param name="Tag">The tag and its version.</param>
/// <param name="Commit">The commit it stands for, 40 hex digits.</param>
/// <param name="Title">The title.</param>
/// <param name="Notes">The notes, or null where none were given.</param>
/// <param name="NotesLink">Where the whole of the notes can be read, should they be too long; null where nowhere.</param>
/// <param name="BodyMode">What happens to title and notes that are there.</param>
/// <param name="Draft">Whether a person publishes it.</param>
/// <param name="Prerelease">Whether it is marked as a prerelease.</param>
/// <param name="MakeLatest">Whether it becomes the latest.</param>
/// <param name="OnExisting">What happens to a published release that differs.</param>
internal sealed record PublishWish(
    ReleaseTag Tag, string Commit, string Title, string? Notes, string? NotesLink, BodyMode BodyMode, bool Draft, bool Prerelease, bool MakeLatest, OnExisting OnExisting)
{
    /// <summary>How many files are sent at the same time.</summary>
    public int ParallelUploads { get; init; } = 1;
}

/// <summary>A file of this run and the digest of its bytes.</summary>
/// <param name="File">The file.</param>
/// <param name="Sha256">64 lower-case hex digits.</param>
internal sealed record LocalFile(PublishableFile File, string Sha256);

/// <summary>What is there.</summary>
/// <param name="TagCommit">The commit that the tag leads to on origin; null where it is not there yet.</param>
/// <param name="Release">The published release of the tag, or our own draft of it, or null.</param>
/// <param name="Strangers">Drafts of the tag that are not ours.</param>
/// <param name="Assets">The files of <paramref name="Release"/>; each with a digest where it can be had.</param>
/// <param name="Files">The files of this run.</param>
internal sealed record PublishFacts(
    string? TagCommit, Release? Release, IReadOnlyList<Release> Strangers, IReadOnlyList<ReleaseAsset> Assets, IReadOnlyList<LocalFile> Files);
