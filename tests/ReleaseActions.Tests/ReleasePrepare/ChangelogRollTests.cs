using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Versions;
using ReleaseActions.ReleasePrepare;

namespace ReleaseActions.Tests.ReleasePrepare;

/// <summary>What is unreleased becomes a dated section, and nothing else changes but its links.</summary>
public sealed class ChangelogRollTests
{
    private const string Repository = "https://github.com/acme/shop";

    [Theory]
    [Trait("Rule", "DOJ-05")]
    [Trait("Rule", "OPS-04")]
    [Trait("Rule", "AEG-06")]
    // Keep a Changelog, with its list of links.
    [InlineData(
        "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A\n\n## [1.2.2] - 2025-12-01\n\n- B\n\n[Unreleased]: R/compare/v1.2.2...HEAD\n"
        + "[1.2.2]: R/compare/v1.2.1...v1.2.2\n",
        "# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2026-01-02\n\n### Added\n\n- A\n\n## [1.2.2] - 2025-12-01\n\n- B\n\n"
        + "[Unreleased]: R/compare/v1.2.3...HEAD\n[1.2.3]: R/compare/v1.2.2...v1.2.3\n[1.2.2]: R/compare/v1.2.1...v1.2.2\n")]
    // The link of Unreleased had been forgotten: the latest published tag counts.
    [InlineData(
        "## [Unreleased]\n- A\n\n## [1.2.2] - 2025-12-01\n\n[unreleased]: R/compare/v0.9.0..main",
        "## [Unreleased]\n\n## [1.2.3] - 2026-01-02\n- A\n\n## [1.2.2] - 2025-12-01\n\n[unreleased]: R/compare/v1.2.3..main\n[1.2.3]: "
        + "R/compare/v1.2.2..v1.2.3")]
    // An en dash, and no links.
    [InlineData(
        "## Unreleased\r\n\r\n- A\r\n\r\n## v1.2.2 – 2025-12-01\r\n\r\n- B\r\n",
        "## Unreleased\r\n\r\n## v1.2.3 – 2026-01-02\r\n\r\n- A\r\n\r\n## v1.2.2 – 2025-12-01\r\n\r\n- B\r\n")]
    // Links in the headings.
    [InlineData(
        "## [Unreleased](R/compare/v1.2.2...HEAD)\n\n- A\n\n## [1.2.2](R/compare/v1.2.1...v1.2.2) (2025-12-01)\n\n- B\n",
        "## [Unreleased](R/compare/v1.2.3...HEAD)\n\n## [1.2.3](R/compare/v1.2.2...v1.2.3) (2026-01-02)\n\n- A\n\n## "
        + "[1.2.2](R/compare/v1.2.1...v1.2.2) (2025-12-01)\n\n- B\n")]
    // Links that lead to the tags.
    [InlineData(
        "## [1.2.2] - 2025-12-01\n\n- B\n\n[1.2.2]: R/releases/tag/v1.2.2\n",
        "## [1.2.3] - 2026-01-02\n\nN\n\n## [1.2.2] - 2025-12-01\n\n- B\n\n[1.2.3]: R/releases/tag/v1.2.3\n[1.2.2]: "
        + "R/releases/tag/v1.2.2\n",
        "N")]
    // A word that belongs to one version is not copied, and dates keep their form.
    [InlineData(
        "## [Unreleased]\n\n- A\n\n## [1.2.2] - 2025-12-01 [YANKED]\n",
        "## [Unreleased]\n\n## [1.2.3] - 2026-01-02\n\n- A\n\n## [1.2.2] - 2025-12-01 [YANKED]\n")]
    [InlineData(
        "## Unreleased\n\n- A\n\n## 1.2.2 (December 1, 2025)\n\n- B\n",
        "## Unreleased\n\n## 1.2.3 (January 2, 2026)\n\n- A\n\n## 1.2.2 (December 1, 2025)\n\n- B\n")]
    // The heading is the file's end.
    [InlineData("\uFEFF# Log\n\n## [Unreleased]", "\uFEFF# Log\n\n## [Unreleased]\n\n## [1.2.3] - 2026-01-02\n\nN", "N")]
    public void A_section_is_rolled(string before, string after, string notes = "") =>
        Roll(before, notes).Should().Be(after.Replace("R/", Repository + "/", StringComparison.Ordinal));

    [Fact]
    public void A_first_release_has_nothing_to_compare_with() =>
        (Release() with { Previous = null })
            .Apply("## [Unreleased]\n\n- A\n\n[Unreleased]: https://github.com/acme/shop/commits/main\n", "").Should().Be(
            "## [Unreleased]\n\n## [1.2.3] - 2026-01-02\n\n- A\n\n[Unreleased]: https://github.com/acme/shop/compare/v1.2.3...main\n"
            + "[1.2.3]: https://github.com/acme/shop/releases/tag/v1.2.3\n");

    [Fact]
    public void Notes_stand_before_what_was_unreleased() =>
        Roll("## [Unreleased]\n\n- A\n\n## [1.2.2]\n\n- B\n", "Hello\nworld").Should()
            .Be("## [Unreleased]\n\n## [1.2.3] - 2026-01-02\n\nHello\nworld\n\n- A\n\n## [1.2.2]\n\n- B\n");

    [Fact]
    [Trait("Rule", "OPS-07")]
    public void What_is_unreleased_may_stay_so() =>
        (Release() with { LeavesUnreleased = true }).Apply("## [Unreleased]\n\n- A\n\n## [1.2.2] - 2025-12-01\n\n- B\n", "N").Should()
            .Be("## [Unreleased]\n\n- A\n\n## [1.2.3] - 2026-01-02\n\nN\n\n## [1.2.2] - 2025-12-01\n\n- B\n");

    [Theory]
    [Trait("Rule", "ORC-03")]
    [InlineData(
        "## scale (unreleased)\n\n- C\n\n## till (unreleased)\n\n- A\n\n## till@1.2.2 (2025-12-01)\n\n- B\n",
        "## scale (unreleased)\n\n- C\n\n## till (unreleased)\n\n## till@1.2.3 (2026-01-02)\n\n- A\n\n## till@1.2.2 (2025-12-01)\n\n- B\n",
        "")]
    // What names no product may be another one's: it is neither rolled nor a model.
    [InlineData(
        "## [Unreleased]\n\n- A\n\n## till@1.2.2 (2025-12-01)\n\n- B\n",
        "## [Unreleased]\n\n- A\n\n## till@1.2.3 (2026-01-02)\n\nN\n\n## till@1.2.2 (2025-12-01)\n\n- B\n",
        "N")]
    [InlineData("## [1.2.2] - 2025-12-01\n\n- B\n", "## [till@1.2.3] - 2026-01-02\n\nN\n\n## [1.2.2] - 2025-12-01\n\n- B\n", "N")]
    [InlineData(
        "## scale@1.2.3\n\n- A\n\n## Till v1.2.2\n\n- B\n",
        "## scale@1.2.3\n\n- A\n\n## Till v1.2.3 - 2026-01-02\n\nN\n\n## Till v1.2.2\n\n- B\n",
        "N")]
    [InlineData("## scale@1.2.2\n\n- B\n", "## till@1.2.3 - 2026-01-02\n\nN\n\n## scale@1.2.2\n\n- B\n", "N")]
    [InlineData(
        "## [Unreleased]\n\n- C\n\n## [till@unreleased]\n\n- A\n\n## [till@1.2.2]\n\n- B\n\n[Unreleased]: R/compare/scale/v1.2.2...main\n"
        + "[till@unreleased]: R/compare/till/v1.2.2...main\n[till@1.2.2]: R/compare/till/v1.2.1...till/v1.2.2\n",
        "## [Unreleased]\n\n- C\n\n## [till@unreleased]\n\n## [till@1.2.3] - 2026-01-02\n\n- A\n\n## [till@1.2.2]\n\n- B\n\n"
        + "[Unreleased]: R/compare/scale/v1.2.2...main\n[till@unreleased]: R/compare/till/v1.2.3...main\n"
        + "[till@1.2.3]: R/compare/till/v1.2.2...till/v1.2.3\n[till@1.2.2]: R/compare/till/v1.2.1...till/v1.2.2\n", "")]
    public void In_a_changelog_of_several_products_the_section_names_its_own(string before, string after, string notes) =>
        new ChangelogRoll(
            ReleaseTag.Require("till/v1.2.3", "till/v", VersionSchemes.SemVer),
            ReleaseTag.Require("till/v1.2.2", "till/v", VersionSchemes.SemVer),
            new DateOnly(2026, 1, 2))
        { Product = "till" }
            .Apply(before.Replace("R/", Repository + "/", StringComparison.Ordinal), notes).Should()
                .Be(after.Replace("R/", Repository + "/", StringComparison.Ordinal));

    [Theory]
    [InlineData("## [9.9.9] - 2020-01-01\n\n- Smuggled")]
    [InlineData("```\nnever closed")]
    [InlineData("<!-- never closed")]
    [InlineData("# 1.2.2\n\n- Smuggled")]
    public void Notes_that_would_begin_or_swallow_a_section_are_refused(string notes) =>
        FluentActions.Invoking(() => Roll("## [Unreleased]\n\n## [1.2.2] - 2025-12-01\n\n- B\n", notes)).Should().Throw<ActionException>()
            .WithMessage("The notes of 1.2.3 cannot be put into the changelog*");

    [Fact]
    public void Every_changelog_of_the_fixtures_is_rolled_without_touching_another_section()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Golden.Root, "tests/ReleaseActions.Tests/Changelogs/Fixtures"), "*.md"))
        {
            var before = File.ReadAllText(file);
            if (TryRoll(before) is not { } after) continue;
            var old = Changelog.Parse(before).Sections.Where(s => s.Version is not null).Select(s => (s.Heading, s.Body));

            var sections = Changelog.Parse(after).Sections.Where(s => s.Version is not null).ToList();
            sections[0].Version!.Text.Should().Be("99.0.0", file);
            sections.Skip(1).Select(s => (s.Heading, s.Body)).Should().Equal(old, file);
        }
    }

    private static string? TryRoll(string text)
    {
        try
        {
            return (Release() with { Release = Tag("v99.0.0") }).Apply(text, "- News");
        }
        catch (ActionException)
        {
            return null;
        }
    }

    private static string Roll(string text, string notes) =>
        Release().Apply(text.Replace("R/", Repository + "/", StringComparison.Ordinal), notes);

    private static ChangelogRoll Release() => new(Tag("v1.2.3"), Tag("v1.2.2"), new DateOnly(2026, 1, 2));

    private static ReleaseTag Tag(string name) => ReleaseTag.Require(name, "v", VersionSchemes.SemVer);
}
