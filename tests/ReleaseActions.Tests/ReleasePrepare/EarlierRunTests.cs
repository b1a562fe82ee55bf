using ReleaseActions.Core;

namespace ReleaseActions.Tests.ReleasePrepare;

/// <summary>
/// A branch that is on origin under the right name: gone on from where its commits prove that an earlier run made it, refused with both
/// commits where they do not.
/// </summary>
[Trait("Rule", "OPS-02")]
public sealed class EarlierRunTests
{
    private const string Remedy = "Look at what it holds; where nobody needs it, git push origin --delete";

    private static readonly (string, string)[] Rollback = [("flow", "rollback"), ("reason", "it burns")];

    [Theory]
    [InlineData("another parent", "its last commit does not come right after that one")]
    [InlineData("another message", "its last commit says 'Theirs'")]
    [InlineData("another file", "it changes 'app' too")]
    [InlineData("another version", "its files do not say 1.2.3")]
    [InlineData("another script", "its 'package.json' is not the one from there with 1.2.3 in it")]
    [InlineData("another mode", "its 'package.json' is not the one from there with 1.2.3 in it")]
    [InlineData("another entry", "its 'CHANGELOG.md' differs outside of the section of 1.2.3")]
    [InlineData("another link", "its 'CHANGELOG.md' differs outside of the section of 1.2.3")]
    [InlineData("more on top", "its last commit does not come right after that one")]
    public async Task A_release_branch_that_is_not_ours_is_refused_with_both_commits(string kind, string why)
    {
        await using var ground = await FromMainAsync();
        var main = ground.Checkout.Head;
        OtherBranch.Make(ground.Checkout, "release/v1.2.3", kind, "Prepare release v1.2.3");
        var before = Shop.StateOf(ground.Checkout);

        var run = await ground.RunAsync(("bump", "patch"));

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().Equal(
            $"The branch 'release/v1.2.3' is on origin already, at {ground.Checkout.Head[..12]}, and is not what this run would make of "
            + $"{main[..12]}: {why}. {Remedy} release/v1.2.3, and run this again.");
        Shop.StateOf(ground.Checkout).Should().Be(before);
        ground.Ground.GitHub.PullRequests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_branch_of_an_earlier_run_gets_its_pull_request_and_no_second_commit()
    {
        await using var ground = await FromMainAsync();
        ground.Ground.GitHub.RefusesPullRequests = true;
        (await ground.RunAsync(("bump", "patch"))).ExitCode.Should().Be(ExitCode.RemoteFailed);
        var tip = Tip(ground, "release/v1.2.3");
        ground.Ground.GitHub.RefusesPullRequests = false;

        var again = await ground.RunAsync(("bump", "patch"));

        again.ExitCode.Should().Be(ExitCode.Done, again.Log);
        Tip(ground, "release/v1.2.3").Should().Be(tip).And.Be(again.Outputs["commit"]);
        ground.Ground.GitHub.PullRequests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_commit_of_another_day_with_other_words_in_its_section_is_ours()
    {
        await using var ground = await FromMainAsync();
        OtherBranch.Make(ground.Checkout, "release/v1.2.3", "nothing", "Prepare release v1.2.3");

        var run = await ground.RunAsync(("bump", "patch"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs["commit"].Should().Be(ground.Checkout.Head);
        ground.Ground.GitHub.PullRequests.Should().ContainSingle();
    }

    [Fact]
    public async Task Notes_that_an_earlier_run_s_section_does_not_have_are_refused_and_its_own_are_not()
    {
        await using var ground = await FromMainAsync();
        ground.Checkout.Write("notes.md", "- Told first\n").Write("other.md", "- Told later\n");
        ground.Ground.GitHub.RefusesPullRequests = true;
        (await ground.RunAsync(("bump", "patch"), ("notes-file", "notes.md"))).ExitCode.Should().Be(ExitCode.RemoteFailed);
        ground.Ground.GitHub.RefusesPullRequests = false;

        var other = await ground.RunAsync(("bump", "patch"), ("notes-file", "other.md"));
        var same = await ground.RunAsync(("bump", "patch"), ("notes-file", "notes.md"));

        other.Errors.Should().Equal(
            "The branch 'release/v1.2.3' has the section of 1.2.3 already, and the notes of `notes-file` are not in it. Omit "
            + "`notes-file`, and write them into CHANGELOG.md on that branch.");
        same.ExitCode.Should().Be(ExitCode.Done, same.Log);
    }

    [Fact]
    public async Task A_branch_that_begins_where_the_run_would_gets_the_commit_on_top()
    {
        await using var ground = await FromMainAsync();
        ground.Checkout.Git("push", "--quiet", "origin", "main:refs/heads/release/v1.2.3");

        var run = await ground.RunAsync(("bump", "patch"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.Changed("main", "release/v1.2.3").Should().Equal("CHANGELOG.md", "package.json");
        Tip(ground, "release/v1.2.3~1").Should().Be(Tip(ground, "main"));
    }

    [Fact]
    public async Task After_production_went_on_the_old_branch_is_refused()
    {
        await using var ground = await FromMainAsync();
        (await ground.RunAsync(("bump", "patch"))).ExitCode.Should().Be(ExitCode.Done);
        var main = ground.Checkout.Write("app", "9").Commit("fix: more");
        ground.Checkout.Push();

        var run = await ground.RunAsync(("bump", "patch"));

        var tip = Tip(ground, "release/v1.2.3");
        run.Errors.Should().ContainSingle().Which.Should().StartWith(
            $"The branch 'release/v1.2.3' is on origin already, at {tip[..12]}, and is not what this run would make of {main[..12]}: ");
        ground.Ground.GitHub.PullRequests.Should().ContainSingle();
    }

    [Fact]
    public async Task Cut_from_develop_it_goes_on_also_after_develop_did()
    {
        await using var ground = await BranchGround.NewAsync(BranchGround.FromDevelop);
        ground.Ground.GitHub.RefusesPullRequests = true;
        (await ground.RunAsync(("version", "1.3.0"))).ExitCode.Should().Be(ExitCode.RemoteFailed);
        ground.Ground.GitHub.RefusesPullRequests = false;
        ground.Checkout.Write("app", "9").Commit("feat: more");
        ground.Checkout.Push();

        var again = await ground.RunAsync(("version", "1.3.0"));

        again.ExitCode.Should().Be(ExitCode.Done, again.Log);
        ground.Ground.GitHub.PullRequests.Should().ContainSingle();
    }

    [Fact]
    [Trait("Rule", "AEG-07")]
    public async Task Where_the_release_branch_says_the_version_the_promotion_comes_next_and_nothing_is_to_be_deleted()
    {
        await using var ground = await BranchGround.NewAsync(BranchGround.FromDevelop);
        (await ground.RunAsync(("version", "1.3.0"))).ExitCode.Should().Be(ExitCode.Done);
        ground.Merge("chore/release-1.3.0", "release/1.3.0");

        var merged = await ground.RunAsync(("version", "1.3.0"));
        ground.Checkout.Git("push", "--quiet", "origin", ":refs/heads/chore/release-1.3.0");
        var deleted = await ground.RunAsync(("version", "1.3.0"));

        merged.ExitCode.Should().Be(ExitCode.Refused, merged.Log);
        merged.Errors.Should()
            .Equal("The branch 'release/1.3.0' on origin says 1.3.0 already. Run release-prepare with flow promote and version 1.3.0.");
        deleted.Errors.Should().Equal(merged.Errors);
    }

    [Fact]
    public async Task Where_the_release_branch_went_its_own_way_both_commits_are_named()
    {
        await using var ground = await BranchGround.NewAsync(BranchGround.FromDevelop);
        (await ground.RunAsync(("version", "1.3.0"))).ExitCode.Should().Be(ExitCode.Done);
        ground.Checkout.Write("app", "theirs").Commit("feat: theirs");
        ground.Checkout.Git("push", "--quiet", "origin", "HEAD:refs/heads/release/1.3.0");

        var run = await ground.RunAsync(("version", "1.3.0"));

        run.Errors.Should().ContainSingle().Which.Should()
            .EndWith($": develop does not hold the commit of 'release/1.3.0'. {Remedy} chore/release-1.3.0, and run this again.");
    }

    [Fact]
    [Trait("Rule", "AEG-07")]
    public async Task A_promotion_goes_on_from_its_own_branch_alone_and_only_while_the_release_branch_stays()
    {
        await using var ground = await (await BranchGround.NewAsync(BranchGround.FromDevelop)).DivergeAsync();
        (string, string)[] promote = [("flow", "promote"), ("version", "1.3.0")];
        (await ground.RunAsync(promote)).ExitCode.Should().Be(ExitCode.Done);

        (await ground.RunAsync(promote)).ExitCode.Should().Be(ExitCode.Done);
        ground.Checkout.Switch("release/1.3.0").Write("CHANGELOG.md", "## [1.3.0]\n\n- Corrected\n").Commit("docs: correct");
        ground.Checkout.Git("push", "--quiet", "origin", "HEAD:refs/heads/release/1.3.0");
        var stale = await ground.RunAsync(promote);

        ground.Ground.GitHub.PullRequests.Should().HaveCount(2);
        stale.ExitCode.Should().Be(ExitCode.Refused, stale.Log);
        var main = Tip(ground, "main");
        stale.Errors.Should().ContainSingle().Which.Should().Match(
            $"The branch 'chore/promote-1.3.0-main' is on origin already, at *, and is not what this run would make of {main[..12]}: "
            + "its files are not those of 'release/1.3.0'. *");
    }

    [Theory]
    [Trait("Rule", "OPS-07")]
    [InlineData("another parent", "its last commit does not come right after that one")]
    [InlineData("another message", "its last commit says 'Theirs'")]
    [InlineData("another file", "it changes 'app' too")]
    [InlineData("another version", "its files do not say 1.3.1")]
    [InlineData("another script", "its 'package.json' is not the one from there with 1.3.1 in it")]
    [InlineData("another entry", "its 'CHANGELOG.md' differs outside of the section of 1.3.1")]
    public async Task A_rollback_goes_on_from_its_own_branch_alone(string kind, string why)
    {
        await using var ground = await FromMainAsync();
        ground.Checkout.Write("app", "4").Commit("feat: bad");
        ground.Checkout.Push().Tag("v1.3.0");
        (await ground.RunAsync(Rollback)).ExitCode.Should().Be(ExitCode.Done);
        (await ground.RunAsync(Rollback)).ExitCode.Should().Be(ExitCode.Done);
        ground.Ground.GitHub.PullRequests.Should().ContainSingle();
        var changelog = ground.OnOrigin("hotfix/rollback-v1.3.0:CHANGELOG.md") + "\n";

        ground.Checkout.Git("push", "--quiet", "origin", ":refs/heads/hotfix/rollback-v1.3.0");
        ground.Checkout.Git("switch", "--quiet", "--create", "hotfix/rollback-v1.3.0", "v1.2.2");
        if (kind != "another parent") ground.Checkout.Git("merge", "--quiet", "--no-ff", "--no-commit", "--strategy", "ours", "v1.3.0");
        OtherBranch.Differ(ground.Checkout, kind, "1.3.1", changelog, "Roll back 1.3.0 to 1.2.2\n\nit burns");
        var run = await ground.RunAsync(Rollback);

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        var (head, good) = (ground.Checkout.Head, Tip(ground, "v1.2.2^{commit}"));
        run.Errors.Should().ContainSingle().Which.Should().StartWith(
            $"The branch 'hotfix/rollback-v1.3.0' is on origin already, at {head[..12]}, and is not what this run would make of"
            + $" {good[..12]}: {why}. ");
    }

    private static async Task<BranchGround> FromMainAsync()
    {
        var ground = await BranchGround.NewAsync(BranchGround.FromMain);
        ground.Checkout.Switch("main").Write("app", "3").Commit("fix: third");
        ground.Checkout.Push();
        return ground;
    }

    private static string Tip(BranchGround ground, string revision) =>
        ground.Checkout.Git("--git-dir", ground.Checkout.Origin, "rev-parse", revision);
}
