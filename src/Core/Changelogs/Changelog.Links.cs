using System.Text.RegularExpressions;
using Markdig.Syntax;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Core.Changelogs;

/// <summary>The links of a changelog's sections: in the heading, in the list at the file's foot, or in the text.</summary>
public sealed partial class Changelog
{
    private ILookup<(ReleaseVersion?, string?), LinkReferenceDefinition>? _definitions;

    /// <summary>The definition of a link in the list at the file's foot, or null.</summary>
    /// <param name="version">The version; null for <c>Unreleased</c>.</param>
    /// <param name="product">The text before the version in the label, or null.</param>
    /// <param name="label">
    /// The text in the heading's brackets: Markdown connects <c>[1.2.3]</c> with that label only. Null where there is none.
    /// </param>
    // The first of two definitions counts, as in Markdown.
    public LinkReferenceDefinition? Definition(ReleaseVersion? version, string? product, string? label)
    {
        var named = (_definitions ??= ReadDefinitions())[KeyOf(version, product)];
        return named.FirstOrDefault(l => label is null || label.Trim().Equals(l.Label?.Trim(), StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The definition for a label that names a version or <c>Unreleased</c>, or null.</summary>
    public LinkReferenceDefinition? Definition(string label) =>
        VersionHeading.Read(label) is { } named ? Definition(VersionOf(named), named.Product, label) : null;

    /// <summary>The definition of a section's link, or null.</summary>
    public LinkReferenceDefinition? DefinitionOf(ChangelogSection section) =>
        Definition(section.Version, section.Product, LabelOf(section));

    /// <summary>The label of the link in a section's heading; null where it has none that can be written again unchanged.</summary>
    public string? LabelOf(ChangelogSection section)
    {
        if (LabelIn(section.HeadingSource) is not { } label || !label.All(IsPlainInALabel)) return null;
        var named = VersionHeading.Read(label);
        return named is not null && KeyOf(VersionOf(named), named.Product) == KeyOf(section.Version, section.Product) ? label : null;
    }

    /// <summary>The label of a heading's shortcut link, such as <c>1.2.3</c> in <c>## [1.2.3] - 2026-01-02</c>, or null.</summary>
    /// <param name="heading">The heading as it is written in the file.</param>
    public static string? LabelIn(string heading) =>
        Shortcut().Matches(heading).Select(m => m.Groups["label"].Value).FirstOrDefault(AVersion().IsMatch);

    /// <summary>The compare links in a section's heading, then the one in the list; also those that cannot be read.</summary>
    public IEnumerable<CompareLink> CompareLinksOf(ChangelogSection section)
    {
        foreach (var link in LinksIn(section, section.HeadingBegin, section.Begin)) yield return link;
        if (DefinitionOf(section) is { Url: { } url } definition && CompareLink.IsMeantBy(url))
            yield return CompareLink.At(url, definition.UrlSpan, definition.Line + 1);
    }

    /// <summary>The compare link of a section: its own, else the first in its text; null where it has none.</summary>
    public CompareLink? LinkOf(ChangelogSection section) =>
        CompareLinksOf(section).Concat(LinksIn(section, section.Begin, section.TextEnd)).FirstOrDefault(l => l.To.Length > 0);

    private ILookup<(ReleaseVersion?, string?), LinkReferenceDefinition> ReadDefinitions()
    {
        var named = from link in File.Links
                    where link.Url is not null
                    let heading = VersionHeading.Read(link.Label ?? "")
                    where heading is not null
                    select (Key: KeyOf(VersionOf(heading), heading.Product), Link: link);
        return named.ToLookup(n => n.Key, n => n.Link);
    }

    private ReleaseVersion? VersionOf(VersionHeading named) =>
        named.IsUnreleased || named.Versions.Count == 0 ? null : Read(named.Versions[0]);

    private IEnumerable<CompareLink> LinksIn(ChangelogSection section, int begin, int end)
    {
        // Counted from link to link: from the file's beginning, thousands of sections or links would take a minute.
        var (from, line) = (section.Line == 1 ? 0 : section.HeadingBegin, section.Line);
        foreach (Match match in Compared().Matches(File.Text[begin..end]))
        {
            var (at, url) = (begin + match.Index, match.Value.TrimEnd('.', ',', ';', ':', '*', '_'));
            line += File.Text.AsSpan(from, at - from).Count('\n');
            from = at;
            yield return CompareLink.At(url, new SourceSpan(at, at + url.Length - 1), line);
        }
    }

    private static bool IsPlainInALabel(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+' or '@' or '/' or '_';

    private static (ReleaseVersion?, string?) KeyOf(ReleaseVersion? version, string? product) => (version, product?.ToUpperInvariant());

    // Only from where a word begins, or a long one would be searched from each of its letters.
    [GeneratedRegex("""(?<![^\s<>()\[\]"'`|])[^\s<>()\[\]"'`|]*/compare/[^\s<>()\[\]"'`|]+""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Compared();

    [GeneratedRegex(@"\[(?<label>[^\[\]]*)\](?!\(|\[)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Shortcut();

    [GeneratedRegex(@"\d\.\d+\.\d", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex AVersion();
}
