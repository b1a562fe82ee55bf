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
        Lint("## 1.0.0\n\n- a\n\n## 1.0.0-hotfix.1\n\n- b\n", version)
            .Should().Equal("CHANGELOG.md:5: 1.0.0-hotfix.1 is below 1.0.0, which is older. Put the newest version first.");
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
        new ChangelogLint(Changelog.Parse(Two).Of("till"), "CHANGELOG.md", tags, version, Repository).Check().Select(f => f.Message)
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
        new ChangelogLint(Changelog.Parse(text).Of("till"), "CHANGELOG.md", tags, version, Repository).Check().Should().BeEmpty();
        Changelog.Parse(text).Of("till").Sections.Select(s => s.Heading).Should().Equal("till@1.3.0");
        Changelog.Parse("## 1.2.2\n\n- a\n").Of("till").OfFile(ReleaseTag.RequireVersion("1.2.2", "", VersionSchemes.SemVer))
            .Should().BeEmpty("a file of a version is shared too");
    }

    private static IEnumerable<string> Lint(string text, params string[] tags) =>
        Lint(text, ReleasePolicy.Read(null, "policy").Version, tags);

    private static IEnumerable<string> Lint(string text, VersionPolicy version, params string[] tags)
    {
        var released = ReleaseTag.Among(tags, "v", version.Order);
        return new ChangelogLint(Changelog.Parse(text), "CHANGELOG.md", released, version, Repository).Check()
            .Select(f => $"{f.File}:{f.Line}: {f.Message}. {f.Remedy}.");
    }
}
