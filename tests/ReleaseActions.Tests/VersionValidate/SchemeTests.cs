using ReleaseActions.Core;

namespace ReleaseActions.Tests.VersionValidate;

/// <summary>Whole validations of versions that are not SemVer's.</summary>
[Trait("Row", "B22")]
public sealed class SchemeTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Theory]
    [InlineData("scheme: semver-loose, tag-prefix: jq-", "jq-1.5 jq-1.7rc1 jq-1.6 build-3", "jq-1.7", "jq-1.6", "1.7", "1.7.0")]
    [InlineData("scheme: semver-loose, tag-prefix: ''", "1.2.3.3 1.2.3.10", "1.2.3.11", "1.2.3.10", "1.2.3.11", "")]
    [InlineData("scheme: calver, calver-format: YYYY.0M.0D, tag-prefix: ''", "2024.04.30 2023.12.31", "2024.05.01", "2024.04.30",
        "2024.5.1", "2024.5.1")]
    [InlineData("scheme: calver, calver-format: YY.0M.MICRO", "v24.04.9 v24.04.10 v24.05.0-rc.1", "v24.05.0", "v24.04.10", "24.5.0",
        "24.5.0")]
    [InlineData("scheme: pep440", "v1.9 v1.10 v1.11rc1", "v1.11", "v1.10", "1.11", "1.11.0")]
    [InlineData("scheme: pep440", "v1.10", "v1.10.post1", "v1.10", "1.10.post1", "")]
    [InlineData("scheme: nuget", "v1.0.0.9 v1.0.0.10-beta", "v1.0.0.10", "v1.0.0.9", "1.0.0.10", "")]
    [InlineData("scheme: maven, tag-prefix: shop-", "shop-1.0.0.Final shop-1.1.0.CR1", "shop-1.1.0.Final", "shop-1.0.0.Final", "1.1.0",
        "1.1.0")]
    public async Task A_tag_of_each_scheme_is_validated(
        string policy, string tags, string tag, string previous, string python, string semVer)
    {
        _checkout.Policy($"version: {{{policy}}}\n");
        foreach (var name in tags.Split(' ').Append(tag)) _checkout.Tag(name);

        var run = await _checkout.ValidateTagAsync(tag);

        run.Content().Should().Contain("may be released");
        run.Outputs.Should().Contain("previous-tag", previous).And.Contain("is-latest", "true").And.Contain("python-version", python)
            .And.Contain("semver-version", semVer).And.Contain("tag", tag).And.Contain("is-prerelease", "false");
    }

    [Theory]
    [InlineData("scheme: semver-loose", "v1.4 v1.5", "v1.4.0", "1.4.0 is not higher than 'v1.4', the last of its line. *")]
    [InlineData("scheme: calver, calver-format: YYYY.0M.0D", "v2024.05.02", "v2024.05.01",
        "2024.05.01 is not higher than 'v2024.05.02', *")]
    [InlineData("scheme: calver, calver-format: YYYY.0M.MICRO", "v2024.05.1", "v2024.05.01", "* not a valid version: its MICRO is '01', *")]
    [InlineData("scheme: pep440", "v1.4", "v1.4rc1.dev1x", "* not a valid version: it does not fit the scheme pep440. *")]
    [InlineData("scheme: pep440", "v1.4", "v1.5.post1", "1.5.post1 comes after 1.5, and there is no tag 'v1.5'. *")]
    [InlineData("scheme: maven", "v1.4", "v1.5-SNAPSHOT", "The prerelease word 'snapshot' of 1.5-SNAPSHOT is not legal here. *")]
    [InlineData("scheme: maven", "v1.4", "v1.4-hotfix-1", "The prerelease word 'hotfix' of 1.4-hotfix-1 is not legal here. *")]
    [InlineData("scheme: nuget", "v1.4.0", "v1.4.0.0", "1.4.0.0 is not higher than 'v1.4.0', the last of its line. *")]
    [InlineData("tag-prefix: v", "v1.4 v1.5", "v1.6",
        "* not a valid version: it has 2 of three numbers. Did you mean v1.6.0? Or set `version.scheme: semver-loose` *")]
    public async Task What_does_not_fit_is_refused(string policy, string tags, string tag, string message)
    {
        _checkout.Policy($"version: {{{policy}}}\n");
        foreach (var name in tags.Split(' ').Append(tag)) _checkout.Tag(name);

        var run = await _checkout.ValidateTagAsync(tag);

        var isRead = !message.Contains("not a valid version", StringComparison.Ordinal);
        run.Refusal(isRead ? ExitCode.Refused : ExitCode.BadInput).Should().Match(message);
    }

    [Theory]
    [InlineData("v1.4 v1.5", "`version.scheme: semver-loose`")]
    [InlineData("v2024.05.01 v2024.06.01", "`version.scheme: calver` with `version.calver-format: YYYY.0M.0D`")]
    [InlineData("v1.4.post1 v1.5rc1", "`version.scheme: pep440`")]
    public async Task Where_no_tag_that_is_there_fits_the_scheme_the_one_that_does_is_named(string tags, string key)
    {
        foreach (var name in tags.Split(' ')) _checkout.Tag(name);

        var run = await _checkout.ValidateAsync("2025.0.0");

        run.Refusal().Should().Match($"None of the {tags.Split(' ').Length} tags * is a version in the scheme semver, so *Set {key} "
            + $"in the policy*");
    }

    [Fact]
    public async Task Tags_that_move_are_no_reason_to_doubt_the_scheme()
    {
        _checkout.Tag("v1").Tag("v1.2").Tag("v1.2.3");

        (await _checkout.ValidateAsync("1.2.4")).Content().Should().Contain("may be released");
    }

    [Theory]
    [InlineData("scheme: calver", "'version.scheme' is 'calver'. Add `calver-format:` with its format, such as YYYY.0M.MICRO*")]
    [InlineData("scheme: calver, calver-format: MM.YYYY", "'version.calver-format' is 'MM.YYYY'. *its year comes after its month or week*")]
    [InlineData("calver-format: YYYY.MM", "'version.calver-format' is 'YYYY.MM'. Remove it, or set `scheme: calver`*")]
    [InlineData("scheme: pep400", "'version.scheme' is 'pep400'. Use one of: semver, semver-loose, calver, pep440, nuget, maven*")]
    [InlineData("scheme: pep440, recovery: [rc]", "'version.recovery' is *Remove it: in pep440 a word always has a number*")]
    [InlineData("scheme: pep440, post-releases: [hotfix]",
        "'version.post-releases' is *Remove 'hotfix': in pep440 it does not come after the stable version*")]
    [InlineData("scheme: nuget, post-releases: [hotfix]",
        "'version.post-releases' is *Remove 'hotfix': in nuget it does not come after the stable version*")]
    [InlineData("scheme: maven, prereleases: [preview]",
        "'version.prereleases' is *Remove 'preview': in maven it does not come before the stable version*")]
    public async Task A_policy_that_contradicts_its_scheme_is_refused(string policy, string message)
    {
        _checkout.Policy($"version: {{{policy}}}\n");

        (await _checkout.ValidateAsync("1.2.3")).Refusal(ExitCode.BadInput).Should().Match(message);
    }

    [Theory]
    [InlineData("scheme: semver-loose, post-releases: [hotfix]", "v1.4 v1.4-hotfix.1", "v1.4-hotfix.2", "v1.4-hotfix.1")]
    [InlineData("scheme: calver, calver-format: YYYY.0M, post-releases: [hotfix]", "v2024.05", "v2024.05-hotfix.1", "v2024.05")]
    [InlineData("scheme: maven, post-releases: [hotfix]", "v1.4", "v1.4-hotfix-1", "v1.4")]
    [InlineData("scheme: maven, post-releases: [SP]", "v1.4.Final", "v1.4.SP1", "v1.4.Final")]
    public async Task A_post_release_makes_sense_in_most_schemes(string policy, string tags, string tag, string previous)
    {
        _checkout.Policy($"version: {{{policy}}}\n");
        foreach (var name in tags.Split(' ').Append(tag)) _checkout.Tag(name);

        var run = await _checkout.ValidateTagAsync(tag);

        run.Content().Should().Contain("a post-release").And.Contain("may be released");
        run.Outputs.Should().Contain("previous-tag", previous).And.Contain("is-latest", "true");
    }
}
