using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Tests.Changelogs;

namespace ReleaseActions.Tests.ChangelogExtract;

public sealed class NotesTemplateTests
{
    [Fact]
    [Trait("Rule", "ORC-05")]
    public void The_grouped_template_has_the_same_headings_in_every_release()
    {
        var changes = Change.In(ChangeTests.Notes + "\n### Highlights\n\n- Faster\n");

        Golden.Matches(NotesTemplate.Fill(NotesTemplate.Grouped, "grouped", new Dictionary<string, string>(), changes) + "\n", "grouped");
    }

    [Fact]
    [Trait("Rule", "ORC-05")]
    public void A_template_is_filled_and_an_unknown_placeholder_is_reported_on_its_line()
    {
        var values = new Dictionary<string, string> { ["version"] = "1.2.3", ["notes"] = "- {version} stays" };

        NotesTemplate.Fill("# Shop {version}\n\n{notes}\n\n## Removed\n\n{removed}\n", "t.md", values, [])
            .Should().Be("# Shop 1.2.3\n\n- {version} stays");
        FluentActions.Invoking(() => NotesTemplate.Fill("a\n{vresion}\n", "t.md", values, [])).Should().Throw<ActionException>()
            .Which.Findings.Should().ContainSingle(f => f.File == "t.md" && f.Line == 2 && f.Message.Contains("{vresion}"));
    }

    [Fact]
    public void The_entries_are_printed_as_JSON_by_category()
    {
        const string Json = """
            {"Other":[{"text":"Intro by @eve","pulls":[],"authors":["eve"]}],
            "Added":[{"text":"Sell by weight (#12), thanks @ada","pulls":[12],"authors":["ada"]},
            {"text":"Two\n  lines https://github.com/acme/shop/pull/13","pulls":[13],"authors":[]}],
            "Fixed":[{"text":"Round `@half`","pulls":[],"authors":[]}],"Odds and ends":[{"text":"Dust","pulls":[],"authors":[]}]}
            """;

        NotesOutputs.ToJson(Change.In(ChangeTests.Notes)).Replace("\\u0060", "`").Should().Be(Json.ReplaceLineEndings(""));
        NotesOutputs.ToJson([]).Should().Be("{}");
    }
}
