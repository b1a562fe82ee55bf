using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.GitHub;

namespace ReleaseActions.BranchCleanup;

/// <summary>How it is known that the production branch holds, or held, all that a branch holds.</summary>
internal enum ProofKind
{
    /// <summary>Its tip is an ancestor: it was merged.</summary>
    Ancestor,

    /// <summary>A commit of production has the very same tree.</summary>
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
internal sealed record ProofSearch(Proof? Proof, IReadOnlyList<string> MissingFiles, int Tried);

/// <summary>What is known of one branch. What its fate does not hang on any more was not asked for.</summary>
/// <param name="Name">The branch.</param>
/// <param name="Commit">The tip on origin, or null where it is not there.</param>
/// <param name="IsDefault">Whether it is the repository's default branch, or production.</param>
/// <param name="Search">What the search for a proof found; null where none was needed.</param>
/// <param name="IsProtected">Whether branch protection or a ruleset protects it.</param>
/// <param name="PullRequests">The open pull requests from it or into it.</param>
internal sealed record BranchFacts(
    string Name, string? Commit, bool IsDefault, ProofSearch? Search, bool IsProtected, IReadOnlyList<PullRequest> PullRequests)
{
    /// <summary>The copy in the checkout, as a laptop has it; null where there is none.</summary>
    public OwnBranch? Own { get; init; }

    /// <summary>Whether the copy is what was proved, and nobody works on it.</summary>
    public bool IsOwnDeleted => Own is { IsCheckedOut: false } own && own.Commit == Commit;
}

/// <summary>What is known of all of them.</summary>
/// <param name="Production">The branch that must hold the content.</param>
/// <param name="ReleaseSucceeded">Whether the release went well.</param>
/// <param name="AreNamed">Whether a person named the branch, rather than a glob finding it: then what cannot be deleted is an error.</param>
/// <param name="Branches">The branches.</param>
internal sealed record CleanupFacts(string Production, bool ReleaseSucceeded, bool AreNamed, IReadOnlyList<BranchFacts> Branches);
