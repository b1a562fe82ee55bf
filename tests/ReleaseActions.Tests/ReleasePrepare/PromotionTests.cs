using ReleaseActions.Core.Running;

namespace ReleaseActions.Tests.ReleasePrepare;

/// <summary>The version's files of a release branch, and only they, brought to production.</summary>
public sealed class PromotionTests
{
    [Fact]
    [Trait("Rule", "AEG-07")]
    public async Task The_branch_begins_at_main_and_has_only_the_metadata_files_of_the_release_branch()
    {
        await using var ground = await BranchGround.NewAsync(BranchGround.FromDevelop);
        await ground.RunAsync(("bump", "minor"));
        ground.Merge("chore/release-1.3.0", "release/1.3.0");

        var run = await ground.RunAsync(("flow", "promote"), ("version", "1.3.0"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.Checkout.Git("--git-dir", ground.Checkout.Origin, "rev-parse", "chore/promote-1.3.0-main~1").Should().Be(ground.Checkout.Git("--git-dir", ground.Checkout.Origin, "rev-parse", "main"));
        ground.Changed("main", "chore/promote-1.3.0-main").Should().Equal(BranchGround.Metadata);
        ground.Changed("release/1.3.0", "chore/promote-1.3.0-main").Should().Equal("app");
        ground.Ground.GitHub.PullRequests[^1].Should().BeEquivalentTo(new { Title = "chore(release): promote 1.3.0 to main", Head = "chore/promote-1.3.0-main", Base = "main" });
        ground.Merge("chore/promote-1.3.0-main", "main");
        (await ground.RunAsync(("bump", "minor"))).Log.Should().NotContain("main holds what develop lacks", "a promotion is no hotfix");
    }

    [Fact]
    [Trait("Rule", "AEG-07")]
    public async Task A_release_branch_that_does_not_say_the_version_is_refused_with_every_file()
    {
        await using var ground = await BranchGround.NewAsync(BranchGround.FromDevelop);
        await ground.RunAsync(("bump", "minor"));
        ground.Checkout.Git("switch", "--quiet", "--create", "release/1.3.0", "origin/develop");
        ground.Checkout.Write("package.json", "{\"version\": \"1.3.0\"}\n").Commit("chore: by hand");
        ground.Checkout.Git("push", "--quiet", "origin", "release/1.3.0");
        var before = ground.Branches;

        var run = await ground.RunAsync(("flow", "promote"), ("version", "1.3.0"));

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        ground.Branches.Should().Equal(before);
        Golden.Matches(string.Join('\n', run.Errors) + "\n", "promotion.refused");
    }

    [Theory]
    [Trait("Rule", "AEG-07")]
    [InlineData("release/1.3.0", "latin")]
    [InlineData("release/1.3.0", "link")]
    [InlineData("main", "latin")]
    public async Task A_file_that_cannot_be_read_is_not_promoted_as_an_empty_one(string branch, string kind)
    {
        await using var ground = await BranchGround.NewAsync(BranchGround.FromDevelop);
        await ground.RunAsync(("bump", "minor"));
        ground.Merge("chore/release-1.3.0", "release/1.3.0");
        ground.Checkout.Git("switch", "--quiet", branch);
        var changelog = Path.Combine(ground.Checkout.Root, "CHANGELOG.md");
        File.Delete(changelog);
        if (kind == "latin") File.WriteAllBytes(changelog, [.. "## [1.3.0]\n\n- Caf"u8, 0xE9, (byte)'\n']);
        else File.CreateSymbolicLink(changelog, "app");
        ground.Checkout.Commit("docs: by hand");
        ground.Checkout.Git("push", "--quiet", "origin", branch);
        var before = ground.Branches;

        var run = await ground.RunAsync(("flow", "promote"), ("version", "1.3.0"));

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().StartWith($"On '{branch}', 'CHANGELOG.md' is not {(kind == "latin" ? "UTF-8, " : "a regular file. ")}");
        ground.Branches.Should().Equal(before);
        run.Summary.Should().NotContain("(CHANGELOG.md", "an unread file is no change");
    }

    [Fact]
    [Trait("Rule", "AEG-07")]
    public async Task A_version_without_a_release_branch_is_refused()
    {
        await using var ground = await BranchGround.NewAsync(BranchGround.FromDevelop);

        var run = await ground.RunAsync(("flow", "promote"), ("version", "1.3.0"));

        run.ExitCode.Should().Be(ExitCode.Refused);
        run.Errors.Should().Equal("There is no branch 'release/1.3.0' on origin. Push it first, or name another one under `branches` and `prepare` of the policy.");
        (await ground.RunAsync(("flow", "promote"))).Errors.Should().Equal("Which version is to be promoted was not said. Give the input `version`.");
    }
}
