using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Tests.ChangelogExtract;

/// <summary>What a program fixes in a changelog, and that it changes nothing else.</summary>
public sealed class ChangelogFixTests
{
    private const string Repository = "https://github.com/acme/shop";

    private const string Hotfixes = "version: {post-releases: [hotfix]}";

    [Fact]
    [Trait("Rule", "AEG-06")]
    public void The_link_of_Unreleased_begins_at_the_newest_version() =>
        Fixed("## [Unreleased]\n\n## [1.1.0]\n\n- a\n\n[Unreleased]: https://github.com/acme/shop/compare/v1.0.0...develop\n"
            + "[1.1.0]: https://github.com/acme/shop/releases/tag/v1.1.0\n")
            .Should().Contain("[Unreleased]: https://github.com/acme/shop/compare/v1.1.0...develop\n");

    [Fact]
    public void Order_and_links_are_fixed_and_nothing_else()
    {
        const string Text = "\uFEFF# Changelog\r\n\r\n## [1.2.0] - 2026-02-01\r\n\r\n- c\r\n\r\n"
            + "## [1.0.0] - 2025-12-01\r\n\r\n* First  \r\n\r\n\r\n## [1.1.0] - 2026-01-02\r\n\r\n"
            + "- Second\r\n\r\n[1.2.0]: https://github.com/acme/shop/compare/v1.1.0...v1.2.0\r\n"
            + "[1.1.0]: https://github.com/acme/shop/compare/v0.9.0...v1.1.0 'all'\r\n";

        Fixed(Text)
            .Should().Be("\uFEFF# Changelog\r\n\r\n## [1.2.0] - 2026-02-01\r\n\r\n- c\r\n\r\n"
                + "## [1.1.0] - 2026-01-02\r\n\r\n- Second\r\n\r\n\r\n## [1.0.0] - 2025-12-01\r\n\r\n"
                + "* First  \r\n\r\n[1.2.0]: https://github.com/acme/shop/compare/v1.1.0...v1.2.0\r\n"
                + "[1.1.0]: https://github.com/acme/shop/compare/v1.0.0...v1.1.0 'all'\r\n"
                + "[1.0.0]: https://github.com/acme/shop/releases/tag/v1.0.0\r\n");
    }

    [Fact]
    public void A_link_inside_a_heading_is_fixed_too() =>
        Fixed("## [1.1.0](https://github.com/acme/shop/compare/v0.9.0...v1.1.0) (2026-01-02)\n\n- b\n\n"
            + "## [1.0.0](https://github.com/acme/shop/compare/v0.9.0...v1.0.0)\n\n- a\n", "", "v0.9.0", "v1.0.0", "v1.1.0")
            .Should().Be("## [1.1.0](https://github.com/acme/shop/compare/v1.0.0...v1.1.0) (2026-01-02)\n\n- b\n\n"
                + "## [1.0.0](https://github.com/acme/shop/compare/v0.9.0...v1.0.0)\n\n- a\n");

    [Theory]
    [InlineData("\n", "")]
    [InlineData("\r\n", "")]
    [InlineData("\n", "\n")]
    public void Links_that_are_missing_get_a_line_each_also_below_a_last_line_without_a_newline(string newline, string end)
    {
        const string Text =
            $"## [1.2.0]\n\n- c\n\n## [1.1.0]\n\n- b\n\n## [1.0.0]\n\n- a\n\n   [1.2.0]: {Repository}/compare/v1.1.0...v1.2.0";
        var text = Text.ReplaceLineEndings(newline);

        Fixed(text + end)
            .Should().Be($"{text}{newline}[1.1.0]: {Repository}/compare/v1.0.0...v1.1.0{newline}"
                + $"[1.0.0]: {Repository}/releases/tag/v1.0.0{end}");
    }

    [Fact]
    public void A_link_that_is_missing_is_added_above_an_indented_one() =>
        Fixed($"## [1.1.0]\n\n- b\n\n## [1.0.0]\n\n- a\n\n   [1.0.0]: {Repository}/releases/tag/v1.0.0")
            .Should().Be($"## [1.1.0]\n\n- b\n\n## [1.0.0]\n\n- a\n\n   [1.1.0]: {Repository}/compare/v1.0.0...v1.1.0\n"
                + $"[1.0.0]: {Repository}/releases/tag/v1.0.0");

    [Theory]
    [InlineData("# 1.x\n\n## 1.0.0\n\n- a\n\n# 2.x\n\n## 2.0.0\n\n- b\n", "what is below another heading")]
    [InlineData("## till@1.0.0\n\n- a\n\n## scale@1.1.0\n\n- b\n", "separate products")]
    [InlineData("## 1.0.0\n\n- a\n\n##1.1.0\n\n- b\n\n## 1.2.0\n\n- c\n", "a heading that is none")]
    [InlineData("## 1.0.0\n\n- a\n\n## 1.2.0\n\n- c\n\n## 1.1.0\n\n- b\n", "what has no dates")]
    [InlineData("## 1.1.0\n\n- b\n\n## 1.0.0\n\n- a\n", "what is right")]
    [InlineData("Text\n", "what is no changelog")]
    public void Nothing_is_moved_where_the_sections_are_unclear(string text, string why) => Fixed(text).Should().Be(text, why);

    [Fact]
    [Trait("Rule", "OPS-01")]
    public void The_order_is_the_teams_in_which_a_post_release_comes_after_its_version() =>
        Fixed("## 1.1.0 - 2026-03-01\n\n- c\n\n## [1.0.0] - 2026-01-01\n\n- a\n\n## [1.0.0-hotfix.1] - 2026-02-01\n\n- b\n\n"
            + $"[1.0.0]: {Repository}/compare/v1.0.0-hotfix.1...v1.0.0\n"
            + $"[1.0.0-hotfix.1]: {Repository}/releases/tag/v1.0.0-hotfix.1\n[0.9.0]: x\n", Hotfixes)
            .Should().StartWith("## 1.1.0 - 2026-03-01\n\n- c\n\n"
                + "## [1.0.0-hotfix.1] - 2026-02-01\n\n- b\n\n## [1.0.0] - 2026-01-01\n\n- a\n");

    [Fact]
    [Trait("Rule", "OPS-01")]
    public void The_link_of_a_post_release_begins_at_its_version() =>
        Fixed($"## [1.0.0-hotfix.1]\n\n- b\n\n## [1.0.0]\n\n- a\n\n[1.0.0]: {Repository}/releases/tag/v1.0.0\n", Hotfixes)
            .Should().EndWith($"\n[1.0.0-hotfix.1]: {Repository}/compare/v1.0.0...v1.0.0-hotfix.1\n"
                + $"[1.0.0]: {Repository}/releases/tag/v1.0.0\n");

    [Fact]
    public void An_anchor_moves_with_its_heading() =>
        Fixed("## 1.2.0 (2026-03-01)\n\n- c\n\n## 1.0.0 (2026-01-01)\n\n- a\n\n<a name=\"1.1.0\"></a>\n## 1.1.0 (2026-02-01)\n\n- b\n")
            .Should().Be(
                "## 1.2.0 (2026-03-01)\n\n- c\n\n<a name=\"1.1.0\"></a>\n## 1.1.0 (2026-02-01)\n\n- b\n\n## 1.0.0 (2026-01-01)\n\n- a\n");

    [Fact]
    public void What_is_fixed_has_nothing_left_to_fix()
    {
        var random = new Random(20260107);
        foreach (var fixture in Changelogs.FixtureTests.Fixtures.Select(f => Changelogs.FixtureTests.TextOf(f.Data)))
            for (var i = 0; i < 20; i++)
            {
                var text = Hostile.MutationTests.Damaged(fixture, random);
                var result = Fixed(text);
                Fixed(result).Should().Be(result, "of {0}", System.Text.Json.JsonSerializer.Serialize(text));
                Lines(result).Should().Equal(Lines(text), "of {0}", System.Text.Json.JsonSerializer.Serialize(text));
            }
    }

    // Every line that holds no address, in any order.
    private static IEnumerable<string> Lines(string text) =>
        text.Split('\n').Where(l => !HasAddress(l)).Order(StringComparer.Ordinal);

    private static bool HasAddress(string line) =>
        line.Contains("/compare/", StringComparison.Ordinal) || line.Contains("/releases/tag/", StringComparison.Ordinal);

    [Fact]
    [Trait("Rule", "AEG-06")]
    public void Where_there_are_tags_a_link_begins_at_the_release_before_and_not_at_a_section_that_was_never_tagged()
    {
        var right = $"## [1.3.0]\n\n- c\n\n## [1.2.3]\n\n- b\n\n## [1.2.2]\n\n- a\n\n"
            + $"[1.3.0]: {Repository}/compare/v1.2.2...v1.3.0\n[1.2.3]: {Repository}/compare/v1.2.2...v1.2.3\n"
            + $"[1.2.2]: {Repository}/compare/v1.2.1...v1.2.2\n";
        string[] tags = ["v1.3.0-rc.1", "v1.2.2", "v1.2.1"];
        var version = ReleasePolicy.Read(null, "policy").Version;

        ChangelogFix.Fix(right, Changelog.Parse, version, Repository, tags).Should().Be(right);
        var wrong = right.Replace("v1.2.2...v1.3.0", "v1.2.3...v1.3.0", StringComparison.Ordinal);
        ChangelogFix.Fix(wrong, Changelog.Parse, version, Repository, tags).Should().Be(right);
    }

    [Fact]
    public void A_definition_is_the_link_of_the_heading_that_Markdown_connects_it_with() =>
        Fixed($"## [1.1.0]\n\n- b\n\n## [v1.0.0]\n\n- a\n\n[v1.1.0]: {Repository}/compare/v1.0.0...v1.1.0\n"
            + $"[v1.0.0]: {Repository}/releases/tag/v1.0.0\n")
            .Should().EndWith($"[v1.1.0]: {Repository}/compare/v1.0.0...v1.1.0\n[1.1.0]: {Repository}/compare/v1.0.0...v1.1.0\n"
                + $"[v1.0.0]: {Repository}/releases/tag/v1.0.0\n");

    private static string Fixed(string text, string policy = "") => Fixed(text, policy, "v1.0.0", "v1.0.0-hotfix.1", "v1.1.0", "v1.2.0");

    private static string Fixed(string text, string policy, params string[] tags) =>
        ChangelogFix.Fix(text, Changelog.Parse, ReleasePolicy.Read(policy, "policy").Version, Repository, tags);
}
