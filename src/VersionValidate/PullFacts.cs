using ReleaseActions.Core.GitHub;

namespace ReleaseActions.VersionValidate;

/// <summary>A pull request that a dry run is about.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Title">Its title; empty where the event has none.</param>
/// <param name="Changed">The files that it changes.</param>
/// <param name="Versions">Each version in a manifest that it changes: where, before and after; null where there is none.</param>
/// <param name="NewSections">The versions whose sections it adds to the changelog.</param>
internal sealed record PullFacts(
    PullKind Kind, string Title, IReadOnlyList<string> Changed, IReadOnlyList<(string Place, string? Before, string? After)> Versions,
    IReadOnlyList<string> NewSections);

/// <summary>What a pull request is for, by its branches; whatever a fork calls its own, its is an ordinary one.</summary>
internal enum PullKind
{
    /// <summary>It changes the product.</summary>
    Ordinary,

    /// <summary>It brings the version's files to a release branch, or alone to production.</summary>
    Metadata,

    /// <summary>It merges a release branch, or production.</summary>
    Release,
}

/// <summary>A pull request that brought the commit to production.</summary>
/// <param name="Pull">The pull request.</param>
/// <param name="Approvals">Who approved it.</param>
/// <param name="Checks">The checks of its last commit.</param>
internal sealed record PromotedPull(PullRequest Pull, IReadOnlyList<Approval> Approvals, CommitChecks Checks);
