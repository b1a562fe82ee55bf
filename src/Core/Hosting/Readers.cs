using ReleaseActions.Core.Files;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Processes;
using ReleaseActions.Core.Registries;
using ReleaseActions.Core.Runner;

namespace ReleaseActions.Core.Hosting;

/// <summary>What facts are gathered with: it reads, and cannot write anything that outlives the job.</summary>
public sealed class Readers
{
    private readonly Clients _clients;

    internal Readers(Clients clients) => _clients = clients;

    /// <summary>What the runner said about this run.</summary>
    public RunnerContext Runner => _clients.Runner;

    /// <summary>The one writer of everything that is printed.</summary>
    public Log Log => _clients.Log;

    /// <summary>The time, and waiting.</summary>
    public TimeProvider Clock => _clients.Clock;

    /// <summary>The files of the checkout.</summary>
    public WorkspaceReader Files => _clients.Files;

    /// <summary>The repository and its remote.</summary>
    public GitRepository Git => _clients.Git;

    /// <summary>GitHub's API, GET only.</summary>
    public GitHubClient GitHub => _clients.GitHub;

    /// <summary>Registries of images, without pushing.</summary>
    public RegistryClient Registry => _clients.Registry;

    /// <summary>Starts programs that look. What a program does is its own: pass it nothing that it could write with.</summary>
    public CommandRunner Programs => _clients.Programs;

    /// <summary>Whether a person watches: the log goes to a terminal.</summary>
    public bool IsTerminal => _clients.IsTerminal;

    /// <summary>The job's token, for comparing and masking; null where none was given.</summary>
    public Secret? Token => _clients.Token;

    /// <summary>The path of the policy's file in a repository.</summary>
    public string PolicyFile => _clients.PolicyFile;

    /// <summary>The policy of the default branch, for the same product; the defaults where there is no file.</summary>
    /// <exception cref="ActionException">GitHub does not send it (exit 4), or it is wrong (exit 3).</exception>
    public Task<ReleasePolicy> PolicyOfDefaultBranchAsync(CancellationToken cancellation) =>
        _clients.PolicyOfDefaultBranchAsync(cancellation);

    /// <summary>Reads the policy of another commit or repository than the workspace's.</summary>
    /// <param name="text">The text of its file; null where it has none.</param>
    /// <param name="tag">The tag that names the product, where no input does.</param>
    /// <exception cref="ActionException">The policy is wrong (exit 2, every problem with its line).</exception>
    public ReleasePolicy PolicyOf(string? text, string tag) => _clients.PolicyOf(text, tag);
}
