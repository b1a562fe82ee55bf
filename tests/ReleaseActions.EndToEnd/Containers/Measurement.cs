using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ReleaseActions.EndToEnd.Containers;

/// <summary>
/// What <c>./bench</c> runs: each action from start to finish, as a program and as a container, beside <c>/bin/true</c> in the same image. It
/// measures and judges nothing: seconds differ between machines, and a test that fails by them says little.
/// </summary>
public sealed class Measurement
{
    private const int Rounds = 15;
    private static readonly string Report = Path.Combine(Golden.Root, "artifacts", "bench", "actions.md");

    private static readonly (string Action, (string, string)[] Inputs)[] Steps =
    [
        ("version-validate", []), ("changelog-extract", [("version", "1.0.0")]), ("image-build-push", [("version", "1.0.0"), ("image", "shop"), ("context", "app")]),
        ("sbom-checksum", [("version", "1.0.0")]), ("release-publish", [("tag", "v1.0.0"), ("files", "dist/tool.txt")]),
        ("branch-cleanup", [("branch", "release/1.0.0"), ("release-succeeded", "true")]),
    ];

    /// <summary>A release that is done, run once more: the same work every time, and all of what an action reads.</summary>
    [Fact(Explicit = true)]
    public async Task The_time_and_memory_of_each_action_are_written_down()
    {
        await using var job = await ContainerJob.OnTagAsync("v1.0.0", checkout =>
        {
            ContainerTests.Sample(checkout);
            checkout.Write("app/Dockerfile", "FROM scratch\nCOPY tool.txt /\n").Write("app/tool.txt", "tool\n").Commit("Add an image");
        });
        foreach (var (action, inputs) in Steps)
            (await job.RunAsync(action, [.. inputs, .. RegistryOf(job)])).Should().Match<ContainerRun>(r => r.ExitCode == 0, action);

        var samples = Steps.ToDictionary(s => s.Action, _ => new Samples());
        for (var round = 0; round < Rounds; round++)
            foreach (var (action, inputs) in Steps) await MeasureAsync(job, action, [.. inputs, .. RegistryOf(job)], samples[action]);

        Directory.CreateDirectory(Path.GetDirectoryName(Report)!);
        await File.WriteAllTextAsync(Report, Table(samples), TestContext.Current.CancellationToken);
    }

    private static (string, string)[] RegistryOf(ContainerJob job) => [("registry", $"{job.GitHub.Registry}/acme"), ("password", ContainerJob.Token)];

    // The three kinds by turns, so that whatever else the machine does meets all of them.
    private static async Task MeasureAsync(ContainerJob job, string action, (string, string)[] inputs, Samples samples)
    {
        samples.True.Add(await TimeAsync(() => job.StartInstead("/bin/true", action)));
        samples.Container.Add(await TimeAsync(() => job.Start(action, inputs)));
        samples.Program.Add(await TimeAsync(() => job.StartProgram(action, [], inputs)));
        var memory = Path.GetTempFileName();
        using (var step = job.StartProgram(action, ["/usr/bin/time", "--format", "%M", "--output", memory], inputs)) await step.EndAsync();
        samples.Kilobytes.Add(double.Parse(File.ReadAllText(memory), CultureInfo.InvariantCulture));
        File.Delete(memory);
    }

    private static async Task<double> TimeAsync(Func<RunningStep> start)
    {
        var watch = Stopwatch.StartNew();
        using var step = start();
        var run = await step.EndAsync();
        run.ExitCode.Should().Be(0, run.Log);
        return watch.Elapsed.TotalMilliseconds;
    }

    private static string Table(Dictionary<string, Samples> samples)
    {
        var text = new StringBuilder("| action | program | container | `/bin/true` in its image | container : true | peak memory |\n| --- | ---: | ---: | ---: | ---: | ---: |\n");
        foreach (var (action, s) in samples)
            text.Append(CultureInfo.InvariantCulture, $"| {action} | {Spread(s.Program)} | {Spread(s.Container)} | {Spread(s.True)} | {Median(s.Container) / Median(s.True):0.00} | {Median(s.Kilobytes) / 1000:0} MB |\n");
        return text.ToString();
    }

    private static string Spread(List<double> values) => string.Create(CultureInfo.InvariantCulture, $"{Median(values):0} ms ({values.Min():0}–{values.Max():0})");

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private sealed class Samples
    {
        public List<double> Program { get; } = [];

        public List<double> Container { get; } = [];

        public List<double> True { get; } = [];

        public List<double> Kilobytes { get; } = [];
    }
}
