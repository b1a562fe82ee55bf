using System.Globalization;
using System.Text.RegularExpressions;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ReleasePrepare;

/// <summary>The heading of the new section, written as the file writes its headings.</summary>
internal sealed partial record ChangelogRoll
{
    private const string Iso = "yyyy-MM-dd";

    private static readonly string[] DateForms =
    [
        Iso, "yyyy/MM/dd", "yyyy.MM.dd", "yyyy-M-d", "dd.MM.yyyy", "d.M.yyyy", "dd-MM-yyyy",
        "MMMM d, yyyy", "MMM d, yyyy", "d MMMM yyyy", "d MMM yyyy", "dd MMM yyyy", "MMMM dd, yyyy",
    ];

    private string IsoDate => Date.ToString(Iso, CultureInfo.InvariantCulture);

    // Like the newest version's heading where that holds nothing else, or else in Keep a Changelog's form.
    private string HeadingIn(RolledFile file) =>
        file.Newest is not { } newest || HasWordsOfItsOwn(newest) ? UsualHeading(file) : HeadingLike(newest);

    // A codename or [YANKED] belongs to that version alone.
    private static bool HasWordsOfItsOwn(ChangelogSection section)
    {
        var version = section.VersionText;
        var rest = section.Heading[(section.Heading.IndexOf(version, StringComparison.Ordinal) + version.Length)..];
        if (section.DateText is { } date) rest = rest.Replace(date, "", StringComparison.Ordinal);
        return rest.Any(char.IsLetterOrDigit);
    }

    private string UsualHeading(RolledFile file)
    {
        var model = file.Unreleased ?? file.Newest ?? file.First;
        var isBracketed = model is null || model.HeadingSource.Contains('[', StringComparison.Ordinal);
        var name = Product is null ? Release.Version.Text : $"{Product}@{Release.Version}";
        return $"{new string('#', Math.Min(model?.Level ?? 2, 6))} {(isBracketed ? $"[{name}]" : name)} - {IsoDate}";
    }

    private string HeadingLike(ChangelogSection model)
    {
        var old = model.VersionText;
        string Moved(Match address) => LinkOfVersion(address.Groups["url"].Value, old) is { } url ? $"]({url})" : address.Value;
        var heading = Address().Replace(model.HeadingSource, Moved);
        var inLinks = Address().Matches(heading).Select(m => (m.Index, End: m.Index + m.Length)).ToList();
        var edits = new SliceEdits(heading);
        foreach (var at in PlacesOf(old, heading).Where(at => !inLinks.Any(l => at >= l.Index && at < l.End)))
            edits.Replace(at, old.Length, Release.Version.Text);
        if (model.DateText is not { } date) return WithDate(edits.ToString());
        var place = heading.IndexOf(date, StringComparison.Ordinal);
        if (place >= 0) edits.Replace(place, date.Length, DateLike(model));
        return edits.ToString();
    }

    // As a version, and not as a part of another one.
    private static IEnumerable<int> PlacesOf(string version, string heading)
    {
        for (var at = 0; (at = heading.IndexOf(version, at, StringComparison.Ordinal)) >= 0; at += version.Length)
        {
            var isInAnother = at > 0 && (char.IsAsciiDigit(heading[at - 1]) || heading[at - 1] == '.');
            if (!isInAnother && !GoesOn(heading.AsSpan(at + version.Length))) yield return at;
        }
    }

    private static bool GoesOn(ReadOnlySpan<char> after) =>
        after.IndexOfAnyExcept(".+-") is >= 0 and var next && char.IsAsciiLetterOrDigit(after[next]);

    // Into the first line: an underline may follow.
    private string WithDate(string heading)
    {
        var end = heading.IndexOfAny(['\r', '\n']);
        var (line, rest) = end < 0 ? (heading, "") : (heading[..end], heading[end..]);
        return $"{line.TrimEnd()} - {IsoDate}{rest}";
    }

    private string DateLike(ChangelogSection model)
    {
        bool IsFormOfModel(string form) => model.Date?.ToString(form, CultureInfo.InvariantCulture) == model.DateText;
        var form = DateForms.FirstOrDefault(IsFormOfModel);
        return Date.ToString(form ?? Iso, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"\]\((?<url>[^()\s]+)\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Address();
}
