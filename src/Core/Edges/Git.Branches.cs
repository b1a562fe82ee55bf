using ReleaseActions.Core.Running;

namespace ReleaseActions.Core.Edges;

/// <summary>Branches on <c>origin</c>, what they hold, and their deletion.</summary>
public sealed partial class Git
{
    private const string Heads = "refs/heads/";

    /// <summary>The branches on <c>origin</c>, by name, each with the commit at its tip. Asks the remote; nothing is fetched.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ListRemoteBranchesAsync(CancellationToken cancellation)
    {
        var result = await RunAsync(["ls-remote", "--heads", "--end-of-options", "origin"], cancellation);
        return result.Lines.Select(line => line.Split('\t')).Where(f => f.Length == 2 && f[1].StartsWith(Heads, StringComparison.Ordinal))
            .ToDictionary(f => f[1][Heads.Length..], f => f[0], StringComparer.Ordinal);
    }

    /// <summary>The best common ancestor of two commits, or null where their histories have nothing in common.</summary>
    public async Task<string?> FindMergeBaseAsync(string one, string other, CancellationToken cancellation)
    {
        var result = await TryAsync(["merge-base", one, other], cancellation);
        return result.Succeeded ? result.Output.Trim() : null;
    }

    /// <summary>The commits that a branch went through itself (first parents), newest first, each with its tree.</summary>
    /// <param name="from">A commit; it and what it reaches are left out.</param>
    /// <param name="to">The branch's tip.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellation">Stops git.</param>
    public async Task<IReadOnlyList<(string Commit, string Tree)>> ListFirstParentsAsync(string from, string to, int most, CancellationToken cancellation)
    {
        var result = await RunAsync(["log", "--first-parent", "--format=%H %T", $"--max-count={most}", to, $"^{from}", "--"], cancellation);
        return [.. result.Lines.Select(line => line.Split(' ')).Select(f => (f[0], f[1]))];
    }

    /// <summary>The tree of a commit.</summary>
    public async Task<string> TreeOfAsync(string commit, CancellationToken cancellation) =>
        (await RunAsync(["rev-parse", "--verify", "--end-of-options", $"{commit}^{{tree}}"], cancellation)).Output.Trim();

    /// <summary>
    /// A bare repository that only borrows the objects of this one: what a checkout brings along (attributes, merge drivers,
    /// replaced objects) has no part in what is worked out there, and what is written there goes away with its folder.
    /// </summary>
    /// <param name="place">The folder to make, absolute.</param>
    /// <param name="cancellation">Stops git.</param>
    public async Task<Git> ApartAsync(string place, CancellationToken cancellation)
    {
        var objects = (await RunAsync(["rev-parse", "--path-format=absolute", "--git-path", "objects"], cancellation)).Output.TrimEnd('\n');
        var apart = await EmptyAsync(place, cancellation);
        Directory.CreateDirectory(Path.Combine(place, "objects/info"));
        await File.WriteAllTextAsync(Path.Combine(place, "objects/info/alternates"), objects + "\n", cancellation);
        return apart;
    }

    /// <summary>What merging a commit into each of several others would give, in their order. Nothing is checked out.</summary>
    /// <remarks>In conflict a file may be left as it was before (a picture, say): the tree alone does not tell that a merge changes nothing.</remarks>
    /// <returns>Fewer than asked for where histories have nothing in common.</returns>
    /// <exception cref="ActionException">git is older than 2.39 (exit 4).</exception>
    public async Task<IReadOnlyList<MergedTree>> MergedTreesAsync(IReadOnlyList<string> into, string commit, CancellationToken cancellation)
    {
        var result = await TryAsync(["merge-tree", "--stdin", "--no-messages", "--name-only"], cancellation, string.Concat(into.Select(c => $"{c} {commit}\n")));
        if (result.Succeeded || result.Error.Contains("unrelated histories", StringComparison.Ordinal)) return ReadMergedTrees(result.Output);
        throw ActionException.Remote($"`git merge-tree` failed: {Log.Inert(result.LastWords)}", "It needs git 2.39 or newer, which the action's own image has, and a checkout with all objects (no `filter`)");
    }

    /// <summary>The files that differ between two trees or commits.</summary>
    public async Task<IReadOnlyList<string>> ListChangedFilesAsync(string one, string other, CancellationToken cancellation)
    {
        var result = await RunAsync(["diff-tree", "-r", "-z", "--name-only", "--no-ext-diff", "--no-renames", one, other], cancellation);
        return result.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The files that a commit changes against the one before it; all of them where there is none.</summary>
    public async Task<IReadOnlyList<string>> ListFilesChangedByAsync(string commit, CancellationToken cancellation)
    {
        var result = await RunAsync(["diff-tree", "-r", "-z", "--root", "--no-commit-id", "--name-only", "--no-ext-diff", "--no-renames", commit], cancellation);
        return result.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Deletes a branch on <c>origin</c> if it still is at a commit: git compares and deletes in one step, which GitHub's REST API cannot.</summary>
    /// <returns>Null where it is deleted, else git's last words: it moved, is gone, or a rule forbids it.</returns>
    public async Task<string?> DeleteRemoteBranchAsync(string branch, string commit, CancellationToken cancellation)
    {
        var name = Heads + RequireSafeName("branch", branch);
        var result = await TryAsync(["push", "--porcelain", $"--force-with-lease={name}:{commit}", "origin", $":{name}"], cancellation);
        return result.Succeeded ? null : Log.Inert(result.Lines.FirstOrDefault(l => l.StartsWith('!')) ?? result.LastWords);
    }

    // For each merge: 0 (conflict) or 1 (clean), the tree, the names of files in conflict, and an empty field at its end (git-merge-tree, --stdin).
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
