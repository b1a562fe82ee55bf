using ReleaseActions.Core.Versions;

namespace ReleaseActions.Core.Changelogs;

/// <summary>Why a changelog that names a version has no section for it.</summary>
public sealed partial class Changelog
{
    private const int LongestLine = 200;

    /// <summary>
    /// Why nothing else may take the place of a version's section: the changelog names the version in a line that is like a heading. Null
    /// where it does not.
    /// </summary>
    /// <param name="version">The version, without a section.</param>
    /// <returns>The finding, with its line and no file.</returns>
    public Finding? NamedWithoutSection(string version)
    {
        if (WrittenVersion.Of(version) is not { } wanted) return null;
        if (PendingSection(wanted) is { } pending)
            return new Finding(
                $"'{pending.Heading}' says that {version} is not released", "Write its date, or remove what says so", Line: pending.Line);
        var doubtful = _outline.Doubtful.Select(d => d.Heading).FirstOrDefault(h => h.Version!.Versions.Any(wanted.Equals));
        if (doubtful is not null) return Unclear(doubtful.Text, doubtful.Line, version);
        // Of another product's version nothing follows.
        if (Product is not null && _outline.Named.Any(h => h.Version!.Versions.Any(wanted.Equals))) return null;
        if (_outline.Named.FirstOrDefault(h => h.Version!.Versions.Any(wanted.Equals)) is { } named)
            return Unclear(named.Text, named.Line, version);
        return LineLikeAHeading(wanted) is var (text, line) ? Unclear(text, line, version) : null;
    }

    /// <summary>The section of a version whose heading says that it is not released, such as <c>1.1.0 - TBD</c>; or null.</summary>
    public ChangelogSection? PendingSection(ReleaseVersion version) =>
        WrittenVersion.Of(version.Text) is { } wanted ? PendingSection(wanted) : null;

    private ChangelogSection? PendingSection(WrittenVersion version) =>
        Sections.FirstOrDefault(s => s.Pending is { } pending && (pending.Equals(version) || pending.IsBefore(version)));

    private static Finding Unclear(string text, int line, string version) => new(
        $"'{VersionHeading.WithoutMarks(text)}' names {version}, and it is unclear whether it is the heading of its section",
        "Write it like the headings of the other versions", Line: line);

    // A short line that is about the version, such as an item of a table of contents, is like a heading only without a link.
    private (string Text, int Line)? LineLikeAHeading(WrittenVersion wanted)
    {
        var (text, number) = (File.Text, 0);
        for (var at = 0; at < text.Length;)
        {
            var (stop, next) = LineHeadings.LineAt(text, at);
            number++;
            var line = text.AsSpan(at, stop - at).Trim().Trim("#=*_-> \t");
            at = next;
            if (line.Length is 0 or > LongestLine || !line.ContainsAnyInRange('0', '9')) continue;
            if (line.Contains("](", StringComparison.Ordinal)) continue;
            var words = line.ToString();
            if (VersionHeading.Read(words) is { IsSure: true } about && about.Versions.Any(wanted.Equals) && !IsDefinition(words))
                return (words, number);
        }

        return null;
    }

    private static bool IsDefinition(string line) => line.StartsWith('[') && line.Contains("]:", StringComparison.Ordinal);
}
