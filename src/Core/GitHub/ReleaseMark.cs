using System.Text.RegularExpressions;

namespace ReleaseActions.Core.GitHub;

/// <summary>
/// The comment at the end of a release's text that no reader sees: which tag and commit it was made for, and a fingerprint of the notes.
/// </summary>
public static partial class ReleaseMark
{
    /// <summary>The commit that our own releases name; null where the text has no mark.</summary>
    public static string? CommitOf(Release release) => AtEnd().Match(release.Body ?? "").Groups["commit"] is { Success: true } commit
        ? commit.Value : null;

    /// <summary>Finds it, by the groups <c>tag</c>, <c>commit</c> and <c>notes</c>.</summary>
    [GeneratedRegex(
        @"<!-- release-actions: tag=(?<tag>[^\s>]+) commit=(?<commit>[0-9a-f]{40}) notes=(?<notes>[0-9a-f]{16}) -->\s*\z",
        RegexOptions.CultureInvariant)]
    public static partial Regex AtEnd();
}
