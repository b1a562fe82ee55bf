using ReleaseActions.Core;

namespace ReleaseActions.Tests.ReleasePrepare;

/// <summary>The version's files of a release branch, and only they, brought to production.</summary>
public sealed class PromotionTests
{
    private static readonly (string, string)[] Promote = [("flow", "promote"), ("version", "1.3.0")];

    [Fact]
    [Trait("Rule", "AEG-07")]
    public async Task A_release_branch_that_can_be_merged_gets_its_own_pull_request_and_nothing_is_pushed()
    {
        await using var ground = await BranchGround.NewAsync(BranchGround.FromDevelop);
        await ground.CutAsync();
        var before = ground.Branches;

        var run = await ground.RunAsync(Promote);
        var again = await ground.RunAsync(Promote);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        again.ExitCode.Should().Be(ExitCode.Done, again.Log);
        ground.Branches.Should().Equal(before);
        ground.Ground.GitHub.PullRequests.Should().HaveCount(2);
        ground.Ground.GitHub.PullRequests[^1].Should()
            .BeEquivalentTo(new { Title = "chore(release): promote 1.3.0 to main", Head = "release/1.3.0", Base = "main" });
        run.Outputs.Should().Contain("branch", "release/1.3.0").And.Contain("commit", ground.Tip("release/1.3.0"));
    }

    [Fact]
    [Trait("Rule", "AEG-07")]
    public async Task Where_it_conflicts_and_main_has_the_code_the_metadata_files_alone_go_on_a_branch_from_main()
    {
        await using var ground = await (await BranchGround.NewAsync(BranchGround.FromDevelop)).DivergeAsync();

        var run = await ground.RunAsync(Promote);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.Tip("chore/promote-1.3.0-main~1").Should().Be(ground.Tip("main"));
        ground.Changed("main", "chore/promote-1.3.0-main").Should().Equal(BranchGround.Metadata);
        ground.Changed("release/1.3.0", "chore/promote-1.3.0-main").Should().BeEmpty();
        ground.Ground.GitHub.PullRequests[^1].Should()
            .BeEquivalentTo(new { Title = "chore(release): promote 1.3.0 to main", Head = "chore/promote-1.3.0-main", Base = "main" });
        ground.Ground.GitHub.PullRequests[^1].Body.Should().StartWith(
            "`release/1.3.0` conflicts with main in CHANGELOG.md, and `main` has everything else of it. ");
        ground.Merge("chore/promote-1.3.0-main", "main");
        (await ground.RunAsync(("bump", "minor"))).Log.Should().NotContain("main holds what develop lacks", "a promotion is no hotfix");
        (await ground.RunAsync(Promote)).Errors.Should()
            .Equal("main has everything that 'release/1.3.0' has. There is nothing to promote: go on with the tag.");
    }

    /// <summary>How main comes to lack something, and the files that the refusal names.</summary>
    public static TheoryData<string, Action<Checkout>, string> Lacking => new()
    {
        { "an older file", c => c.Write("app", "1"), "app" },
        { "a newer file of main's", c => c.Write("app", "3"), "app" },
        { "a file that is not there", c => File.Delete(Path.Combine(c.Root, "tool")), "tool" },
        { "several", c => File.Delete(Path.Combine(c.Write("app", "1").Root, "tool")), "app, tool" },
    };

    [Theory]
    [Trait("Rule", "AEG-07")]
    [MemberData(nameof(Lacking))]
    public async Task Where_it_conflicts_and_main_lacks_code_it_is_refused_with_the_files(string kind, Action<Checkout> lack, string files)
    {
        await using var ground = await (await BranchGround.NewAsync(BranchGround.FromDevelop)).DivergeAsync();
        lack(ground.Checkout);
        ground.Checkout.Commit("chore: change");
        ground.Checkout.Push();
        var before = ground.Branches;

        var run = await ground.RunAsync(Promote);

        run.ExitCode.Should().Be(ExitCode.Refused, kind);
        run.Errors.Should().ContainSingle().Which.Should().Match(
            $"'release/1.3.0' conflicts with main in *, and main does not have these files as 'release/1.3.0' has them: {files}."
            + " Merge main into release/1.3.0 and resolve the conflicts there, then run this again.");
        ground.Branches.Should().Equal(before);
        ground.Ground.GitHub.PullRequests.Should().ContainSingle("that of the metadata");
    }

    [Fact]
    [Trait("Rule", "AEG-07")]
    public async Task Where_main_has_the_metadata_and_not_the_code_there_is_something_to_promote()
    {
        await using var ground = await BranchGround.NewAsync(BranchGround.FromDevelop);
        await ground.CutAsync();
        ground.Checkout.Switch("main").Git(["checkout", "--quiet", "origin/release/1.3.0", "--", .. BranchGround.Metadata]);
        ground.Checkout.Commit("chore: the files alone");
        ground.Checkout.Push();

        var run = await ground.RunAsync(Promote);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.Ground.GitHub.PullRequests[^1].Head.Should().Be("release/1.3.0");
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
        if (branch == "main") await ground.DivergeAsync();
        else await ground.CutAsync();
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
        await using var ground =
            await (await BranchGround.NewAsync(BranchGround.FromDevelop + "  metadata: [install.sh]\n")).DivergeAsync();
        await ground.RunAsync(Promote);
        var checkout = ground.Checkout;
        checkout.Git("fetch", "--quiet", "origin");
        checkout.Git("switch", "--quiet", "--create", "theirs", "origin/chore/promote-1.3.0-main");
        checkout.Write("install.sh", "theirs\n").Git("add", "install.sh");
        checkout.Git("commit", "--quiet", "--amend", "--no-edit");
        checkout.Git("push", "--quiet", "--force", "origin", "HEAD:refs/heads/chore/promote-1.3.0-main");

        var run = await ground.RunAsync(Promote);

        run.Errors.Should().ContainSingle().Which.Should().Contain(": its files are not those of 'release/1.3.0'. ");
    }
}
