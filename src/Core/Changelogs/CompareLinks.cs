using Markdig.Syntax;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Core.Changelogs;

/// <summary>A link that compares other versions than it should.</summary>
/// <param name="Of">The version, or <c>Unreleased</c>.</param>
/// <param name="Line">Where it stands, counted from 1.</param>
/// <param name="Url">Its address.</param>
/// <param name="Place">Where the address stands in the text.</param>
/// <param name="Expected">What it should be.</param>
internal sealed record WrongLink(string Of, int Line, string Url, SourceSpan Place, string Expected);

/// <summary>A section without a link in a file that keeps a list of them.</summary>
/// <param name="Section">The section.</param>
/// <param name="Label">The link's label.</param>
/// <param name="Expected">What the link should be; null where the repository is not known.</param>
internal sealed record MissingLink(ChangelogSection Section, string Label, string? Expected);

/// <summary>
/// The links from one version to the next, in the list at the file's foot and inside headings. Each should begin at the tag that <see cref="ReleaseTag.Before"/>
/// tells, as a release writes it, or at the version below it where there are no tags; that of <c>Unreleased</c> at the newest.
/// </summary>
internal sealed class CompareLinks
{
    private readonly SectionLinks _links;
    private readonly string _prefix;
    private readonly string? _repository;
    private readonly List<(ChangelogSection Section, string? Begin)> _pairs;
    private readonly ChangelogSection? _unreleased;

    /// <param name="changelog">The changelog.</param>
    /// <param name="policy">How tags are named, and versions follow one another.</param>
    /// <param name="repository">The repository's page; where it is not known, no link is wrong.</param>
    /// <param name="tags">The released tags; none where they are not known.</param>
    public CompareLinks(Changelog changelog, VersionPolicy policy, string? repository, IReadOnlyList<ReleaseTag> tags)
    {
        (_links, _prefix) = (new SectionLinks(changelog.File), policy.TagPrefix);
        // Whose tags they are is not known where nobody named the product: then no link is wrong either.
        _repository = ProductName.IsIn(_prefix) ? null : repository;
        // The tags of one product of several begin with its name: where nobody chose one, only sections that name none are looked at.
        var inOrder = changelog.Sections.Where(s => s.Version is not null && (s.Product is null || changelog.Product is not null)).DistinctBy(s => s.Version).OrderByDescending(s => s.Version, policy.Order).ToList();
        var told = changelog.Versions;
        string? Begin(ChangelogSection section, ChangelogSection? older) => tags.Count > 0 ? ReleaseTag.Before(section.Version!, tags, policy.Order, told)?.Name : older is null ? null : TagOf(older);
        _pairs = [.. inOrder.Zip(inOrder.Skip(1).Append(null), (section, older) => (section, Begin(section, older)))];
        _unreleased = changelog.Sections.FirstOrDefault(s => s.Version is null);
    }

    /// <summary>The definition of a section's link, or null.</summary>
    public LinkReferenceDefinition? Find(ChangelogSection section) => _links.Definition(section);

    /// <summary>The links that are wrong. Where the repository is not known, nobody can tell.</summary>
    public IEnumerable<WrongLink> Wrong() => _repository is null ? [] : _pairs.SelectMany(p => Wrong(p.Section, p.Begin)).Concat(WrongUnreleased());

    /// <summary>The sections without a definition, where others have one.</summary>
    public IEnumerable<MissingLink> Missing() => !_pairs.Any(p => Find(p.Section) is not null) ? []
        : _pairs.Where(p => Find(p.Section) is null && p.Section is { Link: null, Product: null }).Select(p => new MissingLink(p.Section, _links.LabelOf(p.Section) ?? p.Section.Version!.Text, _repository is null ? null : Expected(p.Section, p.Begin)));

    private IEnumerable<WrongLink> Wrong(ChangelogSection section, string? begin)
    {
        foreach (var (url, place, line) in _links.Of(section).Where(l => CompareLink.IsMeantBy(l.Url)))
        {
            var link = CompareLink.Read(url);
            // What came before the oldest section nobody knows: a version that is told no longer, or the first commit.
            var isRight = begin is null ? link?.To == TagOf(section) : From(begin, section).IsSameAs(link);
            if (!isRight) yield return new WrongLink(section.Version!.Text, line, url, place, Expected(section, begin));
        }
    }

    private IEnumerable<WrongLink> WrongUnreleased()
    {
        if (_unreleased is null || _pairs.Count == 0) yield break;
        var newest = TagOf(_pairs[0].Section);
        foreach (var (url, place, line) in _links.Of(_unreleased).Where(l => CompareLink.IsMeantBy(l.Url)))
        {
            var link = CompareLink.Read(url) ?? new CompareLink(_repository!, "", "HEAD");
            if (link.Page != _repository || link.From != newest) yield return new WrongLink("Unreleased", line, url, place, $"{link with { Page = _repository!, From = newest }}");
        }
    }

    private string Expected(ChangelogSection section, string? begin) => begin is null ? CompareLink.ToRelease(_repository!, TagOf(section)) : $"{From(begin, section)}";

    private CompareLink From(string begin, ChangelogSection section) => new(_repository!, begin, TagOf(section));

    private string TagOf(ChangelogSection section) => ReleaseTag.Of(section.Version!, _prefix).Name;
}
