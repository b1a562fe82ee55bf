using System.Text.RegularExpressions;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ChangelogExtract;

/// <summary>
/// The links from one version to the next, in the list at the file's foot and inside headings: which of them are wrong for certain, and
/// what they must be. Nothing is known without the repository's tags, no link is made to a tag that does not exist (but for the version
/// that is about to be released), and a link to another repository is that repository's affair. Pure.
/// </summary>
internal sealed partial class ChangelogLinks
{
    private readonly Changelog _changelog;
    private readonly VersionOrder _order;
    private readonly string _prefix;
    private readonly string? _repository;
    private readonly HashSet<string> _names;
    private readonly List<ReleaseTag> _tags;
    private readonly List<ChangelogSection> _versions;
    private readonly Dictionary<ChangelogSection, ChangelogSection> _below;

    /// <param name="changelog">The changelog.</param>
    /// <param name="policy">How tags are named, and versions follow one another.</param>
    /// <param name="repository">The repository's page; where it is not known, no link is wrong.</param>
    /// <param name="names">The names of all tags, releases or not; none where they are not known.</param>
    public ChangelogLinks(Changelog changelog, VersionPolicy policy, string? repository, IEnumerable<string> names)
    {
        (_changelog, _prefix, _order) = (changelog, policy.TagPrefix, policy.Order);
        _names = [.. names];
        _tags = [.. ReleaseTag.Among(_names, _prefix, _order)];
        // Whose tags they are is unknown where no product was named: then no link is wrong either.
        _repository = ProductName.IsIn(_prefix) || _tags.Count == 0 ? null : repository;
        // The tags of one product of several begin with its name: where none was chosen, only sections without a product count.
        _versions = [.. changelog.Sections.Where(s => s.Version is not null && (s.Product is null || changelog.Product is not null))];
        _below = _versions.Zip(_versions.Skip(1)).ToDictionary(p => p.First, p => p.Second);
    }

    /// <summary>The links that are wrong, each with its section and the right address.</summary>
    public IEnumerable<(ChangelogSection Section, CompareLink Link, string Expected)> Wrong()
    {
        if (_repository is null) return [];
        var all = _changelog.Versions;
        return _versions.DistinctBy(s => s.Version).SelectMany(s => Wrong(s, all)).Concat(WrongUnreleased());
    }

    /// <summary>
    /// The sections whose heading has a label without an address, where others have one, each with its label and the address; null where
    /// that is not certain.
    /// </summary>
    public IEnumerable<(ChangelogSection Section, string Label, string? Expected)> Missing()
    {
        var linked = _versions.Where(s => _changelog.DefinitionOf(s) is not null).ToList();
        if (linked.Count == 0) return [];
        var all = _changelog.Versions;
        var form = FormOf(linked, all);
        return _versions.DistinctBy(s => s.Version)
            .Where(s => s.Product is null && _changelog.DefinitionOf(s) is null && s.HeadingLinks.All(l => l.IsImage))
            .Select(s => (Section: s, Label: _changelog.LabelOf(s)))
            .Where(s => s.Label is not null)
            .Select(s => (s.Section, s.Label!, Expected(s.Section, all, form)));
    }

    // Where links compare, the first version's leads to its release; where all of them do, so does a new one. Others are not ours to write.
    private Form FormOf(IReadOnlyList<ChangelogSection> linked, IReadOnlySet<ReleaseVersion> all)
    {
        if (_repository is null) return Form.Unknown;
        if (linked.Any(s => _changelog.CompareLinksOf(s).Any(IsHere))) return Form.Compare;
        var released = linked.Where(s => _changelog.DefinitionOf(s)!.Url is { } url
            && url.StartsWith(CompareLink.ToRelease(_repository, ""), StringComparison.OrdinalIgnoreCase)).ToList();
        if (released.Count == 0) return Form.Unknown;
        return released.All(s => ReleaseTag.Before(s.Version!, _tags, _order, all) is null) ? Form.Compare : Form.Release;
    }

    private string? Expected(ChangelogSection section, IReadOnlySet<ReleaseVersion> all, Form form)
    {
        if (form == Form.Unknown || TagOf(section) is not { } tag) return null;
        var begin = form == Form.Compare ? ReleaseTag.Before(section.Version!, _tags, _order, all)?.Name : null;
        return begin is null ? CompareLink.ToRelease(_repository!, tag) : $"{new CompareLink(_repository!, begin, tag)}";
    }

    private IEnumerable<(ChangelogSection Section, CompareLink Link, string Expected)> Wrong(
        ChangelogSection section, IReadOnlySet<ReleaseVersion> all)
    {
        if (TagOf(section) is not { } tag || ReleaseTag.Before(section.Version!, _tags, _order, all) is not { } begin) yield break;
        foreach (var link in _changelog.CompareLinksOf(section).Where(IsHere))
        {
            if (EndsRight(link, section, tag) && BeginsRight(link, section, begin)) continue;
            yield return (section, link, $"{link with { From = begin.Name, To = tag }}");
        }
    }

    private static bool EndsRight(CompareLink link, ChangelogSection section, string tag) =>
        link.To == tag || link.To.EndsWith(section.Version!.Text, StringComparison.Ordinal)
        || link.To.EndsWith(section.VersionText, StringComparison.Ordinal) || IsCommit(link.To);

    // Teams choose what a version is compared with. It is wrong where it is nothing, a later version, or a release before the one whose
    // section is right below: the changes of both would be shown.
    private bool BeginsRight(CompareLink link, ChangelogSection section, ReleaseTag begin)
    {
        if (link.From == begin.Name || IsCommit(link.From)) return true;
        if (!_names.Contains(link.From)) return false;
        if (ReleaseTag.Find(link.From, _prefix, _order.Scheme) is not { } from) return true;
        if (_order.Compare(from.Version, section.Version) >= 0) return false;
        return _below.GetValueOrDefault(section)?.Version != begin.Version || _order.Compare(from.Version, begin.Version) > 0;
    }

    // What is not released yet came after the newest release that the file lists.
    private IEnumerable<(ChangelogSection Section, CompareLink Link, string Expected)> WrongUnreleased()
    {
        if (_changelog.Sections.FirstOrDefault(s => s.IsUnreleased) is not { } unreleased) yield break;
        var newest = _tags.FirstOrDefault(t => !_order.IsPrerelease(t.Version) && _versions.Any(s => s.Version == t.Version));
        if (newest is null) yield break;
        foreach (var link in _changelog.CompareLinksOf(unreleased).Where(IsHere))
        {
            var from = ReleaseTag.Find(link.From, _prefix, _order.Scheme);
            var isWrong = from is null ? !_names.Contains(link.From) && !IsCommit(link.From)
                : _order.Compare(from.Version, newest.Version) < 0
                || !(_names.Contains(from.Name) || _versions.Any(s => s.Version == from.Version));
            if (isWrong) yield return (unreleased, link, $"{link with { From = newest.Name }}");
        }
    }

    // One that cannot be read may lead anywhere.
    private bool IsHere(CompareLink link) =>
        link.To.Length > 0 && link.Page.Equals(_repository, StringComparison.OrdinalIgnoreCase);

    // The tag of a section: one that exists, or the one that is about to be pushed.
    private string? TagOf(ChangelogSection section)
    {
        var name = ReleaseTag.Of(section.Version!, _prefix).Name;
        return _names.Contains(name) || (_tags.Count > 0 && _order.Compare(section.Version, _tags[0].Version) > 0) ? name : null;
    }

    private enum Form { Unknown, Compare, Release }

    private static bool IsCommit(string name) => Sha().IsMatch(name);

    [GeneratedRegex(@"^[0-9a-f]{7,40}\^?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Sha();
}
