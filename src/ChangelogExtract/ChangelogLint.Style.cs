using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;

namespace ReleaseActions.ChangelogExtract;

/// <summary>What is a matter of style: teams differ, and no release breaks.</summary>
internal sealed partial class ChangelogLint
{
    private IEnumerable<(Finding, bool)> Style() => [.. OrderWithoutDates(), .. StyleOfDates(), .. StyleOfTags()];

    // What is sorted by date is in order.
    private IEnumerable<(Finding, bool)> OrderWithoutDates() =>
        from pair in Misordered()
        where pair.First.Date is null || pair.Second.Date is null
        select Of(pair.Second, $"{pair.Second.Version} is below {pair.First.Version}, which is older", "Put the newest version first");

    private IEnumerable<(Finding, bool)> StyleOfDates()
    {
        var isDated = _versions.Any(s => s.Date is not null);
        foreach (var section in _versions.Where(s => s.Date is null))
        {
            if (section.DateText is { } text && !VersionDates.IsImpossible(text))
                yield return Of(section, $"'{text}' is ambiguous in day and month, or no date", "Write the date as YYYY-MM-DD");
            else if (section.DateText is null && isDated)
                yield return Of(section, $"{section.Version} has no date, others have", $"Write ## [{section.Version}] - YYYY-MM-DD");
        }
    }

    // The highest version may be the one that is about to be released, and a prerelease needs no section.
    private IEnumerable<(Finding, bool)> StyleOfTags()
    {
        if (tags.Count == 0) yield break;
        var released = tags.Select(t => t.Version).ToHashSet();
        foreach (var section in _versions.Where(s => _order.Compare(s.Version, tags[0].Version) < 0 && !released.Contains(s.Version!)))
        {
            var tag = $"{policy.TagPrefix}{section.Version}";
            yield return Of(section, $"{section.Version} has a section and no tag {tag}", "Push the tag, or remove the section");
        }

        var written = _versions.Select(s => s.Version).ToHashSet();
        var (stable, listed) = (tags.Where(t => !_order.IsPrerelease(t.Version)).ToList(), NewestTag().Any());
        foreach (var (i, tag) in stable.Index().Where(t => !written.Contains(t.Item.Version) && !(t.Index == 0 && listed)))
            yield return (WithoutSection(tag), i < MostRecent);
    }

    private IEnumerable<Finding> StyleOf(ChangelogSection section)
    {
        if (section.Headings.Count == 0) yield break;
        var level = section.Headings.Min(h => h.Level);
        foreach (var heading in section.Headings)
        {
            if (heading.Level == level && !Categories.IsKnown(heading.Text))
                yield return At(
                    heading.Line, $"'{heading.Text}' is not a known category", $"Use one of: {string.Join(", ", Categories.InOrder)}");
            if (heading.IsEmpty && !section.IsEmpty)
                yield return At(heading.Line, $"There is nothing below '{heading.Text}'", "Write what changed, or remove the heading");
        }
    }
}
