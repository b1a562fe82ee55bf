using ReleaseActions.BranchCleanup;
using ReleaseActions.Core;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Tests.BranchCleanup;

public sealed class BranchCleanupTests : IAsyncLifetime
{
    private ReleaseGround _ground = null!;

    private Checkout Checkout => _ground.Checkout;

    public async ValueTask InitializeAsync()
    {
        _ground = await ReleaseGround.NewAsync();
        Checkout.Branch("release/1.0.0").Write("notes", "1.0.0").Commit("Release");
        Checkout.Switch("main").Git("merge", "--quiet", "--no-ff", "--no-edit", "release/1.0.0");
        Checkout.Push().Tag("v1.0.0");
    }

    public ValueTask DisposeAsync() => _ground.DisposeAsync();

    [Fact]
    [Trait("Rule", "AEG-15")]
    public async Task The_branch_of_the_released_version_is_deleted()
    {
        var run = await RunAsync();

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        Remote().Should().Equal("main");
        run.Log.Should().Contain("step=delete branch=release/1.0.0").And.Contain("status=ok");
        Golden.Matches(run.Summary, "deleted");
    }

    [Fact]
    [Trait("Rule", "OPS-02")]
    public async Task The_local_branch_is_deleted_too_where_it_is_at_the_commit_that_was_proved()
    {
        foreach (var branch in (string[])["release/2", "release/3", "release/4"])
        {
            Checkout.Git("branch", branch, Checkout.EmptyCommit());
            Checkout.Git("push", "--quiet", "origin", branch);
        }

        Checkout.Switch("release/2").Write("more", "x").Commit("Not pushed");
        Checkout.Switch("release/3");

        var run = await _ground.Rig().OnTag("v1.0.0").OnLaptop().Input("branches", "release/*").RunAsync(new BranchCleanupAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        Remote().Should().Equal("main");
        Checkout.Git("for-each-ref", "--format=%(refname:short)", "refs/heads").Split('\n').Should()
            .Equal("main", "release/2", "release/3");
        run.Log.Should()
            .Contain("branch=release/4 where=checkout status=ok").And.NotContain("branch=release/2 where=checkout").And.NotContain(
                "branch=release/3 where=checkout");
        run.Summary.Should()
            .Contain("the local branch is deleted too").And.Contain("the local branch stays, it is at another commit").And.Contain(
                "the local branch stays, it is checked out");
    }

    [Fact]
    [Trait("Row", "F43")]
    public async Task A_branch_that_is_gone_is_success()
    {
        await RunAsync();

        var run = await RunAsync();

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs.Should().Contain("deleted", "").And.Contain("kept", "");
        run.Summary.Should().Contain("it is not on origin: nothing to do");
    }

    [Fact]
    [Trait("Row", "F43")]
    public async Task A_branch_that_goes_while_it_is_looked_at_is_success()
    {
        _ground.Fault(
            "GET", "pulls", FaultKind.After(() => Task.FromResult(Checkout.Git("push", "--quiet", "origin", ":refs/heads/release/1.0.0"))));

        (await RunAsync()).ExitCode.Should().Be(ExitCode.Done);
    }

    [Fact]
    [Trait("Row", "F44")]
    public async Task A_branch_that_moves_while_it_is_looked_at_is_kept()
    {
        Checkout.Switch("release/1.0.0").Commit("Late");
        _ground.Fault("GET", "pulls", FaultKind.After(() => Task.FromResult(Checkout.Git("push", "--quiet", "origin", "release/1.0.0"))));

        var run = await RunAsync();

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().StartWith("The branch 'release/1.0.0' moved from ");
        Remote().Should().Equal("main", "release/1.0.0");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Row", "F46")]
    public async Task A_protected_branch_is_kept(bool byRuleset)
    {
        _ground.GitHub.Protect("release/1.0.0", byRuleset);

        await ExpectKeptAsync("The branch 'release/1.0.0' is protected");
    }

    [Fact]
    [Trait("Row", "F46")]
    public async Task The_default_branch_is_kept()
    {
        Checkout.Git("push", "--quiet", "origin", "main:refs/heads/production");

        var run = await _ground.Rig().OnTag("v1.0.0").Input("branch", "main").Input("production", "production")
            .RunAsync(new BranchCleanupAction());

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().StartWith("The branch 'main' is the default or the production branch");
    }

    [Fact]
    [Trait("Row", "F47")]
    public async Task The_head_of_an_open_pull_request_is_kept()
    {
        _ground.GitHub.Put(new PullRequest(7, "release/1.0.0", "develop") { Title = "Back to develop" });

        await ExpectKeptAsync("The branch 'release/1.0.0' is the head of an open pull request: #7 Back to develop");
    }

    [Fact]
    [Trait("Row", "F47")]
    public async Task The_base_of_an_open_pull_request_is_kept()
    {
        _ground.GitHub.Put(new PullRequest(7, "fix", "release/1.0.0") { Title = "One more fix" });

        await ExpectKeptAsync("The branch 'release/1.0.0' is the base of an open pull request: #7 One more fix");
    }

    [Theory]
    [InlineData("failure")]
    [InlineData("false")]
    [InlineData("")]
    [Trait("Rule", "AEG-15")]
    public async Task Where_the_release_did_not_succeed_every_branch_is_kept(string result)
    {
        var run = await RunAsync(("release-succeeded", result));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Summary.Should().Contain("the release did not succeed");
        run.Outputs.Should().Contain("kept", "release/1.0.0");
        Remote().Should().Equal("main", "release/1.0.0");
    }

    [Fact]
    public async Task Globs_delete_what_is_proven_and_leave_the_rest_without_an_error()
    {
        Checkout.Git("push", "--quiet", "origin", "main:refs/heads/release/0.9.0", "main:refs/heads/feature");
        Checkout.Branch("release/1.1.0").Write("more", "1.1.0").Commit("More");
        Checkout.Push();

        var run = await RunAsync(("branches", "release/*\n!release/0.9.0"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs.Should().Contain("deleted", "release/1.0.0").And.Contain("kept", "release/1.1.0");
        Remote().Should().Equal("feature", "main", "release/0.9.0", "release/1.1.0");
    }

    [Fact]
    public async Task A_dry_run_deletes_nothing_and_warns_of_what_would_be_refused()
    {
        _ground.GitHub.Protect("release/1.0.0");

        var run = await RunAsync(("dry-run", "true"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Log.Should().Contain("::warning::The branch 'release/1.0.0' is protected");
        Remote().Should().Contain("release/1.0.0");
    }

    [Fact]
    [Trait("Row", "F15")]
    public async Task Where_GitHub_does_not_say_whether_it_is_protected_nothing_is_deleted()
    {
        _ground.Fault("GET", "branches", FaultKind.Reply(500), times: 99);

        (await RunAsync()).ExitCode.Should().Be(ExitCode.RemoteFailed);

        Remote().Should().Contain("release/1.0.0");
    }

    [Theory]
    [Trait("Row", "S08")]
    [InlineData("--upload-pack=touch /tmp/x", "a ref must not begin with '-'")]
    [InlineData("a;id", "is not a legal ref name")]
    public async Task A_branch_that_is_no_name_is_refused(string branch, string told)
    {
        var run = await RunAsync(("branch", branch));

        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Errors.Should().ContainSingle().Which.Should().Contain(told);
    }

    private async Task ExpectKeptAsync(string told)
    {
        var run = await RunAsync();

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().StartWith(told);
        run.Outputs.Should().Contain("kept", "release/1.0.0");
        Remote().Should().Contain("release/1.0.0");
    }

    private Task<RunResult> RunAsync(params (string Name, string Value)[] inputs) =>
        _ground.RunOnTagAsync(new BranchCleanupAction(), "v1.0.0", inputs);

    private IEnumerable<string> Remote() =>
        Checkout.Git("ls-remote", "--heads", "origin").Split('\n').Select(line => line.Split("refs/heads/")[1]);
}
