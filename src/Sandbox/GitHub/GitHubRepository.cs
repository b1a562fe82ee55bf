using System.Collections.Concurrent;
using ReleaseActions.Sandbox.Git;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>The repository that the API shows: git on one side, what only GitHub knows on the other.</summary>
internal sealed class GitHubRepository(SandboxOptions options, Site site) : IDisposable
{
    public SandboxOptions Options => options;

    private static readonly string[] NewLabels = ["bug", "documentation", "duplicate", "enhancement", "good first issue", "help wanted", "invalid", "question", "wontfix"];

    public Site Site => site;

    public string FullName => $"{options.Owner}/{options.Repository}";

    public string Api => $"{site.Api}/repos/{FullName}";

    public string Html => $"{site.Server}/{FullName}";

    public BareRepository Git { get; } = new(options.BareRepository);

    public ReleaseStore Releases { get; } = new(options.StateFolder, options.FirstAssetId);

    /// <summary>The protected branches; true where a ruleset protects them, false for the older branch protection.</summary>
    public ConcurrentDictionary<string, bool> ProtectedBranches { get; } = new();

    public ConcurrentDictionary<int, PullRequest> PullRequests { get; } = new();

    public ConcurrentQueue<CheckRun> CheckRuns { get; } = new();

    public ConcurrentQueue<CommitStatus> Statuses { get; } = new();

    public ConcurrentDictionary<int, Issue> Issues { get; } = new();

    /// <summary>The repository's labels: those that GitHub gives each new one, those that a test made, and those that issues bear.</summary>
    public IEnumerable<string> Labels => NewLabels.Concat(MadeLabels).Concat(Issues.Values.SelectMany(i => i.Labels)).Distinct(StringComparer.OrdinalIgnoreCase);

    public ConcurrentQueue<string> MadeLabels { get; } = new();

    public ConcurrentQueue<Review> Reviews { get; } = new();

    public ConcurrentQueue<RunApproval> RunApprovals { get; } = new();

    /// <summary>The members of each team, by its slug.</summary>
    public ConcurrentDictionary<string, string[]> Teams { get; } = new();

    /// <summary>The categories of the repository's discussions.</summary>
    public IReadOnlyList<string> DiscussionCategories => options.DiscussionCategories;

    /// <summary>A ruleset refuses new tags, also those that a publication would make.</summary>
    public bool RefusesNewTags { get; set; }

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
