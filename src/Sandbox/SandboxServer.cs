using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ReleaseActions.Sandbox.Git;
using ReleaseActions.Sandbox.GitHub;
using ReleaseActions.Sandbox.Oci;
using ReleaseActions.Sandbox.Web;

namespace ReleaseActions.Sandbox;

/// <summary>
/// A strict stand-in on loopback for GitHub's REST API, its upload host and an OCI registry. It keeps its state on disk, records
/// every request, notes what the manual does not allow, and plays the faults that a test switches on.
/// </summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly GitHubRepository _repository;
    private readonly ReleaseRules _rules;
    private readonly RateLimits _limits;
    private readonly WebApplication _web;
    private readonly SmartHttp _git;
    private readonly string _origin;

    private SandboxServer(SandboxOptions options)
    {
        Directory.CreateDirectory(options.StateFolder);
        Traffic = new Traffic(options.Token, options.ReadOnlyToken, options.OrganizationToken);
        _repository = new GitHubRepository(options);
        _rules = new ReleaseRules(_repository);
        _limits = new RateLimits(options);
        var registry = new RegistryGate(_repository);
        Endpoints = [.. AllEndpoints(_limits, registry)];
        var dispatcher = new Dispatcher(
            Endpoints, new GitHubGate(_repository, _limits, Traffic), registry, Faults, Traffic, options.Clock);
        _git = new SmartHttp(options);
        _web = Listen(options.Port, dispatcher, _git);
        _origin = $"{options.Owner}/{options.Repository}.git";
    }

    /// <summary>What <c>GITHUB_API_URL</c> is set to.</summary>
    public string ApiUrl => _repository.ApiRoot;

    /// <summary>What <c>GITHUB_SERVER_URL</c> is set to.</summary>
    public string ServerUrl => _repository.Server;

    /// <summary>The repository's address for git over HTTP.</summary>
    public string GitUrl => $"{_repository.Server}/{_origin}";

    /// <summary>The registry's host and port, as in image names.</summary>
    public string Registry => _repository.Registry;

    /// <summary>Every request so far.</summary>
    public Traffic Traffic { get; }

    /// <summary>
    /// What a client did that GitHub may accept today but its manual does not allow, one sentence each. Tests assert that there is none.
    /// </summary>
    public IReadOnlyList<string> Violations => Traffic.Violations;

    /// <summary>How many requests came during a wait that the limits had asked for: GitHub bans for these.</summary>
    public int Bans => _limits.Bans;

    /// <summary>The faults that are switched on.</summary>
    public Faults Faults { get; } = new();

    /// <summary>The releases with their assets, oldest first.</summary>
    public IReadOnlyList<Release> Releases => _repository.Releases.State.Releases;

    /// <summary>The release that GitHub would mark as latest.</summary>
    public Release? Latest => _rules.Latest();

    /// <summary>The images of the registry, as <c>name:tag</c>, each with its digest.</summary>
    public IReadOnlyDictionary<string, string> ImageTags => Store.AllTags().ToDictionary();

    /// <summary>Whether a ruleset refuses new tags, also those that publishing a release would make.</summary>
    public bool RefusesNewTags
    {
        get => _repository.RefusesNewTags;
        set => _repository.RefusesNewTags = value;
    }

    /// <summary>Whether the settings keep workflows from opening pull requests.</summary>
    public bool RefusesPullRequests
    {
        get => _repository.RefusesPullRequests;
        set => _repository.RefusesPullRequests = value;
    }

    /// <summary>The pull requests, by number.</summary>
    public IReadOnlyList<PullRequest> PullRequests => [.. _repository.PullRequests.Values.OrderBy(pull => pull.Number)];

    internal Endpoint[] Endpoints { get; }

    /// <summary>Starts a sandbox; it answers when this returns.</summary>
    public static async Task<SandboxServer> StartAsync(SandboxOptions options)
    {
        var sandbox = new SandboxServer(options);
        await sandbox._web.StartAsync();
        sandbox._repository.Port = new Uri(sandbox._web.Urls.First()).Port;
        return sandbox;
    }

    /// <summary>The next lists of refs by git lack a ref, such as <c>refs/tags/v1</c>: they lag behind the write that made it.</summary>
    public void HideRef(string name, int looks) => _git.Hide(name, looks);

    /// <summary>Protects a branch; by a ruleset, or by the older branch protection.</summary>
    public void Protect(string branch, bool byRuleset = false) => _repository.ProtectedBranches[branch] = byRuleset;

    /// <summary>Puts a pull request into the repository, or changes it.</summary>
    public void Put(PullRequest pullRequest) => _repository.PullRequests[pullRequest.Number] = pullRequest;

    /// <summary>Puts a check run on a commit; the latest of its name counts.</summary>
    public void Put(CheckRun run) => _repository.CheckRuns.Enqueue(run);

    /// <summary>Puts a status on a commit; the latest of its context counts.</summary>
    public void Put(CommitStatus status) => _repository.Statuses.Enqueue(status);

    /// <summary>Puts an issue into the repository, or changes it.</summary>
    public void Put(Issue issue) => _repository.Issues[issue.Number] = issue;

    /// <summary>Makes labels that no issue bears yet.</summary>
    public void PutLabels(params string[] labels)
    {
        foreach (var label in labels) _repository.MadeLabels.Enqueue(label);
    }

    /// <summary>Puts a review on a pull request.</summary>
    public void Put(Review review) => _repository.Reviews.Enqueue(review);

    /// <summary>Approves or rejects a run that waits for an environment.</summary>
    public void Put(RunApproval approval) => _repository.RunApprovals.Enqueue(approval);

    /// <summary>Makes a team of the owner's, or changes its members.</summary>
    public void PutTeam(string slug, params string[] members) => _repository.Teams[slug] = members;

    /// <summary>Puts releases into the repository as if they had been there before, with new numbers. Git is not touched.</summary>
    public Task PutAsync(params Release[] releases) => _repository.Releases.InTurnAsync(() =>
    {
        var state = _repository.Releases.State;
        var numbered = releases.Select((release, at) => release with { Id = state.NextReleaseId + at });
        _repository.Releases.Save(state with
        {
            NextReleaseId = state.NextReleaseId + releases.Length,
            Releases = state.Releases.AddRange(numbered),
        });
        return Task.FromResult(releases.Length);
    });

    /// <summary>The stored bytes of an asset.</summary>
    public string FileOf(Asset asset) => _repository.Releases.AssetFile(asset.Id);

    /// <summary>The stored bytes of a blob or a manifest of the registry, by its digest.</summary>
    public string FileOfBlob(string digest) => Store.BlobFile(digest);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        _repository.Dispose();
    }

    private RegistryStore Store => new(RegistryEndpoints.FolderOf(_repository.Options));

    // The first row that fits answers: named addresses come before those with a number.
    private IEnumerable<Endpoint> AllEndpoints(RateLimits limits, RegistryGate registry) =>
    [
        .. new AssetEndpoints(_repository).All(),
        .. new ReleaseEndpoints(_repository, _rules).All(),
        .. new RefEndpoints(_repository).All(),
        .. new GateEndpoints(_repository).All(),
        .. new CommitEndpoints(_repository).All(),
        .. new PullEndpoints(_repository).All(),
        .. new RepositoryEndpoints(_repository, limits).All(),
        .. new RegistryEndpoints(_repository.Options).All(),
        .. registry.All(),
        .. ChannelEndpoints.All(),
    ];

    private static WebApplication Listen(int port, Dispatcher dispatcher, SmartHttp git)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "sandbox" });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.AddServerHeader = false;
            // GitHub takes assets of almost 2 GiB, slowly if need be.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
        });
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var web = builder.Build();
        web.Run(http => git.Takes(http) ? git.HandleAsync(http) : dispatcher.HandleAsync(http));
        return web;
    }
}
