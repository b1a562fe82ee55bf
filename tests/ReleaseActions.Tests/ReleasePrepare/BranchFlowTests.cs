using ReleaseActions.Core;
using ReleaseActions.ReleasePrepare;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Tests.ReleasePrepare;

/// <summary>A release branch and the pull request with the version's files; and what forbids a second one.</summary>
public sealed class BranchFlowTests
{
    [Fact]
    [Trait("Rule", "AEG-05")]
    [Trait("Rule", "AEG-06")]
    public async Task Cut_from_develop_the_branch_is_develop_s_and_the_version_comes_by_a_pull_request()
    {
        await using var ground = await BranchGround.NewAsync(BranchGround.FromDevelop);
        var before = Shop.StateOf(ground.Checkout).Split('\n').Where(l => !l.Contains("refs/heads/", StringComparison.Ordinal)).ToList();

        var run = await ground.RunAsync(("version", "1.3.0-rc"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.Branches.Should().Equal("chore/release-1.3.0-rc", "develop", "main", "release/1.3.0-rc");
        ground.Changed("develop", "release/1.3.0-rc").Should().BeEmpty();
        ground.Changed("release/1.3.0-rc", "chore/release-1.3.0-rc").Should().Equal(BranchGround.Metadata);
        ground.Ground.GitHub.PullRequests.Should().ContainSingle().Which.Should()
            .BeEquivalentTo(new { Title = "chore(release): release 1.3.0-rc", Head = "chore/release-1.3.0-rc", Base = "release/1.3.0-rc" });
        ground.OnOrigin("chore/release-1.3.0-rc:CHANGELOG.md").Should()
            .Contain("[1.3.0-rc]: https://github.com/acme/shop/compare/v1.2.2...v1.3.0-rc\n");
        run.Outputs.Should().Contain("branch", "chore/release-1.3.0-rc")
            .And.Contain("pull-request", ground.Ground.GitHub.ServerUrl + "/acme/shop/pull/1");
        Shop.StateOf(ground.Checkout).Split('\n').Where(l => !l.Contains("refs/heads/", StringComparison.Ordinal)).Should()
            .Equal(before, "the checkout has no part in it");
        Golden.Matches(run.Summary, "branch.summary");
    }

    [Fact]
    [Trait("Rule", "AEG-06")]
    public async Task The_compare_link_starts_at_the_latest_published_tag_also_where_the_link_of_Unreleased_forgot_it()
    {
        await using var ground = await BranchGround.NewAsync(BranchGround.FromDevelop);
        ground.Checkout.Switch("develop").Write(
            "CHANGELOG.md",
            Shop.Changelog.Replace(
                "## [1.2.2]", "## [1.3.0-preview]\n\n- Preview\n\n## [1.2.2]", StringComparison.Ordinal)).Commit("docs: preview");
        ground.Checkout.Push().Tag("v1.3.0-preview");

        var run = await ground.RunAsync(("version", "1.3.0"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.OnOrigin("chore/release-1.3.0:CHANGELOG.md").Should().Contain(
            "[Unreleased]: https://github.com/acme/shop/compare/v1.3.0...HEAD\n[1.3.0]: "
            + "https://github.com/acme/shop/compare/v1.3.0-preview...v1.3.0\n");
    }

    [Fact]
    [Trait("Rule", "AEG-06")]
    public async Task A_prerelease_that_the_changelog_does_not_list_is_no_place_to_compare_from()
    {
        await using var ground = await BranchGround.NewAsync(BranchGround.FromDevelop);
        ground.Checkout.Tag("v1.3.0-preview").Switch("develop");

        (await ground.RunAsync(("version", "1.3.0"))).Outputs["previous-version"].Should().Be("1.2.2");

        ground.OnOrigin("chore/release-1.3.0:CHANGELOG.md").Should()
            .Contain("[1.3.0]: https://github.com/acme/shop/compare/v1.2.2...v1.3.0\n");
    }

    [Fact]
    [Trait("Rule", "AEG-06")]
    public async Task A_title_without_the_version_gets_it()
    {
        await using var ground = await BranchGround.NewAsync(
            BranchGround.FromDevelop.Replace("release {version}", "cut a release", StringComparison.Ordinal));

        await ground.RunAsync(("bump", "minor"));

        ground.Ground.GitHub.PullRequests.Should().ContainSingle().Which.Title.Should().Be("chore(release): cut a release 1.3.0");
    }

    [Fact]
    [Trait("Rule", "AEG-05")]
    public async Task A_second_release_branch_is_refused_unless_it_repairs_the_first()
    {
        await using var ground = await BranchGround.NewAsync(
            BranchGround.FromDevelop.Replace("version:\n", "version:\n  recovery: [preview]\n", StringComparison.Ordinal));
        (await ground.RunAsync(("version", "1.3.0-preview"))).ExitCode.Should().Be(ExitCode.Done);
        var before = Shop.StateOf(ground.Checkout);

        var second = await ground.RunAsync(("version", "1.3.0"));

        second.ExitCode.Should().Be(ExitCode.Refused);
        second.Errors.Should().Equal(
            "Another release is being prepared: release/1.3.0-preview. Finish it and delete its branch; a recovery release may be cut "
            + "beside it with `recovery-release: true`.");
        Shop.StateOf(ground.Checkout).Should().Be(before);
        ground.Ground.GitHub.PullRequests.Should().HaveCount(1);
        var recovery = await ground.RunAsync(
            ("version", "1.3.0-preview.1"),
            ("recovery-release", "true"),
            ("recovery-issue", "42"),
            ("recovery-reason", "x"),
            ("recovery-confirmation", "RECOVERY 1.3.0-preview.1"));
        recovery.ExitCode.Should().Be(ExitCode.Done, recovery.Log);
    }

    [Fact]
    [Trait("Rule", "AEG-05")]
    public async Task A_branch_that_names_no_version_is_no_second_release()
    {
        await using var ground = await BranchGround.NewAsync(BranchGround.FromDevelop);
        ground.Checkout.Git("push", "--quiet", "origin", "main:refs/heads/release/notes", "main:refs/heads/release/1.2");

        var run = await ground.RunAsync(("bump", "minor"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.Branches.Should().Contain("release/1.3.0");
    }

    [Fact]
    [Trait("Rule", "AEG-05")]
    public async Task A_second_release_branch_is_known_also_where_the_policy_names_branches_by_tags()
    {
        await using var ground = await BranchGround.NewAsync(
            BranchGround.FromMain.Replace("release/v{version}", "release/{tag}", StringComparison.Ordinal));
        ground.Checkout.Switch("main");
        (await ground.RunAsync(("version", "1.3.0"))).Outputs["branch"].Should().Be("release/v1.3.0");

        var second = await ground.RunAsync(("version", "1.4.0"));

        second.Errors.Should().ContainSingle().Which.Should().StartWith("Another release is being prepared: release/v1.3.0. ");
    }

    [Fact]
    [Trait("Rule", "AEG-05")]
    [Trait("Rule", "AEG-07")]
    public async Task Where_each_version_has_a_changelog_of_its_own_it_is_promoted_required_and_no_hotfix()
    {
        await using var ground = await BranchGround.NewAsync(BranchGround.FromDevelop + "changelog:\n  path: releases/{version}.md\n");
        var checkout = ground.Checkout.Switch("main").Write("releases/1.2.2.md", "First, in better words\n");
        checkout.Commit("docs: describe 1.2.2 better");
        checkout.Push();
        (await ground.RunAsync(("version", "1.3.0"))).ExitCode.Should()
            .Be(ExitCode.Done, "no hotfix is lost: each version's own file is metadata");
        ground.Ground.GitHub.PullRequests[^1].Body.Should().Contain("- `releases/1.3.0.md`");
        ground.Merge("chore/release-1.3.0", "release/1.3.0");
        (string, string)[] promote = [("flow", "promote"), ("version", "1.3.0")];

        var missing = await ground.RunAsync(promote);
        checkout.Write("releases/1.3.0.md", "- Second\n").Commit("docs: describe 1.3.0");
        checkout.Git("push", "--quiet", "origin", "release/1.3.0");
        var described = await ground.RunAsync(promote);

        missing.Errors.Should()
            .Equal("releases/1.3.0.md is not on 'release/1.3.0'. Write there what changed, and merge it into the release branch first.");
        described.ExitCode.Should().Be(ExitCode.Done, described.Log);
        ground.Ground.GitHub.PullRequests[^1].Head.Should().Be("release/1.3.0");
    }

    [Fact]
    [Trait("Rule", "AEG-05")]
    public async Task A_hotfix_that_develop_lacks_is_named_and_a_promotion_or_a_copy_of_it_is_none()
    {
        await using var ground = await BranchGround.NewAsync(BranchGround.FromDevelop);
        var checkout = ground.Checkout.Switch("main").Write("package.json", "{\"version\": \"1.2.2\" }\n");
        checkout.Commit("chore(release): promote");
        checkout.Write("hotfix", "1").Commit("fix: stop the bleeding");
        checkout.Push();

        var refused = await ground.RunAsync(("bump", "minor"));

        refused.ExitCode.Should().Be(ExitCode.Refused);
        refused.Errors.Should().ContainSingle().Which.Should()
            .Match($"main holds what develop lacks: {checkout.Head[..7]} fix: stop the bleeding. Bring it to develop first, *");
        checkout.Switch("develop").Write("hotfix", "1").Write("more", "too").Commit("fix: the same, made again");
        checkout.Write("hotfix", "2").Commit("feat: and developed further");
        checkout.Push();
        var run = await ground.RunAsync(("bump", "minor"));
        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
    }

    [Fact]
    [Trait("Rule", "OPS-02")]
    [Trait("Rule", "OPS-04")]
    public async Task Cut_from_main_the_branch_carries_the_version_and_goes_back_by_a_pull_request()
    {
        await using var ground = await BranchGround.NewAsync(BranchGround.FromMain);
        ground.Checkout.Switch("main").Write("app", "3").Commit("fix: third");
        ground.Checkout.Push();

        var run = await ground.RunAsync(("bump", "auto"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.Branches.Should().Equal("develop", "main", "release/v1.2.3");
        ground.Changed("main", "release/v1.2.3").Should().Equal("CHANGELOG.md", "package.json");
        ground.Ground.GitHub.PullRequests.Should().ContainSingle().Which.Should()
            .BeEquivalentTo(new { Title = "Prepare release v1.2.3", Head = "release/v1.2.3", Base = "main" });
        (await ground.RunAsync(("bump", "patch"))).Outputs["pull-request"].Should()
            .Be(run.Outputs["pull-request"], "a rerun finds what is there");
        ground.Ground.GitHub.PullRequests.Should().HaveCount(1);
    }

    [Fact]
    [Trait("Rule", "OPS-02")]
    public async Task A_branch_that_somebody_else_made_is_not_taken_over()
    {
        await using var ground = await BranchGround.NewAsync(BranchGround.FromDevelop);
        ground.Checkout.Git("push", "--quiet", "origin", "main:refs/heads/release/1.3.0");

        var run = await ground.RunAsync(("bump", "minor"));

        run.Errors.Should()
            .Equal("The branch 'release/1.3.0' is on origin already. If nobody needs it: delete it there, and run this again.");
    }
}
