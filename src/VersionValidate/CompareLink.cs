using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.VersionValidate;

/// <summary>A link that shows what changed between two tags, such as <c>…/compare/v1.2.2...v1.2.3</c>.</summary>
/// <param name="From">The older tag.</param>
/// <param name="To">The newer tag.</param>
/// <param name="Line">Its line, counted from 1.</param>
internal sealed record CompareLink(string From, string To, int Line)
{
    private const string Path = "/compare/";

    /// <summary>The compare link of a section: in its heading, in the list of links at the file's foot, or in its text.</summary>
    public static CompareLink? Find(string text, ChangelogSection section)
    {
        var lines = text.TrimStart('\uFEFF').Split('\n');
        if (Read(lines[section.Line - 1], section.Line) is { } inHeading) return inHeading;
        // The first of two definitions counts, as in Markdown.
        if (Array.FindIndex(lines, l => IsDefinitionOf(l, section.Version!)) is >= 0 and var at) return Read(lines[at], at + 1);
        var end = section.Line + section.Body.Count(c => c == '\n') + 2;
        return Enumerable.Range(section.Line, Math.Max(0, Math.Min(end, lines.Length) - section.Line)).Select(i => Read(lines[i], i + 1)).FirstOrDefault(l => l is not null);
    }

    // [1.2.3]: https://…
    private static bool IsDefinitionOf(string line, SemanticVersion version) =>
        line.TrimStart() is ['[', .. var rest] && rest.IndexOf("]:", StringComparison.Ordinal) is > 0 and var end && SemanticVersion.TryParse(rest[..end].TrimStart('v', 'V'), out var named) && named == version;

    private static CompareLink? Read(string text, int line)
    {
        var at = text.IndexOf(Path, StringComparison.Ordinal);
        if (at < 0) return null;
        var range = text[(at + Path.Length)..];
        var end = range.IndexOfAny([' ', ')', '>', ']', '"', '\'', '#', '?', '\r', '\t']);
        var tags = (end < 0 ? range : range[..end]).Split("...", 2);
        return tags.Length == 2 ? new CompareLink(Uri.UnescapeDataString(tags[0]), Uri.UnescapeDataString(tags[1]), line) : null;
    }
}
