using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ReleaseActions.Rehearse;

/// <summary>Markdown to HTML as GitHub shows it: tables, task lists, bare links; comments are hidden, other raw HTML stays text; Mermaid's pies are drawn.</summary>
internal static class PageMarkdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseTaskLists().UseAutoLinks().UseEmphasisExtras().Build();

    public static string ToHtml(string markdown)
    {
        using var text = new StringWriter();
        var html = new HtmlRenderer(text);
        Pipeline.Setup(html);
        html.ObjectRenderers.ReplaceOrAdd<CodeBlockRenderer>(new ChartRenderer());
        html.ObjectRenderers.ReplaceOrAdd<HtmlBlockRenderer>(new RawBlockRenderer());
        html.ObjectRenderers.ReplaceOrAdd<HtmlInlineRenderer>(new RawInlineRenderer());
        html.Render(Markdig.Markdown.Parse(markdown, Pipeline));
        return text.ToString();
    }

    private sealed class ChartRenderer : CodeBlockRenderer
    {
        protected override void Write(HtmlRenderer renderer, CodeBlock block)
        {
            if (block is FencedCodeBlock { Info: "mermaid" } && PieChart.Draw(block.Lines.ToString()) is { } svg) renderer.WriteLine(svg);
            else base.Write(renderer, block);
        }
    }

    private sealed class RawBlockRenderer : HtmlBlockRenderer
    {
        protected override void Write(HtmlRenderer renderer, HtmlBlock block)
        {
            if (block.Type != HtmlBlockType.Comment) renderer.Write("<p>").WriteEscape(block.Lines.ToString()).WriteLine("</p>");
        }
    }

    private sealed class RawInlineRenderer : HtmlInlineRenderer
    {
        protected override void Write(HtmlRenderer renderer, HtmlInline inline)
        {
            if (!inline.Tag.StartsWith("<!--", StringComparison.Ordinal)) renderer.WriteEscape(inline.Tag);
        }
    }
}
