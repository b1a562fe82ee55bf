using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Manifests;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.VersionValidate;

/// <summary>What is known of the repository and the version that is to be released.</summary>
/// <param name="Terms">What the run is held to.</param>
/// <param name="Release">The tag and the version it names.</param>
/// <param name="Commit">The commit to be released.</param>
internal sealed record ValidationFacts(ReleaseTerms Terms, ReleaseTag Release, string Commit)
{
    /// <summary>Whether the run only looks ahead: a dry run before the tag is there. What can hold only at the release is not demanded yet.</summary>
    public bool IsAhead { get; init; }

    /// <summary>Whether a pushed tag started the run; else somebody typed the version.</summary>
    public bool IsByTag { get; init; }

    /// <summary>The commit that the tag points at on the remote, or null where it is not there yet.</summary>
    public string? TagCommit { get; init; }

    /// <summary>The tag's object; null where the tag is lightweight, not there, or nobody needs to know.</summary>
    public TagObject? TagObject { get; init; }

    /// <summary>Every tag that names a version of this product, highest first.</summary>
    public IReadOnlyList<ReleaseTag> Tags { get; init; } = [];

    /// <summary>What is published under the tag; null where GitHub was not asked.</summary>
    public Asked<PublishedRelease?>? Published { get; init; }

    /// <summary>Where the tag was before the push that started the run moved it; null where it is new.</summary>
    public string? MovedFrom { get; init; }

    /// <summary>Whether the production branch holds the commit; null where the branch could not be had.</summary>
    public bool? BranchHolds { get; init; }

    /// <summary>The production branch's last commit, where it could be had.</summary>
    public string? BranchTip { get; init; }

    /// <summary>The versions that the manifests say.</summary>
    public IReadOnlyList<ManifestFact> Manifests { get; init; } = [];

    /// <summary>What the changelog says of the version; null where nobody needs to know.</summary>
    public ChangelogFact? Changelog { get; init; }

    /// <summary>What somebody typed to have a recovery release.</summary>
    public RecoveryRequest Recovery { get; init; } = new(IsAsked: false, null, null, null);

    /// <summary>What stands on the commit, by check and by status; null where no check is named.</summary>
    public Asked<IReadOnlyList<CheckFact>>? Checks { get; init; }

    /// <summary>The open issues with each blocking label.</summary>
    public IReadOnlyList<(string Label, Asked<IReadOnlyList<Issue>> Issues)> Issues { get; init; } = [];

    /// <summary>The repository's labels; null where each blocking label has an issue that proves it, or none is named.</summary>
    public Asked<IReadOnlyList<string>>? Labels { get; init; }

    /// <summary>Who approved, and where; null where no team is named.</summary>
    public Asked<IReadOnlyList<Approval>>? Approvals { get; init; }

    /// <summary>The members of each team that must approve, in the policy's order.</summary>
    public IReadOnlyList<(ApprovalPolicy Policy, Asked<IReadOnlyList<string>> Members)> Teams { get; init; } = [];

    /// <summary>The day in the time zone of the policy.</summary>
    public DateOnly Today { get; init; }

    /// <summary>Why the release cannot wait for the end of a blackout, or null.</summary>
    public string? EmergencyReason { get; init; }

    /// <summary>Whether the version is a recovery release by the policy.</summary>
    public bool IsRecovery => Terms.Policy.Version.IsRecovery(Release.Version);

    /// <summary>Whether something with the same first number is known to be public already; null where nobody needs to know, and the tags say enough.</summary>
    public bool? FollowsPublished { get; init; }

    /// <summary>Why nobody could tell whether something with the same first number is public; null where it is known, or nobody needs to know.</summary>
    public Finding? MajorTrouble { get; init; }

    /// <summary>The other tags with the same first number that are no prereleases, highest first.</summary>
    public IReadOnlyList<ReleaseTag> TagsOfMajor => [.. Tags.Where(t => t.Version.Major == Release.Version.Major && t.Version != Release.Version && !Terms.Order.IsPrerelease(t.Version))];

    /// <summary>Whether the version is the first of a new first number. A tag whose release was refused is not one that went before.</summary>
    public bool IsMajor => Release.Version.Major > 0 && !(FollowsPublished ?? TagsOfMajor.Count > 0);
}

/// <summary>What came of a question that may fail without ending the run: the others are told too.</summary>
/// <param name="Answer">The answer; where there is trouble, what is known all the same.</param>
/// <param name="Trouble">Why there is no answer, or not all of it; else null.</param>
internal sealed record Asked<T>(T Answer, Finding? Trouble = null);

/// <summary>One version that one manifest says, or the reason why it says none.</summary>
internal sealed record ManifestFact(string Place, string File, int? Line, string? Version, string? Problem)
{
    /// <summary>What mends the problem.</summary>
    public string Remedy { get; init; } = ManifestVersion.UsualRemedy;
}

/// <summary>A changelog's sections about the version.</summary>
/// <param name="Path">The file.</param>
/// <param name="IsThere">Whether the file is there.</param>
/// <param name="Sections">The sections; more than one where the file has duplicates.</param>
/// <param name="Link">The compare link of the version, or null.</param>
internal sealed record ChangelogFact(string Path, bool IsThere, IReadOnlyList<ChangelogSection> Sections, CompareLink? Link)
{
    /// <summary>The versions that have a section; null where each version has a file of its own.</summary>
    public IReadOnlySet<SemanticVersion>? Told { get; init; }

    /// <summary>The tag that the compare link starts at, where all that came between is not in the released commit; null where the release before it decides.</summary>
    public ReleaseTag? Begin { get; init; }
}

/// <summary>One check or status on the commit.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State"><c>success</c>, or what it is instead.</param>
internal sealed record CheckFact(string Name, string State);

/// <summary>Somebody's approval.</summary>
/// <param name="Login">Who.</param>
/// <param name="Place">Where, for the reader.</param>
/// <param name="Flaw">What was approved where that does not count, for the reader; else null.</param>
internal sealed record Approval(string Login, string Place, string? Flaw = null);

/// <summary>A release that is public.</summary>
/// <param name="Commit">The commit it was made from; null where it does not say.</param>
internal sealed record PublishedRelease(string? Commit);
