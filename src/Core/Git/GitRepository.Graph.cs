namespace ReleaseActions.Core.Git;

/// <summary>What many commits have to do with each other, each question answered by one process of git.</summary>
public sealed partial class GitRepository
{
    /// <summary>Every commit that tips reach and another does not, children before their parents: one process, however many tips there are.</summary>
    /// <param name="tips">Commits.</param>
    /// <param name="without">A commit; it and what it reaches are left out. Null leaves nothing out.</param>
    /// <param name="cancellation">Stops git.</param>
    public async Task<IReadOnlyList<GraphCommit>> ListGraphAsync(IReadOnlyList<string> tips, string? without, CancellationToken cancellation)
    {
        var input = string.Concat(tips.Select(t => $"{t}\n")) + (without is null ? "" : $"^{without}\n");
        var result = await RunAsync(["log", "--topo-order", "--format=%H %T %P", "--stdin"], cancellation, input);
        return [.. result.Lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(f => new GraphCommit(f[0], f[1], f[2..]))];
    }

    /// <summary>What the commits that a branch went through itself (first parents) changed, newest first. A renamed file is one deleted and one added.</summary>
    /// <param name="tip">The branch's tip.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellation">Stops git.</param>
    public async Task<IReadOnlyList<CommitChanges>> ListChangesAsync(string tip, int most, CancellationToken cancellation)
    {
        var result = await RunAsync(["log", "--first-parent", "--diff-merges=first-parent", "--name-status", "-z", "--no-renames", "--no-ext-diff", "--format=tformat:commit", $"--max-count={most}", tip, "--"], cancellation);
        var fields = new Queue<string>(result.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries));
        var changes = new List<CommitChanges>();
        // "commit", then for each file its status (the first one after a line break) and its name.
        while (fields.TryDequeue(out var status))
        {
            if (status.Trim() == "commit") changes.Add(new CommitChanges([]));
            else if (fields.TryDequeue(out var file)) changes[^1].Files.Add((status.Trim()[0], file));
        }

        return changes;
    }

    /// <summary>The files that differ between two trees, for each of several pairs, in their order, all by one process.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<string>>> ListChangedFilesAsync(IReadOnlyList<(string From, string To)> trees, CancellationToken cancellation)
    {
        var headers = trees.Select(t => $"{t.From} {t.To}\n").ToList();
        var result = await RunAsync(["diff-tree", "--stdin", "-r", "-z", "--name-only", "--no-ext-diff", "--no-renames"], cancellation, string.Concat(headers));
        return ReadChangedFiles(result.Output, headers);
    }

    // One after another: the two trees on a line, then each name with a NUL at its end.
    private static List<IReadOnlyList<string>> ReadChangedFiles(string output, List<string> headers)
    {
        var all = new List<IReadOnlyList<string>>();
        var at = 0;
        bool Begins(int pair) => pair < headers.Count && string.CompareOrdinal(output, at, headers[pair], 0, headers[pair].Length) == 0;
        for (var pair = 0; pair < headers.Count; pair++)
        {
            var files = new List<string>();
            if (Begins(pair)) at += headers[pair].Length;
            for (int end; !Begins(pair + 1) && (end = output.IndexOf('\0', at)) >= 0; at = end + 1) files.Add(output[at..end]);
            all.Add(files);
        }

        return all;
    }
}

/// <summary>A commit of a graph.</summary>
/// <param name="Commit">40 hex digits.</param>
/// <param name="Tree">Its tree.</param>
/// <param name="Parents">Its parents, first parent first.</param>
public sealed record GraphCommit(string Commit, string Tree, IReadOnlyList<string> Parents);

/// <summary>What a commit changed, seen from its first parent.</summary>
/// <param name="Files">Each file with git's letter: A added, D deleted, M or T changed.</param>
public sealed record CommitChanges(List<(char Status, string Name)> Files);
