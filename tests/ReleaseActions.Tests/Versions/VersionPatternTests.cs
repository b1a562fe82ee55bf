using ReleaseActions.Core.Versions;

namespace ReleaseActions.Tests.Versions;

/// <summary>Which names match a pattern with a version in it: one rule for release branches, tags and files.</summary>
public sealed class VersionPatternTests
{
    [Theory]
    [InlineData("release/{version}", "release/1.2.3", true)]
    [InlineData("release/{version}", "release/1.2.3-rc.1", true)]
    [InlineData("release/v{version}", "release/v1.2.3", true)]
    [InlineData("releases/{version}.md", "releases/1.2.3.md", true)]
    [InlineData("{version}", "1.2.3", true)]
    [InlineData("release/{version}", "release/1.2", false)]
    [InlineData("release/{version}", "release/next", false)]
    [InlineData("release/{version}", "release/", false)]
    [InlineData("release/{version}", "hotfix/release/1.2.3", false)]
    [InlineData("release.{version}", "release-1.2.3", false)]
    [InlineData("release", "release", false)]
    public void A_name_matches_only_with_a_valid_version_in_its_place(string pattern, string name, bool isMatch) =>
        VersionPattern.IsMatch(pattern, name, VersionSchemes.SemVer).Should().Be(isMatch);

    [Theory]
    [InlineData("{product}-{version}", "my-till-1.0.0", "my-till", "1.0.0")]
    [InlineData("release/{product}/v{version}", "release/billing/v1.3.0", "billing", "1.3.0")]
    [InlineData("{product}/v{version}", "billing/v1.3", "billing", null)]
    [InlineData("release/{version}", "release/1.2.3", null, "1.2.3")]
    public void The_product_is_known_even_where_the_version_is_not_valid(string pattern, string name, string? product, string? version)
    {
        var match = VersionPattern.Match(pattern, name, VersionSchemes.SemVer);

        (match?.Product, match?.Version?.Text).Should().Be((product, version));
    }
}
