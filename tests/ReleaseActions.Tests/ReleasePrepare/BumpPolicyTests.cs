using ReleaseActions.Core;

namespace ReleaseActions.Tests.ReleasePrepare;

/// <summary>A team that bumps patches, and says in each commit why it releases.</summary>
[Trait("Rule", "DOJ-11")]
public sealed class BumpPolicyTests
{
    [Theory]
    [InlineData("", "1.2.3")]
    [InlineData("minor", "1.3.0")]
    [InlineData("auto", "1.3.0")]
    public async Task A_policy_of_patches_bumps_patch_unless_asked_and_its_commit_says_why(string bump, string version)
    {
        using var shop = new Shop(
            "version:\n  manifests: [package.json]\nprepare:\n  bump: patch\n  commit-message: 'Release {version}: {description}'\n");
        shop.Checkout.Write("scales", "1").Commit("feat: sell by weight");

        var silent = await shop.RunAsync(("bump", bump));
        var run = await shop.RunAsync(("bump", bump), ("description", "orders were lost at night"));

        silent.Errors.Should().Equal(
            "The policy's commit message 'Release {version}: {description}' wants a description. Give the input `description`: what the "
            + "release brings, in a few words.");
        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        shop.Checkout.Git("log", "-1", "--format=%s", "origin/main").Should().Be($"Release {version}: orders were lost at night");
    }

    [Theory]
    [InlineData("", "1.2.2")]
    [InlineData("patch", "1.2.3")]
    public async Task A_first_release_is_what_the_manifests_say_unless_a_bump_was_asked_for(string bump, string version)
    {
        using var shop = new Shop("version:\n  manifests: [package.json]\nprepare:\n  bump: patch\n");
        shop.Checkout.Git("push", "--quiet", "origin", ":refs/tags/v1.2.2");
        shop.Checkout.Git("tag", "--delete", "v1.2.2");
        shop.Checkout.Write("CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n\n- First\n").Commit("docs: begin");

        var run = await shop.RunAsync(("bump", bump));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs["version"].Should().Be(version);
    }
}
