using Markdig;
using Markdig.Helpers;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ReleaseActions.Rehearse;

/// <summary>
/// Markdown to HTML as GitHub shows it: tables, task lists, bare links, references. Comments are hidden, other raw HTML stays text, and
/// Mermaid's pie charts are drawn.
/// </summary>
internal static class PageMarkdown
{
    private static readonly MarkdownPipeline Pipeline =
        new MarkdownPipelineBuilder().UsePipeTables().UseTaskLists().UseAutoLinks().UseEmphasisExtras().Build();

    /// <param name="markdown">The text.</param>
    /// <param name="references">What is linked beside addresses.</param>
    public static string ToHtml(string markdown, References references)
    {
        var document = Markdig.Markdown.Parse(markdown, Pipeline);
        foreach (var html in document.Descendants<HtmlBlock>().ToList())
            Replace(html, html.Type == HtmlBlockType.Comment ? null : Text(html));
        foreach (var html in document.Descendants<HtmlInline>().ToList())
            if (html.Tag.StartsWith("<!--", StringComparison.Ordinal)) html.Remove();
            else html.ReplaceBy(new LiteralInline(html.Tag));
        foreach (var code in document.Descendants<FencedCodeBlock>().Where(c => c.Info == "mermaid").ToList())
            if (PieChart.Draw(code.Lines.ToString()) is { } svg) Replace(code, new HtmlBlock(null) { Lines = new StringLineGroup(svg) });

        foreach (var literal in document.Descendants<LiteralInline>().ToList()) references.LinkIn(literal);

        using var text = new StringWriter();
        var renderer = new HtmlRenderer(text);
        Pipeline.Setup(renderer);
        renderer.Render(document);
        return text.ToString();
    }

    private static ParagraphBlock Text(HtmlBlock html)
    {
        var inlines = new ContainerInline();
        inlines.AppendChild(new LiteralInline(html.Lines.ToString()));
        return new ParagraphBlock { Inline = inlines };
    }

    private static void Replace(Block old, Block? replacement)
    {
        var parent = old.Parent!;
        var index = parent.IndexOf(old);
        parent.RemoveAt(index);
        if (replacement is not null) parent.Insert(index, replacement);
    }
}
