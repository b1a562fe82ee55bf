using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core;
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
            + "## [1.0.0](https://github.com/acme/shop/compare/v0.9.0...v1.0.0) (2025-12-01)\n\n- a\n", "v0.9.0", "v1.0.0", "v1.1.0")
        .Should().Equal(
            "CHANGELOG.md:1: The link of Unreleased is 'https://github.com/acme/shop/compare/v1.0.0...main'. Let it be "
                + "https://github.com/acme/shop/compare/v1.1.0...main.",
            "CHANGELOG.md:5: The link of 1.1.0 is 'https://github.com/acme/shop/compare/v0.9.0...v1.1.0'. Let it be "
                + "https://github.com/acme/shop/compare/v1.0.0...v1.1.0.");

    [Fact]
    public void Every_kind_of_finding_is_reported_at_its_line() => Golden.Matches(string.Join('\n', LintAll(
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
        LintAll(Right, version, "v1.0.0-hotfix.2", "v1.0.0").Should().Equal(
            "CHANGELOG.md:1: 1.0.0-hotfix.1 has a section and no tag v1.0.0-hotfix.1. Push the tag, or remove the section.",
            "CHANGELOG.md:1: The tag v1.0.0-hotfix.2 has no section. Add a section ## [1.0.0-hotfix.2].");
        LintAll("## 1.0.0\n\n- a\n\n## 1.0.0-hotfix.1\n\n- b\n", version)
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
        Of(Changelog.Parse(Two).Of("till"), version, tags, "till/v1.0.0", "till/v1.1.0").Check().Select(f => f.Message)
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
        Of(Changelog.Parse(text).Of("till"), version, tags, "till/v1.3.0").CheckAll().Should().BeEmpty();
        Changelog.Parse(text).Of("till").Sections.Select(s => s.Heading).Should().Equal("till@1.3.0");
        Changelog.Parse("## 1.2.2\n\n- a\n").Of("till").OfFile(ReleaseTag.RequireVersion("1.2.2", "", VersionSchemes.SemVer))
            .Should().BeEmpty("a file of a version is shared too");
    }

    /// <summary>Files that their teams are right to keep as they are.</summary>
    public static TheoryData<string, string> Right => new()
    {
        { "sorted by date, with fixes of an old line", "## 2.0.0 - 2026-02-01\n\n- c\n\n## 1.0.1 - 2026-01-03\n\n- b\n\n"
            + "## 1.1.0 - 2026-01-02\n\n- a\n" },
        { "the oldest first", "## 1.0.0\n\n- a\n\n## 1.1.0\n\n- b\n\n## 2.0.0\n\n- c\n" },
        { "own categories, and one that is empty", "## 2.0.0\n\n### Till\n\n- c\n\n### Fixed\n\n## 1.1.0\n\n- b\n" },
        { "a release without a section among others", "## 2.0.0\n\n- c\n\n## 1.0.0\n\n- a\n" },
        { "a version without a date", "## 2.0.0\n\n- c\n\n## 1.1.0 - 2026-01-02\n\n- b\n" },
        { "a version without a tag", "## 2.0.0\n\n- c\n\n## 1.5.0\n\n- b\n" },
        { "links to the repository it was forked from", "## [2.0.0]\n\n- c\n\n## [1.1.0]\n\n- b\n\n"
            + "[2.0.0]: https://github.com/upstream/shop/compare/v9.0.0...v2.0.0\n[1.1.0]: https://github.com/upstream/shop/\n" },
        { "links that compare with the first of the line", "## [2.0.0](R/compare/v1.0.0...v2.0.0)\n\n- c\n\n## 1.0.1\n\n- b\n" },
        { "links that begin at a commit", "## [2.0.0](R/compare/0123abc...v2.0.0)\n\n- c\n\n## 1.1.0\n\n- b\n" },
        { "a link of an older way to name tags", "## [2.0.0](R/compare/shop-1.1...v2.0.0)\n\n- c\n\n## 1.1.0\n\n- b\n" },
        { "an unreleased part without text", "## Unreleased\n\n### Added\n\n## 2.0.0\n\n- c\n\n## 1.1.0\n\n- b\n" },
    };

    [Theory]
    [MemberData(nameof(Right))]
    public void What_a_team_may_want_is_no_finding(string kind, string text) =>
        Lint(text.Replace("R/", $"{Repository}/", StringComparison.Ordinal), "v1.0.0", "v1.0.1", "v1.1.0", "shop-1.1", "v2.0.0")
            .Should().BeEmpty(kind);

    /// <summary>Files that break the next release or mislead, each with its finding.</summary>
    public static TheoryData<string, string> Wrong => new()
    {
        { "## 2.1.0\n\n## 2.0.0\n\n- c\n", "The section of 2.1.0 is empty" },
        { "## 2.0.0\n\n- c\n\n## 1.1.0\n\n- b\n\n## 2.0.0\n\n- d\n", "2.0.0 has a section on line 1 already" },
        { "## 1.1.0 - 2026-01-02\n\n- b\n\n## 2.0.0 - 2026-02-01\n\n- c\n\n## 1.0.1\n\n- b\n\n## 1.0.0\n\n- a\n",
            "2.0.0 is below 1.1.0, which is older" },
        { "## 2.0.0 - 2026-13-45\n\n- c\n\n## 1.1.0\n\n- b\n", "'2026-13-45' is not a date, or is ambiguous in day and month" },
        { "## [2.0.0]\n\n- c\n\n## [1.1.0]\n\n- b\n\n[1.1.0]: R/releases/tag/v1.1.0\n",
            "[2.0.0] in the heading has no address, others have one" },
        { "## [2.0.0](R/compare/v2.0.0...v2.0.0)\n\n- c\n\n## 1.1.0\n\n- b\n", "The link of 2.0.0 is 'R/compare/v2.0.0...v2.0.0'" },
        { "## [2.0.0](R/compare/v1.1...v2.0.0)\n\n- c\n\n## 1.1.0\n\n- b\n", "The link of 2.0.0 is 'R/compare/v1.1...v2.0.0'" },
        { "## [2.0.0](R/compare/v1.0.0...v2.0.0)\n\n- c\n\n## 1.1.0\n\n- b\n", "The link of 2.0.0 is 'R/compare/v1.0.0...v2.0.0'" },
        { "## [2.0.0](R/compare/v1.1.0...v1.1.0)\n\n- c\n\n## 1.1.0\n\n- b\n", "The link of 2.0.0 is 'R/compare/v1.1.0...v1.1.0'" },
        { "## [Unreleased](R/compare/v1.1.0...main)\n\n## 2.0.0\n\n- c\n", "The link of Unreleased is 'R/compare/v1.1.0...main'" },
        { "## 1.1.0\n\n- b\n\n## 1.0.1\n\n- a\n", "The tag v2.0.0 has no section" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_breaks_a_release_or_misleads_is_found_and_is_counted_where_it_is_history(string text, string finding)
    {
        static string Here(string text) => text.Replace("R/", $"{Repository}/", StringComparison.Ordinal);
        string[] names = ["v1.0.0", "v1.0.1", "v1.1.0", "v2.0.0"];
        var version = ReleasePolicy.Read(null, "policy").Version;
        IReadOnlyList<ReleaseTag> Released(params IEnumerable<string> tags) => ReleaseTag.Among(tags, "v", version.Order);

        Of(Changelog.Parse(Here(text)), version, Released(names), names).Check().Select(f => f.Message).Should().Equal(Here(finding));

        if (finding.StartsWith("The tag", StringComparison.Ordinal) || finding.Contains("Unreleased", StringComparison.Ordinal)) return;
        var later = $"## 3.0.0\n\n- z\n\n{Here(text)}";
        var lint = Of(Changelog.Parse(later), version, Released([.. names, "v3.0.0"]), [.. names, "v3.0.0"]);
        lint.Check().Should().BeEmpty();
        lint.CountEarlier().Should().Be(1);
        lint.CheckAll().Select(f => f.Message).Should().Contain(Here(finding).Replace("line 1", "line 5", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Lint(string text, params string[] tags) =>
        Lint(text, ReleasePolicy.Read(null, "policy").Version, tags);

    private static IEnumerable<string> Lint(string text, VersionPolicy version, params string[] tags) =>
        Sentences(Of(Changelog.Parse(text), version, ReleaseTag.Among(tags, "v", version.Order), tags).Check());

    private static IEnumerable<string> LintAll(string text, params string[] tags) =>
        LintAll(text, ReleasePolicy.Read(null, "policy").Version, tags);

    private static IEnumerable<string> LintAll(string text, VersionPolicy version, params string[] tags) =>
        Sentences(Of(Changelog.Parse(text), version, ReleaseTag.Among(tags, "v", version.Order), tags).CheckAll());

    private static IEnumerable<string> Sentences(IEnumerable<Finding> findings) =>
        findings.Select(f => $"{f.File}:{f.Line}: {f.Message}. {f.Remedy}.");

    private static ChangelogLint Of(Changelog changelog, VersionPolicy version, IReadOnlyList<ReleaseTag> tags, params string[] names) =>
        new(changelog, "CHANGELOG.md", tags, version, new ChangelogLinks(changelog, version, Repository, names));
}
