using ReleaseActions.Core;

namespace ReleaseActions.Tests.VersionValidate;

/// <summary>Which versions are legal, and in what order they come.</summary>
public sealed class VersionOrderRuleTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Theory]
    [Trait("Rule", "AEG-01")]
    [InlineData("1.2.3", "a stable version", "false")]
    [InlineData("1.2.3-preview", "a planned prerelease, `preview`", "false")]
    [InlineData("1.2.3-rc", "a planned prerelease, `rc`", "false")]
    [InlineData("1.2.3-preview.1", "a recovery release, `preview.1`", "true")]
    [InlineData("1.2.3-alpha.12", "a recovery release, `alpha.12`", "true")]
    public async Task A_version_of_the_policy_is_legal(string version, string found, string isRecovery)
    {
        _checkout.Policy("version: {recovery: [preview, alpha, beta, rc]}\n");

        var run = await _checkout.ValidateAsync(version, ("dry-run", "true"));

        run.Content().Should().Contain($"| legal version | {found} | ✅ |");
        run.Outputs["is-recovery"].Should().Be(isRecovery);
    }

    [Theory]
    [Trait("Rule", "AEG-01")]
    [InlineData(
        "1.2.3-nightly",
        "The prerelease word 'nightly' of 1.2.3-nightly is not legal here. *(the legal words are preview, alpha, beta, rc)*", 1)]
    [InlineData("1.2.3-rc.1.2", "'rc.1.2' in 1.2.3-rc.1.2 is neither 'rc' nor 'rc' with a number. Name it rc, or rc.1.", 2)]
    [InlineData("1.2.3-rc.x", "'rc.x' in 1.2.3-rc.x is neither *", 2)]
    public async Task Another_prerelease_is_refused_on_the_policys_line(string version, string message, int line)
    {
        _checkout.Policy("version: {prereleases: [preview, alpha, beta, rc],\n  recovery: [preview, alpha, beta, rc]}\n");

        var run = await _checkout.ValidateAsync(version);

        run.Refusal().Should().Match(message);
        run.Log.Should().Contain($"::error file=.github/release-actions.yml,line={line}::");
    }

    [Fact]
    [Trait("Rule", "OPS-01")]
    public async Task A_hotfix_comes_after_its_version_and_is_the_latest()
    {
        _checkout.Policy("version: {post-releases: [hotfix]}\n");
        _checkout.Tag("v1.2.2").Tag("v1.2.3").Tag("v1.2.4-rc.1").Tag("v1.2.3-hotfix.1").Tag("v1.2.3-hotfix.2");

        var run = await _checkout.ValidateTagAsync("v1.2.3-hotfix.2");

        run.Content().Should().Contain("| legal version | a post-release, `hotfix` | ✅ |")
            .And.Contain("| higher than its line | after `v1.2.3-hotfix.1` | ✅ |");
        run.Outputs.Should().Contain("previous-tag", "v1.2.3-hotfix.1")
            .And.Contain("is-latest", "true")
            .And.Contain("is-prerelease", "false")
            .And.Contain("python-version", "1.2.3.post2")
            .And.Contain("npm-tag", "latest")
            .And.Contain("channel", "stable")
            .And.Contain("image-tags", "1.2.3-hotfix.2\nlatest");
    }

    [Fact]
    [Trait("Rule", "OPS-01")]
    public async Task Without_the_policy_a_hotfix_is_a_prerelease_that_is_not_legal()
    {
        (await _checkout.ValidateAsync("1.2.3-hotfix.1")).Refusal()
            .Should().StartWith("The prerelease word 'hotfix' of 1.2.3-hotfix.1 is not legal here.");

        _checkout.Policy("version: {post-releases: [hotfix]}\n");
        (await _checkout.ValidateAsync("1.2.3-hotfix.one")).Refusal()
            .Should().StartWith("'hotfix.one' in 1.2.3-hotfix.one is neither 'hotfix' nor 'hotfix' with a number.");
    }

    [Theory]
    [Trait("Rule", "OPS-01")]
    [InlineData("v1.2.9")]
    [InlineData("v1.3.0-rc.1")]
    public async Task A_hotfix_of_a_version_that_was_never_released_is_refused(string there)
    {
        _checkout.Policy("version: {post-releases: [hotfix]}\n").Tag(there);

        (await _checkout.ValidateAsync("1.3.0-hotfix.1")).Refusal().Should()
            .Be(
                "1.3.0-hotfix.1 comes after 1.3.0, and there is no tag 'v1.3.0'. Release 1.3.0 first, or choose a version that "
                + "follows an existing release.");
    }

    [Theory]
    [InlineData("v1.2.4", "1.2.3", "v1.2.4")]
    [InlineData("v1.2.3", "1.2.3-rc.1", "v1.2.3")]
    [InlineData("v1.2.3 v1.2.3-hotfix.2", "1.2.3-hotfix.1", "v1.2.3-hotfix.2")]
    [InlineData("v1.2.3-hotfix.1", "1.2.3", "v1.2.3-hotfix.1")]
    [InlineData("v1.2.3+1", "1.2.3+2", "v1.2.3+1")]
    public async Task A_version_below_the_last_of_its_line_is_refused(string there, string version, string last)
    {
        _checkout.Policy("version: {post-releases: [hotfix]}\n");
        foreach (var tag in there.Split(' ')) _checkout.Tag(tag);

        (await _checkout.ValidateAsync(version)).Refusal()
            .Should().StartWith($"{version} is not higher than '{last}', the last of its line.");
        (await _checkout.ValidateAsync(version, ("increasing", "false"))).Content();
    }

    [Theory]
    [InlineData("v2.0.0", "1.2.3", "the first of 1.2", "false")]
    [InlineData("v1.2.4 v1.2.3", "1.2.3-hotfix.1", "after `v1.2.3`", "false")]
    [InlineData("v1.2.2", "1.2.3", "after `v1.2.2`", "true")]
    public async Task Another_line_may_be_higher(string there, string version, string found, string isLatest)
    {
        _checkout.Policy("version: {post-releases: [hotfix]}\n");
        foreach (var tag in there.Split(' ')) _checkout.Tag(tag);

        var run = await _checkout.ValidateAsync(version);

        run.Content().Should().Contain($"| higher than its line | {found} | ✅ |");
        run.Outputs["is-latest"].Should().Be(isLatest);
    }

    [Theory]
    [Trait("Rule", "AEG-10")]
    [InlineData("1.2.3-preview", "preview", "1.2.3.dev0", "preview")]
    [InlineData("1.2.3-preview.2", "preview", "1.2.3.dev2", "preview")]
    [InlineData("1.2.3-alpha", "preview", "1.2.3a0", "alpha")]
    [InlineData("1.2.3-alpha.3", "preview", "1.2.3a3", "alpha")]
    [InlineData("1.2.3-beta", "preview", "1.2.3b0", "beta")]
    [InlineData("1.2.3-beta.11", "preview", "1.2.3b11", "beta")]
    [InlineData("1.2.3-rc", "preview", "1.2.3rc0", "rc")]
    [InlineData("1.2.3-rc.4", "preview", "1.2.3rc4", "rc")]
    [InlineData("1.2.3", "latest", "1.2.3", "stable")]
    [InlineData("0.9.1", "", "0.9.1", "stable")]
    public async Task A_version_has_names_in_other_registries(string version, string npm, string python, string channel)
    {
        _checkout.Tag("v1.2.2");

        var run = await _checkout.ValidateAsync(version);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs.Should().Contain("npm-tag", npm).And.Contain("python-version", python).And.Contain("channel", channel);
    }

    [Theory]
    [Trait("Rule", "AEG-10")]
    [InlineData("1.2.3-preview.1.2")]
    [InlineData("1.2.3-preview.x")]
    public async Task A_version_without_a_python_spelling_has_none(string version) =>
        (await _checkout.ValidateAsync(version)).Outputs["python-version"].Should().BeEmpty();

    [Theory]
    [InlineData("version: {post-releases: [rc]}\n", "'version.post-releases' is*Remove 'rc' here or from `prereleases`*")]
    [InlineData(
        "version: {prereleases: [rc],\n  recovery: [beta]}\n", "'version.recovery' is*Add 'beta' to `prereleases`, or remove it here*")]
    public async Task Words_that_contradict_each_other_are_refused(string policy, string message)
    {
        _checkout.Policy(policy);

        (await _checkout.ValidateAsync("1.2.3")).Refusal(ExitCode.BadInput).Should().Match(message);
    }
}
