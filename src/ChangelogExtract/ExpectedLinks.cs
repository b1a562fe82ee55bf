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
    private readonly string _prefix;
    private readonly string? _repository;
    private readonly List<(ChangelogSection Section, string? Begin)> _pairs;

    /// <param name="changelog">The changelog.</param>
    /// <param name="policy">How tags are named, and versions follow one another.</param>
    /// <param name="repository">The repository's page; where it is not known, no link is wrong.</param>
    /// <param name="tags">The released tags; none where they are not known.</param>
    public ExpectedLinks(Changelog changelog, VersionPolicy policy, string? repository, IReadOnlyList<ReleaseTag> tags)
    {
        (_changelog, _prefix) = (changelog, policy.TagPrefix);
        // Whose tags they are is unknown where no product was named: then no link is wrong either.
        _repository = ProductName.IsIn(_prefix) ? null : repository;
        // The tags of one product of several begin with its name: where none was chosen, only sections without a product count.
        var inOrder = changelog.Sections.Where(s => s.Version is not null && (s.Product is null || changelog.Product is not null))
            .DistinctBy(s => s.Version).OrderByDescending(s => s.Version, policy.Order).ToList();
        var versions = changelog.Versions;
        string? Begin(ChangelogSection section, ChangelogSection? older) =>
            tags.Count > 0 ? ReleaseTag.Before(section.Version!, tags, policy.Order, versions)?.Name : older is null ? null : TagOf(older);
        _pairs = [.. inOrder.Zip(inOrder.Skip(1).Append(null), (section, older) => (section, Begin(section, older)))];
    }

    /// <summary>
    /// The links that are wrong, each with its version or <c>Unreleased</c>, and the right address. None where the repository is not
    /// known.
    /// </summary>
    public IEnumerable<(string Of, CompareLink Link, string Expected)> Wrong() =>
        _repository is null ? [] : _pairs.SelectMany(p => Wrong(p.Section, p.Begin)).Concat(WrongUnreleased());

    /// <summary>
    /// The sections without a definition, where others have one, each with its label and the address; null where the repository is not
    /// known.
    /// </summary>
    public IEnumerable<(ChangelogSection Section, string Label, string? Expected)> Missing()
    {
        if (!_pairs.Any(p => HasDefinition(p.Section))) return [];
        return _pairs.Where(p => p.Section.Product is null && !HasDefinition(p.Section) && p.Section.HeadingLinks.All(l => l.IsImage))
            .Select(p => (p.Section, LabelOf(p.Section), _repository is null ? null : Expected(p.Section, p.Begin)));
    }

    private string LabelOf(ChangelogSection section) => _changelog.LabelOf(section) ?? section.Version!.Text;

    private bool HasDefinition(ChangelogSection section) => _changelog.DefinitionOf(section) is not null;

    private IEnumerable<(string Of, CompareLink Link, string Expected)> Wrong(ChangelogSection section, string? begin)
    {
        foreach (var link in _changelog.CompareLinksOf(section))
        {
            // What came before the oldest section is unknown: a version without a section, or the first commit.
            var isRight = begin is null ? link.To == TagOf(section) : From(begin, section).IsSameAs(link);
            if (!isRight) yield return (section.Version!.Text, link, Expected(section, begin));
        }
    }

    private IEnumerable<(string Of, CompareLink Link, string Expected)> WrongUnreleased()
    {
        if (_changelog.Sections.FirstOrDefault(s => s.IsUnreleased) is not { } unreleased || _pairs.Count == 0) yield break;
        var newest = TagOf(_pairs[0].Section);
        foreach (var link in _changelog.CompareLinksOf(unreleased))
        {
            var expected = (link.To.Length > 0 ? link : new CompareLink("", "", "HEAD")) with { Page = _repository!, From = newest };
            if (!expected.IsSameAs(link)) yield return ("Unreleased", link, $"{expected}");
        }
    }

    private string Expected(ChangelogSection section, string? begin) =>
        begin is null ? CompareLink.ToRelease(_repository!, TagOf(section)) : $"{From(begin, section)}";

    private CompareLink From(string begin, ChangelogSection section) => new(_repository!, begin, TagOf(section));

    private string TagOf(ChangelogSection section) => ReleaseTag.Of(section.Version!, _prefix).Name;
}
