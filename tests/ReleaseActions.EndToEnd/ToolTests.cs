using System.Diagnostics;

namespace ReleaseActions.EndToEnd;

/// <summary>The .NET tool for laptops, as it is installed from its package.</summary>
public sealed class ToolTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tool-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_tool_is_installed_from_its_package_and_rehearses_a_release()
    {
        Run("dotnet", "tool", "install", "ReleaseActions", "--tool-path", "bin", "--source", Machine.ToolPackages, "--version", "0.1.0");
        var tool = Path.Combine(_folder, "bin/release-actions");

        Run(tool, "--version").Should().StartWith("release-actions ");
        Run(tool).Should().Contain("rehearse").And.Contain("release-prepare");
        Run(tool, "version-validate", "--help").Should().Contain("Usage: version-validate");
        Run(tool, "rehearse", "--sample").Should().Contain("+ release v1.0.0");
        File.ReadAllText(Path.Combine(_folder, "rehearsal/public/index.html")).Should().Contain("v1.0.0");
    }

    private string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder, RedirectStandardOutput = true };
        // A package of the same version may be in the user's cache.
        start.Environment["NUGET_PACKAGES"] = Path.Combine(_folder, "cache");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.Should().Be(0, output);
        return output;
    }
}
