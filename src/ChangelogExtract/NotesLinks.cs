using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ChangelogExtract;

/// <summary>
/// Makes relative links and images absolute: <c>docs/guide.md</c> works in the file but not on a release's page.
/// Links lead to the file at the tag, images to its bytes. Pure.
/// </summary>
internal static partial class NotesLinks
{
    // One part of a path, as a branch is; a tag may have slashes, which would shift `../..`.
    private const string Ref = "REF";

    /// <summary>The notes with absolute addresses; everything else byte for byte.</summary>
    /// <param name="notes">Markdown.</param>
    /// <param name="repository">The repository's page, such as <c>https://github.com/acme/shop</c>.</param>
    /// <param name="tag">The tag whose files are meant.</param>
    /// <param name="file">The file of the notes, relative to the repository's root.</param>
    public static string ToAbsolute(string notes, string repository, string tag, string file)
    {
        var path = string.Join('/', file.Replace('\\', '/').Split('/').Select(Uri.EscapeDataString));
        if (!Uri.TryCreate($"{repository}/blob/{Ref}/{path}", UriKind.Absolute, out var place)) return notes;
        var edits = new SliceEdits(notes);
        foreach (var (span, url, isImage) in AddressesIn(notes))
        {
            if (span.Length <= 0 || span.Start < 0 || url is null) continue;
            if (Absolute(url, place, repository, tag, isImage) is { } absolute) edits.Replace(span.Start, span.Length, absolute);
        }

        return edits.ToString();
    }

    private static IEnumerable<(SourceSpan Span, string? Url, bool IsImage)> AddressesIn(string notes)
    {
        var document = MarkdownText.Parse(notes);
        var links = document.Descendants<LinkInline>().ToList();
        var ofImages = links.Where(l => l.IsImage).Select(l => l.Reference).OfType<LinkReferenceDefinition>().ToHashSet();
        ofImages.ExceptWith(links.Where(l => !l.IsImage).Select(l => l.Reference).OfType<LinkReferenceDefinition>());
        var html = document.Descendants().Where(d => d is HtmlInline or HtmlBlock { Type: not HtmlBlockType.Comment });
        return
        [
            .. links.Where(l => l is { Reference: null, IsAutoLink: false }).Select(l => (l.UrlSpan, l.Url, l.IsImage)),
            .. document.Descendants<LinkReferenceDefinition>().Select(l => (l.UrlSpan, l.Url, ofImages.Contains(l))),
            .. html.SelectMany(h => InHtml(notes, h.Span)),
        ];
    }

    private static IEnumerable<(SourceSpan Span, string? Url, bool IsImage)> InHtml(string notes, SourceSpan span)
    {
        if (span.Length <= 0 || span.End >= notes.Length) yield break;
        foreach (Match match in Address().Matches(notes.Substring(span.Start, span.Length)))
        {
            var (url, name) = (match.Groups["url"], match.Groups["name"].Value);
            var begin = span.Start + url.Index;
            yield return (new SourceSpan(begin, begin + url.Length - 1), url.Value, name.Equals("src", StringComparison.OrdinalIgnoreCase));
        }
    }

    private static string? Absolute(string url, Uri place, string repository, string tag, bool isImage)
    {
        if (url.Length == 0 || Scheme().IsMatch(url) || url.StartsWith("//", StringComparison.Ordinal)) return null;
        // GitHub reads a leading slash as the repository's root.
        var relative = url[0] == '/' ? $"{repository}/blob/{Ref}{url}" : url;
        if (!Uri.TryCreate(place, relative, out var absolute)) return null;
        var (text, files) = (absolute.AbsoluteUri, $"{repository}/blob/{Ref}/");
        if (!text.StartsWith($"{repository}/", StringComparison.OrdinalIgnoreCase)) return null;
        if (text.StartsWith(files, StringComparison.OrdinalIgnoreCase))
        {
            var escaped = string.Join('/', tag.Split('/').Select(Uri.EscapeDataString));
            text = $"{repository}/{(isImage ? "raw" : "blob")}/{escaped}/{text[files.Length..]}";
        }

        return text.Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal);
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9+.-]*:", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Scheme();

    private const string AddressOfHtml = """\s(?<name>src|href)\s*=\s*["'](?<url>[^"'<>]*)["']""";

    [GeneratedRegex(AddressOfHtml, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Address();
}
