using ReleaseActions.Core.Changelogs;

namespace ReleaseActions.Tests.Changelogs;

/// <summary>Notes as a list of their entries.</summary>
public sealed class ChangeTests
{
    internal const string Notes =
        "Intro by @eve\n\n### Added\n\n- Sell by weight (#12), thanks @ada\n- Two\n  lines https://github.com/acme/shop/pull/13\n\n"
        + "### 🐛 Bug Fixes\n\n* Round `@half`\n\n### Odds and ends\n\n1. Dust\n";

    [Fact]
    public void Each_entry_has_its_category_its_pull_requests_and_its_authors() => Change.In(Notes).Select(Shown).Should().Equal(
        "Other: Intro by @eve [] [eve]", "Added: Sell by weight (#12), thanks @ada [12] [ada]",
        "Added: Two\n  lines https://github.com/acme/shop/pull/13 [13] []", "Fixed: Round `@half` [] []", "Odds and ends: Dust [] []");

    [Fact]
    public void Empty_notes_have_no_entry() => Change.In("").Should().BeEmpty();

    private static string Shown(Change change) =>
        $"{change.Category}: {change.Text} [{string.Join(',', change.Pulls)}] [{string.Join(',', change.Authors)}]";
}
