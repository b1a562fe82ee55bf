using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace ReleaseActions.EndToEnd.Containers;

/// <summary>
/// What <c>./bench uploads</c> runs as well: a release with one asset, from nothing to public, as a program, in its container, and by a
/// Node action where one is given. It measures and judges nothing.
/// </summary>
public sealed class AssetMeasurement
{
    private static readonly int Rounds = int.Parse(
        Environment.GetEnvironmentVariable("BENCH_ROUNDS") ?? "15", CultureInfo.InvariantCulture);
    private static readonly string Report = Path.Combine(Golden.Root, "artifacts", "bench", "asset.md");
    private static readonly (string, string)[] Inputs = [("tag", "v1.0.0"), ("files", "dist/tool.txt"), ("body", "Hello")];

    [Fact(Explicit = true)]
    public async Task The_time_of_a_release_with_one_asset_is_written_down()
    {
        var peer = Peer.Given(Environment.GetEnvironmentVariable("BENCH_PEERS") ?? "").SingleOrDefault(p => p.Action == "release-publish");
        await using var job = await ContainerJob.OnTagAsync("v1.0.0", ContainerTests.Sample, servesOthers: peer is not null);
        var kinds = new Dictionary<string, Func<RunningStep>>
        {
            ["`/bin/true` in the image"] = () => job.StartInstead("/bin/true", "release-publish"),
            ["release-publish"] = () => job.StartProgram("release-publish", [], Inputs),
            ["release-publish in its container, to its last output"] = () => job.Start("release-publish", Inputs),
        };
        if (peer is not null) kinds[$"{peer.Name} under Node"] = () => job.StartPeer(peer, []);
        var times = kinds.Keys.ToDictionary(k => k, _ => new List<TimeSpan>());
        for (var round = -1; round < Rounds; round++)
            foreach (var (kind, start) in kinds)
            {
                var time = await MeasureAsync(job, start);
                // The first round fills the caches.
                if (round >= 0) times[kind].Add(time);
            }

        var table = new StringBuilder("| a release with one asset, from nothing to public | |\n| --- | ---: |\n");
        foreach (var (kind, values) in times) table.Append(CultureInfo.InvariantCulture, $"| {kind} | {Samples.Times(values)} |\n");
        Directory.CreateDirectory(Path.GetDirectoryName(Report)!);
        await File.WriteAllTextAsync(Report, table.ToString(), TestContext.Current.CancellationToken);
    }

    private static async Task<TimeSpan> MeasureAsync(ContainerJob job, Func<RunningStep> start)
    {
        TimeSpan time;
        using (var step = start())
        {
            var run = await step.EndAsync();
            run.ExitCode.Should().Be(0, run.Log);
            time = step.LastOutput ?? step.Elapsed;
        }

        using var client = new HttpClient { DefaultRequestHeaders = { Authorization = new("Bearer", ContainerJob.Token) } };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("bench", "1"));
        foreach (var release in job.GitHub.Releases.ToList())
        {
            release.Draft.Should().BeFalse();
            release.Assets.Should().ContainSingle().Which.State.Should().Be("uploaded");
            var address = new Uri($"{job.GitHub.ApiUrl}/repos/acme/shop/releases/{release.Id}");
            (await client.DeleteAsync(address, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        }

        return time;
    }
}
