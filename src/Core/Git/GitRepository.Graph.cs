namespace ReleaseActions.Core.Git;

/// <summary>Differences of many trees, by one process of git.</summary>
public sealed partial class GitRepository
{
    /// <summary>The files that differ between two trees, for each of several pairs, in their order, all by one process.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<string>>> ListChangedFilesAsync(
        IReadOnlyList<(string From, string To)> trees, CancellationToken cancellation)
    {
        var headers = trees.Select(t => $"{t.From} {t.To}\n").ToList();
        var result = await RunAsync(["diff-tree", "--stdin", "-r", "-z", "--name-only", "--no-ext-diff", "--no-renames"], cancellation,
            string.Concat(headers));
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
