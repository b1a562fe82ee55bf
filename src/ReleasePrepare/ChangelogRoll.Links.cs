using System.Text.RegularExpressions;
using Markdig.Syntax;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ReleasePrepare;

/// <summary>
/// The links after a release: what is unreleased is compared with the new tag, and the new version with the tag before it.
/// </summary>
internal sealed partial record ChangelogRoll
{
    private void MoveLinkOfHeading(SliceEdits edits, ChangelogSection unreleased)
    {
        foreach (var link in unreleased.HeadingLinks.Where(l => l.UrlSpan.Length > 0))
            if (link.Url is { } url && LinkOfUnreleased(url) is { } moved) edits.Replace(link.UrlSpan.Start, link.UrlSpan.Length, moved);
    }

    // Moves the definition of [Unreleased], and adds one for the new heading's label where the file keeps such a list.
    private void MoveDefinitions(SliceEdits edits, RolledFile file, string heading)
    {
        var unreleased = DefinitionOfUnreleased(file);
        if (unreleased is { UrlSpan.Length: > 0 } && LinkOfUnreleased(unreleased.Url!) is { } moved)
            edits.Replace(unreleased.UrlSpan.Start, unreleased.UrlSpan.Length, moved);
        if (Changelog.LabelIn(heading) is not { } label || file.Changelog.Definition(label) is not null) return;
        var model = DefinitionOfNewest(file);
        var url = unreleased is null ? null : LinkOfVersion(unreleased.Url!, null);
        if (model is not null) url ??= LinkOfVersion(model.Url!, file.Newest!.VersionText);
        if (url is not null) AddDefinition(edits, file.Text, unreleased, model, $"[{label}]: {url}");
    }

    // Of several products, [Unreleased] alone is nobody's.
    private LinkReferenceDefinition? DefinitionOfUnreleased(RolledFile file)
    {
        if (Product is null) return file.Changelog.Definition(null, null, null);
        return file.Unreleased is { } own ? file.Changelog.Definition(null, own.Product, null) : null;
    }

    private static LinkReferenceDefinition? DefinitionOfNewest(RolledFile file) => file.Newest is { } newest
        ? file.Changelog.Definition(newest.Version, newest.Product, Changelog.LabelIn(newest.HeadingSource)) : null;

    // The address for the new version, made from another one of the same file: a link that compares two tags, or that leads to a tag.
    private string? LinkOfVersion(string url, string? versionOfUrl)
    {
        if ((CompareLink.Read(url) ?? (versionOfUrl is null ? LinkToAllCommits(url) : null)) is { } link)
            return Previous is null
                ? CompareLink.ToRelease(link.Page, Release.Name) : $"{link with { From = Previous.Name, To = Release.Name }}";
        if (versionOfUrl is null || !url.EndsWith(versionOfUrl, StringComparison.Ordinal)) return null;
        return url[..^versionOfUrl.Length] + Release.Version.Text;
    }

    private string? LinkOfUnreleased(string url) =>
        (CompareLink.Read(url) ?? LinkToAllCommits(url)) is { } link ? $"{link with { From = Release.Name }}" : null;

    // A first release has nothing to compare with, so its Unreleased leads to all commits.
    private static CompareLink? LinkToAllCommits(string url) =>
        Page().Match(url) is { Success: true } page ? new CompareLink(page.Groups["page"].Value, "", page.Groups["to"].Value) : null;

    private static void AddDefinition(
        SliceEdits edits, string text, LinkReferenceDefinition? unreleased, LinkReferenceDefinition? model, string line)
    {
        var newline = NewlineOf(text);
        var at = unreleased is null ? model!.Span.Start : EndOfLine(text, unreleased.Span.End);
        edits.Replace(at, 0, at > 0 && text[at - 1] != '\n' ? newline + line : line + newline);
    }

    [GeneratedRegex(
        @"^(?<page>https?://[^/\s]+/[^/\s]+/[^/\s]+)/(?:commits|tree|blob)/(?<to>[^/\s]+)/?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Page();
}
