using System.Diagnostics;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Processes;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;

namespace ReleaseActions.EndToEnd;

/// <summary>What this machine has. A test that needs what it lacks is skipped by name; with <c>CI=true</c> it fails.</summary>
internal static class Machine
{
    /// <summary>The folder of published programs, as they are shipped; <c>./test</c> makes it.</summary>
    public static string Programs
    {
        get
        {
            var folder = Path.Combine(Golden.Root, "artifacts", "suite");
            Require(File.Exists(Path.Combine(folder, "version-validate")), "the published programs (./test makes them in artifacts/suite)");
            return folder;
        }
    }

    /// <summary>The folder with the package of the .NET tool; <c>./test</c> makes it.</summary>
    public static string ToolPackages
    {
        get
        {
            var folder = Path.Combine(Golden.Root, "artifacts", "tool");
            Require(Directory.Exists(folder), "the package of the .NET tool (./test makes it in artifacts/tool)");
            return folder;
        }
    }

    /// <summary>The address of a real registry without sign-in.</summary>
    public static string Registry =>
        Environment.GetEnvironmentVariable("TEST_REGISTRY") is { Length: > 0 } address ? address : Lacks("a registry (TEST_REGISTRY)");

    public static void RequireDocker() => Require(Runs("docker", "info"), "a docker engine");

    /// <summary>The name that <c>scripts/build-images</c> gave to the image without tools: each clone has its own.</summary>
    public static string Images { get; } =
        Path.Combine(Golden.Root, "artifacts", "images-name") is var file && File.Exists(file) ? File.ReadAllText(file)
        : "release-actions:test";

    public static void RequireImages() =>
        Require(Runs("docker", "image", "inspect", Images, $"{Images}-docker", $"{Images}-cosign"),
        "the images of the actions (scripts/build-images makes them)");

    /// <summary>Whether the machine's docker answers; what the demo does depends on it.</summary>
    public static bool HasDocker { get; } = Runs("docker", "info");

    private static void Require(bool isThere, string what)
    {
        if (!isThere) Lacks(what);
    }

    private static string Lacks(string what)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail($"This machine lacks {what}, which is needed where CI=true");
        Assert.Skip($"This machine lacks {what}");
        return "";
    }

    private static bool Runs(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}

/// <summary>Runs a program to its end in a folder, with some variables set or (null) taken away.</summary>
internal static class Run
{
    public static async Task<CommandResult> ProgramAsync(
        string program, IReadOnlyList<string> arguments, string folder, params (string Name, string? Value)[] variables)
    {
        var environment = HostEnvironment.FromProcess().Variables.Where(v => !v.Key.StartsWith("GITHUB_", StringComparison.Ordinal))
            .ToDictionary();
        foreach (var (name, value) in variables) environment.Remove(name);
        var set = variables.Where(v => v.Value is not null).ToDictionary(v => v.Name, v => v.Value!);
        var commands = new CommandRunner(new RunnerContext(environment), () => folder, new KnownSecrets());
        return await commands.RunAsync(
            program, arguments, new CommandOptions { Folder = folder, Environment = set }, TestContext.Current.CancellationToken);
    }
}
