using ReleaseActions.Core;

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
        ground.Checkout.Git("--git-dir", ground.Checkout.Origin, "rev-parse", "chore/promote-1.3.0-main~1").Should()
            .Be(ground.Checkout.Git("--git-dir", ground.Checkout.Origin, "rev-parse", "main"));
        ground.Changed("main", "chore/promote-1.3.0-main").Should().Equal(BranchGround.Metadata);
        ground.Changed("release/1.3.0", "chore/promote-1.3.0-main").Should().Equal("app");
        ground.Ground.GitHub.PullRequests[^1].Should()
            .BeEquivalentTo(new { Title = "chore(release): promote 1.3.0 to main", Head = "chore/promote-1.3.0-main", Base = "main" });
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
        ground.Checkout.Write("package.json", "{\"version\": \"1.3.0\"}\n").Commit("chore: manual");
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
        ground.Checkout.Commit("docs: manual");
        ground.Checkout.Git("push", "--quiet", "origin", branch);
        var before = ground.Branches;

        var run = await ground.RunAsync(("flow", "promote"), ("version", "1.3.0"));

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().ContainSingle().Which.Should()
            .StartWith($"On '{branch}', 'CHANGELOG.md' is not {(kind == "latin" ? "UTF-8, " : "a regular file. ")}");
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
        run.Errors.Should().Equal(
            "There is no branch 'release/1.3.0' on origin. Push it first, or name another one under `branches` and `prepare` of the "
            + "policy.");
        (await ground.RunAsync(("flow", "promote"))).Errors.Should()
            .Equal("A promotion needs the version that is promoted. Give the input `version`.");
    }

    [Fact]
    [Trait("Rule", "AEG-07")]
    [Trait("Rule", "AEG-01")]
    public async Task A_version_with_a_word_that_is_not_legal_is_not_promoted()
    {
        await using var ground = await BranchGround.NewAsync(BranchGround.FromMain);
        ground.Checkout.Branch("release/v1.3.0-nightly").Write("package.json", "{\"version\": \"1.3.0-nightly\"}\n")
            .Write("CHANGELOG.md", "## [1.3.0-nightly]\n\n- By hand\n").Commit("chore: manual");
        ground.Checkout.Git("push", "--quiet", "origin", "release/v1.3.0-nightly");

        var run = await ground.RunAsync(("flow", "promote"), ("version", "1.3.0-nightly"));

        run.Errors.Should().Equal(
            "The prerelease word 'nightly' of 1.3.0-nightly is not legal here. Choose another version (the legal words are preview, "
            + "alpha, beta, rc), or add the word to `version.prereleases` of the policy.");
    }

    [Fact]
    [Trait("Rule", "AEG-07")]
    public async Task A_promotion_that_changes_a_file_of_the_version_which_the_release_branch_leaves_is_not_ours()
    {
        await using var ground = await BranchGround.NewAsync(BranchGround.FromDevelop + "  metadata: [install.sh]\n");
        await ground.RunAsync(("bump", "minor"));
        ground.Merge("chore/release-1.3.0", "release/1.3.0");
        (string, string)[] promote = [("flow", "promote"), ("version", "1.3.0")];
        await ground.RunAsync(promote);
        var checkout = ground.Checkout;
        checkout.Git("fetch", "--quiet", "origin");
        checkout.Git("switch", "--quiet", "--create", "theirs", "origin/chore/promote-1.3.0-main");
        checkout.Write("install.sh", "theirs\n").Git("add", "install.sh");
        checkout.Git("commit", "--quiet", "--amend", "--no-edit");
        checkout.Git("push", "--quiet", "--force", "origin", "HEAD:refs/heads/chore/promote-1.3.0-main");

        var run = await ground.RunAsync(promote);

        run.Errors.Should().ContainSingle().Which.Should().Contain(": its files are not those of 'release/1.3.0'. ");
    }
}
