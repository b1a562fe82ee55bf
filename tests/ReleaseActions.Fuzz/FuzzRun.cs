using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using ReleaseActions.Fuzz.Kinds;
using ReleaseActions.Fuzz.Runs;

namespace ReleaseActions.Fuzz;

/// <summary>
/// <c>./test --fuzz MINUTES [SEED] [KIND…]</c> plays cases of all kinds until the time is over, one of each at least;
/// <c>./test --fuzz replay KIND SEED</c> plays one again.
/// </summary>
internal sealed class FuzzRun(CaseRunner runner, FuzzTable table)
{
    // More would measure the machine: hangs and memory are seen while the others run.
    private const int AtOnce = 2;

    private int _next;

    /// <summary>The repository's root.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>Runs what the arguments ask for.</summary>
    /// <returns>0 where nothing failed, 1 where something did, 2 where the arguments are wrong.</returns>
    public static async Task<int> MainAsync(string[] arguments)
    {
        var other = Environment.GetEnvironmentVariable("FUZZ_PROGRAMS");
        var programs = string.IsNullOrEmpty(other) ? Path.Combine(Root, "artifacts", "suite") : other;
        if (!File.Exists(Path.Combine(programs, "version-validate")))
            return Wrong($"There are no programs in {programs}: ./test publishes them");
        using var scratch = new Scratch();
        var template = Ground.NewTemplate(Path.Combine(scratch.Folder, "template"));
        var fuzz = new FuzzRun(new CaseRunner(programs, template, scratch.Folder), new FuzzTable());
        if (!await fuzz.WorksAsync()) return 2;
        if (arguments is ["replay", var kind, var number] && FuzzKind.All.FirstOrDefault(k => k.Name == kind) is { } replayed
            && int.TryParse(number, CultureInfo.InvariantCulture, out var again))
            return await fuzz.ReplayAsync(replayed, again);
        if (arguments.Length == 0 || !double.TryParse(arguments[0], CultureInfo.InvariantCulture, out var minutes))
            return Wrong("./test --fuzz MINUTES [SEED] [KIND…], or: ./test --fuzz replay KIND SEED");
        var rest = arguments[1..];
        var seed = rest.Length > 0 && int.TryParse(rest[0], CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        var kinds = FuzzKind.All.Where(k => !rest.Any(r => FuzzKind.All.Any(known => known.Name == r)) || rest.Contains(k.Name)).ToArray();
        return await fuzz.RunAsync(TimeSpan.FromMinutes(minutes), seed, kinds);
    }

    // Without damage each program does its whole work: otherwise what is damaged would never be reached.
    private async Task<bool> WorksAsync()
    {
        foreach (var program in FuzzKind.Programs)
        {
            var result = await runner.PlayAsync(null, 0, program);
            if (result is { Run.ExitCode: 0, Failures: [] }) continue;
            Show(result, $"{program} does not do its work without damage: ");
            return false;
        }

        return true;
    }

    private async Task<int> RunAsync(TimeSpan time, int seed, FuzzKind[] kinds)
    {
        Console.WriteLine($"fuzz: seed {seed}, {time.TotalMinutes:0.##} minutes, kinds: {string.Join(' ', kinds.Select(k => k.Name))}");
        var (watch, isStopped) = (Stopwatch.StartNew(), false);
        void Stop(PosixSignalContext signal) => (isStopped, signal.Cancel) = (true, true);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        async Task WorkAsync()
        {
            // However short the time, every kind has its turn.
            int number;
            while (!isStopped && ((number = Interlocked.Increment(ref _next)) <= kinds.Length || watch.Elapsed < time))
                await PlayAsync(kinds[number % kinds.Length], unchecked(seed + number) & int.MaxValue);
        }

        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(WorkAsync)));
        Console.WriteLine($"\nseed {seed}, {table.Cases} cases, {table.Cases / watch.Elapsed.TotalSeconds:0.0} a second\n{table}");
        return table.Failures == 0 ? 0 : 1;
    }

    private async Task PlayAsync(FuzzKind kind, int seed)
    {
        try
        {
            table.Add(await PlayTwiceAsync(kind, seed));
        }
#pragma warning disable CA1031 // A case that cannot be made is shown with its seed, and the others go on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            var run = new ProgramRun(null, [], [], 0, 0, null);
            table.Add(new CaseResult(kind.Name, seed, "the fuzzer", run, [$"the case could not be made: {e}"]));
        }
    }

    private async Task<CaseResult> PlayTwiceAsync(FuzzKind kind, int seed)
    {
        var result = await runner.PlayAsync(kind, seed);
        // A busy machine makes a program slow and not large, and what hangs does so again: it counts if it happens twice.
        if (result.Failures.Count == 0) return result;
        var again = await runner.PlayAsync(kind, seed, keep: (twice, folder) =>
        {
            if (twice.Failures.Any(f => table.IsNew(f))) Keep(twice, folder);
        });
        return again with { Failures = [.. result.Failures.Where(f => !IsOfTime(f)).Union(again.Failures)] };
    }

    private static bool IsOfTime(string failure) =>
        failure.StartsWith("hang", StringComparison.Ordinal) || failure.StartsWith("memory", StringComparison.Ordinal);

    private async Task<int> ReplayAsync(FuzzKind kind, int seed)
    {
        var result = await runner.PlayAsync(kind, seed, keep: Keep);
        Show(result, "");
        return result.Failures.Count == 0 ? 0 : 1;
    }

    private static void Show(CaseResult result, string head)
    {
        Console.WriteLine(Encoding.UTF8.GetString(result.Run.Output) + Encoding.UTF8.GetString(result.Run.Error));
        var run = result.Run;
        Console.WriteLine($"{head}{result.Program}, exit code {run.ExitCode}, {run.Seconds:0.0} s, {run.Megabytes:0} MB");
        foreach (var failure in result.Failures) Console.WriteLine($"fail: {failure}");
    }

    // The folder of the case as the program left it, with what it printed and a script to play it again.
    private static void Keep(CaseResult result, string folder)
    {
        if (result.Failures.Count == 0) return;
        var place = Path.Combine(Root, "artifacts", "fuzz", $"{result.Kind}-{result.Seed}");
        Ground.Delete(place);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        Process.Start("cp", ["--archive", "--sparse=always", folder, place]).WaitForExit();
        var script = Path.Combine(place, "replay");
        File.WriteAllText(script, $"#!/bin/sh\nexec \"$(dirname \"$0\")/../../../test\" --fuzz replay {result.Kind} {result.Seed}\n");
        File.SetUnixFileMode(script, (UnixFileMode)0x1ED /* rwxr-xr-x */);
    }

    private static int Wrong(string message)
    {
        Console.Error.WriteLine(message);
        return 2;
    }

    private static string FindRoot(string folder)
    {
        while (!File.Exists(Path.Combine(folder, "Actions.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("This runs inside the repository");
        return folder;
    }

    private sealed class Scratch : IDisposable
    {
        // Thousands of small files: in memory, where the machine has such a folder.
        private const string Memory = "/dev/shm";

        public string Folder { get; } = Directory.CreateDirectory(Path.Combine(
            Directory.Exists(Memory) ? Memory : Path.GetTempPath(), $"release-actions-fuzz-{Environment.ProcessId}")).FullName;

        public void Dispose() => Ground.Delete(Folder);
    }
}
