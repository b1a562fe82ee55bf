using Markdig.Extensions.Yaml;
using Markdig.Syntax;

namespace ReleaseActions.Core.Changelogs;

/// <summary>The text of a changelog and the blocks in it.</summary>
public sealed class ChangelogText(string text, BlockTree tree)
{
    /// <summary>The text, without a byte order mark.</summary>
    public string Text { get; } = text;

    /// <summary>Its blocks.</summary>
    public BlockTree Tree { get; } = tree;

    /// <summary>The link definitions, in the order of the file.</summary>
    public IReadOnlyList<LinkReferenceDefinition> Links => field ??= [.. Tree.Document.Descendants<LinkReferenceDefinition>().Where(l => l.Span.Length > 0).OrderBy(l => l.Span.Start)];

    /// <summary>How its lines end.</summary>
    public string Newline => field ??= Text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    /// <summary>The slice between two headings; without the first, from behind the front matter.</summary>
    public SectionSlice Slice(DocumentHeading? heading, DocumentHeading? next)
    {
        var above = heading?.Block ?? Tree.Document.FirstOrDefault() as YamlFrontMatterBlock;
        var begin = above is null ? 0 : LineAfter(above.Span.End);
        var first = heading is not null ? heading.Place + 1 : above is null ? 0 : 1;
        return new SectionSlice(this, heading, first..(next?.Place ?? Tree.Document.Count), begin, next is null ? Text.Length : Math.Max(begin, next.Block.Span.Start));
    }

    /// <summary>Where a section's text ends when the list of link definitions at its foot, which belongs to no section, is left out.</summary>
    public int WithoutLinksAtTheEnd(int begin, int end)
    {
        var (low, high) = (0, Links.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Links[middle].Span.Start < end) low = middle + 1;
            else high = middle;
        }

        for (var i = low - 1; i >= 0 && Links[i].Span.Start >= begin && Links[i].Span.End < end; i--)
        {
            if (!Text.AsSpan(Links[i].Span.End + 1, end - Links[i].Span.End - 1).IsWhiteSpace()) break;
            end = Links[i].Span.Start;
        }

        return end;
    }

    /// <summary>Where the line after a place begins, or the text ends.</summary>
    public int LineAfter(int at)
    {
        var newline = Text.IndexOf('\n', Math.Min(at, Text.Length));
        return newline < 0 ? Text.Length : newline + 1;
    }
}
