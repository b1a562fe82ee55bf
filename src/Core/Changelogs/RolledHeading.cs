using System.Globalization;
using System.Text.RegularExpressions;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Changelogs;

/// <summary>The heading of a new section, written as the file writes its headings.</summary>
/// <param name="Text">The heading as Markdown, without the line's end.</param>
/// <param name="Label">What stands in its brackets and needs a link definition; null where it has none, or a link of its own.</param>
internal sealed partial record RolledHeading(string Text, string? Label)
{
    private const string Iso = "yyyy-MM-dd";

    private static readonly string[] DateForms =
        [Iso, "yyyy/MM/dd", "yyyy.MM.dd", "yyyy-M-d", "dd.MM.yyyy", "d.M.yyyy", "dd-MM-yyyy", "MMMM d, yyyy", "MMM d, yyyy", "d MMMM yyyy", "d MMM yyyy", "dd MMM yyyy", "MMMM dd, yyyy"];

    /// <summary>Like the newest version's heading where that holds nothing else, or else in Keep a Changelog's form.</summary>
    public static RolledHeading Of(ChangelogRoll roll, RolledFile file)
    {
        var heading = file.Newest is not { } newest || HasWordsOfItsOwn(newest) ? Usual(roll, file) : Like(roll, newest);
        return new RolledHeading(heading, Changelog.LabelIn(heading));
    }

    // A codename or [YANKED] belongs to that version alone.
    private static bool HasWordsOfItsOwn(ChangelogSection section)
    {
        var version = section.Version!.Text;
        var rest = section.Heading[(section.Heading.IndexOf(version, StringComparison.Ordinal) + version.Length)..];
        if (section.DateText is { } date) rest = rest.Replace(date, "", StringComparison.Ordinal);
        return rest.Any(char.IsLetterOrDigit);
    }

    private static string Usual(ChangelogRoll roll, RolledFile file)
    {
        var level = (file.Unreleased ?? file.Newest ?? file.First)?.Level ?? 2;
        var isBracketed = (file.Unreleased ?? file.Newest ?? file.First) is not { } model || model.HeadingSource.Contains('[', StringComparison.Ordinal);
        var name = roll.Product is null ? roll.Release.Version.Text : $"{roll.Product}@{roll.Release.Version}";
        var version = isBracketed ? $"[{name}]" : name;
        return $"{new string('#', Math.Min(level, 6))} {version} - {roll.Date.ToString(Iso, CultureInfo.InvariantCulture)}";
    }

    private static string Like(ChangelogRoll roll, ChangelogSection model)
    {
        var heading = Address().Replace(model.HeadingSource, address => RolledLinks.OfVersion(roll, address.Groups["url"].Value, model.Version!.Text) is { } url ? $"]({url})" : address.Value);
        var inLinks = Address().Matches(heading).Select(m => (m.Index, End: m.Index + m.Length)).ToList();
        var edits = new SliceEdits(heading);
        foreach (Match version in Regex.Matches(heading, $@"(?<![0-9.]){Regex.Escape(model.Version!.Text)}(?![0-9A-Za-z.+-]*[0-9A-Za-z])", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)))
            if (!inLinks.Any(l => version.Index >= l.Index && version.Index < l.End)) edits.Replace(version.Index, version.Length, roll.Release.Version.Text);
        if (model.DateText is { } date && heading.IndexOf(date, StringComparison.Ordinal) is >= 0 and var at) edits.Replace(at, date.Length, Written(roll.Date, model));
        return model.DateText is null ? WithDate(edits.ToString(), roll.Date) : edits.ToString();
    }

    // Into the first line: an underline may follow.
    private static string WithDate(string heading, DateOnly date)
    {
        var end = heading.IndexOfAny(['\r', '\n']);
        var (line, rest) = end < 0 ? (heading, "") : (heading[..end], heading[end..]);
        return $"{line.TrimEnd()} - {date.ToString(Iso, CultureInfo.InvariantCulture)}{rest}";
    }

    private static string Written(DateOnly date, ChangelogSection model)
    {
        var form = model.Date is { } day ? DateForms.FirstOrDefault(f => day.ToString(f, CultureInfo.InvariantCulture) == model.DateText) : null;
        return date.ToString(form ?? Iso, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"\]\((?<url>[^()\s]+)\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Address();
}
