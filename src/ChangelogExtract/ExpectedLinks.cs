using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ChangelogExtract;

/// <summary>
/// The links from one version to the next, in the list at the file's foot and inside headings. Each should begin at the tag that
/// <see cref="ReleaseTag.Before"/> names, as a release writes it, or at the version below it where there are no tags; the link of
/// <c>Unreleased</c> at the newest.
/// </summary>
internal sealed class ExpectedLinks
{
    private readonly Changelog _changelog;
    private readonly VersionPolicy _policy;
    private readonly string? _repository;
    private readonly Dictionary<string, ReleaseTag> _tags;
    private readonly List<(ChangelogSection Section, string? Begin)> _pairs;
    private readonly List<ReleaseVersion> _stable;

    /// <param name="changelog">The changelog.</param>
    /// <param name="policy">How tags are named, and versions follow one another.</param>
    /// <param name="repository">The repository's page; where it is not known, no link is wrong.</param>
    /// <param name="tags">The released tags; none where they are not known.</param>
    public ExpectedLinks(Changelog changelog, VersionPolicy policy, string? repository, IReadOnlyList<ReleaseTag> tags)
    {
        (_changelog, _policy, _tags) = (changelog, policy, tags.DistinctBy(t => t.Name).ToDictionary(t => t.Name));
        // Whose tags they are is unknown where no product was named: then no link is wrong either.
        _repository = ProductName.IsIn(policy.TagPrefix) ? null : repository;
        // The tags of one product of several begin with its name: where none was chosen, only sections without a product count.
        var inOrder = changelog.Sections.Where(s => s.Version is not null && (s.Product is null || changelog.Product is not null))
            .DistinctBy(s => s.Version).OrderByDescending(s => s.Version, policy.Order).ToList();
        var versions = changelog.Versions;
        string? Begin(ChangelogSection section, ChangelogSection? older) =>
            tags.Count > 0 ? ReleaseTag.Before(section.Version!, tags, policy.Order, versions)?.Name : older is null ? null : TagOf(older);
        _pairs = [.. inOrder.Zip(inOrder.Skip(1).Append(null), (section, older) => (section, Begin(section, older)))];
        _stable = [.. inOrder.Where(s => !policy.Order.IsPrerelease(s.Version!) && (tags.Count == 0 || _tags.ContainsKey(TagOf(s))))
            .Select(s => s.Version!)];
    }

    /// <summary>The links that are not as a release writes them. None where the repository is not known.</summary>
    public IEnumerable<WrongLink> Wrong() =>
        _repository is null ? [] : _pairs.SelectMany(p => Wrong(p.Section, p.Begin)).Concat(WrongUnreleased());

    /// <summary>
    /// The sections without a definition, where others have one, each with the label in its heading and the address; the label is empty
    /// where the heading has none, the address null where the repository is not known.
    /// </summary>
    public IEnumerable<(ChangelogSection Section, string Label, string? Expected)> Missing()
    {
        if (!_pairs.Any(p => HasDefinition(p.Section))) return [];
        return _pairs.Where(p => p.Section.Product is null && !HasDefinition(p.Section) && p.Section.HeadingLinks.All(l => l.IsImage))
            .Select(p => (p.Section, _changelog.LabelOf(p.Section) ?? "", _repository is null ? null : Expected(p.Section, p.Begin)));
    }

    /// <summary>
    /// The definitions that are missing, and can be made of two tags that exist, in a file in which the others are made in this way.
    /// </summary>
    public IEnumerable<(ChangelogSection Section, string Label, string Address)> Addable()
    {
        if (_repository is null || _pairs.Any(p => _changelog.DefinitionOf(p.Section)?.Url is { } url && !IsWrittenAs(url, p.Section, p.Begin)))
            return [];
        return from missing in Missing()
               let begin = _pairs.First(p => p.Section == missing.Section).Begin
               where missing.Label.Length > 0 && begin is not null && AreTags(begin, TagOf(missing.Section))
               select (missing.Section, missing.Label, missing.Expected!);
    }

    // Between two versions a compare link, of the first one the page of its release.
    private bool IsWrittenAs(string url, ChangelogSection section, string? begin) =>
        CompareLink.Read(url)?.Page == _repository || (begin is null && url == CompareLink.ToRelease(_repository!, TagOf(section)));

    private bool HasDefinition(ChangelogSection section) => _changelog.DefinitionOf(section) is not null;

    private IEnumerable<WrongLink> Wrong(ChangelogSection section, string? begin)
    {
        foreach (var link in _changelog.CompareLinksOf(section))
        {
            // What came before the oldest section is unknown: a version without a section, or the first commit.
            var isRight = begin is null ? link.To == TagOf(section) : From(begin, section).IsSameAs(link);
            if (isRight) continue;
            var isMisleading = IsOurs(link) && Misleads(link, section.Version!);
            var isSure = isMisleading && link.Page == _repository && begin is not null && AreTags(begin, TagOf(section));
            yield return new WrongLink(section, link, Expected(section, begin), isMisleading, isSure);
        }
    }

    private IEnumerable<WrongLink> WrongUnreleased()
    {
        if (_changelog.Sections.FirstOrDefault(s => s.IsUnreleased) is not { } unreleased || _pairs.Count == 0) yield break;
        var newest = _pairs[0].Section;
        foreach (var link in _changelog.CompareLinksOf(unreleased))
        {
            var end = link.To.Length == 0 || VersionOf(link.To) is not null ? new CompareLink("", "", "HEAD") : link;
            var expected = end with { Page = _repository!, From = TagOf(newest) };
            if (expected.IsSameAs(link)) continue;
            var isOld = VersionOf(link.From) is { } from && _stable.Any(s => _policy.Order.Compare(s, from) > 0);
            var isMisleading = IsOurs(link) && (isOld || VersionOf(link.To) is not null);
            var isSure = isMisleading && end == link && link.Page == _repository && AreTags(expected.From);
            yield return new WrongLink(unreleased, link, $"{expected}", isMisleading, isSure);
        }
    }

    // Another version's changes, no changes at all, a tag that is not there, or a release skipped. Two releases may follow the same one
    // where one was made on a branch: only what is certainly between two versions is skipped.
    private bool Misleads(CompareLink link, ReleaseVersion version)
    {
        if (VersionOf(link.To) is { } to && !to.Equals(version)) return true;
        if (_policy.Order.IsPrerelease(version) || VersionOf(link.From) is not { } from) return false;
        if (from.CompareTo(version) >= 0) return true;
        if (_tags.Count > 0 && link.Page == _repository && !_tags.ContainsKey(link.From)) return true;
        return _stable.Any(s => _policy.Order.Compare(s, from) > 0 && IsAncestor(s, version));
    }

    private bool IsAncestor(ReleaseVersion older, ReleaseVersion version)
    {
        if (_policy.Order.Compare(older, version) >= 0) return false;
        if (older.IsOfLine(version, 2)) return true;
        return older.Patch.IsZero && (older.Minor.IsZero || older.Major == version.Major);
    }

    // A repository that moved keeps its name as a rule; a link to another one is about that one's versions.
    private bool IsOurs(CompareLink link) => NameOf(link.Page).Equals(NameOf(_repository!), StringComparison.OrdinalIgnoreCase);

    private static string NameOf(string page) => page[(page.LastIndexOf('/') + 1)..];

    private ReleaseVersion? VersionOf(string tag) => ReleaseTag.Find(tag, _policy.TagPrefix, _policy.Scheme)?.Version;

    private bool AreTags(params string[] names) => names.All(_tags.ContainsKey);

    private string Expected(ChangelogSection section, string? begin) =>
        begin is null ? CompareLink.ToRelease(_repository!, TagOf(section)) : $"{From(begin, section)}";

    private CompareLink From(string begin, ChangelogSection section) => new(_repository!, begin, TagOf(section));

    private string TagOf(ChangelogSection section) => ReleaseTag.Of(section.Version!, _policy.TagPrefix).Name;
}

/// <summary>A link that is not as a release writes it.</summary>
/// <param name="Section">The section of a version, or <c>Unreleased</c>.</param>
/// <param name="Link">The link.</param>
/// <param name="Expected">The address that a release writes.</param>
/// <param name="IsMisleading">Whether it shows other changes than those of the section.</param>
/// <param name="IsSure">Whether the address is made of the repository and of two tags that exist.</param>
internal sealed record WrongLink(ChangelogSection Section, CompareLink Link, string Expected, bool IsMisleading, bool IsSure);
