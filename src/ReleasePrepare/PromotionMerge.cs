using ReleaseActions.Core;

namespace ReleaseActions.ReleasePrepare;

/// <summary>What a merge of the release branch into production would do. Pure.</summary>
/// <param name="IsClean">Whether the pull request can be merged.</param>
/// <param name="Conflicts">The files that both changed in different ways.</param>
/// <param name="Changed">The files of production that it would change.</param>
internal sealed record PromotionMerge(bool IsClean, IReadOnlyList<string> Conflicts, IReadOnlyList<string> Changed)
{
    /// <summary>Whether production has everything already.</summary>
    public bool IsNothing => IsClean && Changed.Count == 0;

    /// <summary>Why it is not clean.</summary>
    public string InWords(string production) => $"conflicts with {production} in {PrepareRefusals.Shown(Conflicts)}";

    /// <summary>
    /// What production lacks where the merge conflicts: a promotion of the version's files alone would publish the old code under the new
    /// version. Null where it has everything else, or where the merge brings it.
    /// </summary>
    /// <param name="branch">The release branch.</param>
    /// <param name="production">The production branch.</param>
    /// <param name="isMetadata">Whether a file is one of the version's.</param>
    public Finding? Refusal(string branch, string production, Func<string, bool> isMetadata)
    {
        List<string> missing = [.. Conflicts.Union(Changed).Where(f => !isMetadata(f)).Order(StringComparer.Ordinal)];
        if (IsClean || missing.Count == 0) return null;
        return new Finding(
            $"'{branch}' {InWords(production)}, and {production} does not have these files as '{branch}' has them:"
            + $" {PrepareRefusals.Shown(missing)}",
            $"Merge {production} into {branch} and resolve the conflicts there, then run this again");
    }
}
