namespace ReleaseActions.Core.Git;

/// <summary>What it takes to play with a copy of a repository.</summary>
public sealed partial class GitRepository
{
    /// <summary>Copies a repository's branches and tags into a new bare one. The original is only read.</summary>
    public Task CloneBareAsync(string from, string to, CancellationToken cancellation) =>
        RunAsync(["clone", "--quiet", "--bare", "--no-hardlinks", "--end-of-options", from, to], cancellation);

    /// <summary>Makes a work tree with <paramref name="from"/> as its origin, at a commit, as a checkout does on a runner.</summary>
    /// <param name="from">A repository on this machine.</param>
    /// <param name="to">The folder to make.</param>
    /// <param name="commit">40 hex digits: `git checkout` knows no --end-of-options, and a commit cannot be taken for one.</param>
    /// <param name="cancellation">Stops git.</param>
    public async Task CloneAtAsync(string from, string to, string commit, CancellationToken cancellation)
    {
        await RunAsync(["clone", "--quiet", "--no-checkout", "--end-of-options", from, to], cancellation);
        await In(to).RunAsync(["checkout", "--quiet", "--detach", commit], cancellation);
    }

    /// <summary>Says where the remote <c>origin</c> is.</summary>
    public Task SetOriginAsync(string address, CancellationToken cancellation) => RunAsync(["config", "remote.origin.url", address], cancellation);

    /// <summary>Makes an annotated tag.</summary>
    public Task TagAsync(string name, string commit, string message, CancellationToken cancellation) =>
        RunAsync([.. Identity, "tag", "--annotate", "--message", message, "--end-of-options", name, commit], cancellation);

    /// <summary>Begins a repository with a branch and no commits.</summary>
    public Task InitAsync(string branch, CancellationToken cancellation) => RunAsync(["init", "--quiet", $"--initial-branch={branch}"], cancellation);

    /// <summary>Commits all files of the work tree that are not ignored.</summary>
    public async Task CommitAllAsync(string message, CancellationToken cancellation)
    {
        await RunAsync(["add", "--all"], cancellation);
        await RunAsync([.. Identity, "commit", "--quiet", "--allow-empty", "--message", message], cancellation);
    }

    /// <summary>Switches to a new branch that begins at a revision.</summary>
    public Task SwitchToNewAsync(string branch, string revision, CancellationToken cancellation) =>
        RunAsync(["switch", "--quiet", "--create", branch, "--end-of-options", revision], cancellation);

    /// <summary>Switches to a branch.</summary>
    public Task SwitchAsync(string branch, CancellationToken cancellation) => RunAsync(["switch", "--quiet", "--end-of-options", branch], cancellation);

    /// <summary>Puts all changes of a branch into one commit on the current one, as GitHub's "Squash and merge" does.</summary>
    public async Task SquashMergeAsync(string branch, string message, CancellationToken cancellation)
    {
        await RunAsync([.. Identity, "merge", "--quiet", "--squash", "--end-of-options", branch], cancellation);
        await RunAsync([.. Identity, "commit", "--quiet", "--message", message], cancellation);
    }

    /// <summary>Every ref with the object it names, as <c>object ref</c>, in git's order.</summary>
    public async Task<IReadOnlyList<string>> ListRefsAsync(CancellationToken cancellation) =>
        [.. (await RunAsync(["for-each-ref", "--format=%(objectname) %(refname)"], cancellation)).Lines];

    /// <summary>The top folder of the work tree, absolute; null where this is no repository.</summary>
    public async Task<string?> FindTopAsync(CancellationToken cancellation)
    {
        var result = await TryAsync(["rev-parse", "--show-toplevel"], cancellation);
        return result.Succeeded ? result.Output.Trim() : null;
    }

    // Nobody's name: a rehearsal's commits and tags never leave the machine.
    private static readonly string[] Identity = ["-c", "user.name=rehearsal", "-c", "user.email=rehearsal@localhost"];
}
