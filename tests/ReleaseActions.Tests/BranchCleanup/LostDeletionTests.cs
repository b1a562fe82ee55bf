using ReleaseActions.BranchCleanup;
using ReleaseActions.Core;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Tests.BranchCleanup;

/// <summary>Deletions whose answer is lost, and runs that are killed.</summary>
public sealed class LostDeletionTests
{
    [Theory]
    [Trait("Row", "F60")]
    [InlineData("ok", ExitCode.Done, PushFault.Fails)]
    [InlineData("answer-lost", ExitCode.Done, PushFault.LosesAnswer)]
    [InlineData("answer-lost", ExitCode.Done, PushFault.Fails, PushFault.Fails, PushFault.LosesAnswer)]
    public async Task A_deletion_that_was_not_answered_is_looked_for_and_made_again(string status, ExitCode exit, params PushFault[] faults)
    {
        await using var ground = await NewAsync();
        ground.GitHub.FailPushes(faults);

        var run = await ground.RunOnTagAsync(new BranchCleanupAction(), "v1.0.0", ("branches", "release/*"));

        run.ExitCode.Should().Be(exit, run.Log);
        run.Log.Should().MatchRegex($"step=delete branch=release/1.0.0 .*status={status}");
        run.Outputs.Should().Contain("deleted", "release/0.9.0\nrelease/1.0.0").And.Contain("kept", "");
        Remote(ground).Should().EndWith("refs/heads/main").And.NotContain("release");
    }

    [Fact]
    [Trait("Row", "F60")]
    public async Task What_fails_again_and_again_is_kept_and_the_next_run_deletes_it()
    {
        await using var ground = await NewAsync();
        ground.GitHub.FailPushes([.. Enumerable.Repeat(PushFault.Fails, 12)]);

        var run = await ground.RunOnTagAsync(new BranchCleanupAction(), "v1.0.0", ("branches", "release/*"));

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        run.Outputs.Should().Contain("kept", "release/0.9.0\nrelease/1.0.0");
        run.Errors.Should().AllSatisfy(e => e.Should().Contain("502"));
        (await ground.RunOnTagAsync(new BranchCleanupAction(), "v1.0.0", ("branches", "release/*"))).ExitCode.Should().Be(ExitCode.Done);
        Remote(ground).Should().NotContain("release");
    }

    // Asked of the API and of git: each of them, counted in the test below.
    private const int Requests = 14;
    private const int RequestsOfApi = 5;

    // Before each request, and after each of the API: what follows one of git's is the next request.
    public static TheoryData<int, string> Points =>
        [.. Enumerable.Range(0, Requests).Select(n => (n, "before")), .. Enumerable.Range(0, RequestsOfApi).Select(n => (n, "after"))];

    [Theory]
    [MemberData(nameof(Points))]
    [Trait("Row", "F33"), Trait("Row", "F52")]
    public async Task A_run_that_is_killed_is_finished_by_the_next(int request, string when)
    {
        await using var ground = await NewAsync();
        ReleaseProcess? process = null;
        var started = new TaskCompletionSource();
        var seen = 0;
        Watch(ground, (moment, _) =>
        {
            if (moment != when || Interlocked.Increment(ref seen) != request + 1) return;
            started.Task.Wait();
            process!.KillAll();
        });
        using (process = Start(ground))
        {
            started.SetResult();
            (await process.EndAsync()).ExitCode.Should().Be(137);
        }

        Watch(ground, null);
        var run = await ground.RunOnTagAsync(new BranchCleanupAction(), "v1.0.0", ("branches", "release/*"));
        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        Remote(ground).Should().EndWith("refs/heads/main").And.NotContain("release");
    }

    [Fact]
    [Trait("Row", "F33")]
    public async Task A_run_that_is_not_killed_sends_as_many_requests_as_there_are_points()
    {
        await using var ground = await NewAsync();
        var requests = new System.Collections.Concurrent.ConcurrentQueue<string>();
        Watch(ground, (moment, request) =>
        {
            if (moment == "before") requests.Enqueue(request);
        });

        using var process = Start(ground);

        (await process.EndAsync()).ExitCode.Should().Be(0);
        requests.Should().HaveCount(Requests, string.Join('\n', requests));
        requests.Count(r => r.Contains("/api/", StringComparison.Ordinal)).Should().Be(RequestsOfApi);
    }

    private static ReleaseProcess Start(ReleaseGround ground) => new(
        ground, "dotnet", ReleaseProcess.Program("BranchCleanup", "branch-cleanup"), ("INPUT_BRANCHES", "release/*"), ("INPUT_FILES", ""),
        ("INPUT_BODY", ""));

    // The API's requests through faults that do no harm, git's by the server of git.
    private static void Watch(ReleaseGround ground, Action<string, string>? watch)
    {
        ground.GitHub.Faults.Clear();
        ground.GitHub.WatchGit = watch is null ? null : request => watch("before", request);
        if (watch is null) return;
        ground.Fault("*", "**", FaultKind.Around(watch), times: 99);
    }

    private static async Task<ReleaseGround> NewAsync()
    {
        var ground = await ReleaseGround.NewAsync();
        foreach (var branch in (string[])["release/0.9.0", "release/1.0.0"])
        {
            ground.Checkout.Branch(branch).Write("notes", branch).Commit(branch);
            ground.Checkout.Switch("main").Git("merge", "--quiet", "--no-ff", "--no-edit", branch);
        }

        ground.Checkout.Push().Tag("v1.0.0");
        return ground;
    }

    private static string Remote(ReleaseGround ground) => ground.Checkout.Git("ls-remote", "--heads", "origin");
}
