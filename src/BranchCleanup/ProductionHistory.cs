using ReleaseActions.Core.Git;

namespace ReleaseActions.BranchCleanup;

/// <summary>
/// What production and the branches have in common, from one list of commits: which tips production holds, and which of production's
/// own commits (first parents) a tip does not hold yet, so that they may be what took its content in.
/// </summary>
internal sealed class ProductionHistory
{
    // Where a branch left production is looked for further back than what took its content in: forks are cheap to find, merges are not.
    private const int MostForks = 10_000;

    private readonly IReadOnlyList<(string Commit, string Tree)> _own;
    private readonly int _most;
    private readonly Dictionary<string, GraphCommit> _graph;
    private readonly HashSet<string> _held;
    private readonly Dictionary<string, int> _newestOwn = [];

    private ProductionHistory(IReadOnlyList<(string Commit, string Tree)> own, IReadOnlyList<GraphCommit> graph, int most)
    {
        (_own, _graph, _most) = ([.. own.Take(MostForks)], graph.ToDictionary(c => c.Commit), most);
        // Children come before their parents: what production holds is handed down in this order, what a commit reaches in the other.
        _held = [own[0].Commit];
        foreach (var commit in graph.Where(c => _held.Contains(c.Commit))) _held.UnionWith(commit.Parents);
        var places = _own.Index().ToDictionary(o => o.Item.Commit, o => o.Index);
        foreach (var commit in graph.Reverse())
        {
            var reached = commit.Parents.Select(NewestOwn).DefaultIfEmpty(_own.Count).Min();
            _newestOwn[commit.Commit] = places.GetValueOrDefault(commit.Commit, reached);
        }
    }

    /// <summary>Reads it in two processes of git.</summary>
    /// <param name="git">The repository.</param>
    /// <param name="production">The commit at production's tip.</param>
    /// <param name="tips">The commits at the branches' tips.</param>
    /// <param name="most">How many of production's own commits are looked at.</param>
    /// <param name="cancellation">Stops git.</param>
    public static async Task<ProductionHistory> ReadAsync(
        GitRepository git, string production, IReadOnlyList<string> tips, int most, CancellationToken cancellation)
    {
        var own = await git.ListFirstParentsAsync(production, MostForks + 1, cancellation);
        var oldest = own.Count > MostForks ? own[^1].Commit : null;
        return new ProductionHistory(own, await git.ListGraphAsync([production, .. tips], oldest, cancellation), most);
    }

    /// <summary>Whether a tip is an ancestor of production; what was left out of the list is older than all that was asked for.</summary>
    public bool Holds(string tip) => _held.Contains(tip) || !_graph.ContainsKey(tip);

    /// <summary>Production's own commits that a tip does not reach, newest first.</summary>
    public IEnumerable<(string Commit, string Tree)> Since(string tip) => _own.Take(Math.Min(_most, NewestOwn(tip)));

    /// <summary>Whether a tip is one of production's own commits, or older than what was read: a branch without own commits.</summary>
    public bool MayBeOwn(string tip) => !_graph.ContainsKey(tip) || _own.ElementAtOrDefault(ForkOf(tip)).Commit == tip;

    /// <summary>The place of the newest of production's own commits that a tip reaches.</summary>
    public int ForkOf(string tip) => NewestOwn(tip);

    /// <summary>Its tree; null where it was not read.</summary>
    public string? ForkTree(string tip) => ForkOf(tip) is var at && at < _own.Count ? _own[at].Tree : null;

    /// <summary>The newest commit with a tree: of those that a tip does not reach, or else the one that it began at.</summary>
    /// <remarks>An empty commit on a branch has the tree of the commit that the branch began at.</remarks>
    public string? FindTree(string tree, string tip) =>
        Since(tip).Concat(_own.Skip(ForkOf(tip)).Take(1)).FirstOrDefault(c => c.Tree == tree).Commit;

    /// <summary>The tree of production's tip.</summary>
    public string Tree => _own[0].Tree;

    /// <summary>The tree of a tip that production does not hold.</summary>
    public string TreeOf(string tip) => _graph[tip].Tree;

    private int NewestOwn(string commit) => _newestOwn.GetValueOrDefault(commit, _own.Count);
}
