using ReleaseActions.Core;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Sandbox;

namespace ReleaseActions.EndToEnd.Containers;

/// <summary>A workflow is cancelled while files are uploaded. That a container ends on its first signal is asserted, and not its seconds.</summary>
public sealed class CancellationTests
{
    [Fact]
    [Trait("Row", "F30"), Trait("Row", "F52")]
    [Trait("Row", "S23")]
    public Task After_SIGINT_the_draft_stays_and_a_rerun_uploads_only_what_is_missing() =>
        StopAsync(async step => (await step.CancelAsync()).Should().Be("INT"));

    [Fact]
    [Trait("Row", "F31"), Trait("Row", "F52")]
    [Trait("Row", "S23")]
    public Task After_SIGTERM_alone_the_draft_stays_and_a_rerun_uploads_only_what_is_missing() => StopAsync(step =>
    {
        step.Signal("TERM");
        return Task.CompletedTask;
    });

    [Fact]
    [Trait("Row", "F32"), Trait("Row", "F52")]
    public Task After_SIGINT_and_SIGTERM_at_once_the_draft_stays_and_a_rerun_uploads_only_what_is_missing() => StopAsync(step =>
    {
        step.Signal("INT");
        step.Signal("TERM");
        return Task.CompletedTask;
    });

    [Fact]
    [Trait("Row", "S23")]
    public async Task After_SIGTERM_amid_a_push_the_sign_in_is_gone()
    {
        await using var job = await ContainerJob.OnTagAsync("v1.0.0", checkout =>
        {
            ContainerTests.Sample(checkout);
            checkout.Write("app/Dockerfile", "FROM scratch\nCOPY tool.txt /\n").Write("app/tool.txt", "tool\n").Commit("Add an image");
        });
        using var push = new Held();
        job.GitHub.Faults.Add(new Fault("PUT", "manifests/*", FaultKind.Before(push.WaitAsync)));
        using var step = job.Start("image-build-push", ("version", "1.0.0"), ("image", "shop"), ("context", "app"), ("registry", $"{job.GitHub.Registry}/acme"), ("password", ContainerJob.Token));
        await push.Began;
        var during = job.LeftBehind;

        step.Signal("TERM");
        var run = await step.EndAsync();

        run.ExitCode.Should().Be((int)ExitCode.Cancelled, run.Log);
        during.Should().NotBeEmpty("the sign-in was there while it was needed");
        job.LeftBehind.Should().BeEmpty();
        push.Release();
    }

    [Fact]
    [Trait("Row", "S22")]
    public async Task The_token_is_in_no_process_s_arguments()
    {
        await using var job = await ContainerJob.OnTagAsync("v1.0.0", ContainerTests.Sample);
        using var upload = HoldUpload(job);
        using var step = job.Start("release-publish", ("tag", "v1.0.0"), ("files", "dist/tool.txt"));
        await upload.Began;

        var arguments = Directory.GetDirectories("/proc").Select(p => Path.Combine(p, "cmdline")).Select(Read).ToList();
        upload.Release();
        var run = await step.EndAsync();

        arguments.Should().Contain(a => a.Contains("release-publish", StringComparison.Ordinal)).And.NotContain(a => a.Contains(ContainerJob.Token, StringComparison.Ordinal));
        run.ExitCode.Should().Be(0, run.Log);
        (run.Log.Replace($"::add-mask::{ContainerJob.Token}", "", StringComparison.Ordinal) + run.Summary).Should().NotContain(ContainerJob.Token);
    }

    private static async Task StopAsync(Func<RunningStep, Task> stop)
    {
        await using var job = await ContainerJob.OnTagAsync("v1.0.0", checkout =>
        {
            ContainerTests.Sample(checkout);
            checkout.Write("dist/a.txt", "a\n").Write("dist/b.txt", "b\n").Commit("Build more");
        });
        // One file is stored before the run is stopped, whatever the order in which the uploads come: something is there to go on from.
        var stored = new TaskCompletionSource();
        job.GitHub.Faults.Add(new Fault("POST", "releases/*/assets", FaultKind.After(() => Task.FromResult(stored.TrySetResult()))));
        using var upload = HoldUpload(job);
        using var step = job.Start("release-publish", ("tag", "v1.0.0"), ("files", "dist/*.txt"));
        await Task.WhenAll(upload.Began, stored.Task);

        await stop(step);
        var run = await step.EndAsync();

        run.ExitCode.Should().Be((int)ExitCode.Cancelled, run.Log);
        job.GitHub.Releases.Should().ContainSingle().Which.Draft.Should().BeTrue();
        job.LeftBehind.Should().BeEmpty();
        upload.Release();
        await FinishAsync(job);
    }

    private static async Task FinishAsync(ContainerJob job)
    {
        var there = job.GitHub.Releases.Single().Assets.Where(a => a.Digest is not null && a.State == "uploaded").Select(a => a.Id).ToList();

        var again = await job.RunAsync("release-publish", ("tag", "v1.0.0"), ("files", "dist/*.txt"));

        again.ExitCode.Should().Be(0, again.Log);
        var release = job.GitHub.Releases.Single();
        release.Draft.Should().BeFalse();
        release.Assets.Select(a => a.Name).Should().BeEquivalentTo("a.txt", "b.txt", "tool.txt");
        release.Assets.Select(a => a.Id).Should().Contain(there).And.HaveCountGreaterThan(there.Count);
        there.Should().NotBeEmpty();
    }

    private static Held HoldUpload(ContainerJob job)
    {
        var held = new Held();
        job.GitHub.Faults.Add(new Fault("POST", "releases/*/assets", FaultKind.Before(held.WaitAsync)));
        return held;
    }

    // Processes end while they are listed.
    private static string Read(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllText(file) : "";
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>An upload that begins and waits until the test lets it go on.</summary>
    private sealed class Held : IDisposable
    {
        private readonly TaskCompletionSource _began = new();
        private readonly TaskCompletionSource _released = new();

        public Task Began => _began.Task;

        public void Release() => _released.TrySetResult();

        public void Dispose() => Release();

        public Task WaitAsync()
        {
            _began.TrySetResult();
            return _released.Task;
        }
    }
}
