using System.Globalization;
using System.Numerics;
using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePrepare;

/// <summary>Which version comes next, and why. Pure.</summary>
/// <param name="Version">The version.</param>
/// <param name="Old">The version before it; null where there was none.</param>
/// <param name="Bump"><c>patch</c>, <c>minor</c>, <c>major</c>, <c>post-release</c>, <c>first</c> or <c>given</c>.</param>
/// <param name="Reason">What decided, for a person.</param>
internal sealed record VersionChoice(SemanticVersion Version, SemanticVersion? Old, string Bump, string Reason)
{
    // Where a heading promises nothing to the users of an interface, the change counts as a fix.
    private static readonly Dictionary<string, Bump> BumpOfCategory = new()
    {
        ["Breaking"] = ReleasePrepare.Bump.Major, ["Removed"] = ReleasePrepare.Bump.Major, ["Added"] = ReleasePrepare.Bump.Minor, ["Changed"] = ReleasePrepare.Bump.Minor, ["Deprecated"] = ReleasePrepare.Bump.Minor,
    };

    /// <summary>Chooses the version.</summary>
    /// <exception cref="ActionException">What was typed is no version (exit 2), or nothing has changed (exit 3).</exception>
    public static VersionChoice For(PrepareFacts facts)
    {
        var old = facts.Last?.Version ?? OfManifests(facts);
        if (facts.Request.Version is { } typed) return new VersionChoice(ReleaseTag.RequireVersion(typed, facts.Settings.TagPrefix), old, "given", "it was typed");
        if (facts.Request.Bump != ReleasePrepare.Bump.Auto) return facts.Request.Bump == ReleasePrepare.Bump.PostRelease ? PostRelease(facts) : Next(old ?? Of(0, 0, 0), facts.Request.Bump, "it was asked for");
        if (facts.Last is null) return new VersionChoice(old is { IsPrerelease: false } ? old : Of(0, 1, 0), null, "first", old is null ? "nothing was released yet" : "the manifests say it, and nothing was released yet");
        var (bump, reason) = Reasons(facts).OrderByDescending(r => r.Bump).FirstOrDefault();
        if (reason is null) throw facts.NobodysUnreleased is { } nobodys ? new ActionException(ExitCode.Refused, [nobodys]) : ActionException.Refused($"Nothing has changed since {facts.Last.Name}", "Merge what is to be released first, or name the version with `version`");
        if (bump != ReleasePrepare.Bump.Major || !old!.Major.IsZero || facts.Settings.Policy.Prepare.BreakingBelow1 == "major") return Next(old!, bump, reason);
        return Next(old, ReleasePrepare.Bump.Minor, $"{reason}; below 1.0.0 that is a minor");
    }

    /// <summary>A bump as users write it.</summary>
    public static string Word(Bump bump) => bump == ReleasePrepare.Bump.PostRelease ? "post-release" : bump.ToString().ToLowerInvariant();

    // The word of the last one goes on; a version that has none yet gets the policy's first.
    private static VersionChoice PostRelease(PrepareFacts facts)
    {
        if (facts.Settings.Policy.Version.PostReleases is not [var first, ..]) throw ActionException.BadInput("The policy has no post-releases", "List their words under `version.post-releases`, such as hotfix, or ask for another bump");
        if (facts.Last?.Version is not { } old) throw ActionException.Refused("Nothing was released yet that a post-release could come after", "Release a stable version first");
        var isPost = facts.Settings.Order.IsPostRelease(old);
        var number = isPost && old.IsNumbered ? BigInteger.Parse(old.Prerelease.Split('.')[1], CultureInfo.InvariantCulture) + 1 : 1;
        var next = ReleaseTag.RequireVersion($"{old.Major}.{old.Minor}.{old.Patch}-{(isPost ? old.Label : first)}.{number}", "");
        return new VersionChoice(next, old, Word(ReleasePrepare.Bump.PostRelease), "it was asked for");
    }

    private static VersionChoice Next(SemanticVersion old, Bump bump, string reason)
    {
        var next = bump switch
        {
            ReleasePrepare.Bump.Major => Of(old.Major + 1, 0, 0),
            ReleasePrepare.Bump.Minor => Of(old.Major, old.Minor + 1, 0),
            _ => Of(old.Major, old.Minor, old.Patch + 1),
        };
        return new VersionChoice(next, old, Word(bump), reason);
    }

    private static IEnumerable<(Bump Bump, string? Reason)> Reasons(PrepareFacts facts)
    {
        // In a repository of several products the commits may be another one's; each changelog is its product's own.
        var commits = facts.Settings.Product is null ? facts.Commits : [];
        foreach (var commit in commits)
        {
            // The first word of a commit is a weaker sign than a changelog's heading: only what is marked as breaking is.
            var bump = CommitNotes.CategoryOf(commit, facts.Settings.Policy.Changelog.Labels) switch { "Breaking" => ReleasePrepare.Bump.Major, "Added" => ReleasePrepare.Bump.Minor, _ => ReleasePrepare.Bump.Patch };
            yield return (bump, $"the commit {commit.Sha[..Math.Min(7, commit.Sha.Length)]} says '{commit.Subject}'");
        }

        foreach (var change in Unreleased(facts))
        {
            var isMarked = change.Text.TrimStart('*', '_', '[', ' ').StartsWith("breaking", StringComparison.OrdinalIgnoreCase);
            yield return (isMarked ? ReleasePrepare.Bump.Major : BumpOfCategory.GetValueOrDefault(change.Category, ReleasePrepare.Bump.Patch), $"the changelog has an entry under {change.Category}");
        }

        if (facts.Notes is not null) yield return (ReleasePrepare.Bump.Patch, "there are notes for it");
    }

    private static IReadOnlyList<Change> Unreleased(PrepareFacts facts) =>
        facts.Changelog is { Problem: null } file && facts.SectionsOf(file).Sections.FirstOrDefault(s => s.Version is null) is { IsEmpty: false } section ? Change.In(section.Body) : [];

    private static SemanticVersion? OfManifests(PrepareFacts facts) => facts.Settings.Manifests
        .Where(m => facts.Files.GetValueOrDefault(m.File) is { Problem: null }).SelectMany(m => m.Read(facts.Files[m.File].Text))
        .Select(v => v.Version is { } text && SemanticVersion.TryParse(text, out var version) ? version : null).OfType<SemanticVersion>().FirstOrDefault();

    private static SemanticVersion Of(BigInteger major, BigInteger minor, BigInteger patch) =>
        SemanticVersion.TryParse($"{major}.{minor}.{patch}", out var version) ? version : throw new InvalidOperationException($"{major}.{minor}.{patch} is a version");
}
