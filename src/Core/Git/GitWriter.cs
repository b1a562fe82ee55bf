using System.Text;
using ReleaseActions.Core.Processes;

namespace ReleaseActions.Core.Git;

/// <summary>Changes branches and tags, on the remote and in the checkout. Only an action that declared it has one.</summary>
public sealed class GitWriter
{
    internal GitWriter(GitRepository repository) => Repository = repository;

    /// <summary>The repository that it writes to, for reading.</summary>
    public GitRepository Repository { get; }

    /// <summary>The same for the repository in another folder, absolute.</summary>
    public GitWriter In(string folder) => new(Repository.In(folder));

    /// <summary>Runs a command that changes refs; its exit code is the caller's to judge.</summary>
    public Task<CommandResult> TryAsync(
        IReadOnlyList<string> arguments, CancellationToken cancellation, string? input = null,
        IReadOnlyDictionary<string, string>? variables = null) =>
        Repository.StartAsync(arguments, cancellation, input, variables);

    /// <summary>Runs a command that changes refs; failure is an error with git's own reason (exit 4).</summary>
    public async Task<CommandResult> RunAsync(
        IReadOnlyList<string> arguments, CancellationToken cancellation, string? input = null,
        IReadOnlyDictionary<string, string>? variables = null) =>
        GitRepository.Require(arguments, await TryAsync(arguments, cancellation, input, variables));
}
