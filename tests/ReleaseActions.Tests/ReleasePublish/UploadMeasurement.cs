using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>
/// What <c>./bench uploads</c> runs: a hundred files to a GitHub that takes 50 ms for each request, at once, one by one, and by a Node
/// action where one is given; and the largest file beside <c>cat | sha256sum</c>. It measures and judges nothing.
/// </summary>
public sealed class UploadMeasurement
{
    private static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("BENCH_ROUNDS") ?? "5", CultureInfo.InvariantCulture);

    private static string? Peer => (Environment.GetEnvironmentVariable("BENCH_PEERS") ?? "").Split('\n')
        .FirstOrDefault(l => l.StartsWith("release-publish=", StringComparison.Ordinal))?["release-publish=".Length..];

    [Fact(Explicit = true)]
    public async Task The_time_of_many_files_and_of_a_large_one_is_written_down()
    {
        var (parallel, serial, peer) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            parallel.Add(await ManyAsync(ground => Ours(ground)));
            serial.Add(await ManyAsync(ground => Ours(ground, ("INPUT_PARALLEL-UPLOADS", "1"))));
            if (Peer is { } folder) peer.Add(await ManyAsync(ground => PeerOn(ground, folder)));
        }

        var table = new StringBuilder("| 100 files of 1 MiB, 50 ms a request | seconds |\n| --- | --- |\n");
        table.Append(Row("release-publish", parallel)).Append(Row("release-publish, `parallel-uploads: 1`", serial));
        if (peer.Count > 0) table.Append(Row($"{Path.GetFileName(Peer)} under Node", peer));
        table.Append(await LargeAsync());
        var report = Path.Combine(Golden.Root, "artifacts", "bench", "uploads.md");
        Directory.CreateDirectory(Path.GetDirectoryName(report)!);
        await File.WriteAllTextAsync(report, table.ToString());
    }

    private static async Task<double> ManyAsync(Func<ReleaseGround, ReleaseProcess> start)
    {
        await using var ground = await ReleaseGround.NewAsync();
        var folder = Directory.CreateDirectory(Path.Combine(ground.Checkout.Root, "dist")).FullName;
        for (var file = 0; file < 100; file++) await File.WriteAllBytesAsync(
            Path.Combine(folder, $"{file:000}.bin"), RandomNumberGenerator.GetBytes(1024 * 1024));
        ground.Fault("*", "**", FaultKind.Delay(TimeSpan.FromMilliseconds(50)), times: int.MaxValue);
        var watch = Stopwatch.StartNew();
        ground.ForgiveViolations();
        using var process = start(ground);
        var (exit, output) = await process.EndAsync();
        var seconds = watch.Elapsed.TotalSeconds;
        exit.Should().Be(0, output);
        ground.GitHub.Releases.Should().ContainSingle().Which.Assets.Should().HaveCount(100).And.OnlyContain(a => a.State == "uploaded");
        return seconds;
    }

    // The published program, as in the image.
    private static ReleaseProcess Ours(ReleaseGround ground, params (string, string)[] variables) =>
        new(ground, "env", Path.Combine(Golden.Root, "artifacts/suite/release-publish"), variables);

    private static ReleaseProcess PeerOn(ReleaseGround ground, string folder)
    {
        var outputs = Path.Combine(ground.Checkout.Aside("files"), "peer.output");
        File.WriteAllText(outputs, "");    // the runner makes it
        var script = Path.Combine(Path.GetFullPath(folder), "dist/index.js");
        return new(ground, "node", script, ("INPUT_TAG_NAME", "v1.0.0"), ("GITHUB_OUTPUT", outputs));
    }

    private static async Task<string> LargeAsync()
    {
        await using var ground = await ReleaseGround.NewAsync();
        var big = Path.Combine(Directory.CreateDirectory(Path.Combine(ground.Checkout.Root, "dist")).FullName, "big.bin");
        using (var file = File.Create(big)) file.SetLength(PublishPlan.LargestFile);
        var memory = 0L;
        ground.Fault("PATCH", "releases/*", FaultKind.After(async () => memory = (await ground.Client.Task).PeakMemory));
        var watch = Stopwatch.StartNew();
        using var process = Ours(ground);
        (await process.EndAsync()).ExitCode.Should().Be(0);
        var ours = watch.Elapsed.TotalSeconds;
        watch.Restart();
        Programs.Run("sh", ground.Checkout.Root, new Dictionary<string, string>(), "-c", "cat dist/big.bin | sha256sum").ExitCode
            .Should().Be(0);
        return string.Create(CultureInfo.InvariantCulture, $"""

            | one file of 2 GiB - 1 | seconds | MB at most |
            | --- | --- | --- |
            | release-publish: hashed, sent and hashed again | {ours:0.0} | {memory / 1048576.0:0} |
            | `cat \| sha256sum` | {watch.Elapsed.TotalSeconds:0.0} | |

            """);
    }

    private static string Row(string name, List<double> seconds)
    {
        seconds.Sort();
        return string.Create(
            CultureInfo.InvariantCulture, $"| {name} | {seconds[seconds.Count / 2]:0.00} ({seconds[0]:0.00}–{seconds[^1]:0.00}) |\n");
    }
}
