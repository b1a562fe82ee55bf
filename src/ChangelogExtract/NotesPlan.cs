using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Running;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ChangelogExtract;

/// <summary>What is known of the version and of what was written about it.</summary>
/// <param name="Release">The tag and the version.</param>
/// <param name="Path">The changelog's path.</param>
/// <param name="Changelog">The changelog, or null where there is no such file.</param>
/// <param name="Previous">The highest release below this one, or null.</param>
/// <param name="Commits">The commits since then; null where they are not allowed as a source.</param>
internal sealed record NotesFacts(ReleaseTag Release, string Path, Changelog? Changelog, ReleaseTag? Previous, IReadOnlyList<Commit>? Commits);

/// <summary>The notes of one version, and where they come from. Pure.</summary>
internal sealed record NotesPlan(ReleaseTag Release, string Notes, string Source, ChangelogSection? Section, ReleaseTag? Previous)
{
    /// <summary>Chooses the notes.</summary>
    /// <exception cref="ActionException">There is no source, the section is empty, or there are two (exit 3).</exception>
    public static NotesPlan For(NotesFacts facts)
    {
        var sections = facts.Changelog?.Find(facts.Release.Version) ?? [];
        if (sections.Count > 1) throw Refusal(facts, $"{facts.Path} has {sections.Count} sections for {facts.Release.Version}", "Keep one of them", sections[1].Line);
        if (sections is [{ IsEmpty: false } section]) return new NotesPlan(facts.Release, section.Body, "changelog", section, facts.Previous);
        if (sections is [var empty]) throw Refusal(facts, $"The section for {facts.Release.Version} is empty", "Write what changed, or remove the heading to have notes made from the commits", empty.Line);
        if (facts.Commits is { } commits && CommitNotes.Write(commits) is { Length: > 0 } notes) return new NotesPlan(facts.Release, notes, "commits", null, facts.Previous);
        throw Missing(facts);
    }

    public string ToMarkdown(string compareUrl) => $"""
        ## Release notes for {Markdown.Text(Release.Version.Text)}

        From {(Section is null ? "the commits since the previous release" : $"the changelog, line {Section.Line}")}{(compareUrl.Length == 0 ? "" : $"; [compare with {Markdown.Text(Previous!.Name)}]({compareUrl})")}.

        {Notes}
        """;

    private static ActionException Missing(NotesFacts facts)
    {
        if (facts.Changelog is null) return Refusal(facts, $"There is no changelog at '{facts.Path}', and there are no commits to make notes from", "Name the changelog with `path`", null);
        var unreleased = facts.Changelog.Sections.FirstOrDefault(s => s.Version is null);
        var known = string.Join(", ", facts.Changelog.Sections.Where(s => s.Version is not null).Take(5).Select(s => s.Version!.Text));
        return Refusal(
            facts, $"{facts.Path} has no section for {facts.Release.Version}{(known.Length == 0 ? "" : $"; its latest are {known}")}",
            unreleased is { IsEmpty: false } ? $"Rename the heading of Unreleased to ## [{facts.Release.Version}] with today's date" : $"Add a section ## [{facts.Release.Version}]", 1);
    }

    private static ActionException Refusal(NotesFacts facts, string message, string remedy, int? line) =>
        new(ExitCode.Refused, [new Finding(message, remedy, facts.Path, line)]);
}
