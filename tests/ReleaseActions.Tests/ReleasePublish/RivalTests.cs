using System.Security.Cryptography;
using ReleaseActions.Core;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>Two runs of one tag at the same time: one release comes of it, whole, and nobody's files are lost silently.</summary>
public sealed class RivalTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 50)];

    [Fact]
    [Trait("Row", "F17")]
    public async Task A_rival_that_publishes_the_same_first_has_done_the_work()
    {
        await using var ground = await NewAsync();
        PublishFirst(ground, "dist/a.tgz#The A\ndist/*.tgz");

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        var release = ground.GitHub.Releases.Should().ContainSingle().Subject;
        release.Should().BeEquivalentTo(new { Draft = false });
        run.Outputs.Should().Contain("id", $"{release.Id}");
    }

    [Fact]
    [Trait("Row", "F17")]
    public async Task A_rival_that_publishes_something_else_first_is_reported_and_no_draft_stays()
    {
        await using var ground = await NewAsync();
        PublishFirst(ground, "dist/a.tgz#The A");

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().StartWith("'v1.0.0' is published already and differs: 'b.tgz' (missing)");
        ground.GitHub.Releases.Should().ContainSingle().Which.Draft.Should().BeFalse();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    [Trait("Row", "F18")]
    public async Task Two_runs_with_the_same_files_make_one_release(int seed)
    {
        await using var ground = await NewAsync();

        var runs = await RaceAsync(ground, seed, "dist/*.tgz", "dist/*.tgz");

        runs.Select(r => r.ExitCode)
            .Should().Contain(ExitCode.Done).And.OnlyContain(e => e == ExitCode.Done || e == ExitCode.Refused, "{0}", Logs(runs));
        ExpectWhole(ground, "a.tgz", "b.tgz");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    [Trait("Row", "F19")]
    public async Task Two_runs_with_different_files_make_one_release_of_both_or_one_gives_way(int seed)
    {
        await using var ground = await NewAsync();

        var runs = await RaceAsync(ground, seed, "dist/a.tgz", "dist/b.tgz");

        var done = runs.Index().Where(r => r.Item.ExitCode == ExitCode.Done).Select(r => r.Index == 0 ? "a.tgz" : "b.tgz").ToArray();
        runs.Select(r => r.ExitCode)
            .Should().Contain(ExitCode.Done).And.OnlyContain(e => e == ExitCode.Done || e == ExitCode.Refused, "{0}", Logs(runs));
        ExpectWhole(ground, done);
    }

    [Fact]
    [Trait("Row", "F18"), Trait("Rule", "OPS-09")]
    public async Task A_draft_that_another_run_shared_and_published_is_not_written_again_and_nobody_is_notified_twice()
    {
        await using var ground = await NewAsync();
        ground.Checkout.Policy("notifications: [{ name: robot, url-from: ROBOT_URL }]");
        Task<RunResult> RunAsync(string notes) =>
            ground.Rig().OnTag("v1.0.0").With("ROBOT_URL", $"{ground.GitHub.ServerUrl}/hooks/webhook/x")
                .Input("files", "dist/*.tgz").Input("body", notes).RunAsync(new ReleasePublishAction());
        ground.Fault(
            "GET", "releases/1000/assets", FaultKind.Before(async () => (await RunAsync("Theirs")).ExitCode.Should().Be(ExitCode.Done)));

        var run = await RunAsync("Ours");

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs.Should().Contain("is-new", "false").And.Contain("is-latest", "true");
        ground.GitHub.Releases.Should().ContainSingle().Which.Body.Should().StartWith("Theirs");
        ground.Writes.Should().ContainSingle(w => w.StartsWith("PATCH releases/", StringComparison.Ordinal));
        ground.GitHub.Traffic.Writes.Should().ContainSingle(e => e.Path.StartsWith("/hooks/", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Row", "F18"), Trait("Row", "F19")]
    public async Task Four_runs_at_once_make_one_release_of_the_files_of_all_that_end_well()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            await using var ground = await NewAsync();
            string[] files = seed % 2 == 0
                ? ["dist/*.tgz", "dist/*.tgz", "dist/*.tgz", "dist/*.tgz"]
                : ["dist/a.tgz", "dist/b.tgz", "dist/*.tgz", "dist/a.tgz"];

            var runs = await RaceAsync(ground, seed, files);

            var shown = $"seed {seed}: {Logs(runs)}";
            runs.Select(r => r.ExitCode)
                .Should().Contain(ExitCode.Done, shown).And.OnlyContain(e => e == ExitCode.Done || e == ExitCode.Refused, shown);
            runs.Where(r => r.ExitCode == ExitCode.Refused).SelectMany(r => r.Errors)
                .Should().NotContain(e => !e.StartsWith("'v1.0.0' is published already and differs: "), shown);
            var done = runs.Zip(files).Where(r => r.First.ExitCode == ExitCode.Done)
                .SelectMany(r => r.Second == "dist/*.tgz" ? ["a.tgz", "b.tgz"] : new[] { r.Second["dist/".Length..] });
            ExpectWhole(ground, [.. done.Distinct()]);
        }
    }

    [Fact]
    [Trait("Row", "F18")]
    public async Task A_rivals_file_of_the_same_name_and_other_bytes_is_never_taken_away()
    {
        await using var ground = await NewAsync();
        ground.Fault("POST", "releases/1000/assets", FaultKind.Before(async () =>
        {
            ground.Checkout.Write("dist/a.tgz", "z");
            (await ground.RunOnTagAsync(new ReleasePublishAction(), "v1.0.0", ("files", "dist/a.tgz"))).ExitCode.Should().Be(ExitCode.Done);
            ground.Checkout.Write("dist/a.tgz", "a");
        }));

        var run = await ground.RunOnTagAsync(new ReleasePublishAction(), "v1.0.0", ("files", "dist/a.tgz"));

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().StartWith("Another run sent other bytes as 'a.tgz' meanwhile");
        var release = ground.GitHub.Releases.Should().ContainSingle().Subject;
        release.Draft.Should().BeFalse();
        release.Assets.Should().ContainSingle().Which.Digest.Should().Be("sha256:" + Convert.ToHexStringLower(SHA256.HashData("z"u8)));
    }

    [Fact]
    [Trait("Row", "F52")]
    public async Task A_draft_that_continues_at_another_commit_names_that_one()
    {
        await using var ground = await NewAsync(tag: null);
        Task<RunResult> DispatchAsync() => ground.Rig().OnBranch("main").Input("version", "1.0.0").Input("files", "none")
            .RunAsync(new ReleasePublishAction());
        ground.GitHub.RefusesNewTags = true;
        (await DispatchAsync()).ExitCode.Should().Be(ExitCode.RemoteFailed);
        ground.GitHub.RefusesNewTags = false;
        ground.Checkout.Write("fixed.txt", "x").Commit("Fix it");
        ground.Checkout.Push();

        (await DispatchAsync()).ExitCode.Should().Be(ExitCode.Done);
        var again = await DispatchAsync();

        again.ExitCode.Should().Be(ExitCode.Done, again.Log);
        ground.GitHub.Releases.Should().ContainSingle().Which.Body.Should().Contain($"commit={ground.Checkout.Head}");
    }

    private static void ExpectWhole(ReleaseGround ground, params string[] names) =>
        ground.ExpectWhole().Assets.Select(a => a.Name).Should().Contain(names);

    // One request at a time, in the order of the seed; an upload is two, so that a rival sees it half done.
    private static async Task<RunResult[]> RaceAsync(ReleaseGround ground, int seed, params string[] files)
    {
        var turns = new Turns(seed, files.Length);
        ground.Fault("POST", "releases/*/assets", FaultKind.Midway(turns.PassAsync), times: int.MaxValue);
        var runs = await Task.WhenAll(files.Select((f, run) => Task.Run(async () =>
        {
            var result = await ground.Rig(turns.TransportOf(run)).OnTag("v1.0.0").Input("files", f).RunAsync(new ReleasePublishAction());
            turns.End(run);
            return result;
        })));
        ground.GitHub.Faults.Clear();
        return runs;
    }

    // Between our last look and our publication another run, which has not seen our draft, makes and publishes a release of its own.
    private static void PublishFirst(ReleaseGround ground, string files)
    {
        async Task PublishAsync()
        {
            ground.Fault("GET", "releases", WithoutOurDraft, times: 3);
            (await ground.RunOnTagAsync(new ReleasePublishAction(), "v1.0.0", ("files", files))).ExitCode.Should().Be(ExitCode.Done);
        }

        ground.Fault("PATCH", "releases/1000", FaultKind.Before(PublishAsync));
    }

    /// <summary>What another run sees of the releases: each of its lists lags behind the draft of this one.</summary>
    internal static FaultKind WithoutOurDraft => FaultKind.Edited(list =>
    {
        foreach (var ours in list.AsArray().Where(r => r!["id"]!.GetValue<long>() == 1000).ToList()) list.AsArray().Remove(ours);
    });

    private static string Logs(IEnumerable<RunResult> runs) => string.Join("\n---\n", runs.Select(r => r.Log));
}
