using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core;

namespace ReleaseActions.Tests.ChangelogExtract;

public sealed class FragmentsTests
{
    [Fact]
    public void Fragments_become_notes_in_the_order_of_categories_and_numbers() => Fragments.Write(
    [
        ("changes/12.fixed.md", "Round half to even\n"), ("changes/7.fixed.md", "The drawer opens\n\nAt last.\n"),
        ("changes/+gift.added.md", "Gift cards"), ("changes/9.security.1.md", "- Own bullet (#9)\n"),
    ]).Should().Be(
        "### Added\n\n- Gift cards\n\n### Fixed\n\n- The drawer opens (#7)\n\n  At last.\n- Round half to even (#12)\n\n"
        + "### Security\n\n- Own bullet (#9)");

    [Fact]
    public void A_fragment_without_a_category_or_a_text_is_a_finding() =>
        FluentActions.Invoking(() => Fragments.Write([("changes/12.fxied.md", "x"), ("changes/13.fixed.md", " \n")]))
            .Should().Throw<ActionException>()
            .Which.Findings.Select(f => f.Message).Should().Equal(
                "The fragment 'changes/12.fxied.md' names no category", "The fragment 'changes/13.fixed.md' is empty");
}
