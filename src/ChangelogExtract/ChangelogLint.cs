using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ChangelogExtract;

/// <summary>
/// Finds what is wrong with a changelog. What breaks the next release or misleads a reader is kept apart from matters of style, and the
/// sections that are about to be read from those of earlier releases. Pure.
/// </summary>
/// <param name="changelog">The changelog, of one product where several share it.</param>
/// <param name="path">Its path, for the annotations.</param>
/// <param name="tags">The released tags, highest first.</param>
/// <param name="policy">How the team names its tags and in what order its versions come.</param>
/// <param name="links">Which of its links are wrong, and which are missing.</param>
internal sealed class ChangelogLint(
    Changelog changelog, string path, IReadOnlyList<ReleaseTag> tags, VersionPolicy policy, ChangelogLinks links)
{
    private readonly List<ChangelogSection> _versions = [.. changelog.Sections.Where(s => s.Version is not null)];
    private readonly VersionOrder _order = policy.Order;

    /// <summary>What breaks the next release or misleads a reader, in what is not released yet and in the newest release.</summary>
    public IReadOnlyList<Finding> Check() => Sorted(Faults.Where(f => IsCurrent(f.Section)).Select(f => f.Finding));

    /// <summary>Every finding, also on earlier releases and about style.</summary>
    public IReadOnlyList<Finding> CheckAll() => Sorted(Faults.Select(f => f.Finding).Concat(Style()));

    /// <summary>How many findings that are no matter of style are on earlier releases.</summary>
    public int CountEarlier() => Faults.Count(f => !IsCurrent(f.Section));

    private static List<Finding> Sorted(IEnumerable<Finding> findings) =>
        [.. findings.Distinct().OrderBy(f => f.Line).ThenBy(f => f.Message, StringComparer.Ordinal)];

    private List<(ChangelogSection? Section, Finding Finding)> Faults => field ??=
        [.. Duplicates(), .. Order(), .. Dates(), .. Links(), .. EmptySections(), .. Unclear(), .. Forgotten()];

    // What the next release reads, and the newest one that readers look at. Where the newest release has no section, the highest version.
    private bool IsCurrent(ChangelogSection? section) =>
        section?.Version is null || _order.Compare(section.Version, Newest) >= 0;

    private ReleaseVersion? Newest
    {
        get
        {
            if (field is not null) return field;
            var highest = _versions.Select(s => s.Version).Max(_order);
            var released = tags.Select(t => t.Version).FirstOrDefault(v => _versions.Any(s => s.Version == v)) ?? highest;
            return field = released;
        }
    }

    private bool IsPending(ChangelogSection section) =>
        tags.Count > 0 && section.Version is not null && _order.Compare(section.Version, tags[0].Version) > 0;

    private IEnumerable<(ChangelogSection?, Finding)> Duplicates() =>
        from same in _versions.GroupBy(s => (s.Version, s.Product))
        from section in same.Skip(1)
        select At(section, $"{section.Version} has a section on line {same.First().Line} already", "Keep one of them");

    private IEnumerable<(ChangelogSection Above, ChangelogSection Below)> Pairs() =>
        _versions.DistinctBy(s => (s.Version, s.Product)).GroupBy(s => s.Product).SelectMany(g => g.Zip(g.Skip(1)));

    private bool IsAscending((ChangelogSection Above, ChangelogSection Below) pair) =>
        _order.Compare(pair.Below.Version, pair.Above.Version) > 0;

    // A fix of an old line is above a newer version where a file is sorted by date, and a file may begin with its oldest version.
    private IEnumerable<(ChangelogSection?, Finding)> Order()
    {
        var ascending = Pairs().Where(IsAscending).ToList();
        if (ascending.Count * 2 > Pairs().Count()) return [];
        return ascending.Where(p => p.Above.Date is null || p.Below.Date is null || p.Below.Date > p.Above.Date).Select(OutOfOrder);
    }

    private (ChangelogSection?, Finding) OutOfOrder((ChangelogSection Above, ChangelogSection Below) pair) =>
        At(pair.Below, $"{pair.Below.Version} is below {pair.Above.Version}, which is older", "Put the newest version first");

    private IEnumerable<(ChangelogSection?, Finding)> Dates() =>
        from section in _versions
        where section.Date is null && section.DateText is not null
        select At(section, $"'{section.DateText}' is not a date, or is ambiguous in day and month", "Write the date as YYYY-MM-DD");

    private IEnumerable<(ChangelogSection?, Finding)> Links()
    {
        foreach (var (section, label, expected) in links.Missing())
            yield return At(section, $"[{label}] in the heading has no address, others have one", $"Add [{label}]: {expected ?? "…"}");
        foreach (var (section, link, expected) in links.Wrong())
            yield return (section, new Finding(
                $"The link of {section.Version?.Text ?? "Unreleased"} is '{link.Url}'", $"Let it be {expected}", path, link.Line));
    }

    private IEnumerable<(ChangelogSection?, Finding)> EmptySections() =>
        from section in _versions
        where section.IsEmpty
        select At(section, $"The section of {section.Version} is empty", "Write what changed, or remove the heading");

    private IEnumerable<(ChangelogSection?, Finding)> Unclear() =>
        from section in changelog.Sections
        let refusal = section.Refusal
        where refusal is not null
        select ((ChangelogSection?)section, refusal with { File = path });

    // A reader takes the newest section for the newest release. Many a project writes no section for some releases before it.
    private IEnumerable<(ChangelogSection?, Finding)> Forgotten()
    {
        var newest = tags.FirstOrDefault(t => !_order.IsPrerelease(t.Version));
        if (newest is not null && _versions.Count > 1 && _versions.All(s => _order.Compare(s.Version, newest.Version) < 0))
            yield return (null, WithoutSection(newest));
    }

    private Finding WithoutSection(ReleaseTag tag) =>
        new($"The tag {tag.Name} has no section", $"Add a section ## [{tag.Version}]", path, 1);

    private IEnumerable<Finding> Style() =>
        [
            .. Pairs().Where(IsAscending).Select(p => OutOfOrder(p).Item2), .. Undated(), .. UnknownCategories(), .. EmptyHeadings(),
            .. Tags(),
        ];

    private IEnumerable<Finding> Undated() =>
        from section in _versions
        where section.Date is null && section.DateText is null && _versions.Any(s => s.Date is not null)
        select At(section, $"{section.Version} has no date, others have", $"Write ## [{section.Version}] - YYYY-MM-DD").Item2;

    private IEnumerable<Finding> UnknownCategories() =>
        from section in changelog.Sections
        from heading in section.Headings
        where heading.Level == section.Headings.Min(h => h.Level) && !Categories.IsKnown(heading.Text)
        select new Finding(
            $"'{heading.Text}' is not a known category", $"Use one of: {string.Join(", ", Categories.InOrder)}", path, heading.Line);

    private IEnumerable<Finding> EmptyHeadings() =>
        from section in changelog.Sections
        where !section.IsEmpty
        from heading in section.Headings
        where heading.IsEmpty
        select new Finding($"There is nothing below '{heading.Text}'", "Write what changed, or remove the heading", path, heading.Line);

    // The highest version may be the one that is about to be released, and a prerelease needs no section.
    private IEnumerable<Finding> Tags()
    {
        if (tags.Count == 0) yield break;
        var released = tags.Select(t => t.Version).ToHashSet();
        foreach (var section in _versions.Where(s => !IsPending(s) && !released.Contains(s.Version!)))
        {
            var tag = $"{policy.TagPrefix}{section.Version}";
            yield return At(section, $"{section.Version} has a section and no tag {tag}", "Push the tag, or remove the section").Item2;
        }

        foreach (var tag in tags.Where(t => !_order.IsPrerelease(t.Version) && _versions.All(s => s.Version != t.Version)))
            yield return WithoutSection(tag);
    }

    private (ChangelogSection?, Finding) At(ChangelogSection section, string message, string remedy) =>
        (section, new Finding(message, remedy, path, section.Line));
}
