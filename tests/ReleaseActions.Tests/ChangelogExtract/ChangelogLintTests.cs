using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Tests.ChangelogExtract;

public sealed class ChangelogLintTests
{
    private const string Repository = "https://github.com/acme/shop";

    private const string Good = "# Changelog\n\n## [Unreleased]\n\n## [1.1.0] - 2026-01-02\n\n### Added\n\n- Sell by weight\n\n"
        + "## [1.0.0] - 2025-12-01\n\n### Fixed\n\n- First\n\n[1.1.0]: https://github.com/acme/shop/compare/v1.0.0...v1.1.0\n"
        + "[1.0.0]: https://github.com/acme/shop/releases/tag/v1.0.0\n";

    [Fact]
    public void A_good_changelog_has_no_finding() => Lint(Good, "v1.0.0", "v1.1.0").Should().BeEmpty();

    [Fact]
    public void A_version_that_is_about_to_be_released_needs_no_tag() => Lint(Good, "v1.0.0").Should().BeEmpty();

    [Fact]
    [Trait("Rule", "AEG-06")]
    public void A_compare_link_inside_a_heading_and_the_one_of_Unreleased_begin_at_the_version_below() => Lint(
        "## [Unreleased](https://github.com/acme/shop/compare/v1.0.0...main)\n\n- c\n\n"
            + "## [1.1.0](https://github.com/acme/shop/compare/v0.9.0...v1.1.0) (2026-01-02)\n\n- b\n\n"
            + "## [1.0.0](https://github.com/acme/shop/compare/v0.9.0...v1.0.0) (2025-12-01)\n\n- a\n")
        .Should().Equal(
            "CHANGELOG.md:1: The link of Unreleased is 'https://github.com/acme/shop/compare/v1.0.0...main'. Let it be "
                + "https://github.com/acme/shop/compare/v1.1.0...main.",
            "CHANGELOG.md:5: The link of 1.1.0 is 'https://github.com/acme/shop/compare/v0.9.0...v1.1.0'. Let it be "
                + "https://github.com/acme/shop/compare/v1.0.0...v1.1.0.");

    [Fact]
    public void Every_kind_of_finding_is_reported_at_its_line() => Golden.Matches(string.Join('\n', Lint(
        """
        # Changelog

        ## [1.0.0] - 2025-12-01

        ### Oddities

        - First

        ## [1.2.0] - 2026-13-45

        ### Added

        ### Fixed

        - Second

        ## [1.1.0]

        <!-- to be written -->

        ## [1.2.0] - 2026-02-01

        - Again

        ## [0.9.0] - 2025-11-01

        - Before

        ##0.8.0

        - Long ago

        [1.2.0]: https://github.com/acme/shop/compare/v1.0.0...v1.2.0
        [1.1.0]: https://github.com/acme/shop/compare/v1.0.0...v1.1.0
        [0.9.0]: https://github.com/acme/shop/releases/tag/v0.9.0
        """, "v1.0.0", "v1.0.1", "v1.1.0", "v1.2.0", "v1.3.0-rc.1")) + "\n", "lint");

    [Fact]
    [Trait("Rule", "OPS-01")]
    public void A_post_release_is_above_its_version_and_needs_a_section()
    {
        const string Right = "## [1.0.0-hotfix.1]\n\n- b\n\n## [1.0.0]\n\n- a\n\n"
            + "[1.0.0-hotfix.1]: https://github.com/acme/shop/compare/v1.0.0...v1.0.0-hotfix.1\n"
            + "[1.0.0]: https://github.com/acme/shop/releases/tag/v1.0.0\n";
        var version = ReleasePolicy.Read("version: {post-releases: [hotfix]}", "policy").Version;

        Lint(Right, version, "v1.0.0-hotfix.1", "v1.0.0").Should().BeEmpty();
        Lint(Right, version, "v1.0.0-hotfix.2", "v1.0.0").Should().Equal(
            "CHANGELOG.md:1: 1.0.0-hotfix.1 has a section and no tag v1.0.0-hotfix.1. Push the tag, or remove the section.",
            "CHANGELOG.md:1: The tag v1.0.0-hotfix.2 has no section. Add a section ## [1.0.0-hotfix.2].");
        Lint("## 1.1.0\n\n- c\n\n## 1.0.0\n\n- a\n\n## 1.0.0-hotfix.1\n\n- b\n", version)
            .Should().Equal("CHANGELOG.md:9: 1.0.0-hotfix.1 is below 1.0.0, which is older. Put the newest version first.");
    }

    [Theory]
    [InlineData("https://github.com/acme/shop/compare/v1.0.0..v1.1.0")]
    [InlineData("https://github.com/acme/shop/compare/v1.0.0...v1.1.0?expand=1")]
    [InlineData("https://github.com/acme/shop/compare/v1%2E0.0...v1.1.0")]
    public void A_link_that_compares_the_right_versions_is_right_however_it_is_written(string url) =>
        Lint($"## [1.1.0]\n\n- b\n\n## [1.0.0](https://github.com/acme/shop/releases/tag/v1.0.0)\n\n- a\n\n[1.1.0]: {url}\n")
            .Should().BeEmpty();

    [Fact]
    [Trait("Rule", "ORC-03")]
    public void Of_several_products_in_one_file_one_is_checked()
    {
        const string Two = "## till@1.1.0\n\n- b\n\n## scale@3.0.0\n\n## [till@1.0.0]\n\n- a\n\n"
            + "[till@1.1.0]: https://github.com/acme/shop/compare/till/v0.9.0...till/v1.1.0\n";
        var version = ReleasePolicy.Read("version: {tag-prefix: till/v}", "policy").Version;

        var tags = ReleaseTag.Among(["till/v1.0.0", "till/v1.1.0"], "till/v", version.Order);
        new ChangelogLint(Changelog.Parse(Two).Of("till"), "CHANGELOG.md", tags, version, Repository).Check().Listed.Select(f => f.Message)
            .Should().Equal("The link of 1.1.0 is 'https://github.com/acme/shop/compare/till/v0.9.0...till/v1.1.0'");
    }

    [Fact]
    [Trait("Rule", "ORC-03")]
    public void A_section_without_a_product_belongs_to_none_where_products_share_the_changelog()
    {
        const string Split = "## [Unreleased]\n\n- c\n\n## [till@1.3.0]\n\n- b\n\n## [1.2.2]\n\n- a\n\n"
            + "[Unreleased]: R/compare/scale/v1.0.0...main\n[till@1.3.0]: R/releases/tag/till/v1.3.0\n[1.2.2]: R/compare/v1.2.1...v1.2.2\n";
        var text = Split.Replace("R/", $"{Repository}/", StringComparison.Ordinal);
        var version = ReleasePolicy.Read("version: {tag-prefix: till/v}", "policy").Version;

        ReleaseTag[] tags = [ReleaseTag.Require("till/v1.3.0", "till/v", VersionSchemes.SemVer)];
        new ChangelogLint(Changelog.Parse(text).Of("till"), "CHANGELOG.md", tags, version, Repository).Check().Listed.Should().BeEmpty();
        Changelog.Parse(text).Of("till").Sections.Select(s => s.Heading).Should().Equal("till@1.3.0");
        Changelog.Parse("## 1.2.2\n\n- a\n").Of("till").OfFile(ReleaseTag.RequireVersion("1.2.2", "", VersionSchemes.SemVer))
            .Should().BeEmpty("a file of a version is shared too");
    }

    // A finding of each kind, with the tags that exist; the last line of a text has the links that are written as R/.
    public static TheoryData<string, string, string> Misleading => new()
    {
        { "## 1.1.0\n\n- b\n\n## 1.0.0\n\n- a\n\n## v1.1.0\n\n- c\n", "", "1.1.0 has a section on line 1 already" },
        { "## 1.1.0 - 2026-13-45\n\n- b\n", "", "'2026-13-45' is not a date" },
        { "## 1.1.0 - 31/02/2026\n\n- b\n", "", "'31/02/2026' is not a date" },
        { "## 1.1.1 - 2025-01-04\n\n- b\n\n## 1.1.0 - 2025-12-20\n\n- a\n", "", "1.1.1 is dated 2025-01-04, before 1.1.0" },
        {
            "## 1.0.0 - 2025-01-04\n\n- b\n\n## 1.2.0 - 2025-12-20\n\n- a\n\n## 1.1.0 - 2025-11-20\n\n- a\n", "",
            "1.2.0 is below 1.0.0, which is older"
        },
        { "## Unreleased\n\n- b\n\n## 1.0.0\n\n- a\n\n## Unreleased\n\n- c\n", "", "'Unreleased' is on line 1 already" },
        { "## 1.1.0\n\n- b\n\n## Unreleased\n\n- c\n\n## 1.0.0\n\n- a\n", "", "'Unreleased' is below 1.1.0" },
        { "## 1.1.0\n\n## 1.0.0\n\n- a\n", "v1.0.0", "The section of 1.1.0 is empty" },
        { "## 1.0.0\n\n- a\n", "v1.1.0 v1.0.0", "The tag v1.1.0 has no section" },
        {
            "## 1.0.0\n\n- a\n\n<<<<<<< HEAD\n- b\n=======\n- c\n>>>>>>> main\n\n- d\n", "",
            "A conflict of a merge is not resolved"
        },
        { "## 1.1.0\n\n- b\n##1.0.0\n- a\n", "", "'##1.0.0' looks like a version's heading, but Markdown reads it as text" },
        { "## [1.1.0]\n\n- b\n\n## [1.0.0]\n\n- a\n\n[1.0.0]: R/releases/tag/v1.0.0\n", "", "1.1.0 has no link, others have" },
        { "## [1.1.0](R/compare/v0.9.0...v1.0.0)\n\n- b\n\n## 1.0.0\n\n- a\n", "", "The link of 1.1.0 is 'R/compare/v0.9.0...v1.0.0'" },
        { "## [1.1.0](R/compare/v1.1.0...v1.1.0)\n\n- b\n\n## 1.0.0\n\n- a\n", "", "The link of 1.1.0 is 'R/compare/v1.1.0...v1.1.0'" },
        { "## [1.1.0](R/compare/v0.9.0...v1.1.0)\n\n- b\n\n## 1.0.0\n\n- a\n", "", "The link of 1.1.0 is 'R/compare/v0.9.0...v1.1.0'" },
        {
            "## [1.1.0](R/compare/v1.0.9...v1.1.0)\n\n- b\n\n## 1.0.0\n\n- a\n", "v1.0.0 v1.1.0",
            "The link of 1.1.0 is 'R/compare/v1.0.9...v1.1.0'"
        },
        {
            "## [Unreleased](R/compare/v1.0.0...main)\n\n- c\n\n## 1.1.0\n\n- b\n\n## 1.0.0\n\n- a\n", "v1.0.0 v1.1.0",
            "The link of Unreleased is 'R/compare/v1.0.0...main'"
        },
    };

    [Theory]
    [MemberData(nameof(Misleading))]
    [Trait("Rule", "AEG-07")]
    public void What_breaks_a_release_or_misleads_a_reader_is_reported(string text, string tags, string message)
    {
        var (listed, older) = Of(text, tags).Check();

        listed.Select(f => f.Message.Replace(Repository, "R", StringComparison.Ordinal)).Should().Equal(message);
        older.Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(Misleading))]
    public void In_sections_that_are_older_it_is_counted(string text, string tags, string message)
    {
        if (text.Contains("Unreleased", StringComparison.Ordinal) || message.StartsWith("The tag", StringComparison.Ordinal)) return;
        if (message.EndsWith("is empty", StringComparison.Ordinal)) return;
        var newer = string.Concat(Enumerable.Range(0, 5).Select(i => $"## 9.{9 - i}.0 - 2026-12-0{9 - i}\n\n- z\n\n"));
        var released = tags.Length == 0 ? "" : $"{tags} {string.Join(' ', Enumerable.Range(5, 5).Select(i => $"v9.{i}.0"))}";

        var (listed, older) = Of(newer + text, released).Check();

        listed.Should().BeEmpty();
        older.Should().Be(1);
    }

    [Theory]
    [InlineData("## 1.1.0\n\n### Oddities\n\n- b\n", "", "a heading of the team's")]
    [InlineData("## Unreleased\n\n### Added\n\n## 1.1.0\n\n- b\n\n### Fixed\n", "", "an empty heading")]
    [InlineData("## 1.1.0 - 2026-01-02\n\n- b\n\n## 1.0.0\n\n- a\n", "", "a date that is missing")]
    [InlineData("## 1.1.0 - 3/4/2026\n\n- b\n", "", "a date that may be read in two ways")]
    [InlineData("## 1.2.0\n\n- c\n\n## 1.0.0\n\n- a\n\n## 1.1.0\n\n- b\n", "", "an order that no date contradicts")]
    [InlineData("## 1.1.0\n\n- b\n\n## 1.0.0\n\n- a\n", "v1.1.0", "a version that was never tagged")]
    [InlineData("## 1.1.0\n\n- b\n", "v1.1.0 v1.0.0", "a tag whose notes are elsewhere")]
    [InlineData("## 1.1.0\n\n- b\n\n## 1.0.0\n\n- a\n\n[1.0.0]: R/releases/tag/v1.0.0\n", "", "a heading without a link")]
    [InlineData("## [2.0.0](R/compare/v1.0.0...v2.0.0)\n\n- c\n\n## 1.0.1\n\n- b\n\n## 1.0.0\n\n- a\n", "", "a branch left before a patch")]
    [InlineData("## [1.1.0](R2/compare/v0.9.0...v1.1.0)\n\n- b\n\n## 1.0.0\n\n- a\n", "", "a link to another repository")]
    public void Matters_of_style_are_reported_where_they_are_wanted(string text, string tags, string why)
    {
        Of(text, tags).Check().Should().BeEquivalentTo((Listed: Array.Empty<Core.Finding>(), Older: 0), "it is {0}", why);
        Of(text, tags, wantsStyle: true).Check().Listed.Should().NotBeEmpty("it is {0}", why);
    }

    [Theory]
    [InlineData("## 1.0.1 - 2026-03-01\n\n- a\n\n## 1.2.0 - 2026-02-01\n\n- c\n\n## 1.1.0 - 2026-01-01\n\n- b\n", "sorted by date")]
    [InlineData("## 1.0.0 - 2026-01-01\n\n- a\n\n## 1.1.0 - 2026-02-01\n\n- b\n", "oldest first")]
    [InlineData("## 1.1.0 (unreleased)\n\n- a\n\n## 1.0.0\n\n- b\n", "the next version named")]
    public void A_file_in_its_own_order_has_no_finding_of_either_kind(string text, string why) =>
        Of(text, "", wantsStyle: true).Check().Listed.Should().BeEmpty(why);

    [Fact]
    public void Unreleased_is_missing_only_where_release_prepare_can_take_notes_from_nothing_else()
    {
        const string Text = "## 1.1.0\n\n- b\n";
        IEnumerable<string> Found(string text, string tags) =>
            Of(text, tags, needsUnreleased: true).Check().Listed.Select(f => f.Message);

        Of(Text, "v1.1.0").Check().Listed.Should().BeEmpty();
        Found(Text, "v1.1.0").Should().Equal("There is no section Unreleased, from which release-prepare takes the notes");
        Found(Text, "v1.0.0").Should().BeEmpty("1.1.0 is about to be released");
        Found($"## Unreleased\n\n{Text}", "v1.1.0").Should().BeEmpty();
    }

    private static ChangelogLint Of(string text, string tags, bool wantsStyle = false, bool needsUnreleased = false)
    {
        var version = ReleasePolicy.Read(null, "policy").Version;
        var released = ReleaseTag.Among(tags.Split(' '), "v", version.Order);
        var changelog = Changelog.Parse(text.Replace("R2/", "https://github.com/acme/other/", StringComparison.Ordinal)
            .Replace("R/", $"{Repository}/", StringComparison.Ordinal));
        return new ChangelogLint(changelog, "CHANGELOG.md", released, version, Repository)
        {
            WantsStyle = wantsStyle, NeedsUnreleased = needsUnreleased,
        };
    }

    private static IEnumerable<string> Lint(string text, params string[] tags) =>
        Lint(text, ReleasePolicy.Read(null, "policy").Version, tags);

    private static IEnumerable<string> Lint(string text, VersionPolicy version, params string[] tags)
    {
        var released = ReleaseTag.Among(tags, "v", version.Order);
        return new ChangelogLint(Changelog.Parse(text), "CHANGELOG.md", released, version, Repository) { WantsStyle = true }.Check().Listed
            .Select(f => $"{f.File}:{f.Line}: {f.Message}. {f.Remedy}.");
    }
}
