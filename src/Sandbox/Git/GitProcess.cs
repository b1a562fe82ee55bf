using System.Diagnostics;

namespace ReleaseActions.Sandbox.Git;

/// <summary>Runs git on one bare repository: an argument list, no shell, no configuration but its own.</summary>
internal sealed class GitProcess(string folder)
{
    public async Task<string> RunAsync(params string[] arguments)
    {
        var (code, output, error) = await TryAsync(arguments);
        return code == 0 ? output : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {error}");
    }

    public async Task<(int Code, string Output, string Error)> TryAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("git") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["--git-dir", folder, "-c", "core.hooksPath=/dev/null", .. arguments])
            start.ArgumentList.Add(argument);
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
