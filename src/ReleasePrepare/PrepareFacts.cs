using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePrepare;

/// <summary>What is known of the checkout and its origin before a release is cut.</summary>
internal sealed record PrepareFacts
{
    public required Settings Settings { get; init; }

    /// <summary>What the person asked for.</summary>
    public required Request Request { get; init; }

    /// <summary>The day, in UTC.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The tag that started the run, or null.</summary>
    public string? StartedBy { get; init; }

    /// <summary>Whether the repository's name and a token are known, without which no pull request can be opened.</summary>
    public bool MayOpenPulls { get; init; } = true;

    /// <summary>The branch that is checked out; null where HEAD is detached.</summary>
    public string? CheckedOut { get; init; }

    /// <summary>The files of the work tree that are not as they were committed.</summary>
    public IReadOnlyList<string> Uncommitted { get; init; } = [];

    /// <summary>The names of the tags in the checkout.</summary>
    public IReadOnlySet<string> LocalTags { get; init; } = new HashSet<string>();

    /// <summary>The branches on origin, each with its commit.</summary>
    public IReadOnlyDictionary<string, string> Branches { get; init; } = new Dictionary<string, string>();

    /// <summary>The release tags on origin, highest first.</summary>
    public IReadOnlyList<ReleaseTag> Tags { get; init; } = [];

    /// <summary>The commit that the new one is built on.</summary>
    public required string Base { get; init; }

    /// <summary>How many commits of origin's branch the checkout lacks.</summary>
    public int Behind { get; init; }

    /// <summary>How many commits of the checkout origin lacks.</summary>
    public int Ahead { get; init; }

    /// <summary>The commits since <see cref="Last"/>, newest first.</summary>
    public IReadOnlyList<Commit> Commits { get; init; } = [];

    /// <summary>The version's files as they were committed; a name without a file is not among them.</summary>
    public IReadOnlyDictionary<string, SourceFile> Files { get; init; } = new Dictionary<string, SourceFile>();

    /// <summary>The text of the notes file, or null.</summary>
    public string? Notes { get; init; }

    /// <summary>Commits that production has and the branch to cut from has in no form.</summary>
    public IReadOnlyList<Commit> Hotfixes { get; init; } = [];

    /// <summary>What origin has under the name of the branch that this run would push its commit to; null where it has none.</summary>
    public EarlierRun? Earlier { get; init; }

    /// <summary>Where origin's release branch was cut from the branch that this run would cut it from; null where there is none, or it was not.</summary>
    public string? CutAt { get; init; }

    /// <summary>The version's files as origin's release branch has them; null where there is none, or where it is cut from production.</summary>
    public IReadOnlyDictionary<string, SourceFile>? OnBranch { get; init; }

    /// <summary>What is rolled back, and to what.</summary>
    public RolledBack? RolledBack { get; init; }

    /// <summary>What production holds of the version's files; for a promotion.</summary>
    public IReadOnlyDictionary<string, SourceFile> Promoted { get; init; } = new Dictionary<string, SourceFile>();

    /// <summary>The release that the new one follows: the one before a version that was typed, or else the highest stable one, which a bump counts from; null before the first.</summary>
    public ReleaseTag? Last => Request.Version is { } typed && SemanticVersion.TryParse(typed, out var version)
        ? ReleaseTag.Before(version, Tags, Settings.Order) : Tags.FirstOrDefault(t => !Settings.Order.IsPrerelease(t.Version));

    /// <summary>The changelog, or null where there is none.</summary>
    public SourceFile? Changelog => Files.GetValueOrDefault(Settings.ChangelogPath);

    /// <summary>A changelog as it is for the product that is released, where several share it.</summary>
    public Changelog SectionsOf(SourceFile changelog) => Core.Changelogs.Changelog.Parse(changelog.Text).Of(Settings.Policy.ProductIn(null));

    /// <summary>What is wrong where products share the changelog, and what is unreleased in it names none of them; null where that is not so.</summary>
    public Finding? NobodysUnreleased => Settings.Policy.ProductIn(null) is { } product && Changelog is { Problem: null } file
        && Core.Changelogs.Changelog.Parse(file.Text).Sections.FirstOrDefault(s => s is { Version: null, Product: null, IsEmpty: false }) is { } section
        ? new Finding($"Products share {PlainText.Inert(file.Path)}, and its Unreleased names none of them", $"Put what is of {product} under ## {product} (unreleased), or give `notes-file` with `version` or `bump`", file.Path, section.Line) : null;
}

/// <summary>What the inputs say about the release itself.</summary>
internal sealed record Request(Bump Bump, string? Version, string? Description, string? Reason, RecoveryRequest Recovery);

/// <summary>A file of a commit, as text.</summary>
/// <param name="Path">Relative to the top.</param>
/// <param name="Mode">Git's mode.</param>
/// <param name="Text">Its text; empty where there is a problem.</param>
/// <param name="Problem">Why it cannot be changed, or null.</param>
internal sealed record SourceFile(string Path, string Mode, string Text, Finding? Problem = null);

/// <summary>A release that is rolled back.</summary>
/// <param name="Bad">The release to leave.</param>
/// <param name="BadCommit">Its commit.</param>
/// <param name="Good">The stable release before it.</param>
/// <param name="GoodCommit">Its commit.</param>
internal sealed record RolledBack(ReleaseTag Bad, string BadCommit, ReleaseTag Good, string GoodCommit);
