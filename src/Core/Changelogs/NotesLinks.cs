using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ReleaseActions.Core.Changelogs;

/// <summary>
/// Makes relative links and images absolute: <c>docs/guide.md</c> works in the file but not on a release's page.
/// Links lead to the file as it is at the tag, images to its bytes.
/// </summary>
public static partial class NotesLinks
{
    // One part of a path, as a branch is; a tag may have slashes, which would shift `../..`.
    private const string Ref = "REF";

    /// <summary>The notes with absolute addresses; everything else byte for byte.</summary>
    /// <param name="notes">Markdown.</param>
    /// <param name="repository">The repository's page, such as <c>https://github.com/acme/shop</c>.</param>
    /// <param name="tag">The tag whose files are meant.</param>
    /// <param name="file">Where the notes stood, relative to the repository's root.</param>
    public static string ToAbsolute(string notes, string repository, string tag, string file)
    {
        if (!Uri.TryCreate($"{repository}/blob/{Ref}/{string.Join('/', file.Replace('\\', '/').Split('/').Select(Uri.EscapeDataString))}", UriKind.Absolute, out var place)) return notes;
        var edits = new SliceEdits(notes);
        var document = BlockTree.ParseWhole(notes);
        var links = document.Descendants<LinkInline>().ToList();
        var ofImages = links.Where(l => l.IsImage).Select(l => l.Reference).OfType<LinkReferenceDefinition>().ToHashSet();
        var ofLinks = links.Where(l => !l.IsImage).Select(l => l.Reference).OfType<LinkReferenceDefinition>().ToHashSet();
        void Change(SourceSpan span, string? url, bool isImage)
        {
            if (span.Length > 0 && span.Start >= 0 && url is not null && Absolute(url, place, repository, tag, isImage) is { } absolute) edits.Replace(span.Start, span.Length, absolute);
        }

        foreach (var link in links.Where(l => l is { Reference: null, IsAutoLink: false })) Change(link.UrlSpan, link.Url, link.IsImage);
        foreach (var link in document.Descendants<LinkReferenceDefinition>()) Change(link.UrlSpan, link.Url, ofImages.Contains(link) && !ofLinks.Contains(link));
        foreach (var span in HtmlIn(document)) InHtml(notes, span, (at, url, isImage) => Change(at, url, isImage));
        return edits.ToString();
    }

    private static IEnumerable<SourceSpan> HtmlIn(MarkdownDocument document) =>
        document.Descendants().Where(d => d is HtmlInline or HtmlBlock { Type: not HtmlBlockType.Comment }).Select(d => d.Span);

    private static void InHtml(string notes, SourceSpan span, Action<SourceSpan, string, bool> change)
    {
        if (span.Length <= 0 || span.End >= notes.Length) return;
        foreach (Match match in Address().Matches(notes.Substring(span.Start, span.Length)))
        {
            var url = match.Groups["url"];
            change(new SourceSpan(span.Start + url.Index, span.Start + url.Index + url.Length - 1), url.Value, match.Groups["name"].Value.Equals("src", StringComparison.OrdinalIgnoreCase));
        }
    }

    private static string? Absolute(string url, Uri place, string repository, string tag, bool isImage)
    {
        if (url.Length == 0 || Scheme().IsMatch(url) || url.StartsWith("//", StringComparison.Ordinal)) return null;
        // GitHub reads a leading slash as the repository's root.
        var relative = url[0] == '/' ? $"{repository}/blob/{Ref}{url}" : url;
        if (!Uri.TryCreate(place, relative, out var absolute)) return null;
        var (text, inRepository) = (absolute.AbsoluteUri, $"{repository}/");
        if (!text.StartsWith(inRepository, StringComparison.OrdinalIgnoreCase)) return null;
        var atTag = $"{inRepository}{(isImage ? "raw" : "blob")}/{string.Join('/', tag.Split('/').Select(Uri.EscapeDataString))}/";
        text = text.StartsWith($"{inRepository}blob/{Ref}/", StringComparison.OrdinalIgnoreCase) ? atTag + text[$"{inRepository}blob/{Ref}/".Length..] : text;
        return text.Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal);
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9+.-]*:", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Scheme();

    [GeneratedRegex("""\s(?<name>src|href)\s*=\s*["'](?<url>[^"'<>]*)["']""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Address();
}
