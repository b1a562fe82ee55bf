using System.Text.RegularExpressions;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ChangelogExtract;

/// <summary>Fixes compare links and the order of versions in a changelog. Every other byte stays. Pure.</summary>
internal static partial class ChangelogFix
{
    /// <summary>
    /// The text with its versions in order and its compare links right; the same text where there is nothing to fix, or where it is not
    /// certain what is right.
    /// </summary>
    /// <param name="text">The changelog.</param>
    /// <param name="parse">Parses it, as the changelog of one product where several share it.</param>
    /// <param name="policy">How the team names its tags, and in what order its versions come.</param>
    /// <param name="repository">The repository's page; null leaves links unchanged.</param>
    /// <param name="tags">The names of all tags; none where they are not known.</param>
    public static string Fix(
        string text, Func<string, Changelog> parse, VersionPolicy policy, string? repository, IEnumerable<string> tags)
    {
        var changelog = parse(InOrder(text, policy.Order));
        return MarkOf(text) + WithLinks(changelog, new ChangelogLinks(changelog, policy, repository, tags), policy.Order);
    }

    private static string InOrder(string text, VersionOrder order)
    {
        var changelog = Changelog.Parse(text, order.Scheme);
        // Where it is unclear what belongs to which version, nothing is moved.
        if (changelog.Sections.Any(s => s.Refusal is not null)) return text;
        var file = changelog.File.Text;
        var edits = new SliceEdits(file);
        foreach (var run in Runs(changelog).Where(r => IsCertain(r, order)))
        {
            var slots = run.Select(s => Slot(changelog.File, s)).ToList();
            var sorted = run.Index().OrderByDescending(s => s.Item.Version, order).ThenBy(s => s.Index).Select(s => slots[s.Index]);
            foreach (var (slot, by) in slots.Zip(sorted).Where(p => p.First != p.Second))
                edits.Replace(slot.Begin, slot.Length, file.Substring(by.Begin, by.Length));
        }

        return MarkOf(text) + edits;
    }

    private static string WithLinks(Changelog changelog, ChangelogLinks links, VersionOrder order)
    {
        var edits = new SliceEdits(changelog.File.Text);
        foreach (var (_, link, expected) in links.Wrong().Where(w => w.Link.Place.Length > 0))
            edits.Replace(link.Place.Start, link.Place.Length, expected);
        var lines = from missing in links.Missing()
                    where missing.Expected is not null
                    group $"[{missing.Label}]: {missing.Expected}" by PlaceFor(missing.Section, changelog, order);
        foreach (var place in lines.Where(l => l.Key >= 0)) edits.Replace(place.Key, 0, AsLines(place, changelog.File, place.Key));
        return edits.ToString();
    }

    // At the end of a file whose last line has no newline, the newline comes first, and the file ends as it did.
    private static string AsLines(IEnumerable<string> lines, MarkdownText file, int at)
    {
        var isOpen = at == file.Text.Length && !file.Text.EndsWith('\n');
        return string.Concat(lines.Select(line => isOpen ? file.Newline + line : line + file.Newline));
    }

    // Sections of one product and one level with nothing between them. What is between two runs, such as the heading of a major version,
    // stays there.
    private static IEnumerable<List<ChangelogSection>> Runs(Changelog changelog)
    {
        var run = new List<ChangelogSection>();
        foreach (var section in changelog.Sections.Where(s => s.Version is not null))
        {
            if (run.Count > 0 && !Follows(section, run[^1]))
            {
                yield return run;
                run = [];
            }

            run.Add(section);
        }

        yield return run;
    }

    // Sorted by date, whichever end is first, it is as its team wants it. Otherwise the dates must agree with the versions on the order.
    private static bool IsCertain(List<ChangelogSection> run, VersionOrder order)
    {
        if (run.Any(s => s.Date is null)) return false;
        var dates = run.Select(s => s.Date!.Value).ToList();
        if (dates.SequenceEqual(dates.Order()) || dates.SequenceEqual(dates.OrderDescending())) return false;
        var sorted = run.OrderByDescending(s => s.Version, order).Select(s => s.Date!.Value).ToList();
        return sorted.SequenceEqual(sorted.OrderDescending());
    }

    private static bool Follows(ChangelogSection section, ChangelogSection before) =>
        before.End == section.HeadingBegin && before.Product == section.Product && before.Level == section.Level;

    // From the heading, with an anchor right above it, to the last character of the section; the blank lines between two sections stay.
    private static (int Begin, int Length) Slot(MarkdownText file, ChangelogSection section)
    {
        var begin = AnchorBefore(file.Text, section.HeadingBegin);
        var end = Math.Max(section.HeadingBegin, AnchorBefore(file.Text, section.TextEnd));
        // Spaces at the end of its last line belong to it.
        return (begin, file.EndOfLine(begin + file.Text.AsSpan(begin, end - begin).TrimEnd().Length) - begin);
    }

    private static int AnchorBefore(string text, int at)
    {
        var window = Math.Max(0, at - 300);
        return Anchor().Match(text[window..at]) is { Success: true } match ? window + match.Groups["anchor"].Index : at;
    }

    // Above the link of the next older version that has one, else below the link of the next newer one; -1 where there is none.
    private static int PlaceFor(ChangelogSection missing, Changelog changelog, VersionOrder order)
    {
        var linked = changelog.Sections.Where(s => s.Version is not null && changelog.DefinitionOf(s) is not null).ToList();
        var older = linked.Where(s => order.Compare(s.Version, missing.Version) < 0).MaxBy(s => s.Version, order);
        if (older is not null) return changelog.DefinitionOf(older)!.Span.Start;
        var newer = linked.Where(s => order.Compare(s.Version, missing.Version) > 0).MinBy(s => s.Version, order);
        return newer is null ? -1 : changelog.File.LineAfter(changelog.DefinitionOf(newer)!.Span.End);
    }

    private static string MarkOf(string text) => text.StartsWith('\uFEFF') ? "\uFEFF" : "";

    private const string AnchorTag = """<a\s+(?:name|id)=["'][^"'\n]*["']\s*>\s*</a>""";

    private const string AnchorLine = $@"\n(?<anchor>[ \t]*{AnchorTag}[ \t]*\r?\n(?:[ \t]*\r?\n)?)$";

    [GeneratedRegex(AnchorLine, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Anchor();
}
