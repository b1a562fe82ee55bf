using System.Text.RegularExpressions;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Core.Changelogs;

/// <summary>Mends what a program can mend in a changelog: compare links, and the order of versions. Every other byte stays. Pure.</summary>
public static partial class ChangelogFix
{
    /// <summary>The text with its versions in order and its compare links right; the same text where there is nothing to mend.</summary>
    /// <param name="text">The changelog.</param>
    /// <param name="parse">Reads it, as the changelog of one product where several share it.</param>
    /// <param name="policy">How the team names its tags, and in what order its versions come.</param>
    /// <param name="repository">The repository's page; null leaves links as they are.</param>
    /// <param name="tags">The released tags; none where they are not known.</param>
    public static string Mend(string text, Func<string, Changelog> parse, VersionPolicy policy, string? repository, IReadOnlyList<ReleaseTag> tags)
    {
        var changelog = parse(InOrder(text, policy.Order));
        return BeginOf(text) + WithLinks(changelog, new CompareLinks(changelog, policy, repository, tags), policy.Order);
    }

    private static string InOrder(string text, VersionOrder order)
    {
        var changelog = Changelog.Parse(text);
        // Where it is not sure what belongs to which version, nothing is moved.
        if (changelog.Sections.Any(s => s.Doubt is not null)) return text;
        var edits = new SliceEdits(changelog.File.Text);
        foreach (var run in Runs(changelog))
        {
            var slots = run.Select(s => Slot(changelog.File, s)).ToList();
            var wanted = run.Index().OrderByDescending(s => s.Item.Version, order).ThenBy(s => s.Index).Select(s => slots[s.Index]);
            foreach (var (slot, by) in slots.Zip(wanted).Where(p => p.First != p.Second)) edits.Replace(slot.Begin, slot.Length, changelog.File.Text.Substring(by.Begin, by.Length));
        }

        return BeginOf(text) + edits;
    }

    private static string WithLinks(Changelog changelog, CompareLinks links, VersionOrder order)
    {
        var edits = new SliceEdits(changelog.File.Text);
        foreach (var wrong in links.Wrong().Where(w => w.Place.Length > 0)) edits.Replace(wrong.Place.Start, wrong.Place.Length, wrong.Expected);
        foreach (var place in links.Missing().Where(m => m.Expected is not null).Select(m => (Missing: m, At: PlaceFor(m, changelog, links, order))).Where(m => m.At >= 0).GroupBy(m => m.At))
            edits.Replace(place.Key, 0, AsLines(place.Select(m => $"[{m.Missing.Label}]: {m.Missing.Expected}"), changelog.File, place.Key));
        return edits.ToString();
    }

    // At the end of a file whose last line is open, the newline comes first, and the file ends as it did.
    private static string AsLines(IEnumerable<string> lines, ChangelogText file, int at) =>
        at == file.Text.Length && !file.Text.EndsWith('\n') ? string.Concat(lines.Select(line => file.Newline + line)) : string.Concat(lines.Select(line => line + file.Newline));

    // Sections of one product and one rank that follow one another with nothing between; what stands between two runs, a major's heading say, stays where it is.
    private static IEnumerable<List<ChangelogSection>> Runs(Changelog changelog)
    {
        var run = new List<ChangelogSection>();
        foreach (var section in changelog.Sections.Where(s => s.Version is not null))
        {
            if (run.Count > 0 && (run[^1].Slice.End != section.Slice.HeadingBegin || run[^1].Product != section.Product || run[^1].Slice.Rank != section.Slice.Rank))
            {
                yield return run;
                run = [];
            }

            run.Add(section);
        }

        yield return run;
    }

    // From the heading, with an anchor right above it, to the last character of the section; the blank lines between two sections stay where they are.
    private static (int Begin, int Length) Slot(ChangelogText file, ChangelogSection section)
    {
        var (begin, end) = (AnchorBefore(file.Text, section.Slice.HeadingBegin), section.Slice.TextEnd);
        end = Math.Max(section.Slice.HeadingBegin, AnchorBefore(file.Text, end));
        // Spaces at the end of its last line are its own.
        return (begin, BlockReader.LineAt(file.Text, begin + file.Text.AsSpan(begin, end - begin).TrimEnd().Length).Stop - begin);
    }

    private static int AnchorBefore(string text, int at)
    {
        var window = Math.Max(0, at - 300);
        return Anchor().Match(text[window..at]) is { Success: true } match ? window + match.Groups["anchor"].Index : at;
    }

    // Above the link of the next older version that has one, else below that of the next newer one.
    private static int PlaceFor(MissingLink missing, Changelog changelog, CompareLinks links, VersionOrder order)
    {
        var others = changelog.Sections.Where(s => s.Version is not null && links.Find(s) is not null).ToList();
        int Compared(ChangelogSection other) => order.Compare(other.Version, missing.Section.Version);
        if (others.Where(s => Compared(s) < 0).MaxBy(s => s.Version, order) is { } older) return links.Find(older)!.Span.Start;
        var newer = others.Where(s => Compared(s) > 0).MinBy(s => s.Version, order);
        return newer is null ? -1 : changelog.File.LineAfter(links.Find(newer)!.Span.End);
    }

    private static string BeginOf(string text) => text.StartsWith('\uFEFF') ? "\uFEFF" : "";

    [GeneratedRegex("""\n(?<anchor>[ \t]*<a\s+(?:name|id)=["'][^"'\n]*["']\s*>\s*</a>[ \t]*\r?\n(?:[ \t]*\r?\n)?)$""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Anchor();
}
