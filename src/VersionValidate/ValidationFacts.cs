using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Manifests;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.VersionValidate;

/// <summary>What is known of the repository and the version that is to be released.</summary>
/// <param name="Request">What was looked up.</param>
/// <param name="Release">The tag and the version it names.</param>
/// <param name="Commit">The commit to be released.</param>
internal sealed record ValidationFacts(ValidationRequest Request, ReleaseTag Release, string Commit)
{
    private const string EmergencyKey = "emergency-reason:";

    /// <summary>The commit of the tag on the remote, or null where the tag does not exist yet.</summary>
    public string? TagCommit { get; init; }

    /// <summary>The lines of an annotated tag's message; null where the tag is lightweight or missing, or no rule needs it.</summary>
    public IReadOnlyList<string>? TagMessage { get; init; }

    /// <summary>Every tag that names a version of this product, highest first.</summary>
    public IReadOnlyList<ReleaseTag> Tags { get; init; } = [];

    /// <summary>What is wrong where none of the tags that are there is a version of the policy's scheme; else null.</summary>
    public Finding? Misfit { get; init; }

    /// <summary>The published release of the tag; null where GitHub was not asked.</summary>
    public Asked<Release?>? Published { get; init; }

    /// <summary>The commit from which the push that started the run moved the tag; null where the tag is new.</summary>
    public string? MovedFrom { get; init; }

    /// <summary>Whether the production branch contains the commit; null where the branch could not be fetched.</summary>
    public bool? IsOnBranch { get; init; }

    /// <summary>The production branch's last commit, where a rule needs it.</summary>
    public string? BranchTip { get; init; }

    /// <summary>The versions in the manifests, each with its file.</summary>
    public IReadOnlyList<(string File, ManifestVersion Found)> Manifests { get; init; } = [];

    /// <summary>The changelog's sections for the version; null where no rule needs to know.</summary>
    public ChangelogFact? Changelog { get; init; }

    /// <summary>The checks and statuses of the commit; null where no check is named.</summary>
    public Asked<CommitChecks>? Checks { get; init; }

    /// <summary>The open issues with each blocking label.</summary>
    public IReadOnlyList<(string Label, Asked<IReadOnlyList<BlockingIssue>> Issues)> Issues { get; init; } = [];

    /// <summary>The repository's labels; null where an open issue has each blocking label, or none is named.</summary>
    public Asked<IReadOnlyList<string>>? Labels { get; init; }

    /// <summary>The approvals; null where no team is named.</summary>
    public Asked<IReadOnlyList<Approval>>? Approvals { get; init; }

    /// <summary>The members of each team that must approve, in the policy's order.</summary>
    public IReadOnlyList<(ApprovalPolicy Policy, Asked<IReadOnlyList<string>> Members)> Teams { get; init; } = [];

    /// <summary>Today in the time zone of the policy.</summary>
    public DateOnly Today { get; init; }

    /// <summary>Whether a release with the same major number is public; null where the tags decide.</summary>
    public bool? FollowsPublished { get; init; }

    /// <summary>Why it is not known whether a release with the same major number is public; else null.</summary>
    public Finding? MajorTrouble { get; init; }

    /// <summary>The pull request that a strict dry run is about; null where it is about none.</summary>
    public PullFacts? Pull { get; init; }

    /// <summary>The pull requests that brought the commit to production; null where nobody needs to know.</summary>
    public Asked<IReadOnlyList<PromotedPull>>? Promotion { get; init; }

    /// <summary>Whether a dry run comes before the tag: what only the tag brings is not required yet.</summary>
    public bool IsBeforeTag => Request.IsDryRun && (!Request.HasVersion || TagCommit is null);

    /// <summary>Whether it is the last look before the tag, at production itself.</summary>
    public bool IsLastLook => Request.IsDryRun && Request.IsStrict && Request.Runner.Branch == Request.Branch;

    /// <summary>Whether more than the tag is still to come: what can be true only at the release is not required yet.</summary>
    public bool IsAhead => IsBeforeTag && !IsLastLook;

    /// <summary>Whether the version is a recovery release by the policy.</summary>
    public bool IsRecovery => Request.Policy.Version.IsRecovery(Release.Version);

    /// <summary>The blackout of today, or null.</summary>
    public BlackoutPolicy? Blackout => Request.Policy.Gates.Blackouts.FirstOrDefault(b => b.Contains(Today));

    /// <summary>Whether a rule needs the message of the tag.</summary>
    public bool NeedsTagMessage => TagCommit is not null
        && (Request.NeedsAnnotatedTag || Request.Policy.Version.TagMessage is not null || MayRequestByTag);

    /// <summary>Why the release cannot wait for the end of a blackout, by the input or a line of the tag's message; or null.</summary>
    public string? EmergencyReason => Request.EmergencyReason ?? (Request.IsByTag ? ReasonIn(TagMessage ?? []) : null);

    /// <summary>The other tags with the same major number that are not prereleases, highest first.</summary>
    public IReadOnlyList<ReleaseTag> TagsOfMajor => [.. Tags.Where(t =>
        t.Version.Major == Release.Version.Major && t.Version != Release.Version && !Request.Order.IsPrerelease(t.Version))];

    /// <summary>Whether the version is the first of a new major number. A tag whose release was refused does not count.</summary>
    public bool IsMajor => Release.Version.Major > 0 && !(FollowsPublished ?? TagsOfMajor.Count > 0);

    // The message of a recovery's tag says so, however the run was started; that of an emergency in a blackout, where the tag started it.
    private bool MayRequestByTag => IsRecovery || (Request.IsByTag && Blackout is not null);

    private static string? ReasonIn(IReadOnlyList<string> lines)
    {
        var reason = lines.FirstOrDefault(l => l.StartsWith(EmergencyKey, StringComparison.Ordinal))?[EmergencyKey.Length..].Trim();
        return string.IsNullOrEmpty(reason) ? null : reason;
    }
}

/// <summary>The answer to a question that may fail without ending the run: the other results are shown too.</summary>
/// <param name="Answer">The answer; where there is trouble, what is known anyway.</param>
/// <param name="Trouble">Why the answer is missing or incomplete; else null.</param>
internal sealed record Asked<T>(T Answer, Finding? Trouble = null);

/// <summary>A changelog's sections for the version.</summary>
/// <param name="Path">The file.</param>
/// <param name="Exists">Whether the file exists.</param>
/// <param name="Sections">The sections; more than one where the file has duplicates.</param>
/// <param name="Link">The compare link of the version, or null.</param>
internal sealed record ChangelogFact(string Path, bool Exists, IReadOnlyList<ChangelogSection> Sections, CompareLink? Link)
{
    /// <summary>The versions that have a section; null where each version has its own file.</summary>
    public IReadOnlySet<ReleaseVersion>? Versions { get; init; }

    /// <summary>The tag at which the link may start though a later release exists, which the commit does not contain; else null.</summary>
    public ReleaseTag? Begin { get; init; }
}
