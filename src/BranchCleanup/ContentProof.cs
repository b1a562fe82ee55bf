using ReleaseActions.Core.Git;

namespace ReleaseActions.BranchCleanup;

/// <summary>
/// Looks for the proof that production holds, or held, all of a branch's content: cheapest first. Ancestry is lost by a squash, and
/// equal trees by whatever production does next; but in the commit that took the content in, merging the branch changes nothing.
/// Thousands of branches are looked at by a few processes of git, and merged only where their files do not show it.
/// </summary>
/// <param name="git">A repository apart: attributes and merge drivers of the checkout must not decide what a merge gives.</param>
/// <param name="remote">The branches on the remote, each with the commit at its tip.</param>
/// <param name="branch">The production branch, one of them.</param>
/// <param name="longLived">Other branches that outlive every release: a tip that one of them went through is nobody's own.</param>
internal sealed class ContentProof(
    GitRepository git, IReadOnlyDictionary<string, string> remote, string branch, IReadOnlyCollection<string> longLived)
{
    /// <summary>How far back production is searched. A release branch is merged within days; what is older a person can look at.</summary>
    internal const int MostCommits = 1_000;
    private const int MostOfLines = 50_000;
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
        await FetchAsync(FetchScope.Commits, branches.Concat(longLived), cancellation);
        var history = await ProductionHistory.ReadAsync(git, _production, distinct, MostCommits, cancellation);
        await SearchCommitsAsync(distinct, history, cancellation);
        // Ancestors and equal trees are seen in the commits alone, equal files in the trees.
        if (Open(distinct).Count == 0) return _found;
        await FetchAsync(FetchScope.Paths, branches.Where(b => !_found.ContainsKey(remote[b])), cancellation);
        var candidates = await SearchFilesAsync(Open(distinct), history, cancellation);
        if (candidates.Count == 0) return _found;
        await FetchAsync(FetchScope.Files, branches.Where(b => candidates.Contains(remote[b])), cancellation);
        await SearchMergesAsync(Open(distinct), candidates, history, cancellation);
        await ListMissingAsync(Open(distinct), history, cancellation);
        return _found;
    }

    private Task FetchAsync(FetchScope scope, IEnumerable<string> branches, CancellationToken cancellation) =>
        git.FetchAsync(scope, branches.Append(branch).Select(b => KeyValuePair.Create($"refs/heads/{b}", remote[b])), cancellation);

    private List<string> Open(IEnumerable<string> tips) => [.. tips.Where(t => !_found.ContainsKey(t))];

    private async Task SearchCommitsAsync(List<string> tips, ProductionHistory history, CancellationToken cancellation)
    {
        var lines = longLived.Count == 0
            ? new HashSet<string>() : await git.ListLinesAsync([.. longLived.Select(b => remote[b])], MostOfLines, cancellation);
        foreach (var tip in tips)
        {
            var hasOwn = !history.MayBeOwn(tip) && !lines.Contains(tip);
            if (history.Holds(tip)) Prove(tip, ProofKind.Ancestor, _production, tried: 0, hasOwn);
            else if (history.FindTree(history.TreeOf(tip), tip) is { } same)
                Prove(tip, ProofKind.SameTree, same, history.Since(tip).Count(), hasOwn);
        }
    }

    // Compares trees. What is left over are, of each tip, the commits of production that may be the one that took its content in.
    private async Task<ILookup<string, (string Commit, string Tree)>> SearchFilesAsync(
        List<string> tips, ProductionHistory history, CancellationToken cancellation)
    {
        var files = new ProductionFiles(await git.ListChangesAsync(_production, MostCommits, cancellation));
        var forked = tips.Where(t => history.ForkTree(t) is not null).ToList();
        var changes = await git.ListDifferencesAsync([.. forked.Select(t => (history.ForkTree(t)!, history.TreeOf(t)))], cancellation);
        var candidates = tips.Except(forked).SelectMany(t => history.Since(t).Select(c => (Tip: t, Commit: c))).ToList();
        foreach (var (tip, changed) in forked.Zip(changes))
            candidates.AddRange(Compare(tip, changed, files, history).Select(c => (tip, c)));
        return candidates.ToLookup(c => c.Tip, c => c.Commit, StringComparer.Ordinal);
    }

    private IEnumerable<(string Commit, string Tree)> Compare(
        string tip, IReadOnlyList<FileChange> changed, ProductionFiles files, ProductionHistory history)
    {
        var (since, fork) = (history.Since(tip).ToList(), history.ForkOf(tip));
        var places = files.PlacesOf(changed).Where(p => p < since.Count).Select(p => (Place: p, Held: files.Compare(changed, p, fork)))
            .ToList();
        if (places.FindIndex(p => p.Held == Held.All) is >= 0 and var at)
        {
            Prove(tip, ProofKind.MergeChangesNothing, since[places[at].Place].Commit, since.Count);
            return [];
        }

        var isUnknown = places.Exists(p => p.Held == Held.Unknown);
        if (files.Missing(changed, fork) is { } missing && !isUnknown)
        {
            _found[tip] = new ProofSearch(null, missing, since.Count);
            return [];
        }

        // The newest in any case: it shows which files are missing.
        return places.Where(p => p.Held == Held.Unknown || p.Place == 0).Select(p => since[p.Place]);
    }

    // In rounds: whoever is proven takes no part in the next.
    private async Task SearchMergesAsync(
        List<string> tips, ILookup<string, (string Commit, string Tree)> candidates, ProductionHistory history,
        CancellationToken cancellation)
    {
        for (var skip = 0; ; skip += CommitsARound)
        {
            var round = Open(tips).SelectMany(t => candidates[t].Skip(skip).Take(CommitsARound), (tip, into) => (Tip: tip, Into: into));
            var merges = round.ToList();
            if (merges.Count == 0) return;
            foreach (var chunk in merges.Chunk(MergesAProcess))
            {
                var merged = await git.MergedTreesAsync([.. chunk.Select(m => (m.Into.Commit, m.Tip))], cancellation);
                foreach (var ((tip, into), merge) in chunk.Zip(merged))
                {
                    if (into.Commit == _production) _atTip.TryAdd(tip, merge);
                    if (merge.IsClean && merge.Tree == into.Tree)
                        Prove(tip, ProofKind.MergeChangesNothing, into.Commit, history.Since(tip).Count());
                }
            }
        }
    }

    private async Task ListMissingAsync(List<string> tips, ProductionHistory history, CancellationToken cancellation)
    {
        // A branch that production's tip is an ancestor of is merged into nothing: its own tree is what the merge gives.
        var merged = tips.Select(t => (history.Tree, _atTip.GetValueOrDefault(t)?.Tree ?? history.TreeOf(t)));
        var changed = await git.ListDifferencesAsync([.. merged], cancellation);
        foreach (var (tip, files) in tips.Zip(changed))
        {
            var conflicts = _atTip.GetValueOrDefault(tip)?.Conflicts ?? [];
            var missing = files.Select(f => f.Name).Union(conflicts, StringComparer.Ordinal).Order(StringComparer.Ordinal);
            _found[tip] = new ProofSearch(null, [.. missing], history.Since(tip).Count());
        }
    }

    // The first proof stays: commits come newest first.
    private void Prove(string tip, ProofKind kind, string commit, int tried, bool hasOwn = true) =>
        _found.TryAdd(tip, new ProofSearch(new Proof(kind, commit), [], tried) { HasOwnCommits = hasOwn });
}
