using ReleaseActions.Core.Files;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePublish;

/// <summary>What inputs and policy ask for.</summary>
/// <param name="Tag">The tag and its version.</param>
/// <param name="Commit">The commit it stands for, 40 hex digits.</param>
/// <param name="Title">The title.</param>
internal sealed record PublishWish(ReleaseTag Tag, string Commit, string Title)
{
    /// <summary>How the team counts its versions.</summary>
    public VersionOrder Order { get; init; } = VersionOrder.SemVer;

    /// <summary>The notes, or null where none were given.</summary>
    public string? Notes { get; init; }

    /// <summary>Where the whole of the notes can be read, should they be too long; null where nowhere.</summary>
    public string? NotesLink { get; init; }

    /// <summary>What happens to title and notes that are there.</summary>
    public BodyMode BodyMode { get; init; }

    /// <summary>Whether a person publishes it.</summary>
    public bool Draft { get; init; }

    /// <summary>Whether it is marked as a prerelease.</summary>
    public bool Prerelease { get; init; }

    /// <summary>Whether it becomes the latest.</summary>
    public bool MakeLatest { get; init; }

    /// <summary>Whether that follows from the versions: a higher one that was tagged meanwhile stays the latest.</summary>
    public bool LatestByVersion { get; init; }

    /// <summary>What happens to a published release that differs.</summary>
    public OnExisting OnExisting { get; init; }

    /// <summary>The category of the discussion that is started about it, or null.</summary>
    public string? DiscussionCategory { get; init; }

    /// <summary>The names of the channels that are told of it.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Which run tells them.</summary>
    public Notify Notify { get; init; }

    /// <summary>The tags that follow the version, such as <c>v1</c> and <c>v1.2</c>.</summary>
    public IReadOnlyList<MovingTag> MovingTags { get; init; } = [];

    /// <summary>How many files are sent at the same time.</summary>
    public int ParallelUploads { get; init; } = 1;
}

/// <summary>A file of this run and the digest of its bytes.</summary>
/// <param name="File">The file.</param>
/// <param name="Sha256">64 lower-case hex digits.</param>
internal sealed record LocalFile(PublishableFile File, string Sha256);

/// <summary>What is there.</summary>
/// <param name="Tags">The tags on origin.</param>
/// <param name="Release">The published release of the tag, or our own draft of it, or null.</param>
/// <param name="Strangers">Drafts of the tag that are not ours.</param>
/// <param name="Assets">The files of <paramref name="Release"/>; each with a digest where it can be had.</param>
/// <param name="Files">The files of this run.</param>
internal sealed record PublishFacts(
    IReadOnlyDictionary<string, RemoteTag> Tags, Release? Release, IReadOnlyList<Release> Strangers, IReadOnlyList<ReleaseAsset> Assets, IReadOnlyList<LocalFile> Files)
{
    /// <summary>The notes that GitHub generated, or null where none were wanted.</summary>
    public string? Generated { get; init; }

    /// <summary>What is to be done about the state file; null where there is none.</summary>
    public StateUpdate? State { get; init; }

    /// <summary>The published releases whose own tag is one of the moving tags.</summary>
    public IReadOnlyList<Release> ReleasesOfMovingTags { get; init; } = [];
}
