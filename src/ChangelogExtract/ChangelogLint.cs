using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ChangelogExtract;

/// <summary>Finds what is wrong with a changelog. Pure.</summary>
/// <param name="changelog">The changelog, of one product where several share it.</param>
/// <param name="path">Its path, for the annotations.</param>
/// <param name="tags">The released tags.</param>
/// <param name="policy">How the team names its tags and in what order its versions come.</param>
/// <param name="repository">The repository's page, or null where it is not known.</param>
internal sealed class ChangelogLint(
    Changelog changelog, string path, IReadOnlyList<ReleaseTag> tags, VersionPolicy policy, string? repository)
{
    private readonly List<ChangelogSection> _versions = [.. changelog.Sections.Where(s => s.Version is not null)];
    private readonly VersionOrder _order = policy.Order;

    /// <summary>Every finding, in the order of the file.</summary>
    public IReadOnlyList<Finding> Check()
    {
        Finding[] findings =
        [
            .. Duplicates(), .. Order(), .. Dates(), .. Links(), .. UnknownCategories(), .. EmptySections(), .. EmptyHeadings(),
            .. Unclear(), .. Tags(),
        ];
        return [.. findings.OrderBy(f => f.Line).ThenBy(f => f.Message, StringComparer.Ordinal)];
    }

    private IEnumerable<Finding> Duplicates() =>
        from same in _versions.GroupBy(s => (s.Version, s.Product))
        from section in same.Skip(1)
        select At(section.Line, $"{section.Version} has a section on line {same.First().Line} already", "Keep one of them");

    private IEnumerable<Finding> Order() =>
        from pair in _versions.GroupBy(s => s.Product).SelectMany(g => g.Zip(g.Skip(1)))
        where _order.Compare(pair.Second.Version, pair.First.Version) > 0
        select At(pair.Second.Line, $"{pair.Second.Version} is below {pair.First.Version}, which is older", "Put the newest version first");

    private IEnumerable<Finding> Dates()
    {
        var isDated = _versions.Any(s => s.Date is not null);
        foreach (var section in _versions.Where(s => s.Date is null))
        {
            if (section.DateText is { } text)
                yield return At(section.Line, $"'{text}' is not a date, or is ambiguous in day and month", "Write the date as YYYY-MM-DD");
            else if (isDated)
                yield return At(section.Line, $"{section.Version} has no date, others have", $"Write ## [{section.Version}] - YYYY-MM-DD");
        }
    }

    private IEnumerable<Finding> Links()
    {
        var links = new ExpectedLinks(changelog, policy, repository, tags);
        foreach (var (section, label, expected) in links.Missing())
            yield return At(section.Line, $"{section.Version} has no link, others have", $"Add [{label}]: {expected ?? "…"}");
        foreach (var (version, link, expected) in links.Wrong())
            yield return At(link.Line, $"The link of {version} is '{link.Url}'", $"Let it be {expected}");
    }

    private IEnumerable<Finding> UnknownCategories() =>
        from section in changelog.Sections
        from heading in section.Headings
        where heading.Level == section.Headings.Min(h => h.Level) && !Categories.IsKnown(heading.Text)
        select At(heading.Line, $"'{heading.Text}' is not a known category", $"Use one of: {string.Join(", ", Categories.InOrder)}");

    private IEnumerable<Finding> EmptySections() =>
        from section in _versions
        where section.IsEmpty
        select At(section.Line, $"The section of {section.Version} is empty", "Write what changed, or remove the heading");

    private IEnumerable<Finding> EmptyHeadings() =>
        from section in changelog.Sections
        where !section.IsEmpty
        from heading in section.Headings
        where heading.IsEmpty
        select At(heading.Line, $"There is nothing below '{heading.Text}'", "Write what changed, or remove the heading");

    private IEnumerable<Finding> Unclear() =>
        changelog.Sections.Select(s => s.Refusal).OfType<Finding>().Select(r => r with { File = path });

    // The highest version may be the one that is about to be released, and a prerelease needs no section.
    private IEnumerable<Finding> Tags()
    {
        if (tags.Count == 0) yield break;
        var released = tags.Select(t => t.Version).ToHashSet();
        foreach (var section in _versions.Where(s => _order.Compare(s.Version, tags[0].Version) < 0 && !released.Contains(s.Version!)))
        {
            var tag = $"{policy.TagPrefix}{section.Version}";
            yield return At(section.Line, $"{section.Version} has a section and no tag {tag}", "Push the tag, or remove the section");
        }

        foreach (var tag in tags.Where(t => !_order.IsPrerelease(t.Version) && _versions.All(s => s.Version != t.Version)))
            yield return At(1, $"The tag {tag.Name} has no section", $"Add a section ## [{tag.Version}]");
    }

    private Finding At(int line, string message, string remedy) => new(message, remedy, path, line);
}
