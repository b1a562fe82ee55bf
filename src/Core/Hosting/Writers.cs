using ReleaseActions.Core.Files;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Http;
using ReleaseActions.Core.Processes;
using ReleaseActions.Core.Registries;
using ReleaseActions.Core.Runner;

namespace ReleaseActions.Core.Hosting;

/// <summary>What a plan is applied with: only what the action declared, and never in a dry run.</summary>
public sealed class Writers
{
    private readonly Clients _clients;
    private readonly Changes _changes;

    internal Writers(Clients clients, Changes changes) => (_clients, _changes, Readers) = (clients, changes, new Readers(clients));

    /// <summary>What facts are gathered with, for looking at what was written.</summary>
    public Readers Readers { get; }

    /// <summary>The one writer of everything that is printed.</summary>
    public Log Log => _clients.Log;

    /// <summary>The page that the run leaves behind, below the plan.</summary>
    public JobSummary Summary => _clients.Summary;

    /// <summary>The time, and waiting.</summary>
    public TimeProvider Clock => _clients.Clock;

    /// <summary>Whether a person watches: the log goes to a terminal.</summary>
    public bool IsTerminal => _clients.IsTerminal;

    /// <summary>The files of the checkout, for writing.</summary>
    public Workspace Files => Declared(_clients.Files, Changes.Files);

    /// <summary>Branches and tags on the remote.</summary>
    public GitWriter Git => Declared(_clients.GitWriter, Changes.Refs);

    /// <summary>GitHub's API with the methods that change refs, releases or pull requests, each where it is declared.</summary>
    public GitHubWriter GitHub =>
        Declared(_clients.GitHubWriterFor(_changes), Changes.Refs | Changes.Releases | Changes.PullRequests);

    /// <summary>Registries of images, for pushing.</summary>
    public RegistryWriter Registry => Declared(_clients.RegistryWriter, Changes.Images);

    /// <summary>Messages to other servers than GitHub.</summary>
    public ResilientHttp Http => Declared(_clients.Http, Changes.Channels);

    /// <summary>Starts programs.</summary>
    public CommandRunner Programs => _clients.Programs;

    // One of them is enough: GitHub's client knows which.
    private T Declared<T>(T writer, Changes needed) =>
        (_changes & needed) != 0 ? writer : throw new InvalidOperationException($"The action does not declare that it changes {needed}");
}
