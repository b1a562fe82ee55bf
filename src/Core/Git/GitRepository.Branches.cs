namespace ReleaseActions.Core.Git;

/// <summary>Branches on <c>origin</c> and what they hold.</summary>
public sealed partial class GitRepository
{
    private const string Heads = "refs/heads/";

    /// <summary>The branches on <c>origin</c>, by name, each with the commit at its tip. Asks the remote; nothing is fetched.</summary>
    /// <remarks>Without those whose names are no UTF-8: read as text, several would have one name.</remarks>
    public async Task<IReadOnlyDictionary<string, string>> ListRemoteBranchesAsync(CancellationToken cancellation)
    {
        var refs = await ListRemoteAsync("--heads", cancellation);
        return refs.Where(r => r.Name.StartsWith(Heads, StringComparison.Ordinal) && !r.Name.Contains('\uFFFD', StringComparison.Ordinal))
            .ToDictionary(r => r.Name[Heads.Length..], r => r.Id, StringComparer.Ordinal);
    }

    /// <summary>The commits that a branch went through itself (first parents), newest first, each with its tree.</summary>
    /// <param name="tip">The branch's tip.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellation">Stops git.</param>
    /// <param name="without">A commit; it and what it reaches are left out.</param>
    public async Task<IReadOnlyList<(string Commit, string Tree)>> ListFirstParentsAsync(
        string tip, int most, CancellationToken cancellation, string? without = null)
    {
        string[] leftOut = without is null ? [] : [$"^{without}"];
        var result = await RunAsync(["log", "--first-parent", "--format=%H %T", $"--max-count={most}", tip, .. leftOut, "--"],
            cancellation);
        return [.. result.Lines.Select(line => line.Split(' ')).Select(f => (f[0], f[1]))];
    }

    /// <summary>What merges of one commit into another would give, in their order, all by one process. Nothing is checked out.</summary>
    /// <remarks>
    /// In conflict a file may be left as it was before (a picture, say): the tree alone does not tell that a merge changes nothing.
    /// Histories that have nothing in common are merged too: then everything that both have must be equal.
    /// </remarks>
    /// <exception cref="ActionException">git is older than 2.39 (exit 4).</exception>
    public async Task<IReadOnlyList<MergedTree>> MergedTreesAsync(
        IReadOnlyList<(string Into, string Commit)> merges, CancellationToken cancellation)
    {
        var input = string.Concat(merges.Select(m => $"{m.Into} {m.Commit}\n"));
        var result = await TryAsync(["merge-tree", "--stdin", "--no-messages", "--name-only", "--allow-unrelated-histories"], cancellation,
            input);
        var trees = ReadMergedTrees(result.Output);
        if (result.Succeeded && trees.Count == merges.Count) return trees;
        throw ActionException.Remote(
            $"`git merge-tree` failed: {GitFailure.Reason(result)}",
            "It needs git 2.39 or newer, which the action's own image has; and on a laptop a clone with all objects (no `filter`)");
    }

    // For each merge: 0 (conflict) or 1 (clean), the tree, the names of files in conflict, and an empty field at its end (git-merge-tree,
    // --stdin).
    private static List<MergedTree> ReadMergedTrees(string output)
    {
        var merges = new List<MergedTree>();
        var fields = output.Split('\0');
        for (var at = 0; at + 2 < fields.Length && Array.IndexOf(fields, "", at + 2) is >= 0 and var end; at = end + 1)
            merges.Add(new MergedTree(fields[at + 1], fields[at] == "1", fields[(at + 2)..end]));
        return merges;
    }
}

/// <summary>What a merge would give.</summary>
/// <param name="Tree">The tree; files in conflict hold both sides, or one where they cannot.</param>
/// <param name="IsClean">Whether nothing is in conflict.</param>
/// <param name="Conflicts">The files in conflict.</param>
public sealed record MergedTree(string Tree, bool IsClean, IReadOnlyList<string> Conflicts);
