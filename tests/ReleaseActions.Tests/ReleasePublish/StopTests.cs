using ReleaseActions.Sandbox;
using static ReleaseActions.Tests.ReleasePublish.CrashTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>The program is told to stop amid an upload, and the second attempt sends only what is missing.</summary>
public sealed class StopTests
{
    // Ten times what the row allows: a busy machine is no failure.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(50);

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("INT TERM")]
    [Trait("Row", "F30"), Trait("Row", "F31"), Trait("Row", "F32"), Trait("Row", "F52")]
    public async Task A_run_that_is_stopped_leaves_a_draft_which_the_next_one_finishes(string signals)
    {
        await using var ground = await NewAsync();
        var (stored, signalled, ended) = ((long[])[], new TaskCompletionSource(), new TaskCompletionSource());
        ground.Fault("POST", "releases/*/assets", FaultKind.Midway(async () =>
        {
            stored = [.. ground.GitHub.Releases.Single().Assets.Where(a => a.State == "uploaded").Select(a => a.Id)];
            (await ground.Client.Task).Signal(signals.Split(' '));
            signalled.SetResult();
            await ended.Task;
            // Nothing more comes of what was on its way.
            throw new IOException("stopped");
        }), skip: 1);
        using (var process = new ReleaseProcess(ground, ("INPUT_PARALLEL-UPLOADS", "1")))
        {
            var exit = process.EndAsync();
            await Task.WhenAny(exit, signalled.Task);
            (await exit.WaitAsync(Longest)).ExitCode.Should().Be(130);
        }

        ended.SetResult();
        ground.GitHub.Releases.Should().ContainSingle().Which.Draft.Should().BeTrue();
        ground.GitHub.Traffic.Clear();

        await ExpectFinishedAsync(ground);

        ground.GitHub.Releases.Single().Assets.Single(a => a.Name == "a.tgz").Id.Should().Be(stored.Should().ContainSingle().Subject);
        // One of the others was on its way, and the last had not begun.
        ground.GitHub.Traffic.Writes.Where(e => e.Method == "POST" && e.Path.EndsWith("/assets", StringComparison.Ordinal))
            .Select(e => e.Query).Should().BeEquivalentTo("?name=b.tgz", "?name=c.tgz");
    }
}
