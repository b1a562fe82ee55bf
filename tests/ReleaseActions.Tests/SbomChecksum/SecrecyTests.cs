using System.Diagnostics;
using ReleaseActions.Core;

namespace ReleaseActions.Tests.SbomChecksum;

/// <summary>Only cosign sees the key and the password, while it runs and afterwards.</summary>
public sealed class SecrecyTests : IDisposable
{
    private readonly Shop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    [Trait("Row", "S22")]
    public async Task Key_and_password_are_in_no_argument_no_log_and_no_file()
    {
        var calls = Path.Combine(_shop.Checkout.Aside("calls"), "all");
        string Recorded(string program) =>
            _shop.Stand(program, $"echo {program} \"$@\" >> {calls}; exec {Programs.Require(program)} \"$@\"");
        var rig = new Rig(_shop.Checkout).OnTag("v1.2.3").With("PATH", $"{Recorded("cosign")}:{Recorded("git")}");

        var run = await Shop.RunAsync(rig, ("cosign-key", _shop.Key()), ("cosign-password", Shop.Password));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        File.ReadAllLines(calls).Should().Contain(l => l.StartsWith("cosign sign-blob --key env://", StringComparison.Ordinal))
            .And.Contain(l => l.StartsWith("git ", StringComparison.Ordinal));
        var masked = run.Log.Split('\n').Where(l => !l.StartsWith("::add-mask::", StringComparison.Ordinal));
        var made = _shop.AllMade.Select(_shop.Made);
        var everything = string.Join('\n', [File.ReadAllText(calls), .. masked, run.Summary, .. run.Outputs.Values, .. made]);
        everything.Should().NotContain(Shop.Password).And.NotContain(_shop.Key().Split('\n')[1]);
    }

    [Theory]
    [Trait("Row", "S23")]
    [InlineData(Shop.Password)]
    [InlineData("wrong")]
    public async Task Nothing_remains_in_home_or_temporary_folders(string password)
    {
        await _shop.RunAsync(("cosign-key", _shop.Key()), ("cosign-password", password));

        Directory.GetFileSystemEntries(_shop.Checkout.Aside("home")).Should().BeEmpty();
        Directory.GetFileSystemEntries(_shop.Checkout.Aside("temp")).Should().BeEmpty();
    }

    [Fact]
    [Trait("Row", "S23")]
    public async Task After_SIGTERM_during_signing_nothing_remains()
    {
        var began = Path.Combine(_shop.Checkout.Aside("pipe"), "began");
        Programs.Run(Programs.Require("mkfifo"), "/", new Dictionary<string, string>(), began);
        var wait = $"[ \"$1\" = sign-blob ] && {{ echo > {began}; exec {Programs.Require("sleep")} 3600; }}";
        var slow = _shop.Stand("cosign", $"{wait}; exec {Programs.Require("cosign")} \"$@\"");
        using var program = Start($"{slow}:{_shop.Only("git")}");
        var output = program.StandardOutput.ReadToEndAsync();

        // Reading the pipe waits until cosign runs.
        await Task.Run(() => File.ReadAllText(began), TestContext.Current.CancellationToken);
        Programs.Run(Programs.Require("kill"), "/", new Dictionary<string, string>(), "-TERM", $"{program.Id}");
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);

        program.ExitCode.Should().Be((int)ExitCode.Cancelled, await output);
        _shop.AllMade.Should().BeEmpty();
        Directory.GetFileSystemEntries(_shop.Checkout.Aside("home")).Should().BeEmpty();
        Directory.GetFileSystemEntries(_shop.Checkout.Aside("temp")).Should().BeEmpty();
    }

    private Process Start(string path)
    {
        // In the program's own folder: the tests' one lacks the libraries that ASP.NET has built in.
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/'));
        var program = Path.Combine(Golden.Root, "artifacts/bin/SbomChecksum", configuration, "sbom-checksum.dll");
        var start = new ProcessStartInfo(Programs.Require("dotnet"), [program])
        {
            WorkingDirectory = _shop.Checkout.Root,
            RedirectStandardOutput = true,
        };
        start.Environment["PATH"] = path;
        start.Environment["HOME"] = _shop.Checkout.Aside("home");
        start.Environment["RUNNER_TEMP"] = _shop.Checkout.Aside("temp");
        start.Environment["GITHUB_WORKSPACE"] = _shop.Checkout.Root;
        start.Environment["INPUT_COSIGN-KEY"] = _shop.Key();
        start.Environment["INPUT_COSIGN-PASSWORD"] = Shop.Password;
        return Process.Start(start)!;
    }
}
