using ReleaseActions.Core.Versions;

namespace ReleaseActions.Tests.Versions;

/// <summary>Which release a version follows: one rule for notes, commits, lead times and compare links.</summary>
public sealed class ReleaseBeforeTests
{
    private const string Tags =
        "v1.2.3 v2.0.0-rc.1 v1.3.0-rc.2 v1.3.0-rc.1 v1.2.3-rc.1 v1.3.0 v1.2.3-hotfix.1 v0.9.0 v2.0.0 v1.3.0+build.7";

    [Theory]
    [InlineData("2.0.0", "v1.3.0", "a stable version follows the stable one below it")]
    [InlineData("1.3.1", "v1.3.0", "a patch of an old line follows its own line")]
    [InlineData("2.1.0", "v2.0.0", "it need not be tagged")]
    [InlineData("1.3.0", "v1.2.3-hotfix.1", "a post-release is as stable as what it mends")]
    [InlineData("1.2.3-hotfix.1", "v1.2.3", "and follows it")]
    [InlineData("1.2.3-hotfix.2", "v1.2.3-hotfix.1", "or the post-release before")]
    [InlineData("1.3.0-rc.2", "v1.3.0-rc.1", "a prerelease follows any kind")]
    [InlineData("1.3.0-rc.1", "v1.2.3-hotfix.1", "the first prerelease follows the last stable one")]
    [InlineData("1.4.0-alpha", "v1.3.0", "build metadata has no part in the order")]
    [InlineData("1.2.3-rc.1", "v0.9.0", "whatever is below it")]
    [InlineData("0.9.0", null, "a first release follows nothing")]
    [InlineData("0.9.0-rc.1", null, "nor does a first prerelease")]
    [Trait("Rule", "OPS-01")]
    public void A_version_follows_one_release(string version, string? before, string why) => Before(version)?.Name.Should().Be(before, why);

    [Theory]
    [InlineData("1.3.0", "1.3.0-rc.2 1.2.3", "v1.3.0-rc.2")]
    [InlineData("1.3.0", "1.3.0-rc.1 1.2.3", "v1.3.0-rc.1")]
    [InlineData("1.3.0", "", "v1.2.3-hotfix.1")]
    [InlineData("1.3.0-rc.2", "1.2.3", "v1.2.3-hotfix.1")]
    [InlineData("1.3.0-rc.2", "1.3.0-rc.1", "v1.3.0-rc.1")]
    [Trait("Rule", "AEG-06")]
    public void In_a_changelog_the_prereleases_count_that_have_a_section(string version, string told, string before) =>
        Before(version,
            told.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Version).ToHashSet<ReleaseVersion>())!.Name.Should().Be(before);

    private static ReleaseTag? Before(string version, IReadOnlySet<ReleaseVersion>? told = null) =>
        ReleaseTag.Before(
            Version(version), Tags.Split(' ').Select(t => ReleaseTag.Require(t, "v", VersionSchemes.SemVer)), new VersionOrder(["hotfix"]),
                told);

    private static SemanticVersion Version(string text) =>
        SemanticVersion.TryParse(text, out var version) ? version : throw new ArgumentException(text);
}
