using ReleaseActions.Core;
using ReleaseActions.Core.GitHub;

namespace ReleaseActions.ReleasePublish;

/// <summary>What became of a plan.</summary>
/// <param name="Release">The release as GitHub showed it last.</param>
/// <param name="Assets">Its files.</param>
/// <param name="Plan">The plan that was applied: where another run was first, one that takes over what that run published.</param>
internal sealed record PublishOutcome(Release Release, IReadOnlyList<ReleaseAsset> Assets, PublishPlan Plan)
{
    /// <summary>Whether the release was published while this run was on: what GitHub shows of it may lag.</summary>
    public bool IsNew { get; init; }

    /// <summary>What could not be read once the release was written.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];
}
