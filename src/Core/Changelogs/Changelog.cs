using System.Text.RegularExpressions;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Core.Changelogs;

/// <summary>
/// A changelog: in Markdown, reStructuredText, plain text, or another way to write titles. Sections are sliced from the original text, so
/// that nothing is reformatted. Which headings begin one is decided by how like they are to the others; where that is unclear, the section
/// is refused.
/// </summary>
public sealed partial class Changelog
{
    /// <summary>More headings than any changelog has.</summary>
    public const int MostHeadings = 50_000;

    private readonly Outline _outline;
    private readonly bool _namesVersions;

    private Changelog(MarkdownText file, bool isMarkdown, Outline outline, VersionScheme scheme)
    {
        (File, IsMarkdown, _outline, Scheme) = (file, isMarkdown, outline, scheme);
        Sections = [.. outline.Sections().Select(place => new ChangelogSection(this, place))];
        _namesVersions = Sections.Any(s => !s.IsUnreleased);
    }

    private Changelog(Changelog whole, string product)
    {
        (File, IsMarkdown, _outline, Product) = (whole.File, whole.IsMarkdown, whole._outline, product);
        (_namesVersions, Scheme) = (whole._namesVersions, whole.Scheme);
        Sections = [.. whole.Sections.Where(s => IsOf(s.Product, product))];
    }

    /// <summary>The file.</summary>
    public MarkdownText File { get; }

    /// <summary>Whether its headings are Markdown's.</summary>
    public bool IsMarkdown { get; }

    /// <summary>How a version in a heading is read where its place in the order counts.</summary>
    public VersionScheme Scheme { get; }

    /// <summary>The sections in the order of the file, <c>Unreleased</c> among them.</summary>
    public IReadOnlyList<ChangelogSection> Sections { get; }

    /// <summary>Reads a changelog whose path is not known.</summary>
    /// <inheritdoc cref="Parse(string, string?, VersionScheme)"/>
    public static Changelog Parse(string text) => Parse(text, VersionSchemes.SemVer);

    /// <summary>Reads a changelog whose path is not known.</summary>
    /// <inheritdoc cref="Parse(string, string?, VersionScheme)"/>
    public static Changelog Parse(string text, VersionScheme scheme) => Parse(text, path: null, scheme);

    /// <summary>Reads a changelog; any text is one, perhaps without sections.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">Its path, whose end says how it is written; null where that is to be found out.</param>
    /// <param name="scheme">The scheme of its versions.</param>
    /// <exception cref="ActionException">It has more headings than are read, or nests quotes or lists too deeply (exit 2).</exception>
    public static Changelog Parse(string text, string? path, VersionScheme scheme) => Parse(text, path, scheme, MarkdownText.Read);

    internal static Changelog Parse(string text, string? path, VersionScheme scheme, Func<string, MarkdownText> read)
    {
        var plain = text.TrimStart('\uFEFF');
        RefuseTooManyHeadings(plain);
        var file = read(plain);
        var (headings, folds) = MarkdownHeadings.In(file);
        var found = headings.Count(IsVersionsTitle);
        if (MayHaveTitles(path, plain, found) && TitleHeadings.In(plain) is var titles && titles.Count(IsVersionsTitle) > found)
            return new Changelog(file, isMarkdown: false, new Outline(plain, titles, []), scheme);
        return new Changelog(file, isMarkdown: true, new Outline(plain, headings, folds), scheme);
    }

    private static bool IsVersionsTitle(DocumentHeading heading) =>
        heading is { IsTitle: true, Version: { Versions.Count: > 0, Certainty: > Certainty.Mention } };

    // A line of marks that Markdown does not know below a title, or one above it.
    private static bool MayHaveTitles(string? path, string text, int found)
    {
        if (found == 0) return true;
        if (path is not null && IsMarkdownFile().IsMatch(path)) return false;
        return Underline().IsMatch(text);
    }

    private static void RefuseTooManyHeadings(string text)
    {
        var headings = 0;
        for (var at = 0; at < text.Length; at = LineHeadings.LineAt(text, at).Next)
        {
            // Each begins a heading, or makes one of the line above.
            if (text[at] is '#' or '=' or '<' or '~' or '^' || (text[at] is '-' or '*' && at + 1 < text.Length && text[at + 1] == text[at]))
                headings++;
        }

        if (headings > MostHeadings)
            throw ActionException.BadInput(
                $"The text has {headings:#,0} headings, more than the {MostHeadings:#,0} that are read",
                "Move old versions to another file");
    }

    /// <summary>The product whose sections these are; null where none was chosen.</summary>
    public string? Product { get; }

    /// <summary>The versions that have a section.</summary>
    public IReadOnlySet<ReleaseVersion> Versions => Sections.SelectMany(s => s.Versions).Select(Read).OfType<ReleaseVersion>().ToHashSet();

    // SemVer has three numbers, and people omit zeros.
    internal ReleaseVersion? Read(WrittenVersion version) =>
        Scheme == VersionSchemes.SemVer ? version.Semantic : Scheme.Find(version.Text);

    /// <summary>The sections of a version; more than one where the file has duplicates. Build metadata does not count.</summary>
    public IReadOnlyList<ChangelogSection> Find(ReleaseVersion version) => Find(version.Text);

    /// <summary>The sections of a version, however many numbers it has.</summary>
    /// <param name="version">The version as it is written in a tag, without the prefix.</param>
    public IReadOnlyList<ChangelogSection> Find(string version)
    {
        if (WrittenVersion.Of(version) is not { } wanted) return [];
        var found = Sections.Where(s => s.Versions.Any(wanted.Equals) || (s.Pending?.Text == version && s.IsInDevelopment)).ToList();
        // `2.0.0-beta.2` rather than `2.0.0 Beta 2`, where a file has both.
        var exact = found.Where(s => s.Versions.Any(v => v.Text == version)).ToList();
        return exact.Count > 0 && exact.Count < found.Count ? exact : found;
    }

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
        _namesVersions ? [.. Find(version).Select(s => s.UpToTheEnd(isOnly: Sections.Count(o => !o.IsUnreleased) == 1))]
            : [new ChangelogSection(this, version)];

    [GeneratedRegex(@"\.(?:md|markdown|mdx|mkd)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex IsMarkdownFile();

    private const string NewLine = @"(?:\r\n|\r|\n)";

    private const string Marks = @"~{4,}|\^{3,}|""{4,}|\*{4,}|\+{4,}|'{4,}";

    [GeneratedRegex($@"(?:^|\r|\n)(?:{Marks}|={{3,}}[ \t]*{NewLine}[^\r\n]{{1,200}}{NewLine}={{3,}})[ \t]*(?:\r|\n|$)",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Underline();
}
