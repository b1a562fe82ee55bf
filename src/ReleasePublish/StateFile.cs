using System.Text;
using ReleaseActions.Core;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePublish;

/// <summary>A file of a branch on <c>origin</c>, read and changed without a work tree.</summary>
/// <param name="Branch">The branch.</param>
/// <param name="Path">The path from the repository's root.</param>
/// <param name="Commit">The branch's tip when it was read.</param>
/// <param name="Text">The text, or null where there is no such file.</param>
internal sealed record StateFile(string Branch, string Path, string Commit, string? Text)
{
    // The identity under which GitHub shows what its workflows commit.
    private static readonly IReadOnlyList<string> Identity =
    [
        "-c", "user.name=github-actions[bot]", "-c", "user.email=41898282+github-actions[bot]@users.noreply.github.com",
    ];

    /// <summary>Reads it from the tip that the branch has on <c>origin</c> now.</summary>
    /// <exception cref="ActionException">
    /// The branch cannot be fetched (exit 4), or the file is no text in UTF-8 that could be written again unchanged (exit 2).
    /// </exception>
    public static async Task<StateFile> ReadAsync(GitRepository git, string branch, string path, CancellationToken cancellation)
    {
        if (!(await git.ListRemoteBranchesAsync(cancellation)).TryGetValue(RefName.Require("branch", branch), out var commit))
            throw ActionException.Remote(
                $"There is no branch '{branch}' on origin, where the state file is", "Push it, or name another with `state.branch`");
        var wanted = new Dictionary<string, string> { [$"refs/heads/{branch}"] = commit };
        await git.FetchAsync(FetchScope.Paths, wanted, cancellation);
        if (await FindBlobAsync(git, commit, path, cancellation) is not { } blob) return new StateFile(branch, path, commit, null);
        await git.FetchContentAsync([blob], cancellation);
        var read = await git.RunAsync(["cat-file", "blob", blob], cancellation);
        var written = await git.RunAsync(["hash-object", "--stdin"], cancellation, read.Output);
        // A byte order mark is a character to YamlDotNet, which then reads another first key.
        var isPlain = written.Output.Trim() == blob && !read.Output.StartsWith('\uFEFF');
        if (isPlain) return new StateFile(branch, path, commit, read.Output);
        throw ActionException.BadInput(
            $"The file '{PlainText.Inert(path)}' is no text in UTF-8 without a byte order mark",
            "Save it as UTF-8, so that the rest of it can stay unchanged");
    }

    /// <summary>
    /// Commits a new text on top of the commit that the file was read from, and pushes it if the branch is still there: git compares and
    /// moves in one step.
    /// </summary>
    /// <returns>What became of the branch: done, moved on, or a rule forbids it.</returns>
    public async Task<PushedRef> PushAsync(string text, string message, GitWriter git, CancellationToken cancellation)
    {
        var id = (await git.RunAsync(["hash-object", "-w", "--stdin"], cancellation, text)).Output.Trim();
        for (var path = Path; path.Length > 0;)
        {
            var cut = path.LastIndexOf('/');
            id = await TreeWithAsync(git, $"{Commit}:{(cut < 0 ? "" : path[..cut])}", path[(cut + 1)..], id, cancellation);
            path = cut < 0 ? "" : path[..cut];
        }

        var commit = (await git.RunAsync([.. Identity, "commit-tree", id, "-p", Commit, "-m", message], cancellation)).Output.Trim();
        var name = $"refs/heads/{RefName.Require("branch", Branch)}";
        return (await git.PushAsync([(name, Commit, commit)], isAtomic: true, cancellation))[0];
    }

    // By walking: git would take `commit:path` for a pattern, and an error's text would say whether there is such a file.
    private static async Task<string?> FindBlobAsync(GitRepository git, string commit, string path, CancellationToken cancellation)
    {
        var (id, type) = (commit, "tree");
        foreach (var name in path.Split('/'))
        {
            if (type != "tree") return null;
            var entry = (await ReadTreeAsync(git, id, cancellation)).Find(e => e[1] == AsBytes(name));
            if (entry?[0].Split(' ') is not [_, var kind, var found]) return null;
            (id, type) = (found, kind);
        }

        return type == "blob" ? id : null;
    }

    // The files that the tree names are not here.
    private static async Task<string> TreeWithAsync(GitWriter git, string tree, string name, string id, CancellationToken cancellation)
    {
        var entries = await ReadTreeAsync(git.Repository, tree, cancellation);
        var entry = entries.Find(e => e[1] == AsBytes(name)) ?? throw ActionException.Remote(
            $"git lists no '{PlainText.Inert(name)}' in {PlainText.Inert(tree)}, which it just read",
            "Run it again; this change of the file was not pushed");
        entry[0] = $"{entry[0][..entry[0].LastIndexOf(' ')]} {id}";
        var listing = string.Concat(entries.Select(e => $"{e[0]}\t{e[1]}\0"));
        return (await git.RunAsync(["mktree", "--missing", "-z"], cancellation, listing, encoding: Encoding.Latin1)).Output.Trim();
    }

    // `mode type id TAB name`, each ended by NUL, as ls-tree writes them and mktree takes them. A name is any bytes: Latin 1 has a
    // character for each, so that what is not UTF-8 comes through.
    private static async Task<List<string[]>> ReadTreeAsync(GitRepository git, string tree, CancellationToken cancellation)
    {
        var listing = (await git.RunAsync(["ls-tree", "-z", "--full-tree", tree], cancellation, encoding: Encoding.Latin1)).Output;
        return [.. listing.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(e => e.Split('\t', 2)).Where(e => e.Length == 2)];
    }

    private static string AsBytes(string name) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(name));
}
