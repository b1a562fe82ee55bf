using ReleaseActions.Core;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>Two runs of one tag overlap, and one of them is killed: neither a second release nor a draft of it stays.</summary>
[Trait("Row", "F55")]
public sealed class OverlapTests
{
    // More requests than a run sends.
    private const int Requests = 22;

    /// <summary>
    /// The seed of the order, and the request of the second run before which it dies: what it did after the one before is all that the
    /// server ever sees.
    /// </summary>
    public static TheoryData<int, int> Points =>
        [.. from request in Enumerable.Range(0, Requests) from seed in (int[])[1, 2] select (seed, request)];

    [Theory]
    [MemberData(nameof(Points))]
    public async Task Whichever_request_one_of_two_runs_dies_at_the_other_and_a_rerun_end_in_one_whole_release(
        int seed, int request)
    {
        await using var ground = await NewAsync();
        var turns = new Turns(seed, runs: 2);
        using var death = new CancellationTokenSource();

        var (going, dying) = (RunAsync(ground, turns, 0), RunAsync(ground, turns, 1, new Dying(turns.TransportOf(1), request, death)));

        (await going).ExitCode.Should().Be(ExitCode.Done, (await going).Log);
        (await dying).ExitCode.Should().BeOneOf(ExitCode.Done, ExitCode.Cancelled);
        ground.GitHub.Releases.Should().ContainSingle(r => !r.Draft).Which.Assets.Should().HaveCount(2);
        (await PublishAsync(ground)).ExitCode.Should().Be(ExitCode.Done);
        ground.ExpectWhole().Assets.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_draft_that_a_killed_run_made_meanwhile_goes_with_the_publication()
    {
        await using var ground = await NewAsync();
        // The other run saw no draft yet, made its own, sent a file, and died.
        ground.Fault("POST", "releases/1000/assets", FaultKind.Before(() => PutDraftAsync(ground, ground.Checkout.Head, "a.tgz")));

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.ExpectWhole().Id.Should().Be(1000);
        ground.Writes.Should().Contain("DELETE releases/1001");
    }

    [Theory]
    [InlineData("a.tgz", false)]
    [InlineData("of-another-job.tgz", true)]
    public async Task A_draft_beside_a_published_release_goes_with_the_rerun_unless_it_has_a_file_that_the_release_lacks(
        string file, bool stays)
    {
        await using var ground = await NewAsync();
        await PublishAsync(ground);
        await PutDraftAsync(ground, ground.Checkout.Head, file);

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.GitHub.Releases.Should().HaveCount(stays ? 2 : 1);
        run.Summary.Contains("delete the draft 1001, which another run left", StringComparison.Ordinal).Should().Be(!stays);
    }

    [Fact]
    public async Task A_draft_of_another_commit_or_with_a_persons_notes_is_judged_by_what_would_be_lost()
    {
        await using var ground = await NewAsync();
        await PublishAsync(ground);
        await PutDraftAsync(ground, new string('a', 40), "stale.tgz");
        await PutDraftAsync(ground, ground.Checkout.Head, "a.tgz", "By a person\n\n");

        (await PublishAsync(ground)).ExitCode.Should().Be(ExitCode.Done);

        ground.GitHub.Releases.Where(r => r.Draft).Should().ContainSingle().Which.Body.Should().StartWith("By a person");
    }

    [Fact]
    public async Task Nothing_is_published_while_another_draft_of_ours_has_a_file_that_the_release_would_lack()
    {
        await using var ground = await NewAsync();
        (await PublishAsync(ground, ("draft", "true"))).ExitCode.Should().Be(ExitCode.Done);
        await PutDraftAsync(ground, ground.Checkout.Head, "of-another-job.tgz");
        ground.GitHub.Traffic.Clear();

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().StartWith("Another run of this action left a draft of 'v1.0.0', and the release "
            + "lacks its files 'of-another-job.tgz': http").And.Contain("Run the job again that sends them");
        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    [Trait("Row", "F56")]
    public async Task A_run_whose_draft_went_while_it_sent_a_file_goes_on_in_the_one_that_is_there()
    {
        await using var ground = await NewAsync();
        ground.Fault("POST", "releases/1000/assets", FaultKind.Before(async () =>
        {
            (await ground.AskAsync(HttpMethod.Delete, "releases/1000")).Dispose();
            await PutDraftAsync(ground, ground.Checkout.Head, "a.tgz");
        }));

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.ExpectWhole().Id.Should().Be(1001);
    }

    /// <summary>A draft as another run of this action leaves it, with one whole file.</summary>
    internal static async Task PutDraftAsync(ReleaseGround ground, string commit, string file, string editedTo = "")
    {
        var body = editedTo + ReleaseNotes.Compose(editedTo.Length > 0 ? "Written" : "", "v1.0.0", commit, null);
        await ground.GitHub.PutAsync(new Release { TagName = "v1.0.0", TargetCommitish = "main", Draft = true, Body = body });
        var id = ground.GitHub.Releases.Max(r => r.Id);
        using var sent = await ground.UploadAsync(id, file, file[..1]);
        sent.IsSuccessStatusCode.Should().BeTrue();
    }

    private static async Task<RunResult> RunAsync(ReleaseGround ground, Turns turns, int number, Dying? dying = null) =>
        await Task.Run(async () =>
        {
            var rig = ground.Rig(dying ?? turns.TransportOf(number), cancellation: dying?.Token).OnTag("v1.0.0")
                .Input("files", "dist/a.tgz#The A\ndist/*.tgz").Input("parallel-uploads", "1");
            var run = await rig.RunAsync(new ReleasePublishAction());
            turns.End(number);
            return run;
        });
}
