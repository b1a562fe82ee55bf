using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ChangelogExtract;

/// <summary>What was looked up about the changelog and the version.</summary>
/// <param name="Path">The changelog's path.</param>
/// <param name="Changelog">The changelog, as it is after a fix; null where there is no such file.</param>
/// <param name="Tags">The released tags, highest first.</param>
internal sealed record NotesFacts(string Path, Changelog? Changelog, IReadOnlyList<ReleaseTag> Tags)
{
    /// <summary>The repository's page for the links of a lint: the run's, or on a laptop origin's; null where it is not known.</summary>
    public string? Repository { get; init; }

    /// <summary>The names of all tags on the remote, releases or not; none where there is no remote.</summary>
    public IReadOnlyCollection<string> TagNames { get; init; } = [];

    /// <summary>The fixed text; null where there is nothing to fix.</summary>
    public string? Fixed { get; init; }

    /// <summary>What the fix changes, as <c>git diff</c> shows it.</summary>
    public string Difference { get; init; } = "";

    /// <summary>The sections of the version.</summary>
    public IReadOnlyList<ChangelogSection> Sections { get; init; } = [];

    /// <summary>The release that this one follows, or null.</summary>
    public ReleaseTag? Previous { get; init; }

    /// <summary>Why nothing else may take the place of the section, where the changelog names the version; or null.</summary>
    public Finding? Named { get; init; }

    /// <summary>The notes that another source had where there is no section, or null.</summary>
    public (string Source, string Notes)? Fallback { get; init; }

    /// <summary>The template's text; null for notes as they were written.</summary>
    public string? Template { get; init; }

    /// <summary>The commits and contributors, where notes are made of them or the template asks for them.</summary>
    public History? History { get; init; }

    /// <summary>The section <c>Unreleased</c> with text in it, or null.</summary>
    public ChangelogSection? Unreleased => Changelog?.Sections.FirstOrDefault(s => s is { IsUnreleased: true, IsEmpty: false });
}
