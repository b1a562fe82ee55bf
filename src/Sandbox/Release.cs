using System.Collections.Immutable;

namespace ReleaseActions.Sandbox;

/// <summary>A release as the sandbox keeps it.</summary>
public sealed record Release
{
    /// <summary>The release's number.</summary>
    public long Id { get; init; }

    /// <summary>The tag; a draft's may not exist yet.</summary>
    public required string TagName { get; init; }

    /// <summary>The branch or commit from which the tag is made when the release is published.</summary>
    public required string TargetCommitish { get; init; }

    /// <summary>The title.</summary>
    public string? Name { get; init; }

    /// <summary>The notes.</summary>
    public string? Body { get; init; }

    /// <summary>Not published yet.</summary>
    public bool Draft { get; init; }

    /// <summary>Marked as a prerelease.</summary>
    public bool Prerelease { get; init; }

    /// <summary>Published in a repository that enforces immutability.</summary>
    public bool Immutable { get; init; }

    /// <summary>
    /// <c>true</c>, <c>false</c> or <c>legacy</c>, as asked for when it was published.
    /// </summary>
    public string MakeLatest { get; init; } = "true";

    /// <summary>The date of the commit, as GitHub has it, not of the release.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the record was changed last.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it was published; null for a draft.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>The page of the discussion that was started about it; null where none was.</summary>
    public string? DiscussionUrl { get; init; }

    /// <summary>The files, in the order of their upload.</summary>
    public ImmutableArray<Asset> Assets { get; init; } = [];
}

/// <summary>A file of a release as the sandbox keeps it.</summary>
public sealed record Asset
{
    /// <summary>The asset's number.</summary>
    public long Id { get; init; }

    /// <summary>The name, after GitHub's renaming.</summary>
    public required string Name { get; init; }

    /// <summary>A short description.</summary>
    public string? Label { get; init; }

    /// <summary>The media type that the upload named.</summary>
    public required string ContentType { get; init; }

    /// <summary><c>starter</c> until the bytes are there, then <c>uploaded</c>.</summary>
    public string State { get; init; } = "starter";

    /// <summary>The number of stored bytes.</summary>
    public long Size { get; init; }

    /// <summary><c>sha256:…</c> of the stored bytes; null while there are none.</summary>
    public string? Digest { get; init; }

    /// <summary>How often the bytes were served.</summary>
    public int DownloadCount { get; init; }

    /// <summary>When the upload began.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the record was changed last.</summary>
    public DateTimeOffset UpdatedAt { get; init; }
}
