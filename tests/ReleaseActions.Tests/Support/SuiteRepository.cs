using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ReleaseActions.Tests.Support;

/// <summary>
/// A repository with what a release of the suite is made of, as a fork of it would be, and the script that releases it.
/// </summary>
public sealed class SuiteRepository : IDisposable
{
    private static readonly string[] Copied = ["actions", ".github/workflows", "scripts/release-commit", "README.md", "LICENSE"];
    private readonly string _images;

    public SuiteRepository()
    {
        foreach (var path in Copied) Run("cp", "-r", "--parents", path, Checkout.Root);
        Commit = Checkout.Commit("The suite");
        Checkout.Push();
        _images = Path.Combine(Checkout.Aside("images"), "digests");
        UseImages(Digest('1'), Digest('2'), Digest('3'));
    }

    public Checkout Checkout { get; } = new();

    /// <summary>What is released.</summary>
    public string Commit { get; private set; }

    /// <summary>The registry that <c>action.yml</c> will name.</summary>
    public string Registry { get; set; } = "ghcr.io";

    /// <summary>Where the release is pushed.</summary>
    public string Remote { get; set; } = "origin";

    public static string Digest(char digit) => $"sha256:{new string(digit, 64)}";

    public void UseImages(string image, string docker, string cosign) =>
        File.WriteAllText(_images, $"image {image}\nimage-docker {docker}\nimage-cosign {cosign}\n");

    /// <summary>A further commit on main, to be released next.</summary>
    public void Continue()
    {
        Commit = Checkout.Write("README.md", File.ReadAllText(Path.Combine(Checkout.Root, "README.md")) + "\nMore.\n").Commit("Go on");
        Checkout.Push();
    }

    /// <summary>Runs the script: <c>make</c> or <c>publish</c>, a version, and further options.</summary>
    /// <returns>Its exit code, what it printed (the commit), and what it reported.</returns>
    public (int ExitCode, string Output, string Error) Release(string mode, string version, params string[] options) =>
        ReleaseThrough(null, mode, version, options);

    /// <summary>The same with a folder of programs that come first on the path.</summary>
    public (int ExitCode, string Output, string Error) ReleaseThrough(
        string? programs, string mode, string version, params string[] options)
    {
        string[] arguments = [mode, version, "--repository", "Fork-Owner/release-actions", "--registry", Registry, "--remote", Remote,
            "--images", _images, .. options];
        var start = new ProcessStartInfo(Path.Combine(Checkout.Root, "scripts/release-commit"), arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Checkout.Root,
        };
        start.Environment["GITHUB_SERVER_URL"] = "https://github.com";
        if (programs is not null) start.Environment["PATH"] = $"{programs}:{Environment.GetEnvironmentVariable("PATH")}";
        using var script = Process.Start(start)!;
        var error = script.StandardError.ReadToEndAsync();
        var output = script.StandardOutput.ReadToEnd().Trim();
        script.WaitForExit();
        return (script.ExitCode, output, error.Result);
    }

    /// <summary>Branch <c>releases</c> and the tags of origin, each with its commit.</summary>
    public IReadOnlyDictionary<string, string> Published() =>
        Regex.Matches(Checkout.Git("ls-remote", "--refs", Checkout.Origin, "refs/heads/releases", "refs/tags/*"),
            @"^([0-9a-f]{40})\trefs/(?:heads|tags)/(\S+)$", RegexOptions.Multiline)
        .ToDictionary(m => m.Groups[2].Value, m => m.Groups[1].Value);

    /// <summary>A file of a commit.</summary>
    public string Read(string commit, string path) => Checkout.Git("show", $"{commit}:{path}");

    public void Dispose() => Checkout.Dispose();

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = Golden.Root })!;
        process.WaitForExit();
        process.ExitCode.Should().Be(0);
    }
}
