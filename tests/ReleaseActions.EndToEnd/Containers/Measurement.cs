using System.Globalization;

namespace ReleaseActions.EndToEnd.Containers;

/// <summary>
/// What <c>./bench</c> runs: each action from start to finish, as a program and as a container, beside <c>/bin/true</c> in the same image
/// and beside a Node action of the same duty where one is given. It measures and judges nothing: seconds differ between machines, and a
/// test that fails by them says little.
/// </summary>
public sealed class Measurement
{
    private static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("BENCH_ROUNDS") ?? "15",
        CultureInfo.InvariantCulture);
    private static readonly string Report = Path.Combine(Golden.Root, "artifacts", "bench", "actions.md");

    private static readonly (string Action, (string, string)[] Inputs)[] Steps =
    [
        ("version-validate", []), ("changelog-extract", [("version", "1.0.0")]),
        ("image-build-push", [("version", "1.0.0"), ("image", "shop"), ("context", "app")]),
        ("sbom-checksum", [("version", "1.0.0")]), ("release-publish", [("tag", "v1.0.0"), ("files", "dist/tool.txt")]),
        ("branch-cleanup", [("branch", "release/1.0.0"), ("release-succeeded", "true")]),
    ];

    /// <summary>A release that is done, run once more: the same work every time, and all of what an action reads.</summary>
    [Fact(Explicit = true)]
    public async Task The_time_and_memory_of_each_action_are_written_down()
    {
        var peers = Peer.Given(Environment.GetEnvironmentVariable("BENCH_PEERS") ?? "");
        await using var job = await ContainerJob.OnTagAsync("v1.0.0", Product, servesOthers: peers.Count > 0);
        foreach (var (action, inputs) in Steps)
            (await job.RunAsync(action, [.. inputs, .. RegistryOf(job)])).Should().Match<ContainerRun>(r => r.ExitCode == 0, action);

        var samples = Steps.ToDictionary(s => s.Action, s => new Samples(peers.SingleOrDefault(p => p.Action == s.Action)));
        for (var round = 0; round < Rounds; round++)
            foreach (var (action, inputs) in Steps) await MeasureAsync(job, action, [.. inputs, .. RegistryOf(job)], samples[action]);

        Directory.CreateDirectory(Path.GetDirectoryName(Report)!);
        await File.WriteAllTextAsync(Report, Samples.Table(samples), TestContext.Current.CancellationToken);
    }

    private static void Product(Checkout checkout)
    {
        ContainerTests.Sample(checkout);
        checkout.Write("CHANGELOG.md", "# Changelog\n\n## [1.0.0] - 2026-01-02\n\n### Added\n\n- A tool.\n")
            .Write("app/Dockerfile", "FROM scratch\nCOPY tool.txt /\n").Write("app/tool.txt", "tool\n").Commit("Add an image");
    }

    private static (string, string)[] RegistryOf(ContainerJob job) =>
        [("registry", $"{job.GitHub.Registry}/acme"), ("password", ContainerJob.Token)];

    // The kinds by turns, so that whatever else the machine does meets all of them. Memory is asked for in runs of its own: the program
    // that measures it costs time.
    private static async Task MeasureAsync(ContainerJob job, string action, (string, string)[] inputs, Samples samples)
    {
        samples.True.Add((await EndAsync(job.StartInstead("/bin/true", action))).Total);
        samples.Program.Add((await EndAsync(job.StartProgram(action, [], inputs))).Total);
        var container = await EndAsync(job.Start(action, inputs));
        samples.ToLastOutput.Add(container.LastOutput!.Value);
        samples.Container.Add(container.Total);
        samples.Kilobytes.Add(await job.PeakMemoryAsync((time, options) => job.StartProgram(action, [time, .. options], inputs)));
        samples.ContainerKilobytes.Add(await job.PeakMemoryAsync((time, options) => job.StartThrough(time, options, action, inputs)));
        if (samples.Peer is not { } peer) return;
        samples.PeerTime.Add((await EndAsync(job.StartPeer(peer, []))).Total);
        samples.PeerKilobytes.Add(await job.PeakMemoryAsync((time, options) => job.StartPeer(peer, [time, .. options])));
    }

    private static async Task<(TimeSpan Total, TimeSpan? LastOutput)> EndAsync(RunningStep started)
    {
        using var step = started;
        var run = await step.EndAsync();
        run.ExitCode.Should().Be(0, run.Log);
        return (step.Elapsed, step.LastOutput);
    }
}
