using ReleaseActions.Core.Files;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Processes;
using ReleaseActions.Core.Registries;
using ReleaseActions.Core.Runner;

namespace ReleaseActions.Core.Hosting;

/// <summary>What facts are gathered with: it reads, and cannot write anything that outlives the job.</summary>
public sealed class Readers
{
    internal Readers(World clients) =>
        (Runner, Log, IsTerminal, Clock, Files, Git, GitHub, Registry, Programs, Token) =
        (clients.Runner, clients.Log, clients.IsTerminal, clients.Clock, clients.Workspace, clients.GitReader, clients.GitHubReader, clients.Registry, clients.Commands, clients.Token);

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

    /// <summary>Registries of images.</summary>
    public RegistryClient Registry { get; }

    /// <summary>Starts programs that look. What a program does is its own: hand it nothing that it could write with.</summary>
    public CommandRunner Programs { get; }

    /// <summary>The job's token, for comparing and masking; null where none was given.</summary>
    public Secret? Token { get; }
}
