using ReleaseActions.Core;
using ReleaseActions.VersionValidate;

namespace ReleaseActions.Tests.VersionValidate;

public sealed class VersionValidateTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Fact]
    [Trait("Rule", "AOF-01")]
    public async Task A_pushed_tag_names_the_version()
    {
        _checkout.Tag("v1.0.0");

        var run = await new Rig(_checkout).OnTag("v1.0.0").RunAsync(new VersionValidateAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs.Should().Contain("version", "1.0.0").And.Contain("tag", "v1.0.0").And.Contain("is-latest", "true");
    }

    [Fact]
    [Trait("Rule", "AOF-01")]
    public async Task A_tag_without_the_prefix_is_refused_with_the_tag_to_push()
    {
        _checkout.Tag("1.0.0");

        var run = await new Rig(_checkout).OnTag("1.0.0").RunAsync(new VersionValidateAction());

        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Errors.Should().ContainSingle().Which.Should().Be(
            "The tag '1.0.0' lacks the prefix 'v'. Push the tag v1.0.0 instead: git tag v1.0.0 && git push origin v1.0.0; "
            + "if your tags have another prefix or none, say so in `version.tag-prefix` of the policy, such as `tag-prefix: \"\"`.");
    }

    [Fact]
    [Trait("Rule", "AOF-02")]
    public async Task A_manual_run_takes_the_version_without_prefix()
    {
        var run = await new Rig(_checkout).OnBranch("main").Input("version", "1.0.0").RunAsync(new VersionValidateAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs.Should().Contain("tag", "v1.0.0").And.Contain("sha", _checkout.Head);
    }

    [Theory]
    [Trait("Rule", "AOF-02")]
    [InlineData("v1.0.0", "The version 'v1.0.0' has the tag prefix 'v'. Give the version alone: 1.0.0.")]
    [InlineData("1.0", "The version '1.0' is not a valid version: it has 2 of three numbers. Did you mean 1.0.0? "
        + "Or set `version.scheme: semver-loose` in the policy, which reads it.")]
    public async Task A_manual_run_with_something_else_reports_what_was_probably_meant(string version, string message) =>
        (await _checkout.ValidateAsync(version)).Refusal(ExitCode.BadInput).Should().Be(message);

    [Fact]
    public async Task All_broken_rules_are_reported_together_each_on_its_file_and_line()
    {
        _checkout.Policy("version:\n  manifests: [package.json, Chart.yaml]\n")
            .Write(
                "package.json",
                "{\n  \"name\": \"shop\",\n  \"version\": \"1.0.0\"\n}\n").Write("Chart.yaml", "version: 1.1.0\nappVersion: 1.0.0\n");
        _checkout.Branch("side").Commit("Not merged");
        _checkout.Push().Tag("v1.1.0-nightly");

        var run = await new Rig(_checkout).OnTag("v1.1.0-nightly").RunAsync(new VersionValidateAction());

        run.ExitCode.Should().Be(ExitCode.Refused);
        run.Log.Should().Contain("::error file=package.json,line=3::");
        Golden.Matches(run.Summary + "\n" + string.Join('\n', run.Errors) + "\n", "every-broken-rule");
    }
}
