using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace ReleaseActions.Rehearse;

/// <summary>Markdown to HTML as GitHub shows it: tables, task lists, bare links; raw HTML stays text; Mermaid's pies are drawn.</summary>
internal static class PageMarkdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseTaskLists().UseAutoLinks().UseEmphasisExtras().DisableHtml().Build();

    public static string ToHtml(string markdown)
    {
        using var text = new StringWriter();
        var html = new HtmlRenderer(text);
        Pipeline.Setup(html);
        html.ObjectRenderers.ReplaceOrAdd<CodeBlockRenderer>(new ChartRenderer());
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
}
