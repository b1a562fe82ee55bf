using ReleaseActions.Core.Git;

namespace ReleaseActions.BranchCleanup;

/// <summary>What many commits have to do with each other, each question answered by one process of git.</summary>
internal static class BranchHistory
{
    /// <summary>Every commit that the tips reach and another does not, children before their parents.</summary>
    /// <param name="git">The repository.</param>
    /// <param name="tips">Commits.</param>
    /// <param name="without">A commit; it and what it reaches are left out. Null leaves nothing out.</param>
    /// <param name="cancellation">Stops git.</param>
    public static async Task<IReadOnlyList<GraphCommit>> ListGraphAsync(
        this GitRepository git, IReadOnlyList<string> tips, string? without, CancellationToken cancellation)
    {
        var input = string.Concat(tips.Select(t => $"{t}\n")) + (without is null ? "" : $"^{without}\n");
        var result = await git.RunAsync(["log", "--topo-order", "--format=%H %T %P", "--stdin"], cancellation, input);
        var commits = result.Lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return [.. commits.Select(f => new GraphCommit(f[0], f[1], f[2..]))];
    }

    /// <summary>The files that each of a branch's own commits (first parents) changed, newest first.</summary>
    /// <remarks>A renamed file is one deleted and one added.</remarks>
    /// <param name="git">The repository.</param>
    /// <param name="tip">The branch's tip.</param>
    /// <param name="most">How many commits at most.</param>
    /// <param name="cancellation">Stops git.</param>
    /// <returns>Each file with git's letter: A added, D deleted, M or T changed.</returns>
    public static async Task<IReadOnlyList<IReadOnlyList<(char Status, string Name)>>> ListChangesAsync(
        this GitRepository git, string tip, int most, CancellationToken cancellation)
    {
        string[] names = ["--name-status", "-z", "--no-renames", "--no-ext-diff", "--format=tformat:commit"];
        string[] command = ["log", "--first-parent", "--diff-merges=first-parent", .. names, $"--max-count={most}", tip, "--"];
        var result = await git.RunAsync(command, cancellation);
        var fields = new Queue<string>(result.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries));
        var changes = new List<List<(char, string)>>();
        // "commit", then for each file its status (the first one after a line break) and its name.
        while (fields.TryDequeue(out var status))
        {
            if (status.Trim() == "commit") changes.Add([]);
            else if (fields.TryDequeue(out var file)) changes[^1].Add((status.Trim()[0], file));
        }

        return changes;
    }
}

/// <summary>A commit of a graph.</summary>
/// <param name="Commit">40 hex digits.</param>
/// <param name="Tree">Its tree.</param>
/// <param name="Parents">Its parents, first parent first.</param>
internal sealed record GraphCommit(string Commit, string Tree, IReadOnlyList<string> Parents);
