using Markdig.Syntax;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Core.Changelogs;

/// <summary>
/// A changelog in Markdown. Sections are found on Markdig's syntax tree, so that a heading inside a code fence or a comment is
/// not a heading, and sliced from the original text, so that nothing is reformatted.
/// </summary>
public sealed class Changelog
{
    private readonly bool _namesVersions;

    private Changelog(ChangelogText file, IReadOnlyList<DocumentHeading> headings)
    {
        File = file;
        Sections = [.. FindSections(headings)];
        _namesVersions = Sections.Any(s => s.Version is not null);
    }

    private Changelog(Changelog whole, string product) =>
        (File, Sections, Product, _namesVersions) = (whole.File, [.. whole.Sections.Where(s => IsOf(s.Product, product))], product, whole._namesVersions);

    /// <summary>The file they are in.</summary>
    internal ChangelogText File { get; }

    /// <summary>The sections in the order of the file, <c>Unreleased</c> among them.</summary>
    public IReadOnlyList<ChangelogSection> Sections { get; }

    /// <summary>Reads a changelog; any text is one, perhaps without sections.</summary>
    /// <exception cref="ActionException">Quotes, lists or brackets are nested more than a hundred levels deep (exit 2).</exception>
    public static Changelog Parse(string text) => Parse(text, BlockTree.Of);

    internal static Changelog Parse(string text, Func<string, BlockTree> read)
    {
        var plain = text.TrimStart('\uFEFF');
        var file = new ChangelogText(plain, read(plain));
        var headings = SectionReader.Headings(file);
        if (headings.Any(h => h.Version?.Version is not null)) return new Changelog(file, headings);
        // Where no heading names a version, lines in bold may.
        file = new ChangelogText(plain, BlockTree.OfWhole(plain));
        return new Changelog(file, SectionReader.HeadingsAndBold(file));
    }

    /// <summary>The product whose sections these are; null where nobody chose one.</summary>
    public string? Product { get; }

    /// <summary>The versions that have a section.</summary>
    public IReadOnlySet<SemanticVersion> Versions => Sections.Select(s => s.Version).OfType<SemanticVersion>().ToHashSet();

    /// <summary>The sections of a version; more than one where the file has duplicates. Build metadata does not count.</summary>
    public IReadOnlyList<ChangelogSection> Find(SemanticVersion version) => [.. Sections.Where(s => s.Version == version)];

    /// <summary>The changelog as it is for one product of those that share it: the sections whose headings name it. What names none may be any product's, and is left out.</summary>
    /// <param name="product">The product; null leaves every section.</param>
    public Changelog Of(string? product) => product is null ? this : new Changelog(this, product);

    /// <summary>The compare link of a section: in its heading, in the list of links at the file's foot, or else in its text; null where it has none.</summary>
    public FoundLink? LinkOf(ChangelogSection section) => new SectionLinks(File).Find(section);

    /// <summary>Whether a heading is about a product: names it, or anything where nobody chose one. <c>@acme/till</c> is till.</summary>
    public static bool IsOf(string? product, string? wanted) => wanted is null
        || (product is not null && (product.Equals(wanted, StringComparison.OrdinalIgnoreCase) || product.EndsWith($"/{wanted}", StringComparison.OrdinalIgnoreCase)));

    /// <summary>The file as the section of one version, for those who keep a file per version: its section where it has headings of versions, else all of it.</summary>
    public IReadOnlyList<ChangelogSection> OfFile(SemanticVersion version)
    {
        if (_namesVersions) return Find(version);
        return [new ChangelogSection(new VersionHeading(version.Text, version, null, null, IsYanked: false, IsSure: true), 1, File.Slice(null, null), null)];
    }

    private IEnumerable<ChangelogSection> FindSections(IReadOnlyList<DocumentHeading> headings)
    {
        for (var i = 0; i < headings.Count; i++)
        {
            if (headings[i].Version is not { } version) continue;
            var (end, doubt) = SectionReader.EndOf(headings, i);
            yield return new ChangelogSection(version, headings[i].Line, File.Slice(headings[i], end < headings.Count ? headings[end] : null), doubt);
        }
    }
}
