using System.Text;
using ReleaseActions.Core.Processes;

namespace ReleaseActions.Core.Git;

/// <summary>Changes branches and tags, on the remote and in the checkout. Only an action that declared it has one.</summary>
public sealed class GitWriter
{
    internal GitWriter(GitRepository repository) => Repository = repository;

    /// <summary>The repository that it writes to, for reading.</summary>
    public GitRepository Repository { get; }

    /// <summary>The same for the repository that <see cref="GitRepository.ApartAsync"/> made.</summary>
    public GitWriter Apart => new(Repository.Apart);

    /// <summary>Moves, makes and deletes refs on the remote, each only if it still is what was read.</summary>
    /// <remarks>git compares and moves in one step, under the ref's lock; GitHub's REST API cannot.</remarks>
    /// <param name="refs">
    /// The full name of each ref, the id that it has (empty: it must not exist), and the one that it gets (empty: it is deleted).
    /// </param>
    /// <param name="isAtomic">Whether all are changed or none.</param>
    /// <param name="cancellation">Stops git.</param>
    /// <returns>git's report, a line for each ref; its exit code is the caller's to judge.</returns>
    public Task<CommandResult> PushAsync(
        IReadOnlyList<(string Ref, string From, string To)> refs, bool isAtomic, CancellationToken cancellation)
    {
        string[] options = ["--porcelain", "--no-verify", "--no-signed", .. isAtomic ? ["--atomic"] : (string[])[]];
        var leases = refs.Select(r => $"--force-with-lease={r.Ref}:{r.From}");
        return TryAsync(["push", .. options, .. leases, Repository.Remote, .. refs.Select(r => $"{r.To}:{r.Ref}")], cancellation);
    }

    /// <summary>Runs a command that changes refs; its exit code is the caller's to judge.</summary>
    public Task<CommandResult> TryAsync(
        IReadOnlyList<string> arguments, CancellationToken cancellation, string? input = null,
        IReadOnlyDictionary<string, string>? variables = null, Encoding? encoding = null) =>
        Repository.StartAsync(arguments, cancellation, input, variables, encoding);

    /// <summary>Runs a command that changes refs; failure is an error with git's own reason (exit 4).</summary>
    public async Task<CommandResult> RunAsync(
        IReadOnlyList<string> arguments, CancellationToken cancellation, string? input = null,
        IReadOnlyDictionary<string, string>? variables = null, Encoding? encoding = null) =>
        GitFailure.Require(arguments, await TryAsync(arguments, cancellation, input, variables, encoding));
}
