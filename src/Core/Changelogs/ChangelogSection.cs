using ReleaseActions.Core.Versions;

namespace ReleaseActions.Core.Changelogs;

/// <summary>One section of a changelog: what changed in one version.</summary>
/// <param name="Heading">The heading's text, without Markdown's own characters around it.</param>
/// <param name="Version">The version it is about; null for <c>Unreleased</c>.</param>
/// <param name="Date">The date in the heading, or null.</param>
/// <param name="IsYanked">Whether the heading says <c>[YANKED]</c>.</param>
/// <param name="Line">The heading's line, counted from 1.</param>
/// <param name="Body">What stands below the heading, sliced from the file as it is, without blank lines at its ends; link definitions it uses come after it.</param>
public sealed record ChangelogSection(string Heading, SemanticVersion? Version, DateOnly? Date, bool IsYanked, int Line, string Body)
{
    /// <summary>Whether there is nothing to tell: no text but headings and comments.</summary>
    public bool IsEmpty { get; init; }
}
