using ReleaseActions.Core.Files;
using ReleaseActions.Core.Git;

namespace ReleaseActions.ReleasePrepare;

/// <summary>
/// The files of the checkout on a runner, against a commit. The checkout's own index is not read: it can hide what changed, and git would
/// run itself in the submodules that it lists.
/// </summary>
internal sealed class WorkTree(GitRepository git, WorkspaceReader files)
{
    private const string Submodule = "160000 ";

    // GitHub takes no file of more than 100 MiB, and whoever runs GHES may allow more. git would hash it, whatever its size.
    private const long MostBytesOfFile = 1024 * 1024 * 1024;

    /// <summary>The files of the commit that the checkout lacks or has otherwise.</summary>
    /// <exception cref="ActionException">A file that git would read is not a file (exit 2).</exception>
    public async Task<IReadOnlyList<string>> ListChangedAsync(string commit, CancellationToken cancellation)
    {
        var listing = await git.RunAsync(["ls-tree", "-r", "-z", "--full-tree", commit], cancellation);
        var entries = listing.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Where(e => !e.StartsWith(Submodule, StringComparison.Ordinal)).ToList();
        var paths = entries.Select(e => e[(e.IndexOf('\t', StringComparison.Ordinal) + 1)..]).ToList();
        RequireReadable(paths);
        if (paths.Where(p => files.SizeOfEntry(p) > MostBytesOfFile).ToList() is { Count: > 0 } large) return large;
        var variables = new Dictionary<string, string>
        {
            ["GIT_INDEX_FILE"] = Path.Combine(files.Scratch, "work-tree.index"), ["GIT_WORK_TREE"] = files.Root,
        };
        await git.RunAsync(
            ["update-index", "-z", "--index-info"], cancellation, string.Concat(entries.Select(e => e + '\0')), variables);
        string[] status = ["status", "--porcelain", "-z", "--no-renames", "--untracked-files=no", "--ignore-submodules=all"];
        var result = await git.RunAsync(status, cancellation, variables: variables);
        return [.. result.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(IsOfWorkTree).Select(l => l[3..])];
    }

    // `XY name`: X is about the index, which differs from the branch of our own repository in every file.
    private static bool IsOfWorkTree(string line) => line.Length > 3 && line[1] != ' ';

    // git opens these wherever they are, and would wait at a pipe for ever.
    private void RequireReadable(IEnumerable<string> paths)
    {
        var folders = paths.Select(p => Path.GetDirectoryName(p) ?? "").SelectMany(Above).Distinct();
        foreach (var folder in folders) _ = files.ReadText(Path.Combine(folder, ".gitattributes"));
        _ = files.ReadText(".gitmodules");
    }

    private static IEnumerable<string> Above(string folder)
    {
        for (var at = folder; at.Length > 0; at = Path.GetDirectoryName(at) ?? "") yield return at;
        yield return "";
    }
}
