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
    private readonly World _clients;

    internal Readers(World clients) =>
        (_clients, Runner, Log, IsTerminal, Clock, Files, Git, GitHub, Registry, Programs, Token) =
        (clients, clients.Runner, clients.Log, clients.IsTerminal, clients.Clock, clients.Workspace,
            clients.GitReader, clients.GitHubReader, clients.Registry, clients.Commands, clients.Token);

    /// <summary>What the runner said about this run.</summary>
    public RunnerContext Runner { get; }

    /// <summary>The one writer of everything that is printed.</summary>
    public Log Log { get; }

    /// <summary>Whether a person watches: the log goes to a terminal.</summary>
    public bool IsTerminal { get; }

    /// <summary>The time, and waiting.</summary>
    public TimeProvider Clock { get; }

    /// <summary>The files of the checkout.</summary>
    public WorkspaceReader Files { get; }

    /// <summary>The repository and its remote.</summary>
    public GitRepository Git { get; }

    /// <summary>GitHub's API, GET only.</summary>
    public GitHubClient GitHub { get; }

    /// <summary>Registries of images, without pushing.</summary>
    public RegistryClient Registry { get; }

    /// <summary>Starts programs that look. What a program does is its own: hand it nothing that it could write with.</summary>
    public CommandRunner Programs { get; }

    /// <summary>The path of the policy's file in a repository.</summary>
    public string PolicyFile => _clients.PolicyFile;

    /// <summary>Reads the policy of another commit or repository than the workspace's.</summary>
    /// <param name="text">The text of its file; null where it has none.</param>
    /// <param name="tag">The tag that names the product, where no input does.</param>
    /// <exception cref="ActionException">The policy is wrong (exit 2, every problem with its line).</exception>
    public ReleasePolicy PolicyOf(string? text, string tag) => _clients.OfProduct(ReleasePolicy.Read(text, PolicyFile), tag);

    /// <summary>The job's token, for comparing and masking; null where none was given.</summary>
    public Secret? Token { get; }
}
