using ReleaseActions.Core;
using ReleaseActions.VersionValidate;

namespace ReleaseActions.Tests.VersionValidate;

/// <summary>
/// A run before the release, on develop, on a release branch and on its pull requests: everything is checked, and nothing is required that
/// can only come later.
/// </summary>
[Trait("Rule", "AEG-16")]
public sealed class DryRunTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public DryRunTests()
    {
        _checkout.Policy("version: {manifests: [package.json], annotated-tags: true}\nbranches: {tip-only: true}\n")
            .Write("package.json", """{"version": "1.2.3"}""").Commit("Metadata");
        _checkout.Branch("develop").Commit("Work");
        _checkout.Push();
    }

    public void Dispose() => _checkout.Dispose();

    [Theory]
    [InlineData("refs/heads/release/1.2.3", "", "")]
    [InlineData("refs/pull/7/merge", "release-please--branches--release", "release/1.2.3")]
    [InlineData("refs/pull/7/merge", "release/1.2.3", "main")]
    [InlineData("refs/pull/7/merge", "chore/promote-1.2.3-main", "main")]
    [InlineData("refs/heads/develop", "", "")]
    public async Task The_branch_or_else_the_manifest_says_the_version(string name, string head, string target)
    {
        var before = _checkout.Git("ls-remote", "origin");

        var run = await DryAsync(name, head, target);

        run.Content().Should().Contain("| package.json\\#version agrees | `1.2.3` | ✅ |")
            .And.Match("*| last of main | not yet: The commit * is not in 'origin/main' | ⏳ |*")
            .And.Match("*| annotated tag | not yet: * | ⏳ |*");
        run.Outputs.Should().Contain("version", "1.2.3").And.Contain("findings", "[]");
        run.Log.Should().NotContain("::warning");
        _checkout.Git("ls-remote", "origin").Should().Be(before);
    }

    [Fact]
    public async Task A_release_branch_that_the_policy_names_by_its_tag_decides_the_version_too()
    {
        _checkout.Policy("version: {tag-prefix: rel-}\nbranches: {release: \"release/{tag}\"}\n");

        var run = await DryAsync("refs/heads/release/rel-1.2.3");

        run.Outputs.Should().Contain("version", "1.2.3").And.Contain("release-branch", "release/rel-1.2.3");
    }

    [Fact]
    public async Task What_is_wrong_already_is_a_warning_and_the_run_succeeds()
    {
        _checkout.Write("package.json", """{"version": "1.2.2"}""");

        var run = await DryAsync("refs/heads/release/1.2.3");

        run.Content().Should().Contain("must not be released: one rule is broken");
        run.Log.Should().Contain("::warning file=package.json,line=1::package.json#version has '1.2.2', and the release is '1.2.3'.");
        run.Outputs["findings"].Should().Contain("\"rule\":\"package.json#version agrees\"");
    }

    [Fact]
    public async Task Without_dry_run_nobody_guesses_a_version() =>
        (await Rig("refs/heads/release/1.2.3").RunAsync(new VersionValidateAction())).Refusal(ExitCode.BadInput)
            .Should().StartWith("There is no version: the run was started by 'refs/heads/release/1.2.3', which is no tag.");

    [Fact]
    public async Task A_dry_run_that_finds_no_version_anywhere_says_so()
    {
        _checkout.Policy("version: {}\n");

        (await DryAsync("refs/heads/develop")).Refusal(ExitCode.BadInput).Should().StartWith("There is no version:");
    }

    private Task<RunResult> DryAsync(string name, string head = "", string target = "") =>
        Rig(name).With("GITHUB_HEAD_REF", head).With("GITHUB_BASE_REF", target).Input("dry-run", "true")
            .RunAsync(new VersionValidateAction());

    private Rig Rig(string name) => new Rig(_checkout).With("GITHUB_REF", name).With("GITHUB_SHA", _checkout.Head);
}
