using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Git;

/// <summary>What is brought here from the remote.</summary>
public sealed partial class GitRepository
{
    /// <summary>Fetches refs or commits, each with its history. On a laptop the checkout's own refs stay what they are.</summary>
    /// <param name="scope">What will be asked of the history.</param>
    /// <param name="wanted">Full names of refs, or ids, each with the id that the remote listed.</param>
    /// <param name="cancellation">Stops git.</param>
    /// <exception cref="ActionException">
    /// git failed, with its own reason; or a ref has moved to where its listed id is gone (exit 4).
    /// </exception>
    public async Task FetchAsync(FetchScope scope, IEnumerable<KeyValuePair<string, string>> wanted, CancellationToken cancellation)
    {
        // What is here with less of it would not be sent again.
        var isAgain = Own?.Fetched < scope;
        if (Own is { Fetched: { } most } && most > scope) scope = most;
        var list = wanted.DistinctBy(w => w.Key).Where(w => isAgain || Own?.Ids.Contains(w.Value) != true).ToList();
        if (list.Count == 0) return;
        string[] selection = Own is not null ? [FilterOf(scope), .. isAgain ? ["--refetch"] : (string[])[]]
            : await IsShallowAsync(cancellation) ? ["--unshallow"] : [];
        string[] options = ["--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head", .. selection];
        var refspecs = string.Concat(list.Select(w => RefspecOf(w.Key) + "\n"));
        await RunAsync(["fetch", .. options, "--stdin", "--end-of-options", Remote], cancellation, refspecs);
        await RequireFetchedAsync(list, cancellation);
        Own?.Note(scope, list.Select(w => w.Value));
    }

    /// <summary>Fetches the content of files, by their ids. On a laptop it is here, or git fetches it by itself.</summary>
    /// <exception cref="ActionException">git failed, with its own reason (exit 4).</exception>
    public async Task FetchContentAsync(IEnumerable<string> ids, CancellationToken cancellation)
    {
        var list = ids.Distinct().Where(id => Own?.Ids.Contains(id) == false).Select(id => KeyValuePair.Create(id, id)).ToList();
        if (list.Count == 0 || Own!.Fetched == FetchScope.Files) return;
        // Not a word of what is here: the server would take the files of these commits for here too, and not send them.
        string[] selection = ["--refetch", FilterOf(FetchScope.Paths)];
        string[] options = ["--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head", .. selection];
        var refspecs = string.Concat(list.Select(w => RefspecOf(w.Key) + "\n"));
        await RunAsync(["fetch", .. options, "--stdin", "--end-of-options", Remote], cancellation, refspecs);
        await RequireFetchedAsync(list, cancellation);
        Own.Ids.UnionWith(list.Select(w => w.Value));
    }

    /// <summary>The text of one object, a commit or a tag, without its history.</summary>
    /// <param name="type"><c>commit</c> or <c>tag</c>.</param>
    /// <param name="wanted">The full name of a ref, or the id.</param>
    /// <param name="id">The object's id.</param>
    /// <param name="cancellation">Stops git.</param>
    /// <exception cref="ActionException">The remote does not have it, or is not reached (exit 4).</exception>
    public async Task<string> ReadObjectAsync(string type, string wanted, string id, CancellationToken cancellation)
    {
        var there = Own is null ? await TryAsync(["cat-file", type, id], cancellation) : null;
        if (there is { Succeeded: true }) return there.Output;
        // In a repository of its own: there history ends at this object, and nothing else may be asked of it.
        var alone = Own is null ? this : new GitRepository(_commands, _runner, _token, _files, _network)
        {
            Own = new OwnRepository($"alone-{id}", _runner, _token, _files, _network),
        };
        string[] selection = Own is null ? [] : ["--depth=1", FilterOf(FetchScope.Commits)];
        string[] options = ["--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head", .. selection];
        await alone.RunAsync(["fetch", .. options, "--end-of-options", Remote, wanted], cancellation);
        return (await alone.RunAsync(["cat-file", type, id], cancellation)).Output;
    }

    private static string FilterOf(FetchScope scope) => scope switch
    {
        FetchScope.Commits => "--filter=tree:0",
        FetchScope.Paths => "--filter=blob:none",
        // The first filter of a repository would apply to every later fetch.
        _ => "--no-filter",
    };

    // With a name here, a later fetch need not bring it again.
    private string RefspecOf(string wanted)
    {
        var name = wanted.StartsWith("refs/", StringComparison.Ordinal) ? wanted["refs/".Length..] : $"ids/{wanted}";
        return IsApart ? $"+{wanted}:refs/own/{name}" : wanted;
    }

    private async Task RequireFetchedAsync(IReadOnlyList<KeyValuePair<string, string>> wanted, CancellationToken cancellation)
    {
        var missing = await ListMissingAsync(wanted.Select(w => w.Value), cancellation);
        if (wanted.FirstOrDefault(w => missing.Contains(w.Value)) is { Key: { } name } gone)
        {
            var what = PlainText.Inert(name);
            throw ActionException.Remote(
                $"The remote listed {what} at {gone.Value[..12]} and did not send it: it was moved meanwhile", "Run it again");
        }

        if (await IsShallowAsync(cancellation))
            throw ActionException.Remote(
                "The remote sent a history that is cut off", "Check what stands between the runner and the server");
    }

    private async Task<IReadOnlySet<string>> ListMissingAsync(IEnumerable<string> ids, CancellationToken cancellation)
    {
        string[] check = ["cat-file", "--batch-check=%(objectname)"];
        var list = ids.ToList();
        var result = await TryAsync(check, cancellation, string.Concat(list.Select(id => $"{id}\n")));
        // Where some objects were left out by a filter, older versions of git end at the first that is missing, and name it.
        var missing = result.Lines.Where(l => l.EndsWith(" missing", StringComparison.Ordinal)).Select(l => l.Split(' ')[0])
            .Concat(result.Succeeded ? [] : list.Where(id => result.Error.Contains(id, StringComparison.Ordinal))).ToHashSet();
        if (missing.Count == 0) GitFailure.Require(check, result);
        return missing;
    }

    // By its file where the repository is this program's own: that is there or it is not.
    private async Task<bool> IsShallowAsync(CancellationToken cancellation) => Own is not null
        ? File.Exists(Path.Combine(Own.Folder, "shallow"))
        : (await RunAsync(["rev-parse", "--is-shallow-repository"], cancellation)).Output.Trim() == "true";
}
