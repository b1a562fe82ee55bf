using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePrepare;

/// <summary>The version's files with the version in them. Pure.</summary>
/// <param name="Changes">Those that change, as they become.</param>
/// <param name="ChangelogSource">
/// Where the new section's text comes from: unreleased, notes-file, commits, reason; written where the section exists, none where there
/// is no changelog.
/// </param>
internal sealed record NewFiles(IReadOnlyList<SourceFile> Changes, string ChangelogSource)
{
    public static NewFiles None { get; } = new([], "none");

    /// <summary>Writes the version into the manifests and rolls the changelog.</summary>
    /// <exception cref="ActionException">A manifest cannot be written (exit 2, all at once), or the section would be empty (exit
    /// 3).</exception>
    public static NewFiles For(PrepareFacts facts, ReleaseTag release)
    {
        var problems = new List<Finding>();
        var texts = Bumped(facts, release.Version, problems);
        var source = "none";
        if (facts.Changelog is { } changelog && !facts.Request.HasChangelogPerVersion)
        {
            if (changelog.Problem is { } problem) problems.Add(problem);
            else (texts[changelog.Path], source) = Rolled(facts, release, changelog);
        }

        if (problems.Count > 0) throw new ActionException(ExitCode.BadInput, problems);
        var files = texts.Select(t => facts.Files[t.Key] with { Text = t.Value });
        return new NewFiles([.. files.Where(f => f != facts.Files[f.Path])], source);
    }

    /// <summary>The files that a release's commit may change, of those that exist: the manifests and the changelog.</summary>
    public static IEnumerable<string> Written(PrepareFacts facts)
    {
        var manifests = facts.Manifests.Select(m => m.File);
        return facts.Changelog is { Path: var path } && !facts.Request.HasChangelogPerVersion ? manifests.Append(path) : manifests;
    }

    /// <summary>
    /// How an earlier run's files differ from what <see cref="For"/> makes of the facts, whatever the new section says; null where they do
    /// not.
    /// </summary>
    public static string? Difference(PrepareFacts facts, ReleaseTag release, EarlierRun earlier)
    {
        var problems = new List<Finding>();
        foreach (var (name, text) in Bumped(facts, release.Version, problems))
            if (!earlier.HasAs(name, facts.Files[name] with { Text = text }))
                return $"its '{PlainText.Inert(name)}' is not the one from there with {release.Version} in it";
        if (problems is [var problem, ..]) return problem.Message;
        if (facts.Changelog is not { } changelog || facts.Request.HasChangelogPerVersion) return null;
        var sections = facts.Request.Sections(changelog.Text);
        var mine = earlier.Files.GetValueOrDefault(changelog.Path);
        var isRolled = mine is not null && sections.Find(release.Version).Count == 0
            && RollOf(facts, release, sections).IsMadeOf(changelog.Text, mine.Text);
        var isOurs = earlier.HasAs(changelog.Path, isRolled ? changelog with { Text = mine!.Text } : changelog);
        return isOurs ? null : $"its '{PlainText.Inert(changelog.Path)}' differs outside of the section of {release.Version}";
    }

    /// <summary>
    /// What is wrong with the compare link of the new section, where the policy wants one; version-validate refuses it, once the tag is
    /// pushed.
    /// </summary>
    public Finding? Unlinked(PrepareFacts facts, ReleaseTag release)
    {
        var (request, path) = (facts.Request, facts.Request.ChangelogPath);
        if (!request.Policy.Changelog.CompareLinks || request.HasChangelogPerVersion) return null;
        var changelog = request.Sections((Changes.FirstOrDefault(c => c.Path == path) ?? facts.Changelog)?.Text ?? "");
        if (ReleaseTag.Before(release.Version, facts.Tags, request.Order, changelog.Versions) is not { } previous) return null;
        if (changelog.Find(release.Version) is [var section, ..] && changelog.LinkOf(section) is { } link)
            return link.Complaint(path, previous, release);
        var definition = $"[Unreleased]: https://github.com/OWNER/NAME/compare/{previous.Name}...HEAD";
        return new Finding(
            $"{PlainText.Inert(path)} would have no compare link for {release.Version}",
            $"Give it `{definition}` at its foot, and its headings brackets, as in `## [{previous.Version}]`:"
            + " the link of a new section is made from these",
            path);
    }

    private static Dictionary<string, string> Bumped(PrepareFacts facts, ReleaseVersion version, List<Finding> problems)
    {
        const string Remedy = "Commit the file, or remove it from `version.manifests` of the policy";
        var texts = new Dictionary<string, string>();
        foreach (var place in facts.Manifests)
        {
            var file = facts.Files.GetValueOrDefault(place.File);
            string Written() => place.Write(texts.GetValueOrDefault(place.File, file!.Text), version, facts.Request.Order);
            if (file is null) problems.Add(new Finding($"{place}: the file is not there", Remedy, place.File));
            else if (file.Problem is { } problem) problems.Add(problem);
            else TryWrite(() => texts[file.Path] = Written(), problems);
        }

        return texts;
    }

    private static void TryWrite(Action write, List<Finding> problems)
    {
        try
        {
            write();
        }
        catch (ActionException e)
        {
            problems.AddRange(e.Findings);
        }
    }

    private static (string Text, string Source) Rolled(PrepareFacts facts, ReleaseTag release, SourceFile changelog)
    {
        var sections = facts.Request.Sections(changelog.Text);
        var there = sections.Find(release.Version);
        if (facts.RolledBack is null && there.Any(s => !s.IsEmpty)) return (changelog.Text, "written");
        if (there is [var section, ..])
        {
            var empty = section.IsEmpty ? ", and nothing in it" : "";
            // What was released with its changelog cannot be edited any more.
            var remedy = facts.RolledBack is null
                ? "Write what changed below its heading, or remove the heading" : "Name another version with `version`";
            var message = $"{PlainText.Inert(changelog.Path)} has a section for {release.Version} already{empty}";
            throw new ActionException(ExitCode.Refused, [new Finding(message, remedy, changelog.Path, section.Line)]);
        }

        // A section above it would leave two of the same version.
        if (sections.PendingSection(release.Version) is { } pending)
            throw new ActionException(ExitCode.Refused, [new Finding(
                $"{PlainText.Inert(changelog.Path)} has '{PlainText.Inert(pending.Heading)}' for {release.Version}, "
                + "which is not released yet", "Rename that heading to Unreleased, or write its date", changelog.Path, pending.Line)]);
        var (notes, source) = NotesOf(facts, sections);
        return (RollOf(facts, release, sections).Apply(changelog.Text, notes), source);
    }

    private static ChangelogRoll RollOf(PrepareFacts facts, ReleaseTag release, Changelog sections)
    {
        var previous = ReleaseTag.Before(release.Version, facts.Tags, facts.Request.Order, sections.Versions);
        return new ChangelogRoll(release, previous, facts.Date)
        {
            LeavesUnreleased = facts.RolledBack is not null,
            Product = sections.Product,
            Scheme = sections.Scheme,
        };
    }

    private static (string Notes, string Source) NotesOf(PrepareFacts facts, Changelog changelog)
    {
        var request = facts.Request;
        if (facts.RolledBack is { } back)
        {
            var reason = Markdown.Text(NotesText.ShowHidden(request.Reason!));
            return ($"### Changed\n\n- Rolled back {back.Bad.Version} to {back.Good.Version}: {reason}", "reason");
        }

        if (facts.Notes is { } notes) return (notes, "notes-file");
        if (changelog.Sections.Any(s => s is { IsUnreleased: true, IsEmpty: false })) return ("", "unreleased");
        if (facts.NobodysUnreleased is { } nobodys) throw new ActionException(ExitCode.Refused, [nobodys]);
        // In a repository of several products the commits may be another one's.
        var mayUseCommits = request.Product is null && request.Policy.Changelog.Fallback?.Contains("commits") != false;
        var made = mayUseCommits ? CommitNotes.Write(facts.Commits, request.Policy.Changelog.Labels, changelog.File.Text) : "";
        if (made.Length > 0) return (NotesText.ShowHidden(made), "commits");
        throw new ActionException(ExitCode.Refused, [WithoutNotes(request, changelog)]);
    }

    private static Finding WithoutNotes(PrepareRequest request, Changelog changelog)
    {
        var heading = changelog.Product is { } product ? $"{product} (unreleased)" : "[Unreleased]";
        var others = request.Product is null
            ? ", give `notes-file`, or allow `changelog.fallback: commits` in the policy" : ", or give `notes-file`";
        return new Finding(
            $"{PlainText.Inert(request.ChangelogPath)} says nothing about the release: Unreleased is empty or missing",
            $"Write what changed under ## {heading}{others}", request.ChangelogPath, 1);
    }
}
