using System.Globalization;
using System.Numerics;
using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePrepare;

/// <summary>Which version comes next, and why. Pure.</summary>
/// <param name="Version">The version.</param>
/// <param name="Old">The version before it; null where there was none.</param>
/// <param name="Bump"><c>patch</c>, <c>minor</c>, <c>major</c>, <c>post-release</c>, <c>first</c> or <c>given</c>.</param>
/// <param name="Reason">What decided, for a person.</param>
internal sealed record VersionChoice(ReleaseVersion Version, ReleaseVersion? Old, string Bump, string Reason)
{
    private const ReleasePrepare.Bump Patch = ReleasePrepare.Bump.Patch;
    private const ReleasePrepare.Bump Minor = ReleasePrepare.Bump.Minor;
    private const ReleasePrepare.Bump Major = ReleasePrepare.Bump.Major;
    private const string WasRequested = "it was requested";

    // A heading that announces nothing to the users of an interface counts as a fix.
    private static readonly Dictionary<string, Bump> BumpOfCategory = new()
    {
        ["Breaking"] = Major, ["Removed"] = Major, ["Added"] = Minor, ["Changed"] = Minor, ["Deprecated"] = Minor,
    };

    /// <summary>Chooses the version.</summary>
    /// <exception cref="ActionException">What was given is no version (exit 2), or nothing has changed (exit 3).</exception>
    public static VersionChoice For(PrepareFacts facts)
    {
        var (request, old) = (facts.Request, facts.Last?.Version ?? OfManifests(facts));
        if (request.Version is { } given) return new VersionChoice(request.TagOf(given).Version, old, "given", "it was given");
        return request.Bump switch
        {
            ReleasePrepare.Bump.PostRelease => PostRelease(facts),
            not ReleasePrepare.Bump.Auto when facts.Last is not null || !request.IsBumpOfPolicy =>
                Next(facts, old, request.Bump, WasRequested),
            _ => facts.Last is null ? First(facts, old) : ByChanges(facts, old!),
        };
    }

    /// <summary>A bump as users write it.</summary>
    public static string Word(Bump bump) => Choices.Word(bump);

    private static VersionChoice First(PrepareFacts facts, ReleaseVersion? old)
    {
        var scheme = facts.Request.Order.Scheme;
        var reason = old is null ? "nothing was released yet" : "the manifests say it, and nothing was released yet";
        var first = old is { IsPrerelease: false } ? old : Read(facts, scheme.First(facts.Date));
        return new VersionChoice(first, null, "first", reason);
    }

    private static VersionChoice ByChanges(PrepareFacts facts, ReleaseVersion old)
    {
        var (bump, reason) = Reasons(facts).OrderByDescending(r => r.Bump).FirstOrDefault();
        if (reason is null) throw NothingChanged(facts);
        if (facts.Request.Order.Scheme.IsByDate) return Next(facts, old, bump, $"{reason}; the day decides the version");
        var isMajor = !old.Major.IsZero || facts.Request.Policy.Prepare.BreakingBelow1 == "major";
        if (bump != Major || isMajor) return Next(facts, old, bump, reason);
        return Next(facts, old, Minor, $"{reason}; below 1.0.0 that is a minor");
    }

    private static ActionException NothingChanged(PrepareFacts facts) => facts.NobodysUnreleased is { } nobodys
        ? new ActionException(ExitCode.Refused, [nobodys])
        : ActionException.Refused(
            $"Nothing has changed since {facts.Last!.Name}", "Merge what is to be released first, or name the version with `version`");

    // The word of the last one goes on; a version that has none yet gets the policy's first.
    private static VersionChoice PostRelease(PrepareFacts facts)
    {
        if (facts.Request.Policy.Version.PostReleases is not [var first, ..])
            throw ActionException.BadInput(
                "The policy has no post-releases",
                "List their words under `version.post-releases`, such as hotfix, or request another bump");
        if (facts.Last?.Version is not { } old)
            throw ActionException.Refused(
                "Nothing was released yet that a post-release could come after", "Release a stable version first");
        var isPost = facts.Request.Order.IsPostRelease(old);
        var last = isPost && old.IsNumbered ? BigInteger.Parse(old.LabelNumber!, CultureInfo.InvariantCulture) : 0;
        var next = Read(facts, facts.Request.Order.Scheme.WithLabel(old.Core, isPost ? old.Label : first, last + 1));
        return new VersionChoice(next, old, Word(ReleasePrepare.Bump.PostRelease), WasRequested);
    }

    private static VersionChoice Next(PrepareFacts facts, ReleaseVersion? old, Bump bump, string reason)
    {
        var scheme = facts.Request.Order.Scheme;
        // A patch that was requested of a calendar version belongs to the release it repairs, and keeps its date.
        DateOnly? today = facts.Request.Bump == Patch ? null : facts.Date;
        var step = bump switch { Major => VersionStep.Major, Minor => VersionStep.Minor, _ => VersionStep.Patch };
        var next = old is not null ? scheme.Next(old, step, today)
            : scheme.IsByDate ? scheme.First(facts.Date)
            : scheme.Next(Read(facts, "0.0.0"), step, today);
        return new VersionChoice(Read(facts, next), old, Word(bump), reason);
    }

    private static IEnumerable<(Bump Bump, string? Reason)> Reasons(PrepareFacts facts)
    {
        var labels = facts.Request.Policy.Changelog.Labels;
        // In a repository of several products the commits may be another one's; each changelog is its product's own.
        foreach (var commit in facts.Request.Product is null ? CommitSelection.WithoutReverts(facts.Commits) : [])
        {
            // The first word of a commit is a weaker sign than a changelog's heading: only what is marked as breaking is.
            var bump = CommitNotes.CategoryOf(commit, labels) switch { "Breaking" => Major, "Added" => Minor, _ => Patch };
            yield return (bump, $"the commit {commit.Sha[..Math.Min(7, commit.Sha.Length)]} says '{commit.Subject}'");
        }

        foreach (var change in Unreleased(facts))
        {
            var isMarked = change.Text.TrimStart('*', '_', '[', ' ').StartsWith("breaking", StringComparison.OrdinalIgnoreCase);
            var bump = isMarked ? Major : BumpOfCategory.GetValueOrDefault(change.Category, Patch);
            yield return (bump, $"the changelog has an entry under {change.Category}");
        }

        if (facts.Notes is not null) yield return (Patch, "there are notes for it");
    }

    private static IReadOnlyList<Change> Unreleased(PrepareFacts facts)
    {
        if (facts.Changelog is not { Problem: null } file) return [];
        var section = facts.Request.Sections(file.Text).Sections.FirstOrDefault(s => s.IsUnreleased);
        return section is { IsEmpty: false } ? Change.In(section.Body) : [];
    }

    private static ReleaseVersion? OfManifests(PrepareFacts facts) => facts.Manifests
        .Where(m => facts.Files.GetValueOrDefault(m.File) is { Problem: null })
        .SelectMany(m => m.Read(facts.Files[m.File].Text))
        .Select(v => facts.Request.Order.Scheme.Find(v.Version ?? ""))
        .FirstOrDefault(v => v is not null);

    private static ReleaseVersion Read(PrepareFacts facts, string text) =>
        ReleaseTag.RequireVersion(text, "", facts.Request.Order.Scheme);
}
