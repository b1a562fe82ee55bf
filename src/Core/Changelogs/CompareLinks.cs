using Markdig.Syntax;
using Markdig.Syntax.Inlines;

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
/// <param name="Expected">What the link should be; null where the repository is not known.</param>
internal sealed record MissingLink(ChangelogSection Section, string? Expected);

/// <summary>
/// The links from one version to the next, in the list at the file's foot and inside headings. Each should begin at the version below it, and that of
/// <c>Unreleased</c> at the newest.
/// </summary>
internal sealed class CompareLinks
{
    private const string Compare = "/compare/";

    private readonly ChangelogText _file;
    private readonly string _prefix;
    private readonly string? _repository;
    private readonly Dictionary<string, LinkReferenceDefinition> _definitions;
    private readonly List<(ChangelogSection Section, ChangelogSection? Older)> _pairs;
    private readonly ChangelogSection? _unreleased;

    public CompareLinks(Changelog changelog, string prefix, string? repository)
    {
        (_file, _prefix, _repository) = (changelog.File, prefix, repository);
        _definitions = _file.Links.Where(l => l.Label is not null).DistinctBy(l => l.Label!, StringComparer.OrdinalIgnoreCase).ToDictionary(l => l.Label!, StringComparer.OrdinalIgnoreCase);
        // The tags of one product of several begin with its name, in ways of its own: only a file about one product is looked at.
        var inOrder = changelog.Sections.Where(s => s is { Version: not null, Product: null }).DistinctBy(s => s.Version).OrderByDescending(s => s.Version).ToList();
        _pairs = [.. inOrder.Zip(inOrder.Skip(1).Append(null))];
        _unreleased = changelog.Sections.FirstOrDefault(s => s.Version is null);
    }

    /// <summary>The definition of a section's link, or null.</summary>
    public LinkReferenceDefinition? Find(ChangelogSection section) => _definitions.GetValueOrDefault(section.Version?.Text ?? "Unreleased");

    /// <summary>The links that are wrong. Where the repository is not known, nobody can tell.</summary>
    public IEnumerable<WrongLink> Wrong()
    {
        foreach (var (section, older) in _pairs)
        {
            foreach (var (url, place, line) in Places(section))
                if (Expected(section, older) is { } expected && url.Contains(Compare, StringComparison.Ordinal) && url != expected && !IsOldest(section, older, url))
                    yield return new WrongLink(section.Version!.Text, line, url, place, expected);
        }

        if (_unreleased is null || _pairs.Count == 0 || _repository is null) yield break;
        var begin = $"{_repository}{Compare}{_prefix}{_pairs[0].Section.Version}...";
        foreach (var (url, place, line) in Places(_unreleased))
            if (url.Contains(Compare, StringComparison.Ordinal) && !url.StartsWith(begin, StringComparison.Ordinal))
                yield return new WrongLink("Unreleased", line, url, place, begin + (url.Contains("...", StringComparison.Ordinal) ? url[(url.LastIndexOf("...", StringComparison.Ordinal) + 3)..] : "HEAD"));
    }

    /// <summary>The sections without a definition, where others have one.</summary>
    public IEnumerable<MissingLink> Missing() => !_pairs.Any(p => Find(p.Section) is not null) ? []
        : _pairs.Where(p => Find(p.Section) is null && p.Section.Link is null).Select(p => new MissingLink(p.Section, Expected(p.Section, p.Older)));

    private IEnumerable<(string Url, SourceSpan Place, int Line)> Places(ChangelogSection section)
    {
        if (Find(section) is { Url: { } url } definition) yield return (url, definition.UrlSpan, definition.Line + 1);
        if (section.Link is { Url: { } inHeading } link) yield return (inHeading, link.UrlSpan, section.Line);
    }

    // What came before the oldest section nobody knows: a version that is told no longer, or the first commit.
    private bool IsOldest(ChangelogSection section, ChangelogSection? older, string url) => older is null && url.EndsWith($"...{_prefix}{section.Version}", StringComparison.Ordinal);

    private string? Expected(ChangelogSection section, ChangelogSection? older) => _repository is null ? null
        : older is null ? $"{_repository}/releases/tag/{_prefix}{section.Version}" : $"{_repository}{Compare}{_prefix}{older.Version}...{_prefix}{section.Version}";
}
