using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Tests.Changelogs;

public sealed class ChangelogTests
{
    [Theory]
    [InlineData("## [1.2.3] - 2025-12-01")]
    [InlineData("## 1.2.3")]
    [InlineData("## v1.2.3 – 2025-12-01")]
    [InlineData("## v1.2.3 — 2025-12-01")]
    [InlineData("## Version 1.2.3")]
    [InlineData("# 1.2.3 (2025-12-01)")]
    [InlineData("## [v1.2.3](https://example.com/compare/v1.2.2...v1.2.3) (2025-12-01)")]
    [InlineData("1.2.3\n=====")]
    [InlineData("### 1.2.3")]
    public void A_heading_names_its_version(string heading) =>
        Body($"{heading}\n\n- Text\n", "1.2.3").Should().Be("- Text");

    [Theory]
    [InlineData("## 11.2.3")]
    [InlineData("## 1.2.30")]
    [InlineData("## 1.2.3-rc.1")]
    [InlineData("```\n## 1.2.3\n```")]
    [InlineData("<!--\n## 1.2.3\n-->")]
    [InlineData("> ## 1.2.3")]
    [InlineData("## See [the notes](https://example.com/1.2.3)")]
    public void What_only_looks_like_the_version_is_not(string heading) =>
        Changelog.Parse($"{heading}\n\n- Text\n").Find(Version("1.2.3")).Should().BeEmpty();

    [Fact]
    public void A_fenced_heading_does_not_end_a_section() =>
        Body("## 1.2.3\n\n```\n## 1.0.0\n```\n\n- After\n\n## 1.2.2\n", "1.2.3").Should().Be("```\n## 1.0.0\n```\n\n- After");

    [Fact]
    public void Line_ends_and_text_are_kept_as_they_are() =>
        Body("\uFEFF# Changelog\r\n\r\n## [1.2.3]\r\n\r\n* a  \r\n*   b\t\r\n\r\n## [1.2.2]\r\n\r\nx", "1.2.3")
            .Should().Be("* a  \r\n*   b");

    [Fact]
    public void A_section_without_a_newline_at_its_end_is_whole() => Body("## 1.2.3\n- Text", "1.2.3").Should().Be("- Text");

    [Fact]
    public void The_footer_of_links_belongs_to_no_section() =>
        Body("## [1.2.3]\n\n- Text\n\n[1.2.3]: https://example.com/a\n[1.2.2]: https://example.com/b\n", "1.2.3").Should().Be("- Text");

    [Fact]
    public void Duplicates_are_all_found() => Changelog.Parse("## 1.2.3\n\na\n\n## 1.2.3\n\nb\n").Find(Version("1.2.3"))
        .Should().HaveCount(2);

    [Fact]
    public void A_yanked_release_says_so() =>
        Changelog.Parse("## [1.2.3] - 2025-12-01 [YANKED]\n\na\n").Find(Version("1.2.3")).Single().IsYanked.Should().BeTrue();

    [Fact]
    [Trait("Rule", "DOJ-04")]
    public void Unreleased_never_leaks_in() =>
        Body("## [Unreleased]\n\n- Secret\n\n## v1.2.3 – 2025-12-01\n\n- Told\n", "1.2.3").Should().Be("- Told");

    private static string Body(string text, string version) => Changelog.Parse(text).Find(Version(version))
        .Should().ContainSingle().Subject.Body;

    private static SemanticVersion Version(string text) =>
        SemanticVersion.TryParse(text, out var version) ? version : throw new ArgumentException(text);
}
