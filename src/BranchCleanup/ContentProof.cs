using ReleaseActions.Core.Git;

namespace ReleaseActions.BranchCleanup;

/// <summary>
/// Looks for the proof that production holds, or held, all of a branch's content: cheapest first. Ancestry is lost by a squash, and
/// equal trees by whatever production does next; but in the commit that took the content in, merging the branch changes nothing.
/// Thousands of branches are looked at by a few processes of git.
/// </summary>
/// <param name="git">A repository apart: attributes and merge drivers of the checkout must not decide what a merge gives.</param>
/// <param name="remote">The branches on the remote, each with the commit at its tip.</param>
/// <param name="branch">The production branch, one of them.</param>
internal sealed class ContentProof(GitRepository git, IReadOnlyDictionary<string, string> remote, string branch)
{
    /// <summary>How far back production is searched. A release branch is merged within days; what is older a person can look at.</summary>
    internal const int MostCommits = 1_000;
    private const int CommitsARound = 50;
    private const int MergesAProcess = 2_000;

    // The commit at production's tip.
    private readonly string _production = remote[branch];
    private readonly Dictionary<string, ProofSearch> _found = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MergedTree> _atTip = new(StringComparer.Ordinal);

    /// <summary>What was found for the tip of each branch.</summary>
    public async Task<IReadOnlyDictionary<string, ProofSearch>> SearchAsync(
        IReadOnlyCollection<string> branches, CancellationToken cancellation)
    {
        var distinct = branches.Select(b => remote[b]).Distinct(StringComparer.Ordinal).ToList();
        if (distinct.Count == 0) return _found;
        await FetchAsync(FetchScope.Commits, branches, cancellation);
        var history = await ProductionHistory.ReadAsync(git, _production, distinct, MostCommits, cancellation);
        foreach (var tip in distinct)
        {
            if (history.Holds(tip)) Prove(tip, ProofKind.Ancestor, _production, tried: 0);
            else if (history.Since(tip).FirstOrDefault(c => c.Tree == history.TreeOf(tip)) is { Commit: { } same })
                Prove(tip, ProofKind.SameTree, same, history.Since(tip).Count());
        }

        // Ancestors and equal trees are seen in the commits alone.
        var open = branches.Where(b => !_found.ContainsKey(remote[b])).ToList();
        if (open.Count == 0) return _found;
        await FetchAsync(FetchScope.Files, open, cancellation);
        // The newest commit of production first: it proves most of them, and shows which files the others lack.
        await SearchMergesAsync(Open(distinct), t => history.Since(t).Take(1), history, cancellation);
        var candidates = await ListCandidatesAsync(Open(distinct), history, cancellation);
        await SearchMergesAsync(Open(distinct), t => candidates[t], history, cancellation);
        await ListMissingAsync(Open(distinct), history, cancellation);
        return _found;
    }

    private Task FetchAsync(FetchScope scope, IEnumerable<string> branches, CancellationToken cancellation) =>
        git.FetchAsync(scope, branches.Append(branch).Select(b => KeyValuePair.Create($"refs/heads/{b}", remote[b])), cancellation);

    private List<string> Open(IEnumerable<string> tips) => [.. tips.Where(t => !_found.ContainsKey(t))];

    // Of each tip, the commits of production that may be the one that took its content in.
    private async Task<ILookup<string, (string Commit, string Tree)>> ListCandidatesAsync(
        List<string> tips, ProductionHistory history, CancellationToken cancellation)
    {
        if (tips.Count == 0) return Array.Empty<(string, string)>().ToLookup(_ => "");
        var changes = new ProductionChanges(await git.ListChangesAsync(_production, MostCommits, cancellation));
        var forked = tips.Where(t => history.ForkTree(t) is not null).ToList();
        var files = await git.ListChangedFilesAsync([.. forked.Select(t => (history.ForkTree(t)!, history.TreeOf(t)))], cancellation);
        var touching = forked.Zip(files, (tip, names) => (tip, Places: changes.Touching(names))).ToDictionary(t => t.tip, t => t.Places);
        bool MayHold(string tip, int place) => place > 0 && (!touching.TryGetValue(tip, out var places) || places.Contains(place));
        return tips.SelectMany(t => history.Since(t).Index().Where(c => MayHold(t, c.Index)), (tip, commit) => (tip, commit.Item))
            .ToLookup(c => c.tip, c => c.Item, StringComparer.Ordinal);
    }

    // In rounds: whoever is proven takes no part in the next.
    private async Task SearchMergesAsync(
        List<string> tips, Func<string, IEnumerable<(string Commit, string Tree)>> candidates, ProductionHistory history,
        CancellationToken cancellation)
    {
        for (var skip = 0; ; skip += CommitsARound)
        {
            var round = Open(tips).SelectMany(t => candidates(t).Skip(skip).Take(CommitsARound), (tip, into) => (Tip: tip, Into: into));
            var merges = round.ToList();
            if (merges.Count == 0) return;
            foreach (var chunk in merges.Chunk(MergesAProcess))
            {
                var merged = await git.MergedTreesAsync([.. chunk.Select(m => (m.Into.Commit, m.Tip))], cancellation);
                foreach (var ((tip, into), merge) in chunk.Zip(merged))
                {
                    _atTip.TryAdd(tip, merge);
                    if (merge.IsClean && merge.Tree == into.Tree)
                        Prove(tip, ProofKind.MergeChangesNothing, into.Commit, history.Since(tip).Count());
                }
            }
        }
    }

    private async Task ListMissingAsync(List<string> tips, ProductionHistory history, CancellationToken cancellation)
    {
        if (tips.Count == 0) return;
        // A branch that production's tip is an ancestor of is merged into nothing: its own tree is what the merge gives.
        var merged = tips.Select(t => (history.Tree, _atTip.GetValueOrDefault(t)?.Tree ?? history.TreeOf(t)));
        var changed = await git.ListChangedFilesAsync([.. merged], cancellation);
        foreach (var (tip, files) in tips.Zip(changed))
        {
            var missing = files.Union(_atTip.GetValueOrDefault(tip)?.Conflicts ?? [], StringComparer.Ordinal).Order(StringComparer.Ordinal);
            _found[tip] = new ProofSearch(null, [.. missing], history.Since(tip).Count());
        }
    }

    // The first proof stays: commits come newest first.
    private void Prove(string tip, ProofKind kind, string commit, int tried) =>
        _found.TryAdd(tip, new ProofSearch(new Proof(kind, commit), [], tried));
}
