using ReleaseActions.Core.Git;

namespace ReleaseActions.BranchCleanup;

/// <summary>What many commits have to do with each other, each question answered by one process of git.</summary>
internal static class BranchHistory
{
    // A renamed file is one deleted and one added.
    private static readonly string[] Raw = ["--raw", "-r", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff"];

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

    /// <summary>The commits that branches went through themselves (first parents), without order.</summary>
    /// <param name="git">The repository.</param>
    /// <param name="tips">The branches' tips.</param>
    /// <param name="most">How many commits at most.</param>
    /// <param name="cancellation">Stops git.</param>
    public static async Task<IReadOnlySet<string>> ListLinesAsync(
        this GitRepository git, IReadOnlyList<string> tips, int most, CancellationToken cancellation)
    {
        string[] command = ["log", "--first-parent", "--format=%H", $"--max-count={most}", "--stdin"];
        var result = await git.RunAsync(command, cancellation, string.Concat(tips.Select(t => $"{t}\n")));
        return result.Lines.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>What each of a branch's own commits (first parents) changed, newest first.</summary>
    /// <param name="git">The repository.</param>
    /// <param name="tip">The branch's tip.</param>
    /// <param name="most">How many commits at most.</param>
    /// <param name="cancellation">Stops git.</param>
    public static async Task<IReadOnlyList<IReadOnlyList<FileChange>>> ListChangesAsync(
        this GitRepository git, string tip, int most, CancellationToken cancellation)
    {
        string[] command = ["log", "--first-parent", "--diff-merges=first-parent", .. Raw, "--format=tformat:commit"];
        var result = await git.RunAsync([.. command, $"--max-count={most}", tip, "--"], cancellation);
        var fields = new Queue<string>(result.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries));
        var changes = new List<List<FileChange>>();
        // "commit", then for each file its record (the first one after a line break) and its name.
        while (fields.TryDequeue(out var record))
        {
            if (record.Trim() == "commit") changes.Add([]);
            else if (fields.TryDequeue(out var file)) changes[^1].Add(FileChange.Read(record, file));
        }

        return changes;
    }

    /// <summary>In what trees differ, two by two, in their order.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<FileChange>>> ListDifferencesAsync(
        this GitRepository git, IReadOnlyList<(string From, string To)> trees, CancellationToken cancellation)
    {
        if (trees.Count == 0) return [];
        var headers = trees.Select(t => $"{t.From} {t.To}\n").ToList();
        var result = await git.RunAsync(["diff-tree", "--stdin", .. Raw], cancellation, string.Concat(headers));
        return ReadDifferences(result.Output, headers);
    }

    // One after another: the two trees on a line, then each record and each name with a NUL at its end.
    private static List<IReadOnlyList<FileChange>> ReadDifferences(string output, List<string> headers)
    {
        var (all, at) = (new List<IReadOnlyList<FileChange>>(), 0);
        string Field()
        {
            var end = output.IndexOf('\0', at);
            var field = output[at..end];
            at = end + 1;
            return field;
        }

        foreach (var header in headers)
        {
            if (string.CompareOrdinal(output, at, header, 0, header.Length) == 0) at += header.Length;
            var changes = new List<FileChange>();
            while (at < output.Length && output[at] == ':') changes.Add(FileChange.Read(Field(), Field()));
            all.Add(changes);
        }

        return all;
    }
}

/// <summary>A commit of a graph.</summary>
/// <param name="Commit">40 hex digits.</param>
/// <param name="Tree">Its tree.</param>
/// <param name="Parents">Its parents, first parent first.</param>
internal sealed record GraphCommit(string Commit, string Tree, IReadOnlyList<string> Parents);
