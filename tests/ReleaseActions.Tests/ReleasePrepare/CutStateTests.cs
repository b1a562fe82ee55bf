using ReleaseActions.Core;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Tests.ReleasePrepare;

/// <summary>What is looked at before a release branch is cut.</summary>
[Trait("Rule", "AEG-18")]
public sealed class CutStateTests
{
    private const string Gated = BranchGround.FromDevelop + "gates:\n  checks: [build, lint]\n";

    [Theory]
    [InlineData("failure", "The check 'lint' is 'failure' on *. Fix what it reports, or rerun it; it must be 'success'.")]
    [InlineData("cancelled", "The check 'lint' is 'cancelled' on *. Fix what it reports, *")]
    [InlineData(null, "The check 'lint' is 'in_progress' on *. Wait until it ends, then run this again.")]
    [InlineData("absent", "The check 'lint' has not run on *. *")]
    [InlineData("on main", "The check 'lint' has not run on *. *")]
    public async Task A_check_that_is_not_green_on_develop_stops_the_cut(string? conclusion, string refusal)
    {
        await using var ground = await BranchGround.NewAsync(Gated);
        var gitHub = ground.Ground.GitHub;
        gitHub.Put(new CheckRun(ground.Tip("develop"), "build"));
        if (conclusion == "on main") gitHub.Put(new CheckRun(ground.Tip("main"), "lint"));
        else if (conclusion != "absent") gitHub.Put(new CheckRun(ground.Tip("develop"), "lint", conclusion));
        var before = Shop.StateOf(ground.Checkout);

        var run = await ground.RunAsync(("bump", "minor"));

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().Match(refusal);
        Shop.StateOf(ground.Checkout).Should().Be(before);
    }

    [Fact]
    public async Task Green_checks_pass_and_open_pull_requests_and_drift_are_listed()
    {
        await using var ground = await BranchGround.NewAsync(Gated);
        var gitHub = ground.Ground.GitHub;
        gitHub.Put(new CheckRun(ground.Tip("develop"), "build"));
        gitHub.Put(new CommitStatus(ground.Tip("develop"), "lint"));
        ground.Checkout.Switch("main").Write("CHANGELOG.md", Shop.Changelog + "\n").Commit("docs: an empty line");
        ground.Checkout.Push();
        gitHub.Put(new PullRequest(4, "feature", "develop") { Title = "Sell by *weight*" });
        gitHub.Put(new PullRequest(5, "hotfix", "main") { Title = "Stop the bleeding" });
        gitHub.Put(new PullRequest(6, "other", "feature") { Title = "Not listed" });
        gitHub.Put(new PullRequest(7, "old", "develop") { Title = "Not open", Open = false });

        var run = await ground.RunAsync(("bump", "minor"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Summary.Should().Contain($"| checks | build, lint on {ground.Tip("develop")[..12]} |")
            .And.Contain("| drift | develop has 1 commit that main lacks, and lacks 1 of main |")
            .And.Contain("| open pull request | \\#4 Sell by \\*weight\\* → develop |").And.Contain("\\#5 Stop the bleeding → main |")
            .And.NotContain("Not ");
    }
}
