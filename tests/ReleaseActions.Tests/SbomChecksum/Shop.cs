using System.Text.Json;
using ReleaseActions.SbomChecksum;

namespace ReleaseActions.Tests.SbomChecksum;

/// <summary>A checkout with two files to publish and lock files of npm and uv.</summary>
public sealed class Shop : IDisposable
{
    public const string Password = "correct horse battery";

    public Shop()
    {
        Checkout.Write("dist/shop-1.2.3.tgz", "the package").Write("dist/shop-linux-amd64", "the program")
            .Write("package-lock.json", Lockfiles.Npm).Write("service/uv.lock", Lockfiles.Uv)
            .Policy("artifacts:\n  files: [dist/*]\n").Commit("Everything for 1.2.3");
    }

    public Checkout Checkout { get; } = new();

    public Task<RunResult> RunAsync(params (string Input, string Value)[] inputs) => RunAsync(new Rig(Checkout).OnTag("v1.2.3"), inputs);

    /// <summary>A rig whose server has the same name on every machine, as files that are compared by their size show it.</summary>
    public Rig OfGitHub => new Rig(Checkout).OnTag("v1.2.3").OnLaptop().With("GITHUB_SERVER_URL", "https://github.com");

    public static Task<RunResult> RunAsync(Rig rig, params (string Input, string Value)[] inputs)
    {
        foreach (var (input, value) in inputs) rig.Input(input, value);
        return rig.RunAsync(new SbomChecksumAction());
    }

    public Task<RunResult> SignAsync(params (string Input, string Value)[] more) =>
        RunAsync([("cosign-key", Key()), ("cosign-password", Password), .. more]);

    /// <summary>The text of a file that the action wrote.</summary>
    public string Made(string name) => File.ReadAllText(Path.Combine(Checkout.Root, "release-artifacts", name));

    public string[] AllMade
    {
        get
        {
            var folder = new DirectoryInfo(Path.Combine(Checkout.Root, "release-artifacts"));
            return folder.Exists ? [.. folder.GetFiles().Select(f => f.Name).Order(StringComparer.Ordinal)] : [];
        }
    }

    public JsonElement Sbom => JsonDocument.Parse(Made("sbom.json")).RootElement;

    /// <summary>An encrypted signing key from the real cosign, the same for the whole test.</summary>
    public string Key(string name = "signing") => KeyAside(Checkout, name);

    /// <summary>The same beside any checkout.</summary>
    public static string KeyAside(Checkout checkout, string name)
    {
        var cosign = Programs.Require("cosign");
        var folder = checkout.Aside("keys");
        var environment = new Dictionary<string, string> { ["COSIGN_PASSWORD"] = Password, ["HOME"] = folder };
        if (!File.Exists(Path.Combine(folder, $"{name}.key")))
            Programs.Run(cosign, folder, environment, "generate-key-pair", "--output-key-prefix", name).ExitCode.Should().Be(0);
        return File.ReadAllText(Path.Combine(folder, $"{name}.key"));
    }

    /// <summary>Verifies a written file as whoever downloads it would; returns cosign's exit code.</summary>
    public static int Verify(Checkout checkout, string file)
    {
        var folder = Path.Combine(checkout.Root, "release-artifacts");
        var environment = new Dictionary<string, string> { ["HOME"] = checkout.Aside("verifier") };
        string[] arguments =
            ["verify-blob", "--key", "cosign.pub", "--bundle", "checksums.txt.sigstore.json", "--insecure-ignore-tlog=true", file];
        return Programs.Run(Programs.Require("cosign"), folder, environment, arguments).ExitCode;
    }

    /// <summary>A folder with one program alone, so that no other of the machine is found.</summary>
    public string Only(string program) => Stand(program, $"exec {Programs.Require(program)} \"$@\"");

    /// <summary>A folder with a script in place of a program.</summary>
    public string Stand(string program, string script)
    {
        var folder = Checkout.Aside($"stand-{program}");
        Script.Write(folder, program, script);
        return folder;
    }

    public void Dispose() => Checkout.Dispose();
}
