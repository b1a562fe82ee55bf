using ReleaseActions.Core;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>The program is killed at each request, and the next run ends in the release that an undisturbed one makes.</summary>
public sealed class CrashTests
{
    private const int Requests = 19;

    /// <summary>The number of the request, and whether the program dies before the server does the work, amid it, or after it.</summary>
    public static TheoryData<int, string> Points =>
    [
        .. Enumerable.Range(0, Requests).SelectMany(n => ((string[])["before", "after"]).Select(when => (n, when))),
        (0, "midway"), (1, "midway"), (2, "midway"),
    ];

    public static TheoryData<string, string, string, FaultKind> Failures => new()
    {
        { "F08", "POST", "releases", FaultKind.SecondaryLimit("3600") },
        { "F10", "POST", "releases/*/assets", FaultKind.PrimaryLimit(DateTimeOffset.UtcNow.AddMinutes(40)) },
        { "F11", "POST", "releases/*/assets", FaultKind.Reply(401, """{"message":"Bad credentials"}""") },
        { "F12", "PATCH", "releases/*", FaultKind.Reply(403, """{"message":"Resource not accessible by integration"}""") },
        { "F13", "POST", "releases", FaultKind.Reply(404, """{"message":"Not Found"}""") },
        { "F15", "GET", "releases/tags/*", FaultKind.Reply(500) },
        { "F25", "POST", "git/refs", FaultKind.Reply(422, """{"message":"Repository rule violations found"}""") },
        { "F27", "POST", "releases/*/assets", FaultKind.Corrupt },
        { "F36", "*", "**", FaultKind.Drop },
        { "F37", "GET", "releases/*/assets", FaultKind.Reply(200, "<html>") },
    };

    [Theory]
    [MemberData(nameof(Points))]
    [Trait("Row", "F33"), Trait("Row", "F52")]
    public async Task A_run_that_is_killed_is_finished_by_the_next(int request, string when)
    {
        await using var ground = await NewAsync();
        async Task Kill()
        {
            (await ground.Client.Task).Kill();
            // Killed before the work: the request is as if it had never come.
            if (when == "before") throw new IOException("killed");
        }

        var fault = when switch { "before" => FaultKind.Before(Kill), "after" => FaultKind.After(Kill), _ => FaultKind.Midway(Kill) };
        ground.Fault(when == "midway" ? "POST" : "*", when == "midway" ? "releases/*/assets" : "**", fault, skip: request);
        using (var process = new ReleaseProcess(ground)) (await process.EndAsync()).ExitCode.Should().Be(137);
        ground.GitHub.Faults.AllPlayed.Should().BeTrue();

        await ExpectFinishedAsync(ground);
    }

    [Theory]
    [Trait("Row", "F33"), Trait("Row", "F52")]
    [InlineData("POST", "releases")]
    [InlineData("PATCH", "releases/*")]
    public async Task Notes_that_a_killed_run_wrote_are_not_appended_again(string method, string path)
    {
        await using var ground = await NewAsync();
        ground.Fault(method, path, FaultKind.After(async () => (await ground.Client.Task).Kill()));
        using (var process = new ReleaseProcess(ground, ("INPUT_BODY-MODE", "append"), ("INPUT_GENERATE-NOTES", "true")))
        {
            (await process.EndAsync()).ExitCode.Should().Be(137);
        }

        ground.GitHub.Put(new PullRequest(7, "feature") { Title = "Merged since", MergeCommitSha = ground.Checkout.Head, Open = false });

        var run = await ground.Rig().OnBranch("main").Input("version", "1.0.0").Input("files", "dist/*").Input("body", "Hello")
            .Input("body-mode", "append").Input("generate-notes", "true").RunAsync(new ReleasePublishAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        var release = ground.GitHub.Releases.Should().ContainSingle().Subject;
        release.Draft.Should().BeFalse();
        release.Body!.Split("Hello").Should().HaveCount(2);
        release.Body.Split("Full Changelog").Should().HaveCount(2);
    }

    [Fact]
    [Trait("Row", "F33")]
    public async Task A_run_that_is_not_killed_sends_as_many_requests_as_there_are_points()
    {
        await using var ground = await NewAsync();
        using var process = new ReleaseProcess(ground);

        var (exit, output) = await process.EndAsync();

        exit.Should().Be(0, output);
        ground.GitHub.Traffic.Entries.Should().HaveCount(Requests, string.Join('\n', ground.GitHub.Traffic.Entries));
        Points.Count.Should().BeGreaterThanOrEqualTo(25);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    [Trait("Row", "F52")]
    public async Task The_second_attempt_after_a_failure_ends_in_the_same_release(string row, string method, string path, FaultKind fault)
    {
        await using var ground = await NewAsync();
        ground.Fault(method, path, fault, times: 999);
        (await RunAsync(ground, attempt: "1")).ExitCode.Should().NotBe(ExitCode.Done, row);
        ground.GitHub.Faults.Clear();

        await ExpectFinishedAsync(ground);
    }

    [Fact]
    [Trait("Row", "F35"), Trait("Row", "F52")]
    public async Task The_second_attempt_reports_what_the_first_could_not()
    {
        await using var ground = await NewAsync();
        (await RunAsync(ground, attempt: "1", outputFile: ground.Checkout.Aside("a-folder"))).ExitCode.Should().Be(ExitCode.RemoteFailed);

        var run = await ExpectFinishedAsync(ground);

        run.Outputs.Should().Contain("tag", "v1.0.0").And.Contain("id", $"{ground.GitHub.Releases.Single().Id}");
    }

    /// <summary>The second attempt ends in the release that an undisturbed run makes.</summary>
    internal static async Task<RunResult> ExpectFinishedAsync(ReleaseGround ground)
    {
        var run = await RunAsync(ground, attempt: "2");

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        var release = ground.GitHub.Releases.Should().ContainSingle().Subject;
        release.Should().BeEquivalentTo(new
        {
            TagName = "v1.0.0",
            Name = "v1.0.0",
            Draft = false,
            Prerelease = false,
            TargetCommitish = ground.Checkout.Head,
            MakeLatest = "true",
        });
        release.Body.Should().Be(ReleaseNotes.Compose("Hello", "v1.0.0", ground.Checkout.Head, link: null));
        ground.ExpectWhole().Assets.Select(a => a.Name).Should().BeEquivalentTo("a.tgz", "b.tgz", "c.tgz");
        ground.Checkout.Git("ls-remote", "origin", "refs/tags/v1.0.0").Should().StartWith(ground.Checkout.Head);
        return run;
    }

    private static Task<RunResult> RunAsync(ReleaseGround ground, string attempt, string? outputFile = null) =>
        ground.Rig(outputFile: outputFile).OnBranch("main").With("GITHUB_RUN_ATTEMPT", attempt)
            .Input("version", "1.0.0").Input("files", "dist/*").Input("body", "Hello").RunAsync(new ReleasePublishAction());

    internal static async Task<ReleaseGround> NewAsync()
    {
        var ground = await ReleaseGround.NewAsync();
        foreach (var letter in "abc") ground.Checkout.Write($"dist/{letter}.tgz", new string(letter, 10_000));
        return ground;
    }
}
