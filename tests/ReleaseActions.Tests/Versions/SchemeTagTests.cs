using ReleaseActions.Core;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Tests.Versions;

/// <summary>Formats, prefixes and what is said of a version or a tag that does not fit.</summary>
[Trait("Row", "B22")]
public sealed class SchemeTagTests
{
    [Theory]
    [InlineData("", "it has no year: YYYY, YY or 0Y")]
    [InlineData("MAJOR.MINOR", "it has no year: YYYY, YY or 0Y")]
    [InlineData("YYYY.mm.dd", "'mm.dd' does not begin with one of YYYY, *")]
    [InlineData("DD.MM.YYYY", "its year comes after its month or week")]
    [InlineData("YYYY.DD", "its day does not follow its month")]
    [InlineData("YYYY.WW.DD", "it has a week and a day of the month")]
    [InlineData("YYYY.MICRO.MICRO", "it has a token twice")]
    [InlineData("YYYY.MM.0M", "it has a date twice")]
    [InlineData("YYYY.YY.MM", "it has a date twice")]
    [InlineData("YYMM", "nothing separates YY, which has no fixed width, from what follows")]
    [InlineData("YYYY.MICROMINOR", "nothing separates MICRO, which has no fixed width, from what follows")]
    [InlineData("YYYY..MM", "'.MM' does not begin with one of *")]
    public void A_format_that_cannot_order_versions_is_refused(string format, string wrong) =>
        VersionSchemes.Of("calver", format).Wrong.Should().Match(wrong);

    [Theory]
    [InlineData("YYYY.0M.0D", "2024.5.01", "its 0M is '5', without its zero. Did you mean v2024.05.01?")]
    [InlineData("YYYY.MM.DD", "2024.05.1", "its MM is '05', and has no zero before it. Did you mean v2024.5.1?*")]
    [InlineData("YYYY.0M.0D", "2024.13.01", "its 0M is '13'. A version has the form YYYY.0M.0D, such as 2026.07.01: https://calver.org*")]
    [InlineData("YYYY.0M.0D", "2023.02.29", "there is no day 2023-02-29. *")]
    [InlineData("YYYY.0M", "2023", "after its YYYY there is no '.'. *")]
    [InlineData("semver-loose", "1", "it has 1 number, and needs two to four. Did you mean v1.0?")]
    [InlineData("semver-loose", "1.1.1w", "'w' after its numbers is no prerelease. *")]
    [InlineData("semver", "1.4",
        "it has 2 of three numbers. Did you mean v1.4.0? Or set `version.scheme: semver-loose` in the policy, which reads it")]
    [InlineData("semver", "1.2.3.4",
        "it has 4 numbers where SemVer has three. *; or set `version.scheme: semver-loose` in the policy, which reads it")]
    [InlineData("semver", "2024.05.01", "the number 05 has a leading zero. Did you mean v2024.5.1? Or set `version.scheme: calver` "
        + "with `version.calver-format: YYYY.0M.0D` in the policy, *")]
    [InlineData("semver", "1.2.3rc1",
        "it is not three numbers with dots between them. *; or set `version.scheme: semver-loose` in the policy, which reads it")]
    [InlineData("semver", "1.2.3.post1", "*`version.scheme: pep440`*")]
    [InlineData("semver", "1.2.3.Final", "*`version.scheme: maven`*")]
    public void The_error_names_what_is_wrong_and_the_scheme_that_fits(string scheme, string version, string message) =>
        FluentActions.Invoking(() => ReleaseTag.Require($"v{version}", "v", Schemes.Of(scheme))).Should().Throw<ActionException>()
            .WithMessage($"The tag 'v{version}' is not a valid version: {message}");

    [Theory]
    [InlineData("jq-1.7", "jq-", "semver-loose")]
    [InlineData("jq-1.7rc1", "jq-", "semver-loose")]
    [InlineData("pkg/v1.2.3", "pkg/v", "semver")]
    [InlineData("@scope/name@1.2.3", "@scope/name@", "semver")]
    [InlineData("release-1.4", "release-", "semver-loose")]
    [InlineData("1.4", "", "semver-loose")]
    [InlineData("2024.05.01", "", "YYYY.0M.0D")]
    [InlineData("ubuntu/24.04", "ubuntu/", "YY.0M")]
    [InlineData("maven-3.9.6", "maven-", "maven")]
    [InlineData("v1.2rc1", "v", "pep440")]
    public void A_tag_has_any_prefix_or_none(string name, string prefix, string scheme)
    {
        var tag = ReleaseTag.OfRun(null, $"refs/tags/{name}", prefix, Schemes.Of(scheme));

        (tag.Name, tag.Version.Text).Should().Be((name, name[prefix.Length..]));
        ReleaseTag.OfRun(tag.Version.Text, null, prefix, Schemes.Of(scheme)).Should().Be(tag);
    }

    [Theory]
    [InlineData("jq-1.7", "semver-loose", "jq-")]
    [InlineData("pkg/v1.2.3", "semver", "pkg/v")]
    [InlineData("@scope/name@1.2.3", "semver", "@scope/name@")]
    [InlineData("release-1.4", "semver-loose", "release-")]
    public void A_tag_with_another_prefix_says_which_key_to_set(string tag, string scheme, string prefix) =>
        FluentActions.Invoking(() => ReleaseTag.Require(tag, "v", Schemes.Of(scheme))).Should().Throw<ActionException>()
            .WithMessage($"*does not begin with 'v'. *set `version.tag-prefix: \"{prefix}\"` in the policy");

    [Theory]
    [InlineData("1.4 1.5 1.6.1", "`version.scheme: semver-loose`")]
    [InlineData("1.4.0 1.5.0", "`version.scheme: semver`")]
    [InlineData("2024.05.01 2024.06.15", "`version.scheme: calver` with `version.calver-format: YYYY.0M.0D`")]
    [InlineData("2024.05.1 2024.06.115", "`version.scheme: calver` with `version.calver-format: YYYY.0M.MICRO`")]
    [InlineData("2024-05-01", "`version.scheme: calver` with `version.calver-format: YYYY-0M-0D`")]
    [InlineData("20240501", "`version.scheme: calver` with `version.calver-format: YYYY0M0D`")]
    [InlineData("23.10 24.04", "`version.scheme: calver` with `version.calver-format: 0Y.0M`")]
    [InlineData("1.4.post1 1.4", "`version.scheme: pep440`")]
    [InlineData("1.4.Final 1.5.CR1", "`version.scheme: maven`")]
    [InlineData("build-7", null)]
    [InlineData("", null)]
    public void The_scheme_that_fits_is_found(string versions, string? key) =>
        VersionSchemes.Fitting(versions.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Should().Be(key);
}
