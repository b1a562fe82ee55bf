using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Git;

/// <summary>
/// A commit and a tag made in a repository apart (see <see cref="ApartAsync"/>): nothing of them is in the checkout until the remote has them.
/// </summary>
public sealed partial class GitRepository
{
    /// <summary>A bare repository of its own, whose <c>origin</c> is this one's. It borrows objects where this one has all of them, and fetches them where it is shallow or partial.</summary>
    /// <param name="place">The folder to make, absolute.</param>
    /// <param name="cancellation">Stops git.</param>
    /// <exception cref="ActionException">There is no origin (exit 4).</exception>
    public async Task<GitRepository> DraftAsync(string place, CancellationToken cancellation)
    {
        var isPartial = (await TryAsync(["config", "--get", "extensions.partialClone"], cancellation)).Succeeded;
        var apart = isPartial || await IsShallowAsync(cancellation) ? await EmptyAsync(place, cancellation) : await ApartAsync(place, cancellation);
        var fetched = (await RunAsync(["remote", "get-url", "origin"], cancellation)).Output.Trim();
        var pushed = (await RunAsync(["remote", "get-url", "--push", "origin"], cancellation)).Output.Trim();
        await apart.SetOriginAsync(await AbsoluteAsync(fetched, cancellation), cancellation);
        if (pushed != fetched) await apart.RunAsync(["config", "remote.origin.pushurl", await AbsoluteAsync(pushed, cancellation)], cancellation);
        return apart;
    }

    /// <summary>The files of a commit among those named: each with its mode and its object. Names are taken as they are, relative to the top.</summary>
    public async Task<IReadOnlyList<TreeFile>> ListFilesAsync(string commit, IReadOnlyList<string> paths, CancellationToken cancellation)
    {
        if (paths.Count == 0) return [];
        var result = await RunAsync(["ls-tree", "-z", "--full-tree", commit, "--", .. paths], cancellation);
        return [.. result.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t', 2)).Select(f => (Head: f[0].Split(' '), Path: f[1]))
            .Select(f => new TreeFile(f.Path, f.Head[0], f.Head[2]))];
    }

    /// <summary>The bytes of a file's object; only in a repository apart, for git writes them into its folder first.</summary>
    public async Task<byte[]> ReadBlobAsync(string blob, CancellationToken cancellation)
    {
        var file = Path.Combine(folder!, (await RunAsync(["unpack-file", blob], cancellation)).Output.Trim());
        var bytes = await File.ReadAllBytesAsync(file, cancellation);
        File.Delete(file);
        return bytes;
    }

    /// <summary>Makes a commit that differs from another one in some files; no ref leads to it.</summary>
    /// <param name="draft">What it holds.</param>
    /// <param name="cancellation">Stops git.</param>
    /// <returns>The commit, 40 hex digits.</returns>
    public async Task<string> CommitDraftAsync(CommitDraft draft, CancellationToken cancellation)
    {
        await RunAsync(["read-tree", draft.Base], cancellation);
        var entries = new List<string>();
        foreach (var (path, mode, text) in draft.Files)
        {
            var blob = (await RunAsync(["hash-object", "-w", "--no-filters", "--stdin"], cancellation, text)).Output.Trim();
            entries.Add($"{mode} {blob}\t{path}\0");
        }

        await RunAsync(["update-index", "-z", "--index-info"], cancellation, string.Concat(entries));
        var tree = (await RunAsync(["write-tree"], cancellation)).Output.Trim();
        string[] parents = [.. draft.Parents.SelectMany(p => (string[])["-p", p])];
        return (await RunAsync(["commit-tree", .. parents, "-F", "-", tree], cancellation, draft.Message + "\n", draft.By.Variables)).Output.Trim();
    }

    /// <summary>Makes an annotated tag whose message stays as it is.</summary>
    /// <returns>The tag's own object, 40 hex digits.</returns>
    public async Task<string> TagDraftAsync(string name, string commit, string message, Signature by, CancellationToken cancellation)
    {
        await RunAsync(["tag", "--annotate", "--cleanup=verbatim", "--file=-", "--end-of-options", RequireSafeName("tag", name), commit], cancellation, message + "\n", by.Variables);
        return (await RunAsync(["rev-parse", "--verify", "--end-of-options", $"refs/tags/{name}"], cancellation)).Output.Trim();
    }

    /// <summary>What differs between two commits, as a patch.</summary>
    public async Task<string> DiffAsync(string from, string to, CancellationToken cancellation) =>
        (await RunAsync(["diff", "--no-ext-diff", "--no-textconv", "--no-renames", "--no-color", from, to, "--"], cancellation)).Output;

    /// <summary>Changes refs on <c>origin</c>, all of them or none, and only where each still is what it was.</summary>
    /// <returns>Null where it is done, else what git and the remote said.</returns>
    public async Task<string?> PushAsync(IReadOnlyList<RefChange> changes, CancellationToken cancellation)
    {
        var result = await TryAsync(PushArguments(changes), cancellation);
        if (result.Succeeded) return null;
        var remote = result.Error.Split('\n').Where(l => l.StartsWith("remote: ", StringComparison.Ordinal)).Select(l => l["remote: ".Length..].Trim()).Where(l => l.Length > 0).Take(5);
        var refused = result.Lines.Where(l => l.StartsWith('!')).Select(l => l.Replace('\t', ' ')).Take(3);
        string[] words = [.. refused, .. remote];
        return PlainText.Inert(words.Length > 0 ? string.Join("; ", words) : LastWords(result));
    }

    /// <summary>The push as it is run, for those who want to see it.</summary>
    public static IReadOnlyList<string> PushArguments(IReadOnlyList<RefChange> changes) =>
        ["push", "--atomic", "--porcelain", .. changes.Select(c => $"--force-with-lease={c.Name}:{c.From}"), "origin", .. changes.Select(c => $"{c.To}:{c.Name}")];

    /// <summary>Brings what was made apart into this repository: objects, the tag and the remote branch, all or none.</summary>
    /// <param name="apart">Where it was made.</param>
    /// <param name="file">Where the objects travel through, absolute.</param>
    /// <param name="changes">What was pushed.</param>
    /// <param name="known">A commit that this repository has.</param>
    /// <param name="cancellation">Stops git.</param>
    public async Task TakeOverAsync(GitRepository apart, string file, IReadOnlyList<RefChange> changes, string known, CancellationToken cancellation)
    {
        foreach (var change in changes) await apart.RunAsync(["update-ref", change.Name, change.To], cancellation);
        // Not from its folder: git would start the other side through a shell, which the image does not have.
        await apart.RunAsync(["bundle", "create", "--quiet", file, .. changes.Select(c => c.Name), $"^{known}"], cancellation);
        var refs = changes.Select(c => c.Name.StartsWith(Heads, StringComparison.Ordinal) ? $"+{c.Name}:refs/remotes/origin/{c.Name[Heads.Length..]}" : $"{c.Name}:{c.Name}");
        await RunAsync(["fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head", "--atomic", "--end-of-options", file, .. refs], cancellation);
    }

    private async Task<GitRepository> EmptyAsync(string place, CancellationToken cancellation)
    {
        Directory.CreateDirectory(place);
        var own = In(place);
        await own.RunAsync(["init", "--quiet", "--bare", "--template="], cancellation);
        return own;
    }

    // `../shop.git` is meant from the top of the checkout.
    private async Task<string> AbsoluteAsync(string address, CancellationToken cancellation)
    {
        var isElsewhere = address.Contains("://", StringComparison.Ordinal) || Path.IsPathRooted(address) || address.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && !address[..colon].Contains('/', StringComparison.Ordinal);
        return isElsewhere ? address : Path.GetFullPath(address, await FindTopAsync(cancellation) ?? "/");
    }
}

/// <summary>A file of a commit.</summary>
/// <param name="Path">Relative to the top.</param>
/// <param name="Mode">Git's mode, such as <c>100644</c>.</param>
/// <param name="Blob">The object that holds its bytes.</param>
public sealed record TreeFile(string Path, string Mode, string Blob)
{
    /// <summary>Whether it is a file, and no link, folder or submodule.</summary>
    public bool IsRegular => Mode is "100644" or "100755";
}

/// <summary>A commit to be made.</summary>
/// <param name="Base">The commit whose files it has, but for those that change.</param>
/// <param name="Parents">The commits before it.</param>
/// <param name="Files">What changes: path, mode and whole text.</param>
/// <param name="Message">Its message.</param>
/// <param name="By">Who makes it, and when.</param>
public sealed record CommitDraft(string Base, IReadOnlyList<string> Parents, IReadOnlyList<(string Path, string Mode, string Text)> Files, string Message, Signature By);

/// <summary>One ref of <c>origin</c> that changes.</summary>
/// <param name="Name">The full name.</param>
/// <param name="From">What it is now; empty where it must not be there.</param>
/// <param name="To">What it becomes.</param>
public sealed record RefChange(string Name, string From, string To);

/// <summary>Who makes a commit or a tag, and when.</summary>
/// <param name="Name">A person's name.</param>
/// <param name="Email">Their address.</param>
/// <param name="When">The moment.</param>
public sealed record Signature(string Name, string Email, DateTimeOffset When)
{
    internal IReadOnlyDictionary<string, string> Variables
    {
        get
        {
            var date = $"{When.ToUnixTimeSeconds()} +0000";
            return new Dictionary<string, string>
            {
                ["GIT_AUTHOR_NAME"] = Name, ["GIT_AUTHOR_EMAIL"] = Email, ["GIT_AUTHOR_DATE"] = date, ["GIT_COMMITTER_NAME"] = Name, ["GIT_COMMITTER_EMAIL"] = Email, ["GIT_COMMITTER_DATE"] = date,
            };
        }
    }
}
