using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Core.Changelogs;

/// <summary>
/// A changelog in Markdown. Sections are found on Markdig's syntax tree, so that a heading inside a code fence or a comment is
/// not a heading, and sliced from the original text, so that nothing is reformatted.
/// </summary>
public sealed partial class Changelog
{
    private readonly bool _namesVersions;

    private Changelog(MarkdownText file, VersionScheme scheme, IReadOnlyList<DocumentHeading> headings)
    {
        (File, Scheme) = (file, scheme);
        Sections = [.. FindSections(headings)];
        _namesVersions = Sections.Any(s => s.Version is not null);
    }

    private Changelog(Changelog whole, string product)
    {
        (File, Scheme, Product, _namesVersions) = (whole.File, whole.Scheme, product, whole._namesVersions);
        Sections = [.. whole.Sections.Where(s => IsOf(s.Product, product))];
    }

    /// <summary>The file.</summary>
    public MarkdownText File { get; }

    /// <summary>How the versions in its headings are read.</summary>
    public VersionScheme Scheme { get; }

    /// <summary>The sections in the order of the file, <c>Unreleased</c> among them.</summary>
    public IReadOnlyList<ChangelogSection> Sections { get; }

    /// <summary>Reads a changelog; any text is one, perhaps without sections.</summary>
    /// <exception cref="ActionException">Quotes, lists or brackets are nested more than a hundred levels deep (exit 2).</exception>
    public static Changelog Parse(string text) => Parse(text, VersionSchemes.SemVer);

    /// <summary>Reads a changelog whose versions are of a scheme.</summary>
    /// <exception cref="ActionException">Quotes, lists or brackets are nested more than a hundred levels deep (exit 2).</exception>
    public static Changelog Parse(string text, VersionScheme scheme) => Parse(text, scheme, MarkdownText.Read);

    internal static Changelog Parse(string text, Func<string, MarkdownText> read) => Parse(text, VersionSchemes.SemVer, read);

    private static Changelog Parse(string text, VersionScheme scheme, Func<string, MarkdownText> read)
    {
        var plain = text.TrimStart('\uFEFF');
        var file = read(plain);
        var headings = DocumentHeading.In(file, scheme);
        if (headings.Any(h => h.Version?.Version is not null)) return new Changelog(file, scheme, headings);
        // Where no heading names a version, lines in bold may.
        file = MarkdownText.ReadWhole(plain);
        return new Changelog(file, scheme, DocumentHeading.InAndInBold(file, scheme));
    }

    /// <summary>The product whose sections these are; null where none was chosen.</summary>
    public string? Product { get; }

    /// <summary>The versions that have a section.</summary>
    public IReadOnlySet<ReleaseVersion> Versions => Sections.Select(s => s.Version).OfType<ReleaseVersion>().ToHashSet();

    /// <summary>The sections of a version; more than one where the file has duplicates. Build metadata does not count.</summary>
    public IReadOnlyList<ChangelogSection> Find(ReleaseVersion version) => [.. Sections.Where(s => s.Version == version)];

    /// <summary>The changelog of one product of several that share it: the sections whose headings name it, and no others.</summary>
    /// <param name="product">The product; null keeps every section.</param>
    public Changelog Of(string? product) => product is null ? this : new Changelog(this, product);

    /// <summary>Whether a heading is about a product: it names the product, or none was chosen. <c>@acme/till</c> is till.</summary>
    public static bool IsOf(string? product, string? wanted)
    {
        if (wanted is null || product is null) return wanted is null;
        return $"/{product}".EndsWith($"/{wanted}", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// The section in a version's own file: the one with the version's heading, or the whole file if no heading names a version.
    /// </summary>
    public IReadOnlyList<ChangelogSection> OfFile(ReleaseVersion version) =>
        _namesVersions ? Find(version) : [new ChangelogSection(File, version)];

    private IEnumerable<ChangelogSection> FindSections(IReadOnlyList<DocumentHeading> headings)
    {
        for (var i = 0; i < headings.Count; i++)
        {
            if (headings[i].Version is null) continue;
            var (end, refusal) = DocumentHeading.EndOf(headings, i);
            yield return new ChangelogSection(File, headings[i], end < headings.Count ? headings[end] : null, refusal);
        }
    }
}
