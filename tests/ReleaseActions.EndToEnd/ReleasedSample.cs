using ReleaseActions.Core.Processes;

namespace ReleaseActions.EndToEnd;

/// <summary>
/// The sample, released once by the published programs, with a real docker, to a real registry; the tests of a class look at what came of
/// it.
/// </summary>
public sealed class ReleasedSample : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("released-sample-").FullName;
    private readonly Lock _lock = new();
    private Task? _released;

    /// <summary>The registry and the path in it that the images went to.</summary>
    internal string Registry { get; private set; } = "";

    /// <summary>The release, played on first use.</summary>
    internal async Task<ReleasedSample> RequireAsync()
    {
        Machine.RequireDocker();
        lock (_lock) _released ??= ReleaseAsync();
        await _released;
        return this;
    }

    /// <summary>The text of a file below the rehearsal's folder.</summary>
    internal string Text(string path) => File.ReadAllText(Path.Combine(_folder, "rehearsal", path));

    /// <summary>The absolute path of a place below the rehearsal's folder.</summary>
    internal string PathOf(string path) => Path.Combine(_folder, "rehearsal", path);

    /// <summary>
    /// Starts one published program in the released checkout, as on a laptop: a runner's would ask GitHub, and the sandbox has ended.
    /// </summary>
    internal async Task<(CommandResult Run, IReadOnlyDictionary<string, string> Outputs, string Summary)> StartAsync(
        string program, params (string Name, string? Value)[] variables)
    {
        var (outputs, summary) = (Path.Combine(_folder, $"{Guid.NewGuid():n}.output"), Path.Combine(_folder, $"{Guid.NewGuid():n}.md"));
        (string, string?)[] usual = [("GITHUB_REPOSITORY", "acme/aof"), ("GITHUB_OUTPUT", outputs), ("GITHUB_STEP_SUMMARY", summary),
            ("RUNNER_TEMP", _folder)];
        var run = await Run.ProgramAsync(Path.Combine(Machine.Programs, program), [], PathOf("work"), [.. usual, .. variables]);
        return (run, RunnerModel.ReadOutputs(File.Exists(outputs) ? await File.ReadAllTextAsync(outputs) : ""),
            File.Exists(summary) ? await File.ReadAllTextAsync(summary) : "");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task ReleaseAsync()
    {
        Registry = $"{Machine.Registry}/aof-{Guid.NewGuid():n}";
        var run = await Run.ProgramAsync(
            Path.Combine(AppContext.BaseDirectory, "rehearse"), ["--sample", "--registry", Registry, "--programs", Machine.Programs],
            _folder);
        run.ExitCode.Should().Be(0, run.Output);
    }
}
