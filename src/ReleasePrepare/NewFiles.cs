using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePrepare;

/// <summary>A file that a release changes.</summary>
internal sealed record FileChange(string Path, string Mode, string Before, string After);

/// <summary>The version's files as they will be. Pure.</summary>
/// <param name="Changes">Those that change.</param>
/// <param name="ChangelogSource">Where the new section's text comes from: unreleased, notes-file, commits, reason; written where the section was there, none where there is no changelog.</param>
internal sealed record NewFiles(IReadOnlyList<FileChange> Changes, string ChangelogSource)
{
    /// <summary>Writes the version into the manifests and rolls the changelog.</summary>
    /// <exception cref="ActionException">A manifest cannot be written (exit 2, all at once), or there is nothing to tell (exit 3).</exception>
    public static NewFiles For(PrepareFacts facts, ReleaseTag release)
    {
        var problems = new List<Finding>();
        var texts = Bumped(facts, release.Version, problems);
        var source = "none";
        if (facts.Changelog is { } changelog && !facts.Settings.HasChangelogPerVersion)
        {
            if (changelog.Problem is { } problem) problems.Add(problem);
            else (texts[changelog.Path], source) = Rolled(facts, release, changelog);
        }

        if (problems.Count > 0) throw new ActionException(ExitCode.BadInput, problems);
        return new NewFiles([.. texts.Where(t => t.Value != facts.Files[t.Key].Text).Select(t => new FileChange(t.Key, facts.Files[t.Key].Mode, facts.Files[t.Key].Text, t.Value))], source);
    }

    /// <summary>The files that a release's commit may change, of those that are there: the manifests and the changelog.</summary>
    public static IEnumerable<string> Written(PrepareFacts facts) =>
        facts.Settings.Manifests.Select(m => m.File).Concat(facts.Changelog is { Path: var path } && !facts.Settings.HasChangelogPerVersion ? [path] : []);

    /// <summary>How an earlier run's files differ from what <see cref="For"/> makes of the facts, whatever the new section tells; null where they do not.</summary>
    public static string? Difference(PrepareFacts facts, ReleaseTag release, EarlierRun earlier)
    {
        var problems = new List<Finding>();
        foreach (var (name, text) in Bumped(facts, release.Version, problems))
            if (!earlier.HasAs(name, facts.Files[name] with { Text = text })) return $"its '{PlainText.Inert(name)}' is not the one from there with {release.Version} in it";
        if (problems is [var problem, ..]) return problem.Message;
        if (facts.Changelog is not { } changelog || facts.Settings.HasChangelogPerVersion) return null;
        var sections = Changelog.Parse(changelog.Text).Of(facts.Settings.Policy.ProductIn(null));
        var mine = earlier.Files.GetValueOrDefault(changelog.Path);
        var isRolled = mine is not null && sections.Find(release.Version).Count == 0 && RollOf(facts, release, sections).IsMadeOf(changelog.Text, mine.Text);
        var isOurs = earlier.HasAs(changelog.Path, isRolled ? changelog with { Text = mine!.Text } : changelog);
        return isOurs ? null : $"its '{PlainText.Inert(changelog.Path)}' differs outside of the section of {release.Version}";
    }

    /// <summary>What is wrong with the compare link of the new section, where the policy wants one; version-validate refuses it, once the tag is pushed.</summary>
    public Finding? Unlinked(PrepareFacts facts, ReleaseTag release)
    {
        var (settings, path) = (facts.Settings, facts.Settings.ChangelogPath);
        if (!settings.Policy.Changelog.CompareLinks || settings.HasChangelogPerVersion) return null;
        var changelog = Changelog.Parse(Changes.FirstOrDefault(c => c.Path == path)?.After ?? facts.Changelog?.Text ?? "").Of(settings.Policy.ProductIn(null));
        if (ReleaseTag.Before(release.Version, facts.Tags, settings.Order, changelog.Versions) is not { } previous) return null;
        if (changelog.Find(release.Version) is [var section, ..] && changelog.LinkOf(section) is { } link) return link.Complaint(path, previous, release);
        return new Finding($"{PlainText.Inert(path)} would have no compare link for {release.Version}", $"Give it `[Unreleased]: https://github.com/OWNER/NAME/compare/{previous.Name}...HEAD` at its foot, and its headings brackets, as in `## [{previous.Version}]`: the link of a new section is made from these", path);
    }

    private static Dictionary<string, string> Bumped(PrepareFacts facts, SemanticVersion version, List<Finding> problems)
    {
        var texts = new Dictionary<string, string>();
        foreach (var place in facts.Settings.Manifests)
        {
            if (!facts.Files.TryGetValue(place.File, out var file)) problems.Add(new Finding($"{place}: the file is not there", "Commit the file, or take it off `version.manifests` of the policy", place.File));
            else if (file.Problem is { } problem) problems.Add(problem);
            else TryWrite(() => texts[file.Path] = place.Write(texts.GetValueOrDefault(file.Path, file.Text), version, facts.Settings.Order), problems);
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
        var sections = facts.SectionsOf(changelog);
        var there = sections.Find(release.Version);
        if (facts.RolledBack is null && there.Any(s => !s.IsEmpty)) return (changelog.Text, "written");
        if (there is [var section, ..]) throw new ActionException(ExitCode.Refused, [new Finding(
            $"{PlainText.Inert(changelog.Path)} has a section for {release.Version} already{(section.IsEmpty ? ", and nothing in it" : "")}",
            // What was released with its changelog cannot be edited any more.
            facts.RolledBack is null ? "Write what changed below its heading, or remove the heading" : "Name another version with `version`", changelog.Path, section.Line)]);
        var (notes, source) = NotesOf(facts, sections);
        return (RollOf(facts, release, sections).Apply(changelog.Text, notes), source);
    }

    private static ChangelogRoll RollOf(PrepareFacts facts, ReleaseTag release, Changelog sections) =>
        new(release, ReleaseTag.Before(release.Version, facts.Tags, facts.Settings.Order, sections.Versions), facts.Date) { LeavesUnreleased = facts.RolledBack is not null, Product = sections.Product };

    private static (string Notes, string Source) NotesOf(PrepareFacts facts, Changelog changelog)
    {
        if (facts.RolledBack is { } back)
            return ($"### Changed\n\n- Rolled back {back.Bad.Version} to {back.Good.Version}: {Markdown.Text(NotesText.ShowHidden(facts.Request.Reason!))}", "reason");
        if (facts.Notes is { } notes) return (notes, "notes-file");
        if (changelog.Sections.Any(s => s is { Version: null, IsEmpty: false })) return ("", "unreleased");
        if (facts.NobodysUnreleased is { } nobodys) throw new ActionException(ExitCode.Refused, [nobodys]);
        // In a repository of several products the commits may be another one's.
        var made = facts.Settings.Product is null && facts.Settings.Policy.Changelog.Fallback.Contains("commits") ? CommitNotes.Write(facts.Commits, facts.Settings.Policy.Changelog.Labels) : "";
        if (made.Length > 0) return (NotesText.ShowHidden(made), "commits");
        throw new ActionException(ExitCode.Refused, [new Finding(
            $"{PlainText.Inert(facts.Settings.ChangelogPath)} tells nothing of the release: Unreleased is empty or missing", $"Write what changed under ## {(changelog.Product is { } product ? $"{product} (unreleased)" : "[Unreleased]")}{(facts.Settings.Product is null ? ", give `notes-file`, or allow `changelog.fallback: commits` in the policy" : ", or give `notes-file`")}", facts.Settings.ChangelogPath, 1)]);
    }
}
