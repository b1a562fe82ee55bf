using ReleaseActions.Core.Edges;

namespace ReleaseActions.BranchCleanup;

/// <summary>
/// Looks for the proof that production holds, or held, all of a branch's content: cheapest first. Ancestry is lost by a squash, and
/// equal trees by whatever production does next; but in the commit that took the content in, merging the branch changes nothing.
/// </summary>
/// <param name="git">A repository apart: attributes and merge drivers of the checkout must not decide what a merge gives.</param>
/// <param name="production">The commit at production's tip.</param>
internal sealed class ContentProof(Git git, string production)
{
    /// <summary>How far back production is searched. A release branch is merged within days; what is older a person can look at.</summary>
    internal const int MostCommits = 1_000;
    private const int MergesAtOnce = 50;

    public async Task<ProofSearch> SearchAsync(string tip, CancellationToken cancellation)
    {
        if (await git.IsAncestorAsync(tip, production, cancellation)) return Proven(ProofKind.Ancestor, production, 0);
        var fork = await git.FindMergeBaseAsync(tip, production, cancellation);
        if (fork is null) return new ProofSearch(null, await git.ListChangedFilesAsync(production, tip, cancellation), 0);
        var commits = await git.ListFirstParentsAsync(fork, production, MostCommits, cancellation);
        var tree = await git.TreeOfAsync(tip, cancellation);
        if (commits.FirstOrDefault(c => c.Tree == tree) is { Commit: { } same }) return Proven(ProofKind.SameTree, same, commits.Count);
        return await SearchMergesAsync(tip, commits, cancellation);
    }

    private async Task<ProofSearch> SearchMergesAsync(string tip, IReadOnlyList<(string Commit, string Tree)> commits, CancellationToken cancellation)
    {
        MergedTree? atTip = null;
        foreach (var batch in commits.Chunk(MergesAtOnce))
        {
            var merged = await git.MergedTreesAsync([.. batch.Select(c => c.Commit)], tip, cancellation);
            atTip ??= merged is [var newest, ..] ? newest : null;
            foreach (var (commit, merge) in batch.Zip(merged))
            {
                if (merge.IsClean && merge.Tree == commit.Tree) return Proven(ProofKind.MergeChangesNothing, commit.Commit, commits.Count);
            }
        }

        var changed = await git.ListChangedFilesAsync(production, atTip?.Tree ?? tip, cancellation);
        return new ProofSearch(null, [.. changed.Union(atTip?.Conflicts ?? [], StringComparer.Ordinal).Order(StringComparer.Ordinal)], commits.Count);
    }

    private static ProofSearch Proven(ProofKind kind, string commit, int tried) => new(new Proof(kind, commit), [], tried);
}
