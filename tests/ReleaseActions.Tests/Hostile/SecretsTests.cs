using System.Text;
using System.Text.Json;
using ReleaseActions.Core;

namespace ReleaseActions.Tests.Hostile;

/// <summary>What is given as a secret comes out by no way, and nothing of a run stays behind.</summary>
public sealed class SecretsTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public SecretsTests()
    {
        _checkout.Write("CHANGELOG.md", "## [1.0.0]\n\n- First\n").Commit("Release 1.0.0");
        _checkout.Push().Tag("v1.0.0");
    }

    public void Dispose() => _checkout.Dispose();

    // What a password may hold, and what tools do to it on the way.
    public static TheoryData<string, string> ActionsAndSecrets
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var action in AllActions.List)
                foreach (var secret in (string[])["ghs_16C7e42F292c6912E7710c838347Ae178B4a", "p\"q\\r =##[x]::s%t&u",
                    "-----BEGIN KEY-----\nMIIBVgIBADANBg\nkqhkiG9w0BAQEF\n-----END KEY-----"]) data.Add(action.Name, secret);
            return data;
        }
    }

    [Theory]
    [Trait("Row", "S22")]
    [MemberData(nameof(ActionsAndSecrets))]
    public async Task A_secret_is_in_no_log_summary_output_or_argument(string name, string secret)
    {
        var arguments = Path.Combine(_checkout.Aside("seen"), "arguments");
        var rig = HostileRig.Offline(_checkout).OnTag("v1.0.0")
            .WithProgram(_checkout, "git", $"printf '%s\\n' \"$@\" >> '{arguments}'\nexec '{HostileRig.RealPath("git")}' \"$@\"");
        foreach (var input in HostileRig.SecretInputs(AllActions.Named(name))) rig.Input(input, secret);

        var run = await rig.RunAsync(AllActions.Named(name));

        AssertHidden(run, secret);
        if (File.Exists(arguments)) Forms(secret).Where(File.ReadAllText(arguments).Contains).Should().BeEmpty();
    }

    [Theory]
    [Trait("Row", "S22")]
    [MemberData(nameof(ActionsAndSecrets))]
    public async Task A_program_that_tells_its_environment_tells_no_secret(string name, string secret)
    {
        var rig = HostileRig.Offline(_checkout).OnTag("v1.0.0")
            .WithProgram(_checkout, "git", "echo \"fatal: $(env | tr '\\n' ' ')\" >&2; env; exit 128");
        foreach (var input in HostileRig.SecretInputs(AllActions.Named(name))) rig.Input(input, secret);

        AssertHidden(await rig.RunAsync(AllActions.Named(name)), secret);
    }

    [Theory]
    [Trait("Row", "S23")]
    [MemberData(nameof(AllActions.Names), MemberType = typeof(AllActions))]
    public async Task Nothing_stays_behind_after_success_failure_or_cancellation(string name)
    {
        var action = AllActions.Named(name);
        await HostileRig.Offline(_checkout).OnTag("v1.0.0").Input("token", "ghs_0123456789").RunAsync(action);
        AssertNothingLeft("success");
        await HostileRig.Offline(_checkout).OnTag("v1.0.0").Input("token", "ghs_0123456789").WithProgram(_checkout, "git", "exit 128")
            .RunAsync(action);
        AssertNothingLeft("failure");

        using var stop = new CancellationTokenSource();
        using var started = new FileSystemWatcher(_checkout.Aside("started"));
        started.Created += (_, _) => stop.Cancel();
        started.EnableRaisingEvents = true;
        var run = await HostileRig.Offline(_checkout, cancellation: stop.Token).OnTag("v1.0.0").Input("token", "ghs_0123456789")
            .WithProgram(_checkout, "git", $"touch '{_checkout.Aside("started")}/now'; exec tail -f /dev/null").RunAsync(action);
        run.ExitCode.Should().Be(ExitCode.Cancelled, run.Log);
        AssertNothingLeft("cancellation");
    }

    private void AssertNothingLeft(string after)
    {
        Directory.GetFileSystemEntries(_checkout.Aside("home")).Should().BeEmpty("nothing belongs into HOME after {0}", after);
        Directory.GetFileSystemEntries(_checkout.Aside("temp")).Should().BeEmpty("nothing belongs into RUNNER_TEMP after {0}", after);
    }

    private static void AssertHidden(RunResult run, string secret)
    {
        // The runner never prints add-mask itself: it is how it learns what to hide.
        var shown = string.Join('\n', run.Log.Split('\n').Where(l => !l.StartsWith("::add-mask::", StringComparison.Ordinal))) + run.Summary
            + string.Join('\n', run.Outputs.Values);
        Forms(secret).Where(shown.Contains).Should().BeEmpty(run.Log);
        run.Log.Should().Contain("::add-mask::");
        run.ExitCode.Should().NotBe(ExitCode.Defect, run.Log);
    }

    private static IEnumerable<string> Forms(string secret) =>
        secret.Split('\n').Where(l => !l.StartsWith("-----", StringComparison.Ordinal))
            .Concat(((string[])["", "x-access-token:", "bob:", "acme-bot:"]).Select(
                user => Convert.ToBase64String(Encoding.UTF8.GetBytes(user + secret))))
            .Concat([secret, Uri.EscapeDataString(secret), JsonSerializer.Serialize(secret)[1..^1]]);
}
