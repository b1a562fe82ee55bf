using ReleaseActions.Core;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Tests.Versions;

/// <summary>What a person who typed nearly a version is told.</summary>
public sealed class VersionGrammarTests
{
    [Theory]
    [InlineData("1.2", "it has 2 of three numbers", "1.2.0")]
    [InlineData("1", "it has 1 of three numbers", "1.0.0")]
    [InlineData("1.2-rc.1", "it has 2 of three numbers", "1.2.0-rc.1")]
    [InlineData("01.2.3", "the number 01 has a leading zero", "1.2.3")]
    [InlineData("1.00.3", "the number 00 has a leading zero", "1.0.3")]
    [InlineData("v1.2.3", "it begins with a letter", "1.2.3")]
    [InlineData("1.2.3-rc.01", "the number 01 in its prerelease has a leading zero", null)]
    [InlineData("1.2.3.4", "it has 4 numbers where SemVer has three", null)]
    [InlineData("1.2.x", "it is not three numbers with dots between them", null)]
    [InlineData("1.2.3-", "its prerelease has an empty word", null)]
    [InlineData("1.2.3-a..b", "its prerelease has an empty word", null)]
    [InlineData("1.2.3+a_b", "its build metadata has the character '_'", null)]
    [InlineData("1.2.3-a\0b", "its prerelease has the character '\0'", null)]
    [InlineData("", "it is empty", null)]
    [InlineData("01.2.3-?", "the number 01 has a leading zero", null)]
    [InlineData("1.2-?", "it has 2 of three numbers", null)]
    public void A_near_miss_is_told_apart(string text, string wrong, string? meant) => VersionGrammar.Complaint(text)
        .Should().Be((wrong, meant));

    [Theory]
    [InlineData("v1.2", "The tag 'v1.2' is not a valid version: it has 2 of three numbers. Did you mean v1.2.0?*semver-loose*")]
    [InlineData("v01.2.3", "The tag 'v01.2.3' is not a valid version: the number 01 has a leading zero. Did you mean v1.2.3?*")]
    [InlineData(
        "release-1.2.3", "The tag 'release-1.2.3' is not a valid version: it does not begin with 'v'. Release tags look like v1.2.3; *")]
    [InlineData("1.2.3", "The tag '1.2.3' lacks the prefix 'v'. Push the tag v1.2.3 instead: git tag v1.2.3 && git push origin v1.2.3; *")]
    public void A_tag_that_is_nearly_one_is_told_what_to_push(string tag, string message) =>
        FluentActions.Invoking(() => ReleaseTag.Require(tag, "v",
            VersionSchemes.SemVer)).Should().Throw<ActionException>().WithMessage(message);

    [Fact]
    [Trait("Row", "S07")]
    public void A_tag_with_a_command_behind_it_is_no_version() =>
        FluentActions.Invoking(() => ReleaseTag.Require("v1.0.0\"; curl x", "v", VersionSchemes.SemVer))
            .Should().Throw<ActionException>().WithMessage("The tag 'v1.0.0\"; curl x' is not a valid version: *");
}
