using System.Text.RegularExpressions;
using Markdig.Syntax;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Changelogs;

/// <summary>The links of a changelog after a release: what is unreleased is compared with the new tag, and the new version with the tag before it.</summary>
internal static partial class RolledLinks
{
    /// <summary>Moves the link in the heading of <c>Unreleased</c>, where it has one.</summary>
    public static void InUnreleasedHeading(ChangelogRoll roll, SliceEdits edits, ChangelogSection unreleased)
    {
        foreach (var link in unreleased.HeadingLinks.Where(l => l.UrlSpan.Length > 0))
            if (link.Url is { } url && OfUnreleased(roll, url) is { } moved) edits.Replace(link.UrlSpan.Start, link.UrlSpan.Length, moved);
    }

    /// <summary>Moves the definition of <c>[Unreleased]</c>, and adds one for the new heading's label where the file keeps such a list.</summary>
    public static void InDefinitions(ChangelogRoll roll, SliceEdits edits, RolledFile file, RolledHeading heading)
    {
        var links = file.Changelog;
        // Of several products, [Unreleased] alone is nobody's.
        var unreleased = roll.Product is null ? links.Definition(null, null, null) : file.Unreleased is { } own ? links.Definition(null, own.Product, null) : null;
        if (unreleased is not null && OfUnreleased(roll, unreleased.Url!) is { } moved && unreleased.UrlSpan.Length > 0)
            edits.Replace(unreleased.UrlSpan.Start, unreleased.UrlSpan.Length, moved);
        if (heading.Label is not { } label || links.Definition(label) is not null) return;
        var model = file.Newest is { } newest ? links.Definition(newest.Version, newest.Product, Changelog.LabelIn(newest.HeadingSource)) : null;
        var url = (unreleased is null ? null : OfVersion(roll, unreleased.Url!, null)) ?? (model is null ? null : OfVersion(roll, model.Url!, file.Newest!.Version!.Text));
        if (url is null) return;
        Add(edits, file.Text, unreleased, model, $"[{label}]: {url}");
    }

    /// <summary>The address for the new version, made from another one of the same file; null where that is of no known form.</summary>
    /// <param name="roll">The release.</param>
    /// <param name="url">A link that compares two tags, or that leads to a tag.</param>
    /// <param name="version">The version that the link is about; null for <c>Unreleased</c>.</param>
    public static string? OfVersion(ChangelogRoll roll, string url, string? version)
    {
        var link = CompareLink.Read(url) ?? (version is null && Page().Match(url) is { Success: true } page ? new CompareLink(page.Groups["page"].Value, "", "") : null);
        if (link is not null) return roll.Previous is null ? CompareLink.ToRelease(link.Page, roll.Release.Name) : $"{link with { From = roll.Previous.Name, To = roll.Release.Name }}";
        return version is not null && url.EndsWith(version, StringComparison.Ordinal) ? url[..^version.Length] + roll.Release.Version.Text : null;
    }

    private static string? OfUnreleased(ChangelogRoll roll, string url)
    {
        var link = CompareLink.Read(url) ?? (Page().Match(url) is { Success: true } page ? new CompareLink(page.Groups["page"].Value, "", page.Groups["to"].Value) : null);
        return link is null ? null : $"{link with { From = roll.Release.Name }}";
    }

    private static void Add(SliceEdits edits, string text, LinkReferenceDefinition? unreleased, LinkReferenceDefinition? model, string line)
    {
        var newline = ChangelogRoll.NewlineOf(text);
        var at = unreleased is null ? model!.Span.Start : ChangelogRoll.EndOfLine(text, unreleased.Span.End);
        edits.Replace(at, 0, at > 0 && text[at - 1] != '\n' ? newline + line : line + newline);
    }

    // A first release has nothing to compare with, so that its Unreleased leads to all commits.
    [GeneratedRegex(@"^(?<page>https?://[^/\s]+/[^/\s]+/[^/\s]+)/(?:commits|tree|blob)/(?<to>[^/\s]+)/?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Page();
}
