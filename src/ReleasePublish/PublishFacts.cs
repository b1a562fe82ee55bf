using ReleaseActions.Core.Files;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.GitHub;

namespace ReleaseActions.ReleasePublish;

/// <summary>A file of this run and the digest of its bytes.</summary>
/// <param name="File">The file.</param>
/// <param name="Sha256">64 lower-case hex digits.</param>
internal sealed record LocalFile(PublishableFile File, string Sha256);

/// <summary>What was looked up.</summary>
/// <param name="Commit">The commit to release, 40 hex digits.</param>
/// <param name="Tags">The tags on origin.</param>
/// <param name="Release">The published release of the tag, or our own draft of it, or one that this run adopts, or null.</param>
/// <param name="Strangers">Drafts of the tag that are not ours.</param>
internal sealed record PublishFacts(
    string Commit, IReadOnlyDictionary<string, RemoteTag> Tags, Release? Release, IReadOnlyList<Release> Strangers)
{
    /// <summary>Whether a branch or a tag of the repository has the commit; looked up where an input names the commit.</summary>
    public bool IsCommitOfRepository { get; init; } = true;

    /// <summary>The files of this run.</summary>
    public required IReadOnlyList<LocalFile> Files { get; init; }

    /// <summary>What was named and is no file of this run, and why.</summary>
    public IReadOnlyList<string> OmittedFiles { get; init; } = [];

    /// <summary>The files of <see cref="Release"/>; each with a digest where it can be had.</summary>
    public required IReadOnlyList<ReleaseAsset> Assets { get; init; }

    /// <summary>Every published release: which of them is the latest is decided among these.</summary>
    public IReadOnlyList<PublishedRelease> Published { get; init; } = [];

    /// <summary>Our drafts of the tag beside <see cref="Release"/>.</summary>
    public IReadOnlyList<DraftLeftover> Leftovers { get; init; } = [];

    /// <summary>Whether <see cref="Release"/> is a draft that a person or another tool made, and this run continues.</summary>
    public bool IsAdopted => Release is { Draft: true } release && !ReleaseCalls.IsOurs(release, release.TagName);

    /// <summary>The notes as they were given, or null.</summary>
    public string? Notes { get; init; }

    /// <summary>A file of the commit with all of the notes in it, or null; looked up for notes that may be too long only.</summary>
    public string? NotesPath { get; init; }

    /// <summary>The notes that GitHub generated, or null where none were requested.</summary>
    public string? Generated { get; init; }

    /// <summary>The state file on its branch, or null where the team has none.</summary>
    public StateFile? StateFile { get; init; }

    /// <summary>The published releases whose own tag is one of the moving tags.</summary>
    public IReadOnlyList<Release> ReleasesOfMovingTags { get; init; } = [];

    /// <summary>Whether GitHub shows <see cref="Release"/> as the latest; looked up where the plan or a dry run depends on it.</summary>
    public bool IsLatest { get; init; }
}
