using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ReleaseActions.Core.Changelogs;

/// <summary>The links of a changelog after a release: what is unreleased is compared with the new tag, and the new version with the tag before it.</summary>
internal static partial class RolledLinks
{
    /// <summary>Moves the link in the heading of <c>Unreleased</c>, where it has one.</summary>
    public static void InUnreleasedHeading(ChangelogRoll roll, SliceEdits edits, Block heading)
    {
        foreach (var link in ((heading as LeafBlock)?.Inline?.Descendants<LinkInline>() ?? []).Where(l => l is { Reference: null, IsAutoLink: false } && l.UrlSpan.Length > 0))
            if (link.Url is { } url && OfUnreleased(roll, url) is { } moved) edits.Replace(link.UrlSpan.Start, link.UrlSpan.Length, moved);
    }

    /// <summary>Moves the definition of <c>[Unreleased]</c>, and adds one for the new heading's label where the file keeps such a list.</summary>
    public static void InDefinitions(ChangelogRoll roll, SliceEdits edits, RolledFile file, RolledHeading heading)
    {
        var definitions = file.Document.Descendants<LinkReferenceDefinition>().Where(l => l is { Label: not null, Url: not null, Span.Length: > 0 }).ToList();
        var unreleased = definitions.FirstOrDefault(l => l.Label!.Equals("unreleased", StringComparison.OrdinalIgnoreCase));
        if (unreleased is not null && OfUnreleased(roll, unreleased.Url!) is { } moved && unreleased.UrlSpan.Length > 0)
            edits.Replace(unreleased.UrlSpan.Start, unreleased.UrlSpan.Length, moved);
        if (heading.Label is not { } label || definitions.Any(l => l.Label!.Equals(label, StringComparison.OrdinalIgnoreCase))) return;
        var model = file.Newest is not { } newest ? null : definitions.FirstOrDefault(l => l.Label!.Equals(RolledHeading.LabelIn(RolledHeading.SourceOf(file.Text, newest.Block)), StringComparison.OrdinalIgnoreCase));
        var url = (unreleased is null ? null : OfVersion(roll, unreleased.Url!, null)) ?? (model is null ? null : OfVersion(roll, model.Url!, file.Newest!.Version!.Version!.Text));
        if (url is null) return;
        Add(edits, file.Text, unreleased, model, $"[{label}]: {url}");
    }

    /// <summary>The address for the new version, made from another one of the same file; null where that is of no known form.</summary>
    /// <param name="roll">The release.</param>
    /// <param name="url">A link that compares two tags, or that leads to a tag.</param>
    /// <param name="version">The version that the link is about; null for <c>Unreleased</c>.</param>
    public static string? OfVersion(ChangelogRoll roll, string url, string? version)
    {
        var (previous, tag) = (roll.Previous?.Name, roll.Release.Name);
        if (Compare().Match(url) is { Success: true } compare)
            return previous is null ? $"{compare.Groups["base"].Value}/releases/tag/{tag}" : $"{compare.Groups["base"].Value}/compare/{previous}{compare.Groups["dots"].Value}{tag}";
        if (Page().Match(url) is { Success: true } page && version is null)
            return previous is null ? $"{page.Groups["base"].Value}/releases/tag/{tag}" : $"{page.Groups["base"].Value}/compare/{previous}...{tag}";
        return version is not null && url.EndsWith(version, StringComparison.Ordinal) ? url[..^version.Length] + roll.Release.Version.Text : null;
    }

    private static string? OfUnreleased(ChangelogRoll roll, string url)
    {
        if (Compare().Match(url) is { Success: true } compare) return $"{compare.Groups["base"].Value}/compare/{roll.Release.Name}{compare.Groups["dots"].Value}{compare.Groups["to"].Value}";
        return Page().Match(url) is { Success: true } page ? $"{page.Groups["base"].Value}/compare/{roll.Release.Name}...{page.Groups["to"].Value}" : null;
    }

    private static void Add(SliceEdits edits, string text, LinkReferenceDefinition? unreleased, LinkReferenceDefinition? model, string line)
    {
        var newline = ChangelogRoll.NewlineOf(text);
        var at = unreleased is null ? model!.Span.Start : ChangelogRoll.EndOfLine(text, unreleased.Span.End);
        edits.Replace(at, 0, at > 0 && text[at - 1] != '\n' ? newline + line : line + newline);
    }

    [GeneratedRegex(@"^(?<base>\S+)/compare/(?<from>\S+?)(?<dots>\.{2,3})(?<to>\S+)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Compare();

    // A first release has nothing to compare with, so that its Unreleased leads to all commits.
    [GeneratedRegex(@"^(?<base>https?://[^/\s]+/[^/\s]+/[^/\s]+)/(?:commits|tree|blob)/(?<to>[^/\s]+)/?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Page();
}
