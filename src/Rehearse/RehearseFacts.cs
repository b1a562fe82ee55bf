using ReleaseActions.Core.Policy;

namespace ReleaseActions.Rehearse;

/// <summary>What is known before the first step.</summary>
/// <param name="Name"><c>owner/name</c> on GitHub.</param>
/// <param name="Tag">The tag to release.</param>
/// <param name="Commit">The commit it names, 40 hex digits; null for a sample that is yet to be written.</param>
/// <param name="Policy">The policy at that commit.</param>
internal sealed record RehearseFacts(string Name, string Tag, string? Commit, ReleasePolicy Policy)
{
    /// <summary>The top folder of the repository, absolute; null for the sample.</summary>
    public string? Source { get; init; }

    /// <summary>Whether the repository has the tag.</summary>
    public bool TagExists { get; init; } = true;

    /// <summary>Whether images can be built from Dockerfiles here.</summary>
    public bool HasDocker { get; init; }

    /// <summary>The output folder, absolute, if it holds files that are not a rehearsal's.</summary>
    public string? FolderInUse { get; init; }
}
