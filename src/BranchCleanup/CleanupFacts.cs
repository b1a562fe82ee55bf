using ReleaseActions.Core.GitHub;

namespace ReleaseActions.BranchCleanup;

/// <summary>How it is known that the production branch holds, or held, all that a branch holds.</summary>
internal enum ProofKind
{
    /// <summary>Its tip is an ancestor: it was merged.</summary>
    Ancestor,

    /// <summary>A commit of production has the same tree.</summary>
    SameTree,

    /// <summary>Merging it into a commit of production changes nothing there.</summary>
    MergeChangesNothing,
}

/// <summary>A proof, and the commit of production that gave it.</summary>
internal sealed record Proof(ProofKind Kind, string Commit);

/// <summary>What the search for a proof found.</summary>
/// <param name="Proof">The proof, or null.</param>
/// <param name="MissingFiles">Without a proof: the files that a merge into production would change.</param>
/// <param name="Tried">How many commits of production were looked at.</param>
internal sealed record ProofSearch(Proof? Proof, IReadOnlyList<string> MissingFiles, int Tried)
{
    /// <summary>Whether the branch has a commit that no long-lived branch went through itself: otherwise it may be newly cut.</summary>
    public bool HasOwnCommits { get; init; } = true;
}

/// <summary>What is known of one branch. Facts that cannot change its fate are not gathered.</summary>
/// <param name="Name">The branch.</param>
/// <param name="Commit">The tip on origin, or null where it is not there.</param>
internal sealed record BranchFacts(string Name, string? Commit)
{
    /// <summary>Whether it is the repository's default branch, or production.</summary>
    public bool IsLongLived { get; init; }

    /// <summary>The key of the policy that names it for something other than a release, or null.</summary>
    public string? NamedBy { get; init; }

    /// <summary>Whether a pull request from it, with the commit that it has now, was merged.</summary>
    public bool WasMerged { get; init; }

    /// <summary>What the search for a proof found; null where none was needed.</summary>
    public ProofSearch? Search { get; init; }

    /// <summary>Whether branch protection or a ruleset protects it.</summary>
    public bool IsProtected { get; init; }

    /// <summary>The open pull requests from it or into it.</summary>
    public IReadOnlyList<PullRequest> PullRequests { get; init; } = [];

    /// <summary>The branch of the same name in the checkout, as a laptop has it; null where there is none.</summary>
    public LocalBranch? Local { get; init; }

    /// <summary>Whether the local branch is at the commit that was proved, and nobody has it checked out.</summary>
    public bool IsLocalDeleted => Local is { IsCheckedOut: false } local && local.Commit == Commit;
}

/// <summary>What is known of all branches.</summary>
internal sealed record CleanupFacts(IReadOnlyList<BranchFacts> Branches);
