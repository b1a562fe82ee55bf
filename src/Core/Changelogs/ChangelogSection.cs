using ReleaseActions.Core.Versions;

namespace ReleaseActions.Core.Changelogs;

/// <summary>One section of a changelog: what changed in one version.</summary>
/// <param name="Heading">The heading's text, without Markdown's own characters around it.</param>
/// <param name="Version">The version it is about; null for <c>Unreleased</c>.</param>
/// <param name="Date">The date in the heading; null where it has none that names one day.</param>
/// <param name="IsYanked">Whether the heading says <c>[YANKED]</c>.</param>
/// <param name="Line">The heading's line, counted from 1.</param>
/// <param name="Body">What stands below the heading, sliced from the file as it is, without blank lines at its ends; link definitions it uses come after it.</param>
public sealed record ChangelogSection(string Heading, SemanticVersion? Version, DateOnly? Date, bool IsYanked, int Line, string Body)
{
    /// <summary>Whether there is nothing to tell: no text but headings and comments.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>What stands before the version in the heading, such as <c>shop</c> in <c>shop@1.2.3</c>; null where nothing does.</summary>
    public string? Product { get; init; }

    /// <summary>What has the form of a date in the heading, also where it names no day; null where nothing has.</summary>
    public string? DateText { get; init; }

    /// <summary>Why it is not sure where the section ends; null where it is.</summary>
    public SectionDoubt? Doubt { get; init; }

    /// <summary>The headings inside the section, each with its line and whether nothing stands below it.</summary>
    public IReadOnlyList<InnerHeading> Headings { get; init; } = [];
}

/// <summary>A heading inside a section.</summary>
/// <param name="Text">As a reader sees it.</param>
/// <param name="Level">Its rank, 1 to 6.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="IsEmpty">Whether nothing stands below it.</param>
public sealed record InnerHeading(string Text, int Level, int Line, bool IsEmpty);

/// <summary>Why it is not sure where a section ends. Notes that are silently short are worse than a question.</summary>
/// <param name="Line">Where to look, counted from 1.</param>
/// <param name="Message">What stands there.</param>
/// <param name="Remedy">What makes it sure.</param>
public sealed record SectionDoubt(int Line, string Message, string Remedy);
