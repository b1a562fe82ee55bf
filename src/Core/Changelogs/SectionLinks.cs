using System.Text.RegularExpressions;
using Markdig.Syntax;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Core.Changelogs;

/// <summary>A compare link of a changelog.</summary>
/// <param name="Link">What it compares.</param>
/// <param name="Line">Where it stands, counted from 1.</param>
public sealed record FoundLink(CompareLink Link, int Line)
{
    /// <summary>What is wrong with it as the link of a release; null where nothing is.</summary>
    /// <param name="path">The changelog's file.</param>
    /// <param name="previous">The release before it.</param>
    /// <param name="release">The release.</param>
    public Finding? Complaint(string path, ReleaseTag previous, ReleaseTag release) =>
        Link.From != previous.Name ? new Finding($"The compare link of {release.Version} starts at '{Link.From}'", $"Let it start at {previous.Name}, the release before it", path, Line)
        : Link.To == release.Name ? null : new Finding($"The compare link of {release.Version} ends at '{Link.To}'", $"Let it end at {release.Name}", path, Line);
}

/// <summary>An address that belongs to a section.</summary>
/// <param name="Url">The address.</param>
/// <param name="Place">Where it stands in the text; empty where it does not stand there as it reads.</param>
/// <param name="Line">Its line, counted from 1.</param>
public sealed record SectionLink(string Url, SourceSpan Place, int Line);

/// <summary>Where the links of a changelog's sections stand: in the heading, in the list at the file's foot, or in the text.</summary>
public sealed partial class SectionLinks(ChangelogText file)
{
    private readonly Lazy<ILookup<(SemanticVersion?, string?), LinkReferenceDefinition>> _definitions = new(() => file.Links
        .Select(l => (Link: l, Of: l is { Label: { } label, Url: not null } ? VersionHeading.Read(label) : null)).Where(l => l.Of is not null)
        .ToLookup(l => KeyOf(l.Of!.Version, l.Of.Product), l => l.Link));

    /// <summary>The definition in the list at the file's foot, or null.</summary>
    /// <param name="version">The version; null for <c>Unreleased</c>.</param>
    /// <param name="product">What stands before the version in the label, or null.</param>
    /// <param name="label">What stands in the heading's brackets, which Markdown connects with the same label alone: <c>[1.2.3]</c> not with <c>[v1.2.3]:</c>. Null where nothing does.</param>
    // The first of two definitions counts, as in Markdown.
    public LinkReferenceDefinition? Definition(SemanticVersion? version, string? product, string? label) =>
        _definitions.Value[KeyOf(version, product)].FirstOrDefault(l => label is null || label.Trim().Equals(l.Label?.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>The definition of a section's link, or null.</summary>
    public LinkReferenceDefinition? Definition(ChangelogSection section) => Definition(section.Version, section.Product, LabelOf(section));

    /// <summary>The label of the link in a section's heading; null where it has none, or one that cannot be written again as it reads.</summary>
    public string? LabelOf(ChangelogSection section)
    {
        if (LabelIn(file.Text[section.Slice.HeadingBegin..section.Slice.Begin]) is not { } label || !label.All(IsOfLabels)) return null;
        return VersionHeading.Read(label) is { } read && KeyOf(read.Version, read.Product) == KeyOf(section.Version, section.Product) ? label : null;
    }

    /// <summary>The label of a heading's shortcut link, such as <c>1.2.3</c> in <c>## [1.2.3] - 2026-01-02</c>; null where there is none.</summary>
    public static string? LabelIn(string heading) => Shortcut().Match(heading) is { Success: true } match ? match.Groups["label"].Value : null;

    /// <summary>The addresses that are the section's own: those in its heading that compare, then the one in the list, wherever it leads.</summary>
    public IEnumerable<SectionLink> Of(ChangelogSection section)
    {
        foreach (var written in InText(section, section.Slice.HeadingBegin, section.Slice.Begin)) yield return written;
        if (Definition(section) is { Url: { } url } definition) yield return new SectionLink(url, definition.UrlSpan, definition.Line + 1);
    }

    /// <summary>The section's compare link: its own, or else the first that its text has.</summary>
    public FoundLink? Find(ChangelogSection section) => Of(section).Concat(InText(section, section.Slice.Begin, section.Slice.TextEnd))
        .Select(l => CompareLink.Read(l.Url) is { } link ? new FoundLink(link, l.Line) : null).FirstOrDefault(l => l is not null);

    private IEnumerable<SectionLink> InText(ChangelogSection section, int begin, int end) => Compared().Matches(file.Text[begin..end]).Select(m =>
    {
        var (at, url) = (begin + m.Index, m.Value.TrimEnd('.', ',', ';', ':', '*', '_'));
        // Counted from the section on: from the file's beginning, thousands of sections would take a minute.
        var from = section.Line == 1 ? 0 : section.Slice.HeadingBegin;
        return new SectionLink(url, new SourceSpan(at, at + url.Length - 1), section.Line + file.Text.AsSpan(from, at - from).Count('\n'));
    });

    private static (SemanticVersion?, string?) KeyOf(SemanticVersion? version, string? product) => (version, product?.ToUpperInvariant());

    private static bool IsOfLabels(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+' or '@' or '/' or '_';

    // Only from where a word begins, or a long one would be gone through from each of its letters.
    [GeneratedRegex("""(?<![^\s<>()\[\]"'`|])[^\s<>()\[\]"'`|]*/compare/[^\s<>()\[\]"'`|]+""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Compared();

    [GeneratedRegex(@"\[(?<label>[^\[\]]*\d+\.\d+\.\d+[^\[\]]*)\](?!\(|\[)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Shortcut();
}
