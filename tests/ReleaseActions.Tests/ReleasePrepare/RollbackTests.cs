using ReleaseActions.Core;

namespace ReleaseActions.Tests.ReleasePrepare;

/// <summary>The stable release before the last, once more, under the next patch.</summary>
public sealed class RollbackTests
{
    [Fact]
    [Trait("Rule", "OPS-07")]
    [Trait("Rule", "OPS-06")]
    public async Task The_content_of_the_release_before_comes_under_the_next_patch_with_its_reason()
    {
        using var shop = new Shop();
        (await shop.RunAsync()).Outputs["tag"].Should().Be("v1.2.3");
        shop.Checkout.Write("price", "3").Commit("feat: unreleased");
        shop.Checkout.Push();
        var before = shop.Checkout.Git("for-each-ref", "refs/heads");

        var run = await shop.RunAsync(("flow", "rollback"), ("reason", "prices were <wrong>"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        var origin = shop.Checkout.Origin;
        run.Outputs.Should().Contain("version", "1.2.4").And.Contain("branch", "hotfix/rollback-v1.2.3")
            .And.Contain("previous-version", "1.2.3");
        shop.Checkout.Git("--git-dir", origin, "diff", "--name-only", "v1.2.2", "v1.2.4").Split('\n').Should()
            .Equal("CHANGELOG.md", "Makefile", "package.json");
        shop.OnOrigin("v1.2.4:package.json").Should().Contain("1.2.4");
        shop.OnOrigin("v1.2.4:CHANGELOG.md").Should().Contain(
            "## [1.2.4] - 2026-01-02\n\n### Changed\n\n- Rolled back 1.2.3 to 1.2.2: prices were &lt;wrong>\n\n## [1.2.3] - 2026-01-02\n");
        shop.OnOrigin("v1.2.4:CHANGELOG.md").Should().Contain("[1.2.4]: https://github.com/acme/shop/compare/v1.2.3...v1.2.4\n");
        shop.Checkout.Git("--git-dir", origin, "log", "-1", "--format=%P", "hotfix/rollback-v1.2.3").Should()
            .Be($"{shop.Checkout.Git("rev-parse", "v1.2.2^{commit}")} {shop.Checkout.Git("rev-parse", "v1.2.3^{commit}")}");
        shop.Checkout.Git("--git-dir", origin, "cat-file", "-t", "v1.2.4").Should().Be("tag");
        shop.Checkout.Git("for-each-ref", "refs/heads").Should().Be(before);
        Golden.Matches(run.Summary, "rollback.summary");
    }

    [Fact]
    [Trait("Rule", "OPS-07")]
    public async Task Merging_it_takes_the_changes_of_the_bad_release_back()
    {
        using var shop = new Shop();
        await shop.RunAsync();
        shop.Checkout.Write("later", "1").Commit("feat: later");
        shop.Checkout.Push();
        await shop.RunAsync(("flow", "rollback"), ("reason", "prices"));
        shop.Checkout.Git("fetch", "--quiet", "origin");

        shop.Checkout.Git("merge", "--quiet", "--no-edit", "origin/hotfix/rollback-v1.2.3");

        File.Exists(Path.Combine(shop.Checkout.Root, "price")).Should().BeFalse("1.2.3 had brought it");
        File.Exists(Path.Combine(shop.Checkout.Root, "later")).Should().BeTrue();
    }

    [Fact]
    [Trait("Rule", "OPS-07")]
    public async Task Where_releases_go_through_branches_a_pull_request_asks_for_it()
    {
        await using var ground = await BranchGround.NewAsync(BranchGround.FromMain);
        ground.Checkout.Tag("v1.3.0-rc.1").Tag("v1.3.0");

        var run = await ground.RunAsync(("flow", "rollback"), ("reason", "it burns"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs["version"].Should().Be("1.3.1");
        ground.Ground.GitHub.PullRequests.Should().ContainSingle().Which.Should()
            .BeEquivalentTo(new { Title = "Roll back 1.3.0 to 1.2.2 as 1.3.1", Head = "hotfix/rollback-v1.3.0", Base = "main" });
        ground.Checkout.Git("ls-remote", "--tags", "origin", "v1.3.1").Should().BeEmpty();
    }

    [Theory]
    [Trait("Rule", "OPS-07")]
    [InlineData("1.2.3-hotfix.1", "")]
    [InlineData(
        "1.2.3-rc.9", "The version 1.2.3-rc.9 is not after 1.2.3, and nobody would get it. Omit `version`: the next patch is taken.")]
    [InlineData(
        "1.2.4",
        "1.2.4 is not higher than 'v1.2.5-rc.1', the last of its line. Release a higher version; `version.increasing` of the policy "
        + "says whether it must be.")]
    public async Task A_version_that_was_given_comes_after_the_bad_one_in_the_team_s_order(string version, string refusal)
    {
        using var shop = new Shop("version:\n  post-releases: [hotfix]\n");
        shop.Checkout.Tag("v1.2.3").Tag("v1.2.5-rc.1");

        var run = await shop.RunAsync(("flow", "rollback"), ("reason", "prices"), ("version", version));

        run.ExitCode.Should().Be(refusal.Length == 0 ? ExitCode.Done : ExitCode.Refused, run.Log);
        string.Join('\n', run.Errors).Should().Be(refusal);
    }

    [Fact]
    [Trait("Rule", "OPS-07")]
    public async Task A_section_that_the_bad_release_has_for_the_next_patch_gets_no_twin()
    {
        using var shop = new Shop();
        shop.Checkout.Write("CHANGELOG.md", "# Changelog\n\n## [1.2.4]\n\n- Planned\n\n## [1.2.3]\n\n- Bad\n").Commit("docs: plan");
        shop.Checkout.Push().Tag("v1.2.3");

        var run = await shop.RunAsync(("flow", "rollback"), ("reason", "prices"));

        run.Errors.Should().Equal("CHANGELOG.md has a section for 1.2.4 already. Name another version with `version`.");
        (await shop.RunAsync(("flow", "rollback"), ("reason", "prices"), ("version", "1.2.5"))).ExitCode.Should().Be(ExitCode.Done);
    }

    [Fact]
    [Trait("Rule", "OPS-07")]
    public async Task Without_a_reason_or_without_two_releases_it_is_refused()
    {
        using var shop = new Shop();
        var before = shop.State();

        (await shop.RunAsync(("flow", "rollback"))).Errors.Should()
            .Equal("A rollback needs its reason. Give the input `reason`; it is written into the changelog.");
        (await shop.RunAsync(("flow", "rollback"), ("reason", "x"))).Errors.Should()
            .Equal("There are not two stable releases on origin. A rollback needs the release to leave, and a stable one before it.");
        (await shop.RunAsync(("flow", "rollback"), ("reason", "x\u202ey"))).Errors.Should().ContainSingle()
            .Which.Should().Contain("x\\u202ey");
        shop.State().Should().Be(before);
    }
}
