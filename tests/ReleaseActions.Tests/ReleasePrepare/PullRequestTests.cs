using ReleaseActions.Core;
using ReleaseActions.ReleasePrepare;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Tests.ReleasePrepare;

/// <summary>The pull request of a release branch is opened once, whatever becomes of the run.</summary>
public sealed class PullRequestTests
{
    [Theory]
    [Trait("Rule", "AEG-06")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pull_request_that_could_not_be_opened_is_opened_by_the_next_run(bool isServerDown)
    {
        await using var ground = await BranchGround.NewAsync(BranchGround.FromDevelop);
        if (isServerDown) ground.Ground.Fault("POST", "pulls", FaultKind.Reply(502));
        else ground.Ground.GitHub.RefusesPullRequests = true;

        var first = await ground.RunAsync(("bump", "minor"));
        ground.Ground.GitHub.RefusesPullRequests = false;
        var again = await ground.RunAsync(("bump", "minor"));

        first.ExitCode.Should().Be(ExitCode.RemoteFailed, first.Log);
        first.Errors.Should().ContainSingle().Which.Should()
            .Contain(isServerDown ? "Run it again: the branches are pushed" : "Allow it under Settings, Actions, General");
        again.ExitCode.Should().Be(ExitCode.Done, again.Log);
        ground.Ground.GitHub.PullRequests.Should().ContainSingle();
        ground.Branches.Should().Equal("chore/release-1.3.0", "develop", "main", "release/1.3.0");
    }

    [Fact]
    public async Task A_pull_request_whose_answer_is_lost_is_found()
    {
        await using var ground = await BranchGround.NewAsync(BranchGround.FromDevelop);
        ground.Ground.Fault("POST", "pulls", FaultKind.LoseAnswer);

        var run = await ground.RunAsync(("bump", "minor"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs["pull-request"].Should().EndWith("/pull/1");
        ground.Ground.GitHub.PullRequests.Should().ContainSingle();
    }

    [Theory]
    [InlineData("INPUT_TOKEN")]
    [InlineData("GITHUB_REPOSITORY")]
    public async Task Without_a_token_or_the_repository_s_name_nothing_is_pushed(string variable)
    {
        await using var ground = await BranchGround.NewAsync(BranchGround.FromDevelop);

        // On a laptop, where either may be missing; a runner always says which repository it is.
        var rig = ground.Ground.Rig().OnBranch("main").Input("bump", "minor").With("GITHUB_ACTIONS", "").With("GITHUB_EVENT_NAME", "");
        var run = await rig.With(variable, "").RunAsync(new ReleasePrepareAction());

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Log.Should().Contain("A pull request is to be opened, and the repository's name or the token is not known. ");
        ground.Branches.Should().Equal("develop", "main");
    }

    [Fact]
    [Trait("Rule", "AEG-16")]
    public async Task A_dry_run_opens_nothing_and_shows_the_request()
    {
        await using var ground = await BranchGround.NewAsync(BranchGround.FromDevelop);
        var before = Shop.StateOf(ground.Checkout);

        var run = await ground.RunAsync(("bump", "minor"), ("dry-run", "true"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        Shop.StateOf(ground.Checkout).Should().Be(before);
        ground.Ground.GitHub.Traffic.Writes.Should().BeEmpty();
        run.Summary.Should().Contain(":refs/heads/release/1.3.0 ").And.Contain(
            "POST /repos/OWNER/NAME/pulls {\"title\":\"chore(release): release "
            + "1.3.0\",\"head\":\"chore/release-1.3.0\",\"base\":\"release/1.3.0\"}");
    }
}
