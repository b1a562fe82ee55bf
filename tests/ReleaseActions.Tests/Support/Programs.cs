using System.Diagnostics;

namespace ReleaseActions.Tests.Support;

/// <summary>Programs that tests use for real, where the machine has them.</summary>
public static class Programs
{
    /// <summary>The machine's PATH, and the folder of docker's plugins: on a runner they are not taken from a user's folder.</summary>
    public static string Path { get; } = Environment.GetEnvironmentVariable("PATH")
        + (Environment.GetEnvironmentVariable("DOCKER_CONFIG") is { Length: > 0 } docker ? $":{docker}/cli-plugins" : "");

    /// <summary>The place of a program; the test is skipped where it is not there, and fails where <c>CI=true</c>.</summary>
    public static string Require(string program)
    {
        var path = Environment.GetEnvironmentVariable("PATH")!;
        var found = path.Split(':').Select(folder => System.IO.Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        if (found is not null) return found;
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail($"{program} is not on PATH, and is needed where CI=true");
        Assert.Skip($"{program} is not on PATH: not tried");
        return "";
    }

    /// <summary>The folder of a git of 2.54 or newer, which scripts/setup-tools unpacks; the test is skipped without.</summary>
    public static string RequireNewerGit()
    {
        var folder = Environment.GetEnvironmentVariable("RELEASE_ACTIONS_NEWER_GIT");
        if (folder is null) Assert.Skip("There is no git of 2.54 or newer beside the machine's: not tried");
        return folder!;
    }

    /// <summary>Runs a program to its end.</summary>
    public static (int ExitCode, string Output) Run(
        string program, string folder, IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder };
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        foreach (var (name, value) in variables) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
