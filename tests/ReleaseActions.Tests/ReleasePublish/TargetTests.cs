using ReleaseActions.Core;
using ReleaseActions.ReleasePublish;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>A commit that `target` names: GitHub hands out those of every pull request, a fork's too.</summary>
[Trait("Row", "S25")]
public sealed class TargetTests : IAsyncLifetime
{
    private ReleaseGround _ground = null!;

    private Checkout Checkout => _ground.Checkout;

    public async ValueTask InitializeAsync()
    {
        _ground = await ReleaseGround.NewAsync();
        Checkout.Commit("First");
        Checkout.Push();
    }

    public ValueTask DisposeAsync() => _ground.DisposeAsync();

    [Theory]
    [InlineData("refs/pull/1/head", false)]
    [InlineData("refs/pull/1/merge", false)]
    [InlineData("refs/changes/1", false)]
    [InlineData("refs/heads/other", true)]
    [InlineData("refs/heads/release/1.0.0", true)]
    [InlineData("refs/tags/kept", true)]
    public async Task Only_a_commit_of_a_branch_or_a_tag_is_released(string name, bool isReleased)
    {
        var commit = Checkout.EmptyCommit();
        Checkout.Git("push", "--quiet", "origin", $"{commit}:{name}");

        var run = await RunAsync(commit);

        run.ExitCode.Should().Be(isReleased ? ExitCode.Done : ExitCode.Refused, run.Log);
        if (isReleased) return;
        run.Errors.Should().ContainSingle().Which.Should().Contain(commit).And.Contain("is on no branch of acme/shop");
        _ground.Writes.Should().BeEmpty();
        Checkout.Git("ls-remote", "--tags", "origin").Should().BeEmpty();
    }

    [Fact]
    public async Task An_earlier_commit_of_a_branch_is_released()
    {
        var commit = Checkout.Head;
        Checkout.Commit("Second");
        Checkout.Commit("Third");
        Checkout.Push();

        (await RunAsync(commit)).ExitCode.Should().Be(ExitCode.Done);
    }

    [Fact]
    public async Task A_dry_run_lists_what_would_be_refused()
    {
        var commit = Checkout.EmptyCommit();
        Checkout.Git("push", "--quiet", "origin", $"{commit}:refs/pull/1/head");

        var run = await _ground.Rig().OnBranch("main").Input("version", "1.0.0").Input("target", commit).Input("dry-run", "true")
            .Input("files", "none").Input("body", "Hello").RunAsync(new ReleasePublishAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Log.Should().Contain("::warning").And.Contain("is on no branch of acme/shop");
    }

    private Task<RunResult> RunAsync(string target) => _ground.Rig().OnBranch("main").Input("version", "1.0.0").Input("target", target)
        .Input("files", "none").Input("body", "Hello").RunAsync(new ReleasePublishAction());
}
