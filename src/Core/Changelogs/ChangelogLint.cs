using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Core.Changelogs;

/// <summary>Looks for what is wrong with a changelog. Pure.</summary>
/// <param name="changelog">The changelog, of one product where several share it.</param>
/// <param name="path">Its path, for the annotations.</param>
/// <param name="tags">The released tags.</param>
/// <param name="policy">How the team names its tags and in what order its versions come.</param>
/// <param name="repository">The repository's page, or null where it is not known.</param>
public sealed class ChangelogLint(Changelog changelog, string path, IReadOnlyList<ReleaseTag> tags, VersionPolicy policy, string? repository)
{
    private readonly List<ChangelogSection> _versions = [.. changelog.Sections.Where(s => s.Version is not null)];
    private readonly VersionOrder _order = policy.Order;

    /// <summary>Every finding, in the order of the file.</summary>
    public IReadOnlyList<Finding> Check() =>
        [.. Duplicates().Concat(Order()).Concat(Dates()).Concat(Links()).Concat(Categorised()).Concat(Silence()).Concat(Doubts()).Concat(Tags()).OrderBy(f => f.Line).ThenBy(f => f.Message, StringComparer.Ordinal)];

    private IEnumerable<Finding> Duplicates() => _versions.GroupBy(s => (s.Version, s.Product)).SelectMany(g => g.Skip(1).Select(s => At(
        s.Line, $"{s.Version} has a section on line {g.First().Line} already", "Keep one of them")));

    private IEnumerable<Finding> Order() => _versions.GroupBy(s => s.Product).SelectMany(g => g.Zip(g.Skip(1))).Where(p => _order.Compare(p.Second.Version, p.First.Version) > 0)
        .Select(p => At(p.Second.Line, $"{p.Second.Version} stands below {p.First.Version}, which is older", "Put the newest version first"));

    private IEnumerable<Finding> Dates()
    {
        var isDated = _versions.Any(s => s.Date is not null);
        foreach (var section in _versions)
        {
            if (section is { Date: null, DateText: { } text }) yield return At(section.Line, $"'{text}' is no day, or day and month may be either way round", "Write the date as YYYY-MM-DD");
            else if (section.Date is null && isDated) yield return At(section.Line, $"{section.Version} has no date, and others have", $"Write ## [{section.Version}] - YYYY-MM-DD");
        }
    }

    private IEnumerable<Finding> Links()
    {
        var links = new CompareLinks(changelog, policy, repository, tags);
        return links.Missing().Select(m => At(m.Section.Line, $"{m.Section.Version} has no link, and others have", $"Add [{m.Label}]: {m.Expected ?? "…"}"))
            .Concat(links.Wrong().Select(w => At(w.Line, $"The link of {w.Of} is '{w.Url}'", $"Let it be {w.Expected}")));
    }

    private IEnumerable<Finding> Categorised() => changelog.Sections.Where(s => s.Headings.Count > 0)
        .SelectMany(s => s.Headings.Where(h => h.Level == s.Headings.Min(i => i.Level) && !Categories.IsKnown(h.Text)))
        .Select(h => At(h.Line, $"'{h.Text}' is no category that is known", $"Use one of: {string.Join(", ", Categories.InOrder)}"));

    private IEnumerable<Finding> Silence() => _versions.Where(s => s.IsEmpty).Select(s => At(s.Line, $"The section of {s.Version} is empty", "Write what changed, or remove the heading"))
        .Concat(changelog.Sections.Where(s => !s.IsEmpty).SelectMany(s => s.Headings).Where(h => h.IsEmpty).Select(h => At(h.Line, $"There is nothing below '{h.Text}'", "Write what changed, or remove the heading")));

    private IEnumerable<Finding> Doubts() => changelog.Sections.Select(s => s.Doubt).OfType<SectionDoubt>().Select(d => At(d.Line, d.Message, d.Remedy));

    // The highest version may be the one that is about to be released, and a prerelease needs no section.
    private IEnumerable<Finding> Tags()
    {
        if (tags.Count == 0) yield break;
        var released = tags.Select(t => t.Version).ToHashSet();
        foreach (var section in _versions.Where(s => _order.Compare(s.Version, tags[0].Version) < 0 && !released.Contains(s.Version!)))
            yield return At(section.Line, $"{section.Version} has a section and no tag {policy.TagPrefix}{section.Version}", "Push the tag, or remove the section");
        foreach (var tag in tags.Where(t => !_order.IsPrerelease(t.Version) && _versions.All(s => s.Version != t.Version)))
            yield return At(1, $"The tag {tag.Name} has no section", $"Add a section ## [{tag.Version}]");
    }

    private Finding At(int line, string message, string remedy) => new(message, remedy, path, line);
}
