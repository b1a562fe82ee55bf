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

/// <summary>
/// The clients of one run, one for each part of the outside. Actions get them as <see cref="Readers"/> and <see cref="Writers"/> only.
/// </summary>
internal sealed class Clients : IDisposable
{
    // A file that people write.
    private const int LongestPolicy = 1024 * 1024;

    private readonly Lazy<ReleasePolicy> _policy;
    private readonly HttpMessageHandler _transport;
    private readonly StandardInputs _inputs;
    // The repository that is worked on, and the client for the run's own.
    private readonly RunnerContext _worked;
    private readonly GitHubClient _home;

    public Clients(HostEnvironment environment, StandardInputs inputs, RunnerContext runner, Log log)
    {
        _inputs = inputs;
        (Clock, IsTerminal) = (environment.Clock, environment.IsTerminal);
        (Runner, Log) = (runner, log);
        Files = new Workspace(Runner.Workspace, Runner.Temporary, Log.Secrets);
        var network = new Lazy<IReadOnlyDictionary<string, string>>(() => inputs.Network.Variables(
            inputs.Network.Certificates is { } own ? CertificateBundle.Write(Files.Scratch, own) : null));
        Programs = new CommandRunner(Runner, () => Files.Scratch, Log.Secrets, () => network.Value);
        _transport = environment.Transport ?? ResilientHttp.NewTransport(Runner.IsRunner, inputs.Network);
        Http = new ResilientHttp(_transport, Clock, Log, inputs.MaxWait);
        var registries = new RegistrySession(Http, Log);
        (Registry, RegistryWriter) = (new RegistryClient(registries), new RegistryWriter(registries, Clock, Log));
        _worked = inputs.Repository is { } other ? Runner.At(other) : Runner;
        _home = new GitHubClient(Http, Runner, inputs.Token, Clock);
        GitHub = new GitHubClient(Http, _worked, TokenOfWorked, Clock);
        Git = GitRepository.Open(Programs, _worked, TokenOfWorked, Files, () => network.Value);
        GitWriter = new GitWriter(Git, Clock);
        // A given version need not be of the ref that started the run.
        var tag = inputs.Tag ?? (inputs.Version is null ? Runner.Tag : null);
        _policy = new Lazy<ReleasePolicy>(() => PolicyOf(Files.ReadText(PolicyFile, LongestPolicy), tag));
    }

    public RunnerContext Runner { get; }

    public Log Log { get; }

    public TimeProvider Clock { get; }

    /// <summary>Whether a person watches: the log goes to a terminal.</summary>
    public bool IsTerminal { get; }

    /// <summary>The page that the run leaves behind.</summary>
    public JobSummary Summary { get; } = new();

    public Workspace Files { get; }

    public CommandRunner Programs { get; }

    public GitRepository Git { get; }

    public GitWriter GitWriter { get; }

    public GitHubClient GitHub { get; }

    public RegistryClient Registry { get; }

    public RegistryWriter RegistryWriter { get; }

    public ResilientHttp Http { get; }

    public Secret? Token => _inputs.Token;

    private Secret? TokenOfWorked => _inputs.RepositoryToken ?? _inputs.Token;

    /// <summary>GitHub's API for what an action declared.</summary>
    public GitHubWriter GitHubWriterFor(Changes changes)
    {
        (Changes Changes, string Area)[] areas = [(Changes.Refs, "git/refs"), (Changes.Releases, "releases"),
            (Changes.PullRequests, "pulls")];
        var declared = areas.Where(a => changes.HasFlag(a.Changes)).Select(a => a.Area);
        return new GitHubWriter(Http, _worked, TokenOfWorked, Clock, Log.Secrets, [.. declared]);
    }

    /// <summary>The path of the policy's file in the checkout.</summary>
    public string PolicyFile => _inputs.PolicyFile;

    /// <summary>The team's policy, read on first use; the defaults where there is no file.</summary>
    /// <exception cref="ActionException">The file is wrong (exit 2, every problem with its line).</exception>
    public ReleasePolicy Policy => _policy.Value;

    /// <summary>The policy of the default branch, for the same product; the defaults where there is no file.</summary>
    /// <exception cref="ActionException">GitHub does not send it (exit 4), or it is wrong (exit 3).</exception>
    public async Task<ReleasePolicy> PolicyOfDefaultBranchAsync(CancellationToken cancellation)
    {
        var path = Path.GetRelativePath(Files.Root, Files.Resolve(PolicyFile));
        var text = await _home.FindTextAsync(path, null, cancellation);
        if (text?.Length > LongestPolicy)
            throw ActionException.Remote(
                $"'{path}' of the default branch has {text.Length:#,0} characters", $"Shorten it to {LongestPolicy:#,0} characters");
        try
        {
            return ReleasePolicy.Read(text, path).Of(Policy.Product);
        }
        catch (ActionException e)
        {
            throw ActionException.Refused(
                $"What guards a release is compared with '{path}' of the default branch, and that is wrong: {e.Findings[0].Message}",
                "Correct it on the default branch first");
        }
    }

    /// <summary>Reads a policy for the product that an input names, or else a tag.</summary>
    /// <exception cref="ActionException">The policy is wrong, or the input is no name (exit 2).</exception>
    public ReleasePolicy PolicyOf(string? text, string? tag)
    {
        var policy = ReleasePolicy.Read(text, PolicyFile);
        var named = _inputs.Product is { } product ? ProductName.RequireName(product) : null;
        return policy.Of(named ?? ProductName.OfTag(tag, _inputs.TagPrefix ?? policy.Version.TagPrefix));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Http.Dispose();
        _transport.Dispose();
        Ownership.GiveBackRepository(Files.Root);
        Files.Dispose();
    }
}
