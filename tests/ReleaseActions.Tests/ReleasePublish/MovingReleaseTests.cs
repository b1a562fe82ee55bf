using ReleaseActions.Core;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>A release that moves from night to night: one step, and nothing that is public goes before the new files are there.</summary>
public sealed class MovingReleaseTests
{
    [Fact]
    public async Task The_first_night_makes_it_and_the_next_one_moves_tag_notes_and_files()
    {
        await using var ground = await NightAsync();
        var first = ground.GitHub.Releases.Should().ContainSingle().Subject;
        var head = ground.Checkout.Head;
        first.Should().BeEquivalentTo(new { TagName = "nightly", Prerelease = true, Draft = false, TargetCommitish = head });

        ground.Checkout.Write("dist/a.tgz", "another").Write("dist/c.tgz", "c");
        File.Delete(Path.Combine(ground.Checkout.Root, "dist/b.tgz"));
        var run = await MoveAsync(ground, "The second night");

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        var moved = ExpectMoved(ground, "a.tgz", "c.tgz");
        moved.Id.Should().Be(first.Id, "links to the release stay");
        moved.Body.Should().StartWith("The second night\n\n<!-- release-actions: tag=nightly")
            .And.Contain($"commit={ground.Checkout.Head}");
        run.Summary.Should().Contain("move the tag from");
        ground.GitHub.Traffic.Clear();
        (await RunAsync(ground, "The second night")).ExitCode.Should().Be(ExitCode.Done);
        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    public async Task Old_files_go_only_when_the_new_ones_are_verified()
    {
        await using var ground = await NightAsync();
        ground.Checkout.Write("dist/a.tgz", "another").Write("dist/b.tgz", "different");
        ground.Fault("POST", "releases/*/assets", FaultKind.Corrupt, skip: 1);

        var run = await MoveAsync(ground);

        run.ExitCode.Should().Be(ExitCode.VerificationFailed, run.Log);
        ground.GitHub.Releases.Single().Assets.Select(a => (a.Name, a.Size)).Should().BeEquivalentTo([("a.tgz", 1L), ("b.tgz", 1L)]);
        ground.Checkout.Git("ls-remote", "origin", "refs/tags/nightly").Should().NotStartWith(ground.Checkout.Head);
    }

    [Fact]
    public async Task A_rule_that_keeps_the_tag_leaves_the_release_as_it_was()
    {
        await using var ground = await NightAsync();
        ground.Checkout.Write("dist/a.tgz", "another").RefuseUpdatesOf("refs/tags/nightly");

        var run = await MoveAsync(ground);

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().StartWith("The tag 'nightly' was not moved to ");
        ground.GitHub.Releases.Single().Assets.Select(a => (a.Name, a.Size)).Should().BeEquivalentTo([("a.tgz", 1L), ("b.tgz", 1L)]);
    }

    [Fact]
    public async Task Jobs_of_one_night_add_to_each_other()
    {
        await using var ground = await NightAsync();
        ground.Checkout.Commit("Later");
        ground.Checkout.Push().Write("dist/a.tgz", "another").Write("dist/b.tgz", "different");

        (await RunAsync(ground, "Notes", "dist/a.tgz")).ExitCode.Should().Be(ExitCode.Done);
        (await RunAsync(ground, "Notes", "dist/b.tgz")).ExitCode.Should().Be(ExitCode.Done);

        ExpectMoved(ground, "a.tgz", "b.tgz");
    }

    [Fact]
    public async Task Another_run_that_moved_the_tag_meanwhile_is_seen()
    {
        await using var ground = await NightAsync();
        ground.Checkout.Write("dist/a.tgz", "another");
        var other = ground.Checkout.Commit("Of another run");
        ground.Checkout.Push();
        ground.Fault("POST", "releases/*/assets", FaultKind.Before(() =>
        {
            ground.Checkout.Git("push", "--quiet", "--force", "origin", $"{other}:refs/tags/nightly");
            return Task.CompletedTask;
        }));

        var run = await MoveAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Log.Should().Contain("reason=\"Another run moved the tag 'nightly' meanwhile\"");
        ExpectMoved(ground, "a.tgz", "b.tgz");
    }

    [Fact]
    public async Task A_release_of_another_tool_is_moved_as_well()
    {
        await using var ground = await NewAsync("nightly");
        await ground.GitHub.PutAsync(new Release { TagName = "nightly", TargetCommitish = "main", Name = "Nightly", Body = "Old" });
        (await ground.UploadAsync(1000, "stale.zip", "stale")).Dispose();

        var run = await MoveAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ExpectMoved(ground, "a.tgz", "b.tgz").Should().BeEquivalentTo(new { Id = 1000, Name = "Nightly", Prerelease = true });
    }

    [Fact]
    public async Task An_immutable_release_does_not_move()
    {
        await using var ground = await NewAsync("nightly", o => o with { ImmutableReleases = true });
        (await RunAsync(ground, "Notes")).ExitCode.Should().Be(ExitCode.Done);
        ground.GitHub.Traffic.Clear();

        var run = await MoveAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().ContainSingle().Which
            .Should().StartWith("The release of 'nightly' is immutable, and such a release never moves");
        ground.Writes.Should().BeEmpty();
    }

    [Theory]
    [InlineData("v1.0.0", "move")]
    public async Task A_version_never_moves(string tag, string mode)
    {
        await using var ground = await NewAsync(tag);
        await PublishAsync(ground);
        ground.Checkout.Commit("Later");

        (await PublishAsync(ground, ("unversioned-tag", mode))).ExitCode.Should().Be(ExitCode.Refused);
    }

    /// <summary>Before which request of a move the run dies: what it did after the one before is all that the server ever sees.</summary>
    public static TheoryData<int> Points => [.. Enumerable.Range(0, 24)];

    [Theory]
    [MemberData(nameof(Points))]
    [Trait("Row", "F33")]
    public async Task A_move_that_is_killed_is_finished_by_the_next_run_and_leaves_nothing_behind(int request)
    {
        await using var ground = await NightAsync();
        ground.Checkout.Write("dist/a.tgz", "another").Write("dist/c.tgz", "c").Commit("Later");
        ground.Checkout.Push();
        using var death = new CancellationTokenSource();

        using var line = new Dying(new SocketsHttpHandler { AllowAutoRedirect = false }, request, death);

        var killed = await ground.Rig(line, cancellation: death.Token)
            .OnBranch("main").Input("tag", "nightly").Input("unversioned-tag", "move").Input("files", "dist/*.tgz").Input("body", "Notes")
            .RunAsync(new ReleasePublishAction());

        killed.ExitCode.Should().BeOneOf(ExitCode.Cancelled, ExitCode.Done);
        (await RunAsync(ground, "Notes")).ExitCode.Should().Be(ExitCode.Done);
        ExpectMoved(ground, "a.tgz", "b.tgz", "c.tgz");
    }

    [Fact]
    [Trait("Row", "F33")]
    public async Task What_a_killed_move_left_goes_with_the_next_one_whatever_that_brings()
    {
        await using var ground = await NightAsync();
        (await ground.UploadAsync(1000, "a.tgz.0123456789abcdef.new", "of a killed run")).Dispose();
        ground.Checkout.Write("dist/a.tgz", "another");

        (await MoveAsync(ground)).ExitCode.Should().Be(ExitCode.Done);

        ExpectMoved(ground, "a.tgz", "b.tgz");
    }

    private static async Task<ReleaseGround> NightAsync()
    {
        var ground = await NewAsync(tag: null);
        var run = await RunAsync(ground, "The first night");
        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        return ground;
    }

    // A new commit, as each night has.
    private static Task<RunResult> MoveAsync(ReleaseGround ground, string notes = "Notes")
    {
        ground.Checkout.Commit("Another night");
        ground.Checkout.Push();
        return RunAsync(ground, notes);
    }

    private static Task<RunResult> RunAsync(ReleaseGround ground, string notes, string files = "dist/*.tgz") =>
        ground.Rig().OnBranch("main")
        .Input("tag", "nightly").Input("unversioned-tag", "move").Input("files", files).Input("body", notes)
        .RunAsync(new ReleasePublishAction());

    private static Release ExpectMoved(ReleaseGround ground, params string[] files)
    {
        var release = ground.ExpectWhole();
        release.Assets.Select(a => a.Name).Should().BeEquivalentTo(files);
        release.TargetCommitish.Should().Be(ground.Checkout.Head);
        ground.Checkout.Git("ls-remote", "origin", "refs/tags/nightly").Should().StartWith(ground.Checkout.Head);
        ground.GitHub.Latest.Should().BeNull();
        return release;
    }
}
