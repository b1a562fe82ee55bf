using System.Text;
using ReleaseActions.Core.Processes;

namespace ReleaseActions.Core.Git;

/// <summary>Changes branches and tags, on the remote and in the checkout. Only an action that declared it has one.</summary>
/// <param name="repository">The repository that it writes to.</param>
/// <param name="clock">The time that waits are measured by.</param>
public sealed partial class GitWriter(GitRepository repository, TimeProvider clock)
{
    /// <summary>The repository that it writes to, for reading.</summary>
    public GitRepository Repository => repository;

    /// <summary>The same for the repository that <see cref="GitRepository.ApartAsync"/> made.</summary>
    public GitWriter Apart => new(Repository.Apart, clock);

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
