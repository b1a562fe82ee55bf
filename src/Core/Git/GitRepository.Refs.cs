using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Git;

/// <summary>Tags, branches and commits.</summary>
public sealed partial class GitRepository
{
    /// <summary>The commit that a ref or a revision names, 40 hex digits, or null where there is none.</summary>
    /// <param name="revision">Such as <c>refs/tags/v1.2.3</c>, <c>HEAD</c> or a commit; a leading dash is refused by git itself.</param>
    /// <param name="cancellation">Stops git.</param>
    public async Task<string?> FindCommitAsync(string revision, CancellationToken cancellation)
    {
        var result = await TryAsync(["rev-parse", "--verify", "--quiet", "--end-of-options", $"{revision}^{{commit}}"], cancellation);
        return result.Succeeded ? result.Output.Trim() : null;
    }

    /// <summary>
    /// The commit of the run, 40 hex digits: the one that somebody named, or that started it, or on a laptop the one that is checked out.
    /// </summary>
    /// <exception cref="ActionException">It is not in the checkout (exit 2).</exception>
    public async Task<string> RequireCommitOfRunAsync(string? named, CancellationToken cancellation)
    {
        var revision = named ?? runner.Sha ?? "HEAD";
        return await FindCommitAsync(revision, cancellation)
            ?? throw ActionException.BadInput(
            $"The commit '{PlainText.Inert(revision)}' is not in the checkout",
            "Check it out first (actions/checkout, with `fetch-depth: 0`), and run this in the checkout");
    }

    /// <summary>The tags on <c>origin</c>, by name, each with the commit it leads to. Asks the remote; nothing is fetched.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ListRemoteTagsAsync(CancellationToken cancellation) =>
        (await ReadRemoteTagsAsync(cancellation)).ToDictionary(t => t.Key, t => t.Value.Commit, StringComparer.Ordinal);

    /// <summary>Whether a commit is an ancestor of another, or the same.</summary>
    public async Task<bool> IsAncestorAsync(string ancestor, string descendant, CancellationToken cancellation) =>
        (await TryAsync(["merge-base", "--is-ancestor", ancestor, descendant], cancellation)).Succeeded;

    /// <summary>Whether history was cut off by a shallow fetch.</summary>
    public async Task<bool> IsShallowAsync(CancellationToken cancellation) =>
        (await RunAsync(["rev-parse", "--is-shallow-repository"], cancellation)).Output.Trim() == "true";

    /// <summary>
    /// Fetches from <c>origin</c> by full refspecs, such as <c>+refs/heads/main:refs/remotes/origin/main</c>; history that was cut off
    /// comes along.
    /// </summary>
    /// <returns>False where the remote has no such ref or cannot be reached.</returns>
    public async Task<bool> FetchAsync(IReadOnlyList<string> refspecs, CancellationToken cancellation)
    {
        string[] depth = await IsShallowAsync(cancellation) ? ["--unshallow"] : [];
        var result = await TryAsync(
            ["fetch", "--no-tags", "--no-recurse-submodules", "--quiet", .. depth, "--stdin", "--end-of-options", "origin"], cancellation,
            string.Concat(refspecs.Select(r => $"{r}\n")));
        return result.Succeeded;
    }

    /// <summary>The moment a commit was made.</summary>
    public async Task<DateTimeOffset> CommitDateAsync(string commit, CancellationToken cancellation) =>
        Moment((await RunAsync(["show", "--no-patch", "--format=%ct", "--end-of-options", commit], cancellation)).Output.Trim());

    /// <summary>The address of <c>origin</c>, or null where there is none.</summary>
    public async Task<string?> OriginAsync(CancellationToken cancellation)
    {
        var result = await TryAsync(["remote", "get-url", "origin"], cancellation);
        return result.Succeeded ? result.Output.Trim() : null;
    }

    /// <summary>Says where the remote <c>origin</c> is.</summary>
    public Task SetOriginAsync(string address, CancellationToken cancellation) =>
        RunAsync(["config", "remote.origin.url", address], cancellation);

    /// <summary>Every ref with the object it names, as <c>object ref</c>, in git's order.</summary>
    public async Task<IReadOnlyList<string>> ListRefsAsync(CancellationToken cancellation) =>
        [.. (await RunAsync(["for-each-ref", "--format=%(objectname) %(refname)"], cancellation)).Lines];

    /// <summary>The top folder of the work tree, absolute; null where this is no repository.</summary>
    public async Task<string?> FindTopAsync(CancellationToken cancellation)
    {
        var result = await TryAsync(["rev-parse", "--show-toplevel"], cancellation);
        return result.Succeeded ? result.Output.Trim() : null;
    }

    private static DateTimeOffset Moment(string seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(long.TryParse(seconds, out var value) ? value : 0);
}
