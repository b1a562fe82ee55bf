using System.Diagnostics;
using System.Globalization;

namespace ReleaseActions.Tests.Support;

/// <summary>release-publish as a process of its own, over a ground: it can be killed, and its memory and reads measured.</summary>
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
        var start = new ProcessStartInfo(Programs.Require(program), [script]) { WorkingDirectory = ground.Checkout.Root, RedirectStandardOutput = true };
        (string, string)[] all =
        [
            ("HOME", ground.Checkout.Aside("home")), ("RUNNER_TEMP", ground.Checkout.Aside("temp")), ("GITHUB_ACTIONS", "true"),
            ("GITHUB_WORKSPACE", ground.Checkout.Root), ("GITHUB_REPOSITORY", "acme/shop"), ("GITHUB_API_URL", ground.GitHub.ApiUrl),
            ("GITHUB_SERVER_URL", ground.GitHub.ServerUrl), ("GITHUB_REF", "refs/heads/main"), ("GITHUB_SHA", ground.Checkout.Head),
            ("GITHUB_EVENT_NAME", "workflow_dispatch"), ("INPUT_TOKEN", "sandbox-token"), ("INPUT_VERSION", "1.0.0"), ("INPUT_FILES", "dist/*"), ("INPUT_BODY", "Hello"), .. variables,
        ];
        foreach (var (name, value) in all) start.Environment[name] = value;
        _process = Process.Start(start)!;
        _output = _process.StandardOutput.ReadToEndAsync();
    }

    // The program's own folder: in the tests' one, libraries are left out that ASP.NET brings along there.
    private static string Built => Path.Combine(Golden.Root, "artifacts/bin/ReleasePublish", Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')), "release-publish.dll");

    /// <summary>SIGKILL: nothing of it runs any more when this returns.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Sends it a signal, such as INT.</summary>
    public void Signal(string name) => Programs.Run("kill", "/", new Dictionary<string, string>(), "-s", name, _process.Id.ToString(CultureInfo.InvariantCulture)).ExitCode.Should().Be(0, name);

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

    private long Number(string file, string name) => long.Parse(
        File.ReadLines($"/proc/{_process.Id}/{file}").First(l => l.StartsWith(name, StringComparison.Ordinal)).Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
