using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Tests.Changelogs;

public sealed class ChangelogLintTests
{
    private const string Good = "# Changelog\n\n## [Unreleased]\n\n## [1.1.0] - 2026-01-02\n\n### Added\n\n- Sell by weight\n\n## [1.0.0] - 2025-12-01\n\n### Fixed\n\n- First\n\n[1.1.0]: https://github.com/acme/shop/compare/v1.0.0...v1.1.0\n[1.0.0]: https://github.com/acme/shop/releases/tag/v1.0.0\n";

    [Fact]
    public void A_good_changelog_has_no_finding() => Lint(Good, "v1.0.0", "v1.1.0").Should().BeEmpty();

    [Fact]
    public void A_version_that_is_about_to_be_released_needs_no_tag() => Lint(Good, "v1.0.0").Should().BeEmpty();

    [Fact]
    [Trait("Rule", "AEG-06")]
    public void A_compare_link_inside_a_heading_and_that_of_Unreleased_begin_at_the_version_below() => Lint(
        "## [Unreleased](https://github.com/acme/shop/compare/v1.0.0...main)\n\n- c\n\n## [1.1.0](https://github.com/acme/shop/compare/v0.9.0...v1.1.0) (2026-01-02)\n\n- b\n\n## [1.0.0](https://github.com/acme/shop/compare/v0.9.0...v1.0.0) (2025-12-01)\n\n- a\n")
        .Should().Equal(
            "CHANGELOG.md:1: The link of Unreleased is 'https://github.com/acme/shop/compare/v1.0.0...main'. Let it be https://github.com/acme/shop/compare/v1.1.0...main.",
            "CHANGELOG.md:5: The link of 1.1.0 is 'https://github.com/acme/shop/compare/v0.9.0...v1.1.0'. Let it be https://github.com/acme/shop/compare/v1.0.0...v1.1.0.");

    [Fact]
    public void Every_kind_of_finding_is_told_at_its_line() => Golden.Matches(string.Join('\n', Lint(
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

    private static IEnumerable<string> Lint(string text, params string[] tags) =>
        new ChangelogLint(Changelog.Parse(text), "CHANGELOG.md", ReleaseTag.Among(tags, "v"), "v", "https://github.com/acme/shop").Check().Select(f => $"{f.File}:{f.Line}: {f.Message}. {f.Remedy}.");
}
