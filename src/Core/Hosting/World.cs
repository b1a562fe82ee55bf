using ReleaseActions.Core.Files;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Http;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Processes;
using ReleaseActions.Core.Registries;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Core.Hosting;

/// <summary>Everything outside a program, one edge for each part. An action reaches the world through this and in no other way.</summary>
public sealed class World : IDisposable
{
    private readonly Lazy<ReleasePolicy> _policy;
    private readonly HttpMessageHandler _transport;
    private readonly StandardInputs _inputs;

    internal World(WorldSource source, StandardInputs inputs)
    {
        Runner = new RunnerContext(source.Variables);
        Clock = source.Clock;
        IsTerminal = source.IsTerminal;
        Log = new Log(source.Output, Runner.IsRunner);
        Workspace = new Workspace(Runner.Workspace, Runner.Temporary);
        Commands = new CommandRunner(Runner);
        Git = new GitRepository(Commands, Runner, inputs.Token);
        Token = inputs.Token;
        PolicyFile = inputs.PolicyFile;
        _inputs = inputs;
        _transport = source.Transport ?? ResilientHttp.NewTransport();
        Http = new ResilientHttp(_transport, Clock, Log, inputs.MaxWait);
        var registries = new RegistrySession(Http, Log);
        Registry = new RegistryClient(registries);
        RegistryWriter = new RegistryWriter(registries, Clock, Log);
        GitHub = new GitHubClient(Http, Runner, inputs.Token, Clock);
        GitHubWriter = new GitHubWriter(Http, Runner, inputs.Token, Clock);
        GitWriter = new GitWriter(Git);
        GitReader = new GitRepository(Commands, Runner, inputs.Token, mayWrite: false);
        GitHubReader = new GitHubClient(Http, Runner, inputs.Token, Clock, mayWrite: false);
        // A version that was typed need not be of the ref that the run was started on.
        var tag = inputs.Tag ?? (inputs.Version is null ? Runner.Tag : null);
        _policy = new Lazy<ReleasePolicy>(() => OfProduct(ReleasePolicy.Read(Workspace.ReadText(PolicyFile), PolicyFile), tag));
    }

    /// <summary>What the runner said about this run.</summary>
    public RunnerContext Runner { get; }

    /// <summary>The one writer of everything that is printed.</summary>
    public Log Log { get; }

    /// <summary>Whether a person watches: the log goes to a terminal.</summary>
    public bool IsTerminal { get; }

    /// <summary>The page the run leaves behind.</summary>
    public JobSummary Summary { get; } = new();

    /// <summary>The files of the checkout.</summary>
    public Workspace Workspace { get; }

    /// <summary>Starts programs.</summary>
    public CommandRunner Commands { get; }

    /// <summary>The repository in the workspace and its remote <c>origin</c>.</summary>
    public GitRepository Git { get; }

    /// <summary>GitHub over HTTP.</summary>
    public GitHubClient GitHub { get; }


    /// <summary>The job's token, or null where none was given.</summary>
    public Secret? Token { get; }

    /// <summary>The time, and waiting.</summary>
    public TimeProvider Clock { get; }

    /// <summary>Where the team's policy lies, relative to the checkout.</summary>
    public string PolicyFile { get; }

    /// <summary>The team's policy, read on first use; the defaults where there is no file. Where it is about several products, it is that of the run's.</summary>
    /// <exception cref="ActionException">The file is there and wrong (exit 2, every problem with its line).</exception>
    public ReleasePolicy Policy => _policy.Value;

    /// <summary>A policy as it is for the product that the input names, or else a tag.</summary>
    /// <exception cref="ActionException">What the input names is no name (exit 2).</exception>
    public ReleasePolicy OfProduct(ReleasePolicy policy, string? tag) =>
        policy.Of(_inputs.Product is { } named ? ProductName.RequireName(named) : ProductName.OfTag(tag, _inputs.TagPrefix ?? policy.Version.TagPrefix));

    /// <summary>Refuses a run in which a stranger may have a say in what is published; a dry run is warned.</summary>
    /// <param name="allowsFork">Whether a run of a fork may publish all the same.</param>
    /// <param name="isDryRun">Whether nothing will be published anyway.</param>
    /// <exception cref="ActionException">The event is <c>pull_request_target</c>, or the run works for a fork (exit 3); or the event's file cannot be read (exit 4).</exception>
    public void RequireTrustedRun(bool allowsFork, bool isDryRun)
    {
        if (Runner.Distrust(allowsFork) is not { } finding) return;
        if (!isDryRun) throw new ActionException(ExitCode.Refused, [finding]);
        Log.Warning(finding);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Http.Dispose();
        _transport.Dispose();
        Ownership.GiveBackRepository(Workspace.Root);
        Workspace.Dispose();
    }

    internal GitHubWriter GitHubWriter { get; }

    internal GitWriter GitWriter { get; }

    internal GitRepository GitReader { get; }

    internal GitHubClient GitHubReader { get; }

    internal RegistryClient Registry { get; }

    internal RegistryWriter RegistryWriter { get; }

    /// <summary>What the clients that speak HTTP share.</summary>
    internal ResilientHttp Http { get; }
}

/// <summary>What a <see cref="World"/> is made from: the process's own in production, a test's in tests.</summary>
/// <param name="Variables">The environment.</param>
/// <param name="Output">Where the log goes.</param>
/// <param name="Clock">The time.</param>
/// <param name="Transport">What HTTP goes through; a new one where null.</param>
public sealed record WorldSource(IReadOnlyDictionary<string, string> Variables, TextWriter Output, TimeProvider Clock, HttpMessageHandler? Transport = null)
{
    /// <summary>Whether the output is a terminal.</summary>
    public bool IsTerminal { get; private init; }

    /// <summary>The process's own environment, standard output and clock.</summary>
    public static WorldSource FromProcess()
    {
        var variables = new Dictionary<string, string>();
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        return new WorldSource(variables, Console.Out, TimeProvider.System) { IsTerminal = !Console.IsOutputRedirected };
    }
}
