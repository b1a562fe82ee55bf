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
    /// <exception cref="ActionException">It is no commit, or not in the repository (exit 2).</exception>
    public async Task<string> RequireCommitOfRunAsync(string? named, CancellationToken cancellation)
    {
        var revision = named ?? _runner.Sha ?? (Own is null ? "HEAD" : "");
        if (Own is null)
            return await FindCommitAsync(revision, cancellation)
                ?? throw ActionException.BadInput(
                $"The commit '{PlainText.Inert(revision)}' is not in the checkout", "Run this in a checkout that has it");
        if (!IsId(revision))
            throw ActionException.BadInput(
                $"The commit of the run is '{PlainText.Inert(revision)}', and its 40 hex digits are needed",
                "Set GITHUB_SHA, which the runner does for every step");
        // The run's own was there when it started.
        if (named is not null) await ReadObjectAsync("commit", named, named, cancellation);
        return revision;
    }

    /// <summary>The tags on <c>origin</c>, by name, each with the commit it leads to. Asks the remote; nothing is fetched.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ListRemoteTagsAsync(CancellationToken cancellation) =>
        (await ReadRemoteTagsAsync(cancellation)).ToDictionary(t => t.Key, t => t.Value.Commit, StringComparer.Ordinal);

    /// <summary>Whether a commit is an ancestor of another, or the same.</summary>
    /// <exception cref="ActionException">git cannot say: one of them is not here (exit 4).</exception>
    public async Task<bool> IsAncestorAsync(string ancestor, string descendant, CancellationToken cancellation)
    {
        string[] question = ["merge-base", "--is-ancestor", ancestor, descendant];
        var result = await TryAsync(question, cancellation);
        return result.ExitCode != 1 && GitFailure.Require(question, result).Succeeded;
    }

    /// <summary>The moment a commit was made.</summary>
    /// <exception cref="ActionException">The commit is nowhere (exit 4).</exception>
    public async Task<DateTimeOffset> CommitDateAsync(string commit, CancellationToken cancellation)
    {
        // committer NAME <ADDRESS> SECONDS ZONE
        var text = await ReadObjectAsync("commit", commit, commit, cancellation);
        var committer = text.Split('\n').FirstOrDefault(l => l.StartsWith("committer ", StringComparison.Ordinal)) ?? "";
        return Moment(committer[(committer.LastIndexOf('>') + 1)..].Trim().Split(' ')[0]);
    }

    /// <summary>The address of the remote, or null where there is none.</summary>
    public async Task<string?> OriginAsync(CancellationToken cancellation)
    {
        if (Own is not null) return Own.Remote;
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
