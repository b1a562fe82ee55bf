using System.Text;
using Markdig;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Text;
using Markdown = ReleaseActions.Core.Text.Markdown;

namespace ReleaseActions.Tests.Hosting;

/// <summary>Outputs, the job summary, and text from outside in Markdown.</summary>
public sealed class PagesTests
{
    private static readonly MarkdownPipeline GitHubs = new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks().UseEmphasisExtras()
        .Build();

    [Fact]
    public void Outputs_come_in_the_order_of_their_declaration_and_only_when_set()
    {
        var outputs = new Outputs();
        var (a, b, c) = (outputs.Declare("a", "A."), outputs.Declare("b", "B."), outputs.Declare("c", "C."));
        _ = b;
        c.Set(["x", "y"]);
        a.Set(true);

        outputs.Values.Should().Equal(new Dictionary<string, string> { ["a"] = "true", ["c"] = "x\ny" });
        outputs.Declarations.Select(d => d.Name).Should().Equal("a", "b", "c");
    }

    [Fact]
    public void A_summary_of_exactly_1_MiB_is_whole()
    {
        var summary = new JobSummary();
        summary.Add(new string('x', (1024 * 1024) - 2));

        summary.ToMarkdown().Should().HaveLength(1024 * 1024).And.NotContain("cut here");
    }

    [Fact]
    public void A_longer_summary_is_cut_at_a_line_s_end_and_says_so()
    {
        var summary = new JobSummary();
        summary.Add(string.Concat(Enumerable.Repeat("- \ud83d\ude00 a line of the list\n", 60_000)));

        var page = summary.ToMarkdown();
        Encoding.UTF8.GetByteCount(page).Should().BeInRange(1_000_000, 1024 * 1024);
        page.Should()
            .NotContain("\ufffd").And.EndWith(
                "a line of the list\n\n_The summary was cut here: GitHub shows at most 1 MiB a step. The log has everything._\n");
    }

    [Fact]
    public void A_longer_summary_of_one_line_is_cut_between_two_characters()
    {
        var summary = new JobSummary();
        summary.Add(string.Concat(Enumerable.Repeat("\ud83d\ude00", 400_000)));

        var page = summary.ToMarkdown();
        Encoding.UTF8.GetByteCount(page).Should().BeInRange(1_000_000, 1024 * 1024);
        page.Should().NotContain("\ufffd").And.Contain("cut here");
    }

    public static TheoryData<string> HostileTexts =>
    [
        "<img src=x onerror=alert(1)>", "a | b", "`code` `` more ``", "**bold** _it_ ~~no~~", "[x](https://evil.example)",
        "![x](https://evil.example)", "line\nbreak\r\nagain", "\\| \\` \\[",
        "@org/team #1", "&lt;b&gt; &#60;", "<!-- x", "a\\", "`", "``", " ` ", "|", "\\", "\\|", "![[", "https://evil.example/x",
        "www.evil.example", "~~~", "# x", "- x", "1. x", "> x", "--- | ---",
    ];

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public void Text_from_outside_stays_text_in_a_cell(string text)
    {
        var html = Markdig.Markdown.ToHtml(Markdown.Table(["a", "b"], [[Markdown.Text(text), Markdown.Code(text)]]), GitHubs);

        var cells = html.Split("<td>").Skip(1).Select(c => c[..c.IndexOf("</td>", StringComparison.Ordinal)]).ToList();
        cells.Should().HaveCount(2, html);
        cells[0].Should().NotContain("<", html);
        cells[1].Should().MatchRegex("^<code>[^<]*</code>$", html);
        cells[0].Should().NotContain("@org");
        var read = System.Net.WebUtility.HtmlDecode(cells[0]) ?? "";
        read.Replace("\u200b", "", StringComparison.Ordinal).Trim().Should().Be(text.ReplaceLineEndings(" ").Trim());
    }

    [Fact]
    public void A_block_is_fenced_longer_than_what_is_in_it() =>
        Markdown.Block("sh", "a\n````\nb\n").Should().Be("`````sh\na\n````\nb\n`````");
}
