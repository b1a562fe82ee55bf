using ReleaseActions.Core;
using ReleaseActions.Sandbox;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>Refs whose change was answered by an error, or not at all.</summary>
[Trait("Row", "F60")]
public sealed class LostRefTests
{
    public static TheoryData<string, FaultKind[], int> TagFaults() => new()
    {
        { "status=failed", [FaultKind.Reply(502, "<html>Bad gateway</html>")], 2 },
        { "status=failed", [FaultKind.Drop, FaultKind.Reply(503), FaultKind.Reply(500)], 4 },
        { "status=answer-lost", [FaultKind.LoseAnswer], 1 },
        { "status=ok", [FaultKind.Delay(TimeSpan.Zero)], 1 },
    };

    [Theory]
    [MemberData(nameof(TagFaults))]
    public async Task A_tag_whose_creation_was_not_answered_is_looked_for_and_made_again(string logged, FaultKind[] faults, int posts)
    {
        await using var ground = await NewAsync();
        ground.Checkout.Git("push", "--quiet", "origin", ":refs/tags/v1.0.0");
        foreach (var fault in faults) ground.Fault("POST", "git/refs", fault);

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Log.Should().Contain($"step=tag tag=v1.0.0 commit={ground.Checkout.Head} {logged}");
        ground.Writes.Count(w => w == "POST git/refs").Should().Be(posts);
        ground.ExpectWhole();
        ground.Checkout.Git("ls-remote", "origin", "refs/tags/v1.0.0").Should().StartWith(ground.Checkout.Head);
    }

    [Fact]
    public async Task A_tag_that_never_comes_about_is_no_tag_that_somebody_moved()
    {
        await using var ground = await NewAsync();
        ground.Checkout.Git("push", "--quiet", "origin", ":refs/tags/v1.0.0");
        ground.Fault("POST", "git/refs", FaultKind.Reply(502), times: 99);

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().Contain("make the tag 'v1.0.0'").And.NotContain("who moved it");
        run.Log.Should().NotContain("step=tag tag=v1.0.0 commit=" + ground.Checkout.Head + " status=ok");
        ground.GitHub.Releases.Should().ContainSingle().Which.Draft.Should().BeTrue();
    }

    [Fact]
    public async Task A_tag_that_another_client_made_elsewhere_meanwhile_is_refused()
    {
        await using var ground = await NewAsync();
        ground.Checkout.Git("push", "--quiet", "origin", ":refs/tags/v1.0.0");
        var other = ground.Checkout.EmptyCommit();
        Task Rival() => Task.FromResult(ground.Checkout.Git("push", "--quiet", "origin", $"{other}:refs/tags/v1.0.0"));
        ground.Fault("POST", "git/refs", FaultKind.Before(Rival));

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().Contain(other[..12]);
    }

    [Theory]
    [InlineData("ok")]
    [InlineData("ok", PushFault.Fails)]
    [InlineData("ok", PushFault.Fails, PushFault.Fails, PushFault.Fails)]
    [InlineData("answer-lost", PushFault.LosesAnswer)]
    [InlineData("answer-lost", PushFault.Fails, PushFault.LosesAnswer)]
    public async Task A_moving_tag_whose_push_was_not_answered_is_looked_for_and_moved_again(string status, params PushFault[] faults)
    {
        await using var ground = await NewAsync();
        ground.GitHub.FailPushes(faults);

        var run = await PublishAsync(ground, ("moving-tags", "major"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Log.Should().Contain($"step=move-tag tag=v1 commit={ground.Checkout.Head} from=nothing status={status}");
        run.Outputs["moving-tags"].Should().Be("v1");
        ground.Checkout.Git("ls-remote", "origin", "refs/tags/v1").Should().StartWith(ground.Checkout.Head);
    }

    [Fact]
    public async Task A_moving_tag_that_cannot_be_moved_is_reported_and_the_next_run_moves_it()
    {
        await using var ground = await NewAsync();
        ground.GitHub.FailPushes([.. Enumerable.Repeat(PushFault.Fails, 4)]);

        var run = await PublishAsync(ground, ("moving-tags", "major"));

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().Contain("502");
        var again = await PublishAsync(ground, ("moving-tags", "major"));
        again.ExitCode.Should().Be(ExitCode.Done, again.Log);
        again.Outputs["moving-tags"].Should().Be("v1");
    }

    [Theory]
    [InlineData("ok", PushFault.Fails)]
    [InlineData("answer-lost", PushFault.LosesAnswer)]
    public async Task The_state_file_is_written_once_whatever_became_of_the_answer(string status, PushFault fault)
    {
        await using var ground = await NewAsync();
        ground.Checkout.Write("state.yml", "phase: development\nversion: 0.9.0\nlast_release:\nlast_activity:\n")
            .Policy("state:\n  file: state.yml\n").Commit("State");
        ground.Checkout.Push().Git("tag", "--force", "v1.0.0");
        ground.Checkout.Git("push", "--quiet", "--force", "origin", "v1.0.0");
        ground.GitHub.FailPushes(fault);

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Log.Should().MatchRegex($"step=state .*status={status}");
        ground.Checkout.Git("--git-dir", ground.Checkout.Origin, "rev-list", "--count", $"{ground.Checkout.Head}..main").Should().Be("1");
    }
}
