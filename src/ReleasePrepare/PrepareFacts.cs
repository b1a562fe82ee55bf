using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Manifests;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePrepare;

/// <summary>What is known of the checkout and its origin before a release is cut.</summary>
internal sealed record PrepareFacts
{
    /// <summary>What the facts were gathered for.</summary>
    public required PrepareRequest Request { get; init; }

    /// <summary>The day, in UTC.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The commit that the new one is built on.</summary>
    public required string Base { get; init; }

    /// <summary>The tag that started the run, or null.</summary>
    public string? StartedBy { get; init; }

    /// <summary>Whether the repository's name and a token are known, without which no pull request can be opened.</summary>
    public bool MayOpenPulls { get; init; } = true;

    /// <summary>Whether it runs on a runner, where the checkout's own repository is not used.</summary>
    public bool IsRunner { get; init; }

    /// <summary>Whether a person watches at a terminal.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>The branch that is checked out; null where HEAD is detached.</summary>
    public string? CheckedOut { get; init; }

    /// <summary>The files of the work tree that differ from the commit.</summary>
    public IReadOnlyList<string> Uncommitted { get; init; } = [];

    /// <summary>The names of the tags in the checkout.</summary>
    public IReadOnlySet<string> LocalTags { get; init; } = new HashSet<string>();

    /// <summary>The branches on origin, each with its commit.</summary>
    public IReadOnlyDictionary<string, string> Branches { get; init; } = new Dictionary<string, string>();

    /// <summary>The release tags on origin, highest first.</summary>
    public IReadOnlyList<ReleaseTag> Tags { get; init; } = [];

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

    /// <summary>Commits that production has and the branch to cut from lacks in any form.</summary>
    public IReadOnlyList<Commit> Hotfixes { get; init; } = [];

    /// <summary>What origin has under the name of the branch that this run would push its commit to; null where it has none.</summary>
    public EarlierRun? Earlier { get; init; }

    /// <summary>
    /// Where origin's release branch was cut from the branch that this run would cut it from; null where there is none, or it was not.
    /// </summary>
    public string? CutAt { get; init; }

    /// <summary>The version's files on origin's release branch; null where there is none, or where it is cut from production.</summary>
    public IReadOnlyDictionary<string, SourceFile>? OnBranch { get; init; }

    /// <summary>What is rolled back, and to what.</summary>
    public RolledBack? RolledBack { get; init; }

    /// <summary>The version's files on production; for a promotion.</summary>
    public IReadOnlyDictionary<string, SourceFile> Promoted { get; init; } = new Dictionary<string, SourceFile>();

    /// <summary>Checks, pull requests and drift; for a release branch.</summary>
    public CutState? Cut { get; init; }

    /// <summary>What a merge of the release branch into production would do; for a promotion.</summary>
    public PromotionMerge? Merge { get; init; }

    /// <summary>What is wrong where none of the tags that are there is a version of the policy's scheme; else null.</summary>
    public Finding? Misfit { get; init; }

    /// <summary>The plan's commit and tag, once they are made.</summary>
    public Draft Draft { get; init; } = Draft.Nothing;

    /// <summary>
    /// The release that the new one follows: the one before a version that was given, or else the highest stable one, which a bump counts
    /// from; null before the first.
    /// </summary>
    public ReleaseTag? Last => Request.Version is { } given && Request.Order.Scheme.Find(given) is { } version
        ? ReleaseTag.Before(version, Tags, Request.Order)
        : Tags.FirstOrDefault(t => !Request.Order.IsPrerelease(t.Version));

    /// <summary>Where the version is, among these files.</summary>
    public IReadOnlyList<ManifestPlace> Manifests => ManifestPlaces.Expand(Request.Manifests, Files.Keys);

    /// <summary>The changelog, or null where there is none.</summary>
    public SourceFile? Changelog => Files.GetValueOrDefault(Request.ChangelogPath);

    /// <summary>
    /// What is wrong where products share the changelog, and what is unreleased in it names none of them; null where nothing is.
    /// </summary>
    public Finding? NobodysUnreleased
    {
        get
        {
            if (Request.Policy.ProductIn(null) is not { } product || Changelog is not { Problem: null } file) return null;
            var sections = Core.Changelogs.Changelog.Parse(file.Text, Request.Order.Scheme).Sections;
            if (sections.FirstOrDefault(s => s is { IsUnreleased: true, Product: null, IsEmpty: false }) is not { } section) return null;
            var remedy = $"Put the changes of {product} under ## {product} (unreleased), or give `notes-file` with `version` or `bump`";
            var message = $"Products share {PlainText.Inert(file.Path)}, and its Unreleased names none of them";
            return new Finding(message, remedy, file.Path, section.Line);
        }
    }
}

/// <summary>A file of a commit, as text.</summary>
/// <param name="Path">Relative to the top.</param>
/// <param name="Mode">Git's mode, such as <c>100644</c>.</param>
/// <param name="Text">Its text; empty where there is a problem.</param>
/// <param name="Problem">Why it cannot be changed, or null.</param>
internal sealed record SourceFile(string Path, string Mode, string Text, Finding? Problem = null);

/// <summary>A release that is rolled back.</summary>
/// <param name="Bad">The release to leave.</param>
/// <param name="BadCommit">Its commit.</param>
/// <param name="Good">The stable release before it.</param>
/// <param name="GoodCommit">Its commit.</param>
internal sealed record RolledBack(ReleaseTag Bad, string BadCommit, ReleaseTag Good, string GoodCommit);
