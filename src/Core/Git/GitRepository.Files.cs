using System.Text;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Core.Git;

/// <summary>Files of commits, read and changed without a work tree.</summary>
public sealed partial class GitRepository
{
    /// <summary>A file of a branch as it is on <c>origin</c> now, and the commit it was read from.</summary>
    /// <exception cref="ActionException">The branch cannot be fetched (exit 4), or the file is no text in UTF-8 that could be written again as it is (exit 2).</exception>
    public async Task<RemoteFile> ReadRemoteFileAsync(string branch, string path, CancellationToken cancellation)
    {
        RefName.Require("branch", branch);
        if (!await FetchAsync([$"+refs/heads/{branch}:refs/remotes/origin/{branch}"], cancellation) || await FindCommitAsync($"refs/remotes/origin/{branch}", cancellation) is not { } commit)
            throw ActionException.Remote($"The branch '{branch}' could not be fetched from origin", "See that it is there; the job's token needs `contents: read`");
        var read = await TryAsync(["cat-file", "blob", $"{commit}:{path}"], cancellation);
        if (!read.Succeeded)
        {
            if (await BringBlobAsync(commit, path, cancellation) is not { } blob) return new RemoteFile(branch, path, commit, null);
            read = await RunAsync(["cat-file", "blob", blob], cancellation);
        }

        var (written, there) = (await RunAsync(["hash-object", "--stdin"], cancellation, read.Output), await RunAsync(["rev-parse", "--verify", "--end-of-options", $"{commit}:{path}"], cancellation));
        if (written.Output == there.Output) return new RemoteFile(branch, path, commit, read.Output);
        throw ActionException.BadInput($"The file '{PlainText.Inert(path)}' is no text in UTF-8 without a byte order mark", "Save it as UTF-8, so that the rest of it can stay as it is");
    }

    /// <summary>Commits a new text of a file on top of the commit that it was read from, and pushes it if the branch is still there: git compares and moves in one step.</summary>
    /// <returns>Null where it is done, else git's last words: the branch moved on, or a rule forbids it.</returns>
    public async Task<string?> PushFileAsync(RemoteFile file, string text, string message, CancellationToken cancellation)
    {
        var id = (await RunAsync(["hash-object", "-w", "--stdin"], cancellation, text)).Output.Trim();
        for (var path = file.Path; path.Length > 0;)
        {
            var cut = path.LastIndexOf('/');
            id = await TreeWithAsync($"{file.Commit}:{(cut < 0 ? "" : path[..cut])}", path[(cut + 1)..], id, cancellation);
            path = cut < 0 ? "" : path[..cut];
        }

        // The identity under which GitHub shows what its workflows commit.
        string[] identity = ["-c", "user.name=github-actions[bot]", "-c", "user.email=41898282+github-actions[bot]@users.noreply.github.com"];
        var commit = (await RunAsync([.. identity, "commit-tree", id, "-p", file.Commit, "-m", message], cancellation)).Output.Trim();
        var name = Heads + RefName.Require("branch", file.Branch);
        var result = await TryAsync(["push", "--porcelain", $"--force-with-lease={name}:{file.Commit}", "origin", $"{commit}:{name}"], cancellation);
        return result.Succeeded ? null : PlainText.Inert(result.Lines.FirstOrDefault(l => l.StartsWith('!')) ?? result.LastWords);
    }

    /// <summary>Walks from a commit to a file of it. A partial clone (`--filter`) may have neither the file nor the trees on the way: what is missing is fetched.</summary>
    /// <returns>The file's object, which is there now; null where the commit has no such file.</returns>
    private async Task<string?> BringBlobAsync(string commit, string path, CancellationToken cancellation)
    {
        // A commit's first line: tree SPACE number.
        var (id, type) = ((await RunAsync(["cat-file", "commit", commit], cancellation)).Lines.First()["tree ".Length..], "tree");
        foreach (var name in path.Split('/'))
        {
            if (type != "tree") return null;
            await BringObjectAsync(id, path, cancellation);
            var listing = (await RunAsync(["ls-tree", "-z", "--full-tree", id], cancellation, encoding: Encoding.Latin1)).Output;
            var entry = listing.Split('\0').Select(e => e.Split('\t', 2)).FirstOrDefault(e => e.Length == 2 && e[1] == Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(name)));
            if (entry?[0].Split(' ') is not [_, var kind, var found]) return null;
            (id, type) = (found, kind);
        }

        if (type != "blob") return null;
        await BringObjectAsync(id, path, cancellation);
        return id;
    }

    // By its number, which git fetches whatever the clone's filter leaves out; git itself would ask any remote that .git/config names.
    private async Task BringObjectAsync(string id, string path, CancellationToken cancellation)
    {
        if ((await TryAsync(["cat-file", "-e", id], cancellation)).Succeeded) return;
        var result = await TryAsync(["fetch", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head", "--quiet", "--filter=blob:none", "--end-of-options", "origin", id], cancellation);
        if (!result.Succeeded || !(await TryAsync(["cat-file", "-e", id], cancellation)).Succeeded)
            throw ActionException.Remote($"'{PlainText.Inert(path)}' is not in this partial clone, and could not be fetched from origin: {PlainText.Inert(result.LastWords)}", "Check out without `filter`, or see why origin does not send it");
    }

    // `mode type id TAB name`, each ended by NUL, as ls-tree writes them and mktree takes them. A name is any bytes: Latin 1 has a character
    // for each, so that what is no UTF-8 comes through. A partial clone does not have all that the tree names.
    private async Task<string> TreeWithAsync(string tree, string name, string id, CancellationToken cancellation)
    {
        var listing = (await RunAsync(["ls-tree", "-z", "--full-tree", tree], cancellation, encoding: Encoding.Latin1)).Output;
        var entries = listing.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(e => e.Split('\t', 2)).ToList();
        var entry = entries.Find(e => e[1] == Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(name)))
            ?? throw ActionException.Remote($"git lists no '{PlainText.Inert(name)}' in {PlainText.Inert(tree)}, which it just read", "Run it again; this change of the file was not pushed");
        entry[0] = $"{entry[0][..entry[0].LastIndexOf(' ')]} {id}";
        return (await RunAsync(["mktree", "--missing", "-z"], cancellation, string.Concat(entries.Select(e => $"{e[0]}\t{e[1]}\0")), encoding: Encoding.Latin1)).Output.Trim();
    }
}

/// <summary>A file of a branch on a remote.</summary>
/// <param name="Branch">The branch.</param>
/// <param name="Path">Where the file lies, from the repository's root.</param>
/// <param name="Commit">The branch's tip when it was read.</param>
/// <param name="Text">The text, or null where there is no such file.</param>
public sealed record RemoteFile(string Branch, string Path, string Commit, string? Text);
