using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ChangelogExtract;

/// <summary>What is known of the version and of what was written about it.</summary>
/// <param name="Release">The tag and the version.</param>
/// <param name="Path">The changelog's path.</param>
/// <param name="Changelog">The changelog, or null where there is no such file.</param>
/// <param name="Sections">Its sections for the version.</param>
/// <param name="Previous">The release that this one follows, or null.</param>
/// <param name="Fallback">What was found in place of a section, or null.</param>
internal sealed record NotesFacts(ReleaseTag Release, string Path, Changelog? Changelog, IReadOnlyList<ChangelogSection> Sections, ReleaseTag? Previous, FoundNotes? Fallback)
{
    /// <summary>The template's text; null for notes as they were written.</summary>
    public string? Template { get; init; }

    /// <summary>The commits and contributors, where notes are made of them or the template tells them.</summary>
    public History? History { get; init; }
}

/// <summary>Notes from elsewhere than the version's section.</summary>
/// <param name="Source">A word of the output <c>source</c>.</param>
/// <param name="Notes">Markdown, never empty.</param>
/// <param name="Section">The section of <c>Unreleased</c>, where it is that.</param>
internal sealed record FoundNotes(string Source, string Notes, ChangelogSection? Section = null)
{
    /// <summary>What they were made of, where that is the commits.</summary>
    public History? History { get; init; }
}

/// <summary>The notes of one version, and where they come from. Pure.</summary>
internal sealed record NotesPlan(ReleaseTag Release, string Notes, string Source, ChangelogSection? Section, ReleaseTag? Previous)
{
    /// <summary>The template's text; null for notes as they were written.</summary>
    public string? Template { get; init; }

    /// <summary>The commits and contributors, where they are known.</summary>
    public History? History { get; init; }

    /// <summary>The entries, with those who contributed.</summary>
    public IReadOnlyList<Change> Changes => History is null ? ChangeList.In(Notes) : ChangeList.In(Notes, History.Commits, History.Contributors);

    /// <summary>Chooses the notes.</summary>
    /// <exception cref="ActionException">There is no source, the section is empty, there are two, or where it ends is in doubt (exit 3).</exception>
    public static NotesPlan For(NotesFacts facts)
    {
        if (facts.Sections is [_, var second, ..]) throw TooMany(facts, second);
        if (facts.Sections is [{ IsEmpty: true } empty]) throw Refusal(facts, $"The section for {facts.Release.Version} is empty", "Write what changed, or remove the heading to have notes made from the commits", empty.Line);
        var section = facts.Sections is [var only] ? only : facts.Fallback?.Section;
        if (section?.Doubt is { } doubt) throw Refusal(facts, doubt.Message, doubt.Remedy, doubt.Line);
        var (notes, source) = facts.Sections.Count == 1 ? (section!.Body, "changelog") : facts.Fallback is { } found ? (found.Notes, found.Source) : throw Missing(facts);
        return new NotesPlan(facts.Release, notes, source, section, facts.Previous) { Template = facts.Template, History = facts.History };
    }

    public string ToMarkdown(string compareUrl) => $"""
        ## Release notes for {Markdown.Text(Release.Version.Text)}

        From {Origin}{(compareUrl.Length == 0 ? "" : $"; [compare with {Markdown.Text(Previous!.Name)}]({compareUrl})")}.

        {Notes}
        """;

    private string Origin => Source switch
    {
        "changelog" => $"the changelog, line {Section!.Line}",
        "unreleased" => $"the changelog's Unreleased, line {Section!.Line}",
        "fragments" => "the folder of fragments",
        "command" => "the command that the workflow names",
        "generated" => "GitHub's generated notes",
        _ => "the commits since the previous release",
    };

    private static ActionException TooMany(NotesFacts facts, ChangelogSection second)
    {
        var products = facts.Sections.Select(s => s.Product).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return Refusal(
            facts, $"{facts.Path} has {facts.Sections.Count} sections for {facts.Release.Version}{(products.Count > 1 ? $": {string.Join(", ", products)}" : "")}",
            products.Count > 1 ? "Name one with the input `product`" : "Keep one of them", second.Line);
    }

    private static ActionException Missing(NotesFacts facts)
    {
        if (facts.Changelog is null) return Refusal(facts, $"There is no changelog at '{facts.Path}', and no other source has notes", "Name the changelog with `path`, or other sources with `fallback`", null);
        var unreleased = facts.Changelog.Sections.FirstOrDefault(s => s.Version is null);
        var known = string.Join(", ", facts.Changelog.Sections.Where(s => s.Version is not null).Take(5).Select(s => s.Version!.Text));
        var heading = $"## [{(facts.Changelog.Product is { } product ? $"{product}@" : "")}{facts.Release.Version}]";
        return Refusal(
            facts, $"{facts.Path} has no section for {facts.Release.Version}{(known.Length == 0 ? "" : $"; its latest are {known}")}",
            unreleased is { IsEmpty: false } ? $"Rename the heading of Unreleased to {heading} with today's date" : $"Add a section {heading}", 1);
    }

    private static ActionException Refusal(NotesFacts facts, string message, string remedy, int? line) =>
        new(ExitCode.Refused, [new Finding(message, remedy, facts.Path, line)]);
}
