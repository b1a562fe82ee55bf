using ReleaseActions.Core.Running;

namespace ReleaseActions.Core.Edges;

/// <summary>Files of commits, read and changed without a work tree.</summary>
public sealed partial class Git
{
    /// <summary>A file of a branch as it is on <c>origin</c> now, and the commit it was read from.</summary>
    /// <exception cref="ActionException">The branch cannot be fetched (exit 4), or the file is no text in UTF-8 that could be written again as it is (exit 2).</exception>
    public async Task<RemoteFile> ReadRemoteFileAsync(string branch, string path, CancellationToken cancellation)
    {
        RequireSafeName("branch", branch);
        if (!await FetchAsync([$"+refs/heads/{branch}:refs/remotes/origin/{branch}"], cancellation) || await FindCommitAsync($"refs/remotes/origin/{branch}", cancellation) is not { } commit)
            throw ActionException.Remote($"The branch '{branch}' could not be fetched from origin", "See that it is there; the job's token needs `contents: read`");
        var read = await TryAsync(["cat-file", "blob", $"{commit}:{path}"], cancellation);
        if (!read.Succeeded) return new RemoteFile(branch, path, commit, null);
        var (written, there) = (await RunAsync(["hash-object", "--stdin"], cancellation, read.Output), await RunAsync(["rev-parse", "--verify", "--end-of-options", $"{commit}:{path}"], cancellation));
        if (written.Output == there.Output) return new RemoteFile(branch, path, commit, read.Output);
        throw ActionException.BadInput($"The file '{Log.Inert(path)}' is no text in UTF-8 without a byte order mark", "Save it as UTF-8, so that the rest of it can stay as it is");
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
        var name = Heads + RequireSafeName("branch", file.Branch);
        var result = await TryAsync(["push", "--porcelain", $"--force-with-lease={name}:{file.Commit}", "origin", $"{commit}:{name}"], cancellation);
        return result.Succeeded ? null : Log.Inert(result.Lines.FirstOrDefault(l => l.StartsWith('!')) ?? result.LastWords);
    }

    // `mode type id TAB name`, each ended by NUL, as ls-tree writes them and mktree takes them.
    private async Task<string> TreeWithAsync(string tree, string name, string id, CancellationToken cancellation)
    {
        var listing = (await RunAsync(["ls-tree", "-z", tree], cancellation)).Output;
        // What is no UTF-8 was read as this character, and would be written as another name.
        if (listing.Contains('\ufffd', StringComparison.Ordinal)) throw ActionException.BadInput($"A file beside '{Log.Inert(name)}' has a name that is no UTF-8", "Move one of the two into a folder of its own");
        var entries = listing.Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(e => e.Split('\t', 2)).Select(e => e[1] == name ? $"{e[0][..e[0].LastIndexOf(' ')]} {id}\t{name}\0" : $"{e[0]}\t{e[1]}\0");
        return (await RunAsync(["mktree", "-z"], cancellation, string.Concat(entries))).Output.Trim();
    }
}

/// <summary>A file of a branch on a remote.</summary>
/// <param name="Branch">The branch.</param>
/// <param name="Path">Where the file lies, from the repository's root.</param>
/// <param name="Commit">The branch's tip when it was read.</param>
/// <param name="Text">The text, or null where there is no such file.</param>
public sealed record RemoteFile(string Branch, string Path, string Commit, string? Text);
