using System.Diagnostics;
using System.Globalization;

namespace ReleaseActions.Fuzz.Runs;

/// <summary>What a program did that was started.</summary>
/// <param name="ExitCode">Its exit code; null where it had to be killed.</param>
/// <param name="Output">What it printed on standard output.</param>
/// <param name="Error">What it printed on standard error.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Megabytes">The largest resident memory of the program or one of its children.</param>
/// <param name="Hang">How it did not end, or null.</param>
internal sealed record ProgramRun(int? ExitCode, byte[] Output, byte[] Error, double Seconds, double Megabytes, string? Hang)
{
    private const int MostOutput = 32 * 1024 * 1024;
    private const int Terminate = 15;

    // All that it may wait for is over within seconds, and so is its work. A busy machine shows in that it used no processor.
    private static readonly TimeSpan MostProcessor = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan MostWaiting = TimeSpan.FromSeconds(36);
    private static readonly TimeSpan MostWhole = TimeSpan.FromSeconds(150);

    /// <summary>Starts a program as a runner starts an action, and watches it.</summary>
    public static async Task<ProgramRun> StartAsync(string program, FuzzCase fuzz)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = fuzz.Ground.Work, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in fuzz.Variables) start.Environment[name] = value;
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = ReadAsync(process.StandardOutput.BaseStream);
        var error = ReadAsync(process.StandardError.BaseStream);
        var (megabytes, hang) = await Task.Factory.StartNew(
            () => Watch(process, watch, fuzz.StopAfter), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        // A child that holds the pipe must not hold this up.
        await Task.WhenAny(Task.WhenAll(output, error), Task.Delay(TimeSpan.FromSeconds(5)));
        byte[] Read(Task<byte[]> text) => text.IsCompletedSuccessfully ? text.Result : [];
        if (!output.IsCompleted) hang ??= "left a child behind that holds its output";
        int? exitCode = hang is null ? process.ExitCode : null;
        return new ProgramRun(exitCode, Read(output), Read(error), watch.Elapsed.TotalSeconds, megabytes, hang);
    }

    private static (double Megabytes, string? Hang) Watch(Process process, Stopwatch watch, TimeSpan? stopAfter)
    {
        var (most, lastWork, work, isStopped) = (0.0, TimeSpan.Zero, TimeSpan.Zero, false);
        for (var turn = 1; !process.WaitForExit(20); turn++)
        {
            if (!isStopped && stopAfter < watch.Elapsed) isStopped = NativeMethods.Kill(process.Id, Terminate) == 0;
            most = Math.Max(most, MegabytesOf(process.Id));
            // Looking is not free.
            if (turn % 10 != 0) continue;
            var tree = Tree(process.Id);
            most = tree.Aggregate(most, (m, id) => Math.Max(m, MegabytesOf(id)));
            var now = tree.Aggregate(TimeSpan.Zero, (sum, id) => sum + ProcessorOf(id));
            if (now > work) (work, lastWork) = (now, watch.Elapsed);
            var hang = work > MostProcessor ? "used the processor for more than 15 s"
                : watch.Elapsed - lastWork > MostWaiting ? "waited for more than 36 s"
                : watch.Elapsed > MostWhole ? "did not end" : null;
            if (hang is null) continue;
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            return (most, isStopped ? $"{hang} after SIGTERM" : hang);
        }

        return (most, null);
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var text = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await stream.ReadAsync(buffer)) > 0)
            if (text.Length < MostOutput) text.Write(buffer, 0, count);
        return text.ToArray();
    }

    private static List<int> Tree(int process)
    {
        var all = new List<int> { process };
        for (var at = 0; at < all.Count; at++)
            all.AddRange(Words($"/proc/{all[at]}/task/{all[at]}/children").Select(c => int.Parse(c, CultureInfo.InvariantCulture)));
        return all;
    }

    private static double MegabytesOf(int process)
    {
        var words = Words($"/proc/{process}/status");
        var at = Array.IndexOf(words, "VmHWM:");
        return at < 0 ? 0 : double.Parse(words[at + 1], CultureInfo.InvariantCulture) / 1024;
    }

    // Of the process and of its children that ended; in hundredths of seconds.
    private static TimeSpan ProcessorOf(int process)
    {
        var words = Words($"/proc/{process}/stat", after: ") ");
        return words.Length < 16 ? TimeSpan.Zero
            : TimeSpan.FromSeconds(words[11..15].Sum(w => long.Parse(w, CultureInfo.InvariantCulture)) / 100.0);
    }

    // Processes end while they are looked at.
    private static string[] Words(string file, string after = "")
    {
        try
        {
            var text = File.ReadAllText(file);
            if (after.Length > 0) text = text[(text.LastIndexOf(after, StringComparison.Ordinal) + after.Length)..];
            return text.Split((char[])[' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);
        }
        catch (IOException)
        {
            return [];
        }
    }
}
