using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;

namespace ReleaseActions.Tests.Changelogs;

public sealed class ChangeListTests
{
    private const string Notes = "Intro by @eve\n\n### Added\n\n- Sell by weight (#12), thanks @ada\n- Two\n  lines https://github.com/acme/shop/pull/13\n\n### 🐛 Bug Fixes\n\n* Round `@half`\n\n### Odds and ends\n\n1. Dust\n";

    [Fact]
    public void The_entries_are_told_by_category_with_pull_requests_and_authors() => ChangeList.ToJson(ChangeList.In(Notes)).Replace("\\u0060", "`").Should().Be(
        """{"Other":[{"text":"Intro by @eve","pulls":[],"authors":["eve"]}],"Added":[{"text":"Sell by weight (#12), thanks @ada","pulls":[12],"authors":["ada"]},{"text":"Two\n  lines https://github.com/acme/shop/pull/13","pulls":[13],"authors":[]}],"Fixed":[{"text":"Round `@half`","pulls":[],"authors":[]}],"Odds and ends":[{"text":"Dust","pulls":[],"authors":[]}]}""");

    [Fact]
    public void Nothing_is_no_entry() => ChangeList.ToJson(ChangeList.In("")).Should().Be("{}");

    [Fact]
    [Trait("Rule", "ORC-05")]
    public void The_grouped_template_has_the_same_headings_in_every_release() =>
        Golden.Matches(NotesTemplate.Fill(NotesTemplate.Grouped, "grouped", new Dictionary<string, string>(), ChangeList.In(Notes + "\n### Highlights\n\n- Faster\n")) + "\n", "grouped");

    [Fact]
    [Trait("Rule", "ORC-05")]
    public void A_template_is_filled_and_an_unknown_placeholder_is_told_on_its_line()
    {
        var values = new Dictionary<string, string> { ["version"] = "1.2.3", ["notes"] = "- {version} stays" };

        NotesTemplate.Fill("# Shop {version}\n\n{notes}\n\n## Removed\n\n{removed}\n", "t.md", values, []).Should().Be("# Shop 1.2.3\n\n- {version} stays");
        FluentActions.Invoking(() => NotesTemplate.Fill("a\n{vresion}\n", "t.md", values, [])).Should().Throw<ActionException>()
            .Which.Findings.Should().ContainSingle(f => f.File == "t.md" && f.Line == 2 && f.Message.Contains("{vresion}"));
    }

    [Fact]
    public void Fragments_become_notes_in_the_order_of_categories_and_numbers() => Fragments.Write(
    [
        ("changes/12.fixed.md", "Round half to even\n"), ("changes/7.fixed.md", "The drawer opens\n\nAt last.\n"), ("changes/+gift.added.md", "Gift cards"), ("changes/9.security.1.md", "- Own bullet (#9)\n"),
    ]).Should().Be("### Added\n\n- Gift cards\n\n### Fixed\n\n- The drawer opens (#7)\n\n  At last.\n- Round half to even (#12)\n\n### Security\n\n- Own bullet (#9)");

    [Fact]
    public void A_fragment_without_a_category_or_a_text_is_a_finding() =>
        FluentActions.Invoking(() => Fragments.Write([("changes/12.fxied.md", "x"), ("changes/13.fixed.md", " \n")])).Should().Throw<ActionException>()
            .Which.Findings.Select(f => f.Message).Should().Equal("The fragment 'changes/12.fxied.md' names no category", "The fragment 'changes/13.fixed.md' is empty");
}
