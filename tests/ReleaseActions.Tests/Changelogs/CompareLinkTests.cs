using ReleaseActions.Core.Changelogs;

namespace ReleaseActions.Tests.Changelogs;

/// <summary>The addresses that compare two tags, read and written in one way.</summary>
public sealed class CompareLinkTests
{
    [Theory]
    [InlineData("https://github.com/acme/shop/compare/v1.2.2...v1.2.3", "https://github.com/acme/shop", "v1.2.2", "v1.2.3")]
    [InlineData("https://github.com/acme/shop/compare/v1.2.2..main", "https://github.com/acme/shop", "v1.2.2", "main")]
    [InlineData("https://github.com/acme/compare/compare/v1.2.2...v1.2.3?expand=1", "https://github.com/acme/compare", "v1.2.2", "v1.2.3")]
    [InlineData("https://github.com/acme/shop/compare/till/v1.0.0-rc.1...till/v1.0.0#files", "https://github.com/acme/shop",
        "till/v1.0.0-rc.1", "till/v1.0.0")]
    [InlineData("https://github.com/acme/shop/compare/till@1.0.0...till@1.1.0+7", "https://github.com/acme/shop", "till@1.0.0",
        "till@1.1.0+7")]
    [InlineData("https://gitlab.com/acme/tools/shop/-/compare/v1...v2", "https://gitlab.com/acme/tools/shop/-", "v1", "v2")]
    [InlineData("../../compare/v1.2.2...v1.2.3", "../..", "v1.2.2", "v1.2.3")]
    public void An_address_is_read_and_written_back_unchanged(string url, string page, string from, string to)
    {
        var link = CompareLink.Read(url);

        link.Should().BeEquivalentTo(new { Page = page, From = from, To = to });
        link!.ToString().Should().Be(url);
    }

    [Theory]
    [InlineData("https://github.com/acme/shop/compare/till%2Fv1.0.0...till%2Fv1.1.0",
        "https://github.com/acme/shop/compare/till/v1.0.0...till/v1.1.0")]
    [InlineData("https://github.com/acme/shop/compare/a%23b...c(d)", "https://github.com/acme/shop/compare/a%23b...c%28d%29")]
    public void What_needs_no_escape_gets_none_and_nothing_else_is_left_open(string url, string written) =>
        CompareLink.Read(url)!.ToString().Should().Be(written);

    [Theory]
    [InlineData("https://github.com/acme/shop/releases/tag/v1.2.3")]
    [InlineData("https://github.com/acme/shop/compare/v1.2.3")]
    [InlineData("https://github.com/acme/shop/compare/v1.2.2.v1.2.3")]
    [InlineData("https://github.com/acme/shop/compare/...v1.2.3")]
    [InlineData("")]
    public void Another_address_compares_nothing(string url) => CompareLink.Read(url).Should().BeNull();

    [Theory]
    [InlineData("a")]
    [InlineData("/compare/a")]
    [InlineData("/compare/a.")]
    [InlineData("/compare/..")]
    public void Long_words_are_no_link_and_take_no_longer_than_others(string part)
    {
        var changelog = Changelog.Parse($"## 1.2.3\n\n{string.Concat(Enumerable.Repeat(part, 300_000))}\n");

        changelog.LinkOf(changelog.Sections[0]).Should().BeNull();
    }

    [Theory]
    [Trait("Rule", "AEG-06")]
    [InlineData("## [1.2.3](R/compare/a...b) (2026-01-02)\n\n- x R/compare/c...d\n\n[1.2.3]: R/compare/e...f\n", "a...b", 1)]
    [InlineData("<h2><a href=\"R/compare/a...b\">1.2.3</a></h2>\n\n- x\n", "a...b", 1)]
    [InlineData("## [1.2.3](R/releases/tag/v1.2.3) ([all](R/compare/a...b))\n\n- x\n", "a...b", 1)]
    [InlineData("## [v1.2.3]\n\n- x R/compare/c...d\n\n[1.2.2]: R/compare/g...h\n[V1.2.3]: R/compare/a...b\n[1.2.3]: R/compare/e...f\n",
        "a...b", 6)]
    [InlineData("## 1.2.3\n\n- x\n\n**All**: R/compare/a...b.\n\n## 1.2.2\n\n- y R/compare/c...d\n", "a...b", 5)]
    [InlineData("## 1.2.3\n\n- x\n\n## 1.2.2\n\n- y R/compare/c...d\n", null, 0)]
    public void The_link_of_a_section_is_in_its_heading_or_in_the_list_or_in_its_text(string text, string? range, int line)
    {
        var changelog = Changelog.Parse(text.Replace("R/", "https://github.com/acme/shop/", StringComparison.Ordinal));

        var found = changelog.LinkOf(changelog.Sections[0]);

        (found is null ? null : $"{found.From}...{found.To}").Should().Be(range);
        (found?.Line ?? 0).Should().Be(line);
    }
}
