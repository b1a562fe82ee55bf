using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ChangelogExtract;

/// <summary>
/// Finds what is wrong with a changelog: what will break the next release or misleads a reader, and matters of style where they are wanted.
/// In sections that nobody edits any more findings are only counted. Pure.
/// </summary>
/// <param name="changelog">The changelog, of one product where several share it.</param>
/// <param name="path">Its path, for the annotations.</param>
/// <param name="tags">The released tags, highest first.</param>
/// <param name="policy">How the team names its tags and in what order its versions come.</param>
/// <param name="repository">The repository's page, or null where it is not known.</param>
internal sealed partial class ChangelogLint(
    Changelog changelog, string path, IReadOnlyList<ReleaseTag> tags, VersionPolicy policy, string? repository)
{
    /// <summary>How many versions are recent: their sections and <c>Unreleased</c> are listed.</summary>
    public const int MostRecent = 5;

    private readonly List<ChangelogSection> _versions = [.. changelog.Sections.Where(s => s.Version is not null)];
    private readonly HashSet<ChangelogSection> _recent = RecentIn(changelog, policy.Order);
    private readonly VersionOrder _order = policy.Order;

    /// <summary>Whether findings of style are wanted.</summary>
    public bool WantsStyle { get; init; }

    /// <summary>Whether release-prepare can take the notes of a release from <c>Unreleased</c> only.</summary>
    public bool NeedsUnreleased { get; init; }

    /// <summary>Whether version-validate refuses a release without the right compare link.</summary>
    public bool NeedsLinks { get; init; }

    /// <summary>The findings to list, in the order of the file, and how many there are in older sections.</summary>
    public (IReadOnlyList<Finding> Listed, int Older) Check()
    {
        (Finding Finding, bool IsRecent)[] all =
        [
            .. Duplicates(), .. Disorder(), .. ImpossibleDates(), .. DatesInWrongOrder(), .. Unreleased(), .. Conflicts(), .. Links(),
            .. NewestTag(), .. Texts(), .. WantsStyle ? Style() : [],
        ];
        var listed = all.Where(f => f.IsRecent).Select(f => f.Finding).OrderBy(f => f.Line).ThenBy(f => f.Message, StringComparer.Ordinal);
        return ([.. listed], all.Count(f => !f.IsRecent));
    }

    private IEnumerable<(Finding, bool)> Duplicates() =>
        from same in _versions.GroupBy(s => (s.Version, s.Product))
        from section in same.Skip(1)
        let message = $"{section.Version} has a section on line {same.First().Line} already"
        select (At(section.Line, message, "Keep one of them"), same.Any(_recent.Contains));

    // Neither by version nor by date. A file whose oldest version comes first is in order.
    private IEnumerable<(Finding, bool)> Disorder() =>
        from pair in Misordered()
        where pair.First.Date < pair.Second.Date
        select Of(pair.Second, $"{pair.Second.Version} is below {pair.First.Version}, which is older", "Put the newest version first");

    private IEnumerable<(Finding, bool)> ImpossibleDates() =>
        from section in _versions
        where section is { Date: null, DateText: { } text } && VersionDates.IsImpossible(text)
        select Of(section, $"'{section.DateText}' is not a date", "Write the date as YYYY-MM-DD");

    // A patch is never older than the patch before it; a day may be due to the time zone.
    private IEnumerable<(Finding, bool)> DatesInWrongOrder() =>
        from line in _versions.Where(s => s.Date is not null && !_order.IsPrerelease(s.Version!)).GroupBy(s => (s.Product, s.Version!.Line(2)))
        from pair in Pairs(line.DistinctBy(s => s.Version).OrderByDescending(s => s.Version, _order))
        where pair.First.Date < pair.Second.Date!.Value.AddDays(-1)
        select (At(
            pair.First.Line, $"{pair.First.Version} is dated {pair.First.Date:yyyy-MM-dd}, before {pair.Second.Version}",
            $"Compare with the date of {pair.Second.Version}, {pair.Second.Date:yyyy-MM-dd}, on line {pair.Second.Line}"),
            _recent.Contains(pair.First));

    private IEnumerable<(Finding, bool)> Unreleased()
    {
        foreach (var product in changelog.Sections.GroupBy(s => s.Product))
        {
            var unreleased = product.Where(s => s is { IsUnreleased: true, NamesVersion: false }).ToList();
            foreach (var second in unreleased.Skip(1))
                yield return Of(second, $"'{second.Heading}' is on line {unreleased[0].Line} already", "Merge both");
            if (product.First() is { IsUnreleased: false } above && unreleased is [var first, ..] && !IsAscending(product)
                && !first.Anew().IsEmpty)
                yield return Of(first, $"'{first.Heading}' is below {above.VersionText}", "Move it above the newest version");
        }

        if (!NeedsUnreleased || changelog.Sections.Count == 0 || changelog.Sections.Any(s => s.IsUnreleased)) yield break;
        var isReleased = tags.Count == 0 || _versions.All(s => _order.Compare(s.Version, tags[0].Version) <= 0);
        if (isReleased)
            yield return (At(changelog.Sections[0].Line, "There is no section Unreleased, from which release-prepare takes the notes",
                "Add ## [Unreleased] above this section"), true);
    }

    // What a merge leaves where a person must choose. Both marks, as one alone may be a title's line.
    private IEnumerable<(Finding, bool)> Conflicts()
    {
        var text = changelog.File.Text;
        foreach (var section in changelog.Sections)
        {
            var own = text.AsSpan(section.Begin, section.End - section.Begin);
            var at = own.IndexOf("\n<<<<<<< ");
            if (at < 0 || !own[at..].Contains("\n>>>>>>> ", StringComparison.Ordinal)) continue;
            var line = section.Line + text.AsSpan(section.HeadingBegin, section.Begin + at + 1 - section.HeadingBegin).Count('\n');
            yield return (At(line, "A conflict of a merge is not resolved", "Choose what to keep, and remove the marks"),
                _recent.Contains(section));
        }
    }

    private IEnumerable<(Finding, bool)> Links()
    {
        var links = new ExpectedLinks(changelog, policy, repository, tags);
        foreach (var (section, label, expected) in links.Missing().Where(m => WantsStyle || m.Label.Length > 0))
        {
            var shown = label.Length > 0 ? label : section.Version!.Text;
            yield return Of(section, $"{section.Version} has no link, others have", $"Add [{shown}]: {expected ?? "…"}");
        }

        foreach (var wrong in links.Wrong().Where(w => WantsStyle || w.IsMisleading || (NeedsLinks && IsNext(w.Section))))
        {
            var of = wrong.Section.IsUnreleased ? "Unreleased" : wrong.Section.Version!.Text;
            yield return (At(wrong.Link.Line, $"The link of {of} is '{wrong.Link.Url}'", $"Let it be {wrong.Expected}"),
                _recent.Contains(wrong.Section));
        }
    }

    // Its notes are missing, or no program finds them. Where the releases before it have none either, the file is about something else.
    private IEnumerable<(Finding, bool)> NewestTag()
    {
        var stable = tags.Where(t => !_order.IsPrerelease(t.Version)).Take(MostRecent).ToList();
        if (stable is not [var newest, ..] || changelog.Find(newest.Version).Count > 0) yield break;
        if (changelog.NamedWithoutSection(newest.Version.Text) is { } named) yield return (named with { File = path }, true);
        else if (stable.Any(t => changelog.Find(t.Version).Count > 0)) yield return (WithoutSection(newest), true);
    }

    // Section by section: the blocks of a section take 35 times its size.
    private IEnumerable<(Finding, bool)> Texts()
    {
        var next = _versions.FirstOrDefault(IsNext);
        foreach (var section in changelog.Sections)
        {
            var (read, isRecent) = (section.Anew(), _recent.Contains(section));
            if (read.Refusal is { } refusal) yield return (refusal with { File = path }, isRecent);
            if (section.Version is not null && (WantsStyle || section == next) && read.IsEmpty)
                yield return Of(section, $"The section of {section.Version} is empty", "Write what changed, or remove the heading");
            if (!WantsStyle) continue;
            foreach (var finding in StyleOf(read)) yield return (finding, isRecent);
        }
    }

    // The one that is about to be released.
    private bool IsNext(ChangelogSection section) => section.Version is not null && _recent.Contains(section)
        && (tags.Count > 0 ? _order.Compare(section.Version, tags[0].Version) > 0 : section == _versions[0]);

    private IEnumerable<(ChangelogSection First, ChangelogSection Second)> Misordered() =>
        from product in _versions.GroupBy(s => s.Product)
        where !IsAscending(product)
        from pair in Pairs(product)
        where _order.Compare(pair.Second.Version, pair.First.Version) > 0
        select pair;

    private bool IsAscending(IEnumerable<ChangelogSection> sections) => IsAscending(sections, _order);

    private static bool IsAscending(IEnumerable<ChangelogSection> sections, VersionOrder order)
    {
        var pairs = Pairs(sections.Where(s => s.Version is not null)).ToList();
        return pairs.Count(p => order.Compare(p.Second.Version, p.First.Version) > 0) * 2 > pairs.Count;
    }

    private static IEnumerable<(ChangelogSection First, ChangelogSection Second)> Pairs(IEnumerable<ChangelogSection> sections)
    {
        ChangelogSection? before = null;
        foreach (var section in sections)
        {
            if (before is not null) yield return (before, section);
            before = section;
        }
    }

    private static HashSet<ChangelogSection> RecentIn(Changelog changelog, VersionOrder order)
    {
        var released = changelog.Sections.Where(s => !s.IsUnreleased).ToList();
        var newest = IsAscending(released, order) ? released.TakeLast(MostRecent) : released.Take(MostRecent);
        return [.. changelog.Sections.Where(s => s.IsUnreleased), .. newest];
    }

    private (Finding, bool) Of(ChangelogSection section, string message, string remedy) =>
        (At(section.Line, message, remedy), _recent.Contains(section));

    private Finding WithoutSection(ReleaseTag tag) => At(1, $"The tag {tag.Name} has no section", $"Add a section ## [{tag.Version}]");

    private Finding At(int line, string message, string remedy) => new(message, remedy, path, line);
}
