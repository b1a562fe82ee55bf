using System.Diagnostics;
using System.Globalization;

namespace ReleaseActions.Tests.Support;

/// <summary>release-publish as a separate process, over a ground: it can be killed, and its memory and reads measured.</summary>
public sealed class ReleaseProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;

    public ReleaseProcess(ReleaseGround ground, params (string Name, string Value)[] variables) : this(ground, "dotnet", Built, variables)
    {
    }

    /// <summary>Another program in its place, with the same environment.</summary>
    public ReleaseProcess(ReleaseGround ground, string program, string script, params (string Name, string Value)[] variables)
    {
        var start = Interruptible.Start(Programs.Require(program), [script]);
        (start.WorkingDirectory, start.RedirectStandardOutput) = (ground.Checkout.Root, true);
        (string, string)[] all =
        [
            ("HOME", ground.Checkout.Aside("home")), ("RUNNER_TEMP", ground.Checkout.Aside("temp")), ("GITHUB_ACTIONS", "true"),
            ("GITHUB_WORKSPACE", ground.Checkout.Root), ("GITHUB_REPOSITORY", "acme/shop"), ("GITHUB_API_URL", ground.GitHub.ApiUrl),
            ("GITHUB_SERVER_URL", ground.GitHub.ServerUrl), ("GITHUB_REF", "refs/heads/main"), ("GITHUB_SHA", ground.Checkout.Head),
            ("GITHUB_EVENT_NAME", "workflow_dispatch"), ("INPUT_TOKEN", "sandbox-token"), ("INPUT_VERSION", "1.0.0"),
            ("INPUT_FILES", "dist/*"), ("INPUT_BODY", "Hello"), .. variables,
        ];
        foreach (var (name, value) in all) start.Environment[name] = value;
        _process = Process.Start(start)!;
        _output = _process.StandardOutput.ReadToEndAsync();
        ground.Client.TrySetResult(this);
    }

    // The program's folder: the tests' folder omits libraries that come with ASP.NET there.
    private static string Built => Program("ReleasePublish", "release-publish");

    /// <summary>A program as it was built.</summary>
    public static string Program(string project, string name) =>
        Path.Combine(Golden.Root, "artifacts/bin", project, Configuration, $"{name}.dll");

    private static string Configuration => Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/'));

    /// <summary>SIGKILL: nothing of it runs any more when this returns.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>The same with the programs that it started, as where a container is killed.</summary>
    public void KillAll()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    /// <summary>Sends it signals, such as INT and TERM, one right after the other. By the second it may have ended.</summary>
    public void Signal(params string[] names)
    {
        const string Send = """
            process=$1; shift; kill -s "$1" "$process" || exit 1; shift; for name; do kill -s "$name" "$process"; done; exit 0
            """;
        string[] arguments = ["-c", Send, "sh", _process.Id.ToString(CultureInfo.InvariantCulture), .. names];
        Programs.Run("sh", "/", new Dictionary<string, string>(), arguments).ExitCode.Should().Be(0);
    }

    /// <summary>Its exit code and what it printed.</summary>
    public async Task<(int ExitCode, string Output)> EndAsync()
    {
        await _process.WaitForExitAsync();
        return (_process.ExitCode, await _output);
    }

    /// <summary>The most memory it ever had, in bytes, so far.</summary>
    public long PeakMemory => Number("status", "VmHWM:") * 1024;

    /// <summary>The bytes it has read from files so far.</summary>
    public long BytesRead => Number("io", "rchar:");

    public void Dispose() => _process.Dispose();

    private long Number(string file, string name)
    {
        var line = File.ReadLines($"/proc/{_process.Id}/{file}").First(l => l.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
