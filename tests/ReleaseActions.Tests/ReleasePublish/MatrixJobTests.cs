using ReleaseActions.Core;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>The jobs of a matrix send their files into one draft, and the job after them publishes it.</summary>
[Trait("Row", "F56")]
public sealed class MatrixJobTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Jobs_at_once_share_one_draft_and_the_last_publishes_the_files_of_all(int seed)
    {
        await using var ground = await NewAsync(jobs: 4);

        var runs = await RaceAsync(ground, seed, jobs: 4);

        var shown = string.Join("\n---\n", runs.Select(r => r.Log));
        runs.Should().OnlyContain(r => r.ExitCode == ExitCode.Done, shown);
        ground.GitHub.Releases.Should().ContainSingle(shown).Which.Draft.Should().BeTrue();
        (await PublishAsync(ground)).ExitCode.Should().Be(ExitCode.Done);
        ground.ExpectWhole().Assets.Select(a => a.Name).Should().BeEquivalentTo("0.tgz", "1.tgz", "2.tgz", "3.tgz");
        ground.GitHub.Traffic.Writes.Should().ContainSingle(e => e.Body != null && e.Body.Contains("\"draft\":false"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Where_lists_lag_and_two_drafts_are_made_one_remains(int seed)
    {
        await using var ground = await NewAsync(jobs: 3);
        // Right after its own create, no job sees the newest draft.
        ground.Fault("GET", "releases", FaultKind.ListLags, times: 4);

        var runs = await RaceAsync(ground, seed, jobs: 3);

        runs.Should().OnlyContain(r => r.ExitCode == ExitCode.Done, string.Join("\n---\n", runs.Select(r => r.Log)));
        (await PublishAsync(ground)).ExitCode.Should().Be(ExitCode.Done);
        ground.ExpectWhole().Assets.Should().HaveCount(3);
    }

    [Fact]
    public async Task A_job_does_not_take_away_what_another_one_is_sending()
    {
        await using var ground = await NewAsync(jobs: 2);
        RunResult? other = null;
        ground.Fault("POST", "releases/1000/assets", FaultKind.Midway(async () => other = await JobAsync(ground, 1)));

        var run = await JobAsync(ground, 0);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        other!.ExitCode.Should().Be(ExitCode.Done, other.Log);
        ground.Writes.Should().NotContain(w => w.StartsWith("DELETE", StringComparison.Ordinal));
        ground.GitHub.Releases.Single().Assets.Should().HaveCount(2).And.OnlyContain(a => a.State == "uploaded");
    }

    [Fact]
    public async Task What_a_dead_job_left_broken_goes_before_publication()
    {
        await using var ground = await NewAsync(jobs: 2);
        await JobAsync(ground, 0);
        ground.Fault("POST", "releases/1000/assets", FaultKind.LeaveStarter(401), times: 9);
        (await JobAsync(ground, 1)).ExitCode.Should().NotBe(ExitCode.Done);
        ground.GitHub.Faults.Clear();

        var run = await PublishAsync(ground, "dist/0.tgz");

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.ExpectWhole().Assets.Should().ContainSingle().Which.Name.Should().Be("0.tgz");
    }

    private static async Task<ReleaseGround> NewAsync(int jobs)
    {
        var ground = await ReleaseGround.NewAsync();
        for (var job = 0; job < jobs; job++) ground.Checkout.Write($"dist/{job}.tgz", new string((char)('a' + job), 1_000));
        ground.Checkout.Tag("v1.0.0");
        return ground;
    }

    private static Task<RunResult> JobAsync(ReleaseGround ground, int job, HttpMessageHandler? transport = null) =>
        ground.Rig(transport).OnTag("v1.0.0").Input("files", $"dist/{job}.tgz").Input("draft", "true").RunAsync(new ReleasePublishAction());

    private static Task<RunResult> PublishAsync(ReleaseGround ground, string files = "none") =>
        ground.RunOnTagAsync(new ReleasePublishAction(), "v1.0.0", ("files", files));

    private static Task<RunResult[]> RaceAsync(ReleaseGround ground, int seed, int jobs)
    {
        var turns = new Turns(seed, jobs);
        return Task.WhenAll(Enumerable.Range(0, jobs).Select(job => Task.Run(async () =>
        {
            var run = await JobAsync(ground, job, turns.TransportOf(job));
            turns.End(job);
            return run;
        })));
    }
}
