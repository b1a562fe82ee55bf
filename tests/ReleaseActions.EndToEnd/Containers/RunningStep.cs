using System.Diagnostics;
using System.Text;
using ReleaseActions.Core.Runner;

namespace ReleaseActions.EndToEnd.Containers;

/// <summary>What a container left behind.</summary>
internal sealed record ContainerRun(int ExitCode, string Log, IReadOnlyDictionary<string, string> Outputs, string Summary)
{
    /// <summary>The annotations of the log, as the runner takes them.</summary>
    public IEnumerable<string> Errors => RunnerModel.ReadCommands(Log).Where(c => c.Name == "error").Select(c => c.Message);
}

/// <summary>A step that runs: the docker client that the runner would have started, or a program.</summary>
internal sealed class RunningStep : IDisposable
{
    private readonly Process _client;
    private readonly StringBuilder _log = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly (string Output, string Summary) _files;

    public RunningStep(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> variables, string folder, (string Output, string Summary) files)
    {
        _files = files;
        var start = Interruptible.Start(program, arguments);
        (start.RedirectStandardOutput, start.RedirectStandardError, start.WorkingDirectory) = (true, true, folder);
        foreach (var (name, value) in variables) start.Environment[name] = value;
        _client = new Process { StartInfo = start };
        _client.OutputDataReceived += Keep;
        _client.ErrorDataReceived += Keep;
        _client.Start();
        _client.BeginOutputReadLine();
        _client.BeginErrorReadLine();
    }

    /// <summary>From its start to its end; grows while it runs.</summary>
    public TimeSpan Elapsed => _watch.Elapsed;

    /// <summary>From its start to the last line that it printed, or null where it printed none.</summary>
    public TimeSpan? LastOutput { get; private set; }

    /// <summary>Waits for its end.</summary>
    public async Task<ContainerRun> EndAsync()
    {
        await _client.WaitForExitAsync(TestContext.Current.CancellationToken);
        _watch.Stop();
        lock (_log) return new ContainerRun(_client.ExitCode, _log.ToString(), RunnerModel.ReadOutputs(File.ReadAllText(_files.Output)), File.ReadAllText(_files.Summary));
    }

    /// <summary>Sends one signal, as a person or a service would.</summary>
    public void Signal(string name) => Process.Start("kill", [$"-{name}", $"{_client.Id}"]).WaitForExit();

    /// <summary>Cancels as the runner does: SIGINT, 7.5 s, SIGTERM, 2.5 s, and then it is killed (actions/runner, ProcessInvoker.cs).</summary>
    /// <returns>The last signal that it took.</returns>
    public async Task<string> CancelAsync()
    {
        foreach (var (signal, grace) in ((string, double)[])[("INT", 7.5), ("TERM", 2.5)])
        {
            Signal(signal);
            if (await EndsWithinAsync(TimeSpan.FromSeconds(grace))) return signal;
        }

        _client.Kill();
        return "KILL";
    }

    public void Dispose()
    {
        if (!_client.HasExited) _client.Kill();
        _client.Dispose();
    }

    private async Task<bool> EndsWithinAsync(TimeSpan time)
    {
        using var limit = new CancellationTokenSource(time);
        try
        {
            await _client.WaitForExitAsync(limit.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;    // the stream's end
        lock (_log)
        {
            LastOutput = _watch.Elapsed;
            _log.Append(line.Data).Append('\n');
        }
    }
}
