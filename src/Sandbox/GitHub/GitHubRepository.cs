using System.Collections.Concurrent;
using System.Globalization;
using ReleaseActions.Sandbox.Git;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>The repository that the API shows: git on one side, what only GitHub knows on the other.</summary>
internal sealed partial class GitHubRepository(SandboxOptions options) : IDisposable
{
    private static readonly string[] NewLabels =
        ["bug", "documentation", "duplicate", "enhancement", "good first issue", "help wanted", "invalid", "question", "wontfix"];

    public SandboxOptions Options => options;

    /// <summary>The port of the server, known once it listens.</summary>
    public int Port { get; set; }

    public string Registry => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    public string Server => $"http://{Registry}";

    public string ApiRoot => $"{Server}/api/v3";

    /// <summary>Another host name for the same loopback: what github.com's object storage is to api.github.com.</summary>
    public string Storage => string.Create(CultureInfo.InvariantCulture, $"http://localhost:{Port}/storage");

    public string FullName => $"{options.Owner}/{options.Repository}";

    public string Api => $"{ApiRoot}/repos/{FullName}";

    public string Html => $"{Server}/{FullName}";

    public BareRepository Git { get; } = new(options.BareRepository);

    public ReleaseStore Releases { get; } = new(options.StateFolder, options.FirstAssetId);

    /// <summary>The protected branches; true where a ruleset protects them, false for the older branch protection.</summary>
    public ConcurrentDictionary<string, bool> ProtectedBranches { get; } = new();

    public ConcurrentDictionary<int, PullRequest> PullRequests { get; } = new();

    public ConcurrentQueue<CheckRun> CheckRuns { get; } = new();

    public ConcurrentQueue<CommitStatus> Statuses { get; } = new();

    public ConcurrentDictionary<int, Issue> Issues { get; } = new();

    /// <summary>The repository's labels: those of every new repository, those that a test made, and those of issues.</summary>
    public IEnumerable<string> Labels =>
        NewLabels.Concat(MadeLabels).Concat(Issues.Values.SelectMany(i => i.Labels)).Distinct(StringComparer.OrdinalIgnoreCase);

    public ConcurrentQueue<string> MadeLabels { get; } = new();

    public ConcurrentQueue<Review> Reviews { get; } = new();

    public ConcurrentQueue<RunApproval> RunApprovals { get; } = new();

    /// <summary>The members of each team, by its slug.</summary>
    public ConcurrentDictionary<string, string[]> Teams { get; } = new();

    /// <summary>A ruleset refuses new tags, also those that publishing a release would make.</summary>
    public bool RefusesNewTags { get; set; }

    /// <summary>The token lacks the permission <c>workflows</c>, as every job's own does.</summary>
    public bool RefusesWorkflowChanges { get; set; }

    /// <summary>Whether a new ref may not be made at a commit, because that changes workflow files (public issue reports).</summary>
    public async Task<bool> IsBeyondTokenAsync(string sha) =>
        RefusesWorkflowChanges && await Git.ChangesFilesAsync(sha, ".github/workflows");

    /// <summary>The settings keep workflows from opening pull requests, as those of a new repository do.</summary>
    public bool RefusesPullRequests { get; set; }

    public DateTimeOffset Now => options.Clock.GetUtcNow();

    // GitHub's names of owners and repositories are not case-sensitive.
    public bool IsCalled(string owner, string name) =>
        string.Equals(FullName, $"{owner}/{name}", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the tag belongs to a release that can never change again.</summary>
    public bool IsFrozen(string tag) => Releases.Published(tag) is { Immutable: true };

    public void Dispose() => Releases.Dispose();
}
