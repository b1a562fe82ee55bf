using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using static ReleaseActions.Tests.Sandbox.SandboxGround;

namespace ReleaseActions.Tests.Sandbox;

/// <summary>The registry under the clients that people use, with the token flow on.</summary>
public sealed class RegistryClientTests : IDisposable
{
    private const string Manifest = "application/vnd.oci.image.manifest.v1+json";
    private readonly string _folder = Directory.CreateTempSubdirectory("sandbox-clients-").FullName;

    [Fact]
    public async Task Docker_builds_for_two_platforms_pushes_and_pulls()
    {
        var docker = Require("RELEASE_ACTIONS_DOCKER", "DOCKER_HOST");
        await using var ground = await NewAsync();
        var image = $"{ground.Sandbox.Registry}/acme/shop:v1.0.0";
        PrepareDocker(docker, ground.Sandbox.Registry);
        File.WriteAllText(Path.Combine(_folder, "Dockerfile"), "FROM scratch\nCOPY Dockerfile /\n");
        Run(docker, "buildx", "build", "--platform", "linux/amd64,linux/arm64", "--push", "--tag", image, _folder);
        var index = JsonNode.Parse(Run(docker, "buildx", "imagetools", "inspect", "--raw", image))!;
        index["manifests"]!.AsArray().Select(child => child!["platform"]!["architecture"]!.ToString()).Should().Contain(["amd64", "arm64"]);
        Run(docker, "pull", "--quiet", image);
        Run(docker, "rmi", image);
        ground.Sandbox.Violations.Should().BeEmpty();
    }

    [Fact]
    public async Task Skopeo_copies_an_image_in_and_out()
    {
        var skopeo = Require("RELEASE_ACTIONS_SKOPEO");
        await using var ground = await NewAsync();
        var image = $"docker://{ground.Sandbox.Registry}/acme/shop:v1.0.0";
        var layout = WriteLayout();
        Copy(skopeo, "dest", $"oci:{layout}", image);
        Copy(skopeo, "src", image, $"oci:{_folder}/out");
        var inside = File.ReadAllText(Path.Combine(layout, "index.json"));
        var outside = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, "out", "index.json")))!;
        inside.Should().Contain(outside["manifests"]![0]!["digest"]!.ToString());
        ground.Sandbox.Violations.Should().BeEmpty();
    }

    [Fact]
    public async Task Cosign_signs_an_image_and_finds_its_signature()
    {
        var (skopeo, cosign) = (Require("RELEASE_ACTIONS_SKOPEO"), Require("RELEASE_ACTIONS_COSIGN"));
        await using var ground = await NewAsync();
        var image = $"{ground.Sandbox.Registry}/acme/shop:v1.0.0";
        Copy(skopeo, "dest", $"oci:{WriteLayout()}", $"docker://{image}");
        string[] login = ["--registry-username=ada", "--registry-password=sandbox-token", "--allow-http-registry"];
        Run(cosign, "generate-key-pair");
        string[] offline = ["--no-default-fulcio", "--no-default-rekor", "--no-default-tsa", "--no-default-oidc"];
        Run(cosign, ["signing-config", "create", .. offline, "--out", "sc.json"]);
        Run(cosign, ["sign", "--yes", "--key", "cosign.key", "--signing-config", "sc.json", .. login, image]);
        var verified = Run(cosign, ["verify", "--key", "cosign.pub", "--insecure-ignore-tlog=true", .. login, image]);
        verified.Should().Contain("critical");
        ground.Sandbox.Violations.Should().BeEmpty();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Require(params string[] variables)
    {
        var missing = variables.FirstOrDefault(variable => Environment.GetEnvironmentVariable(variable) is not { Length: > 0 });
        if (missing is not null && Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail($"{missing} is unset, and is needed where CI=true");
        if (missing is not null)
            Assert.Skip($"{missing} is unset: the client was not tried");
        return Environment.GetEnvironmentVariable(variables[0])!;
    }

    // A separate configuration: the login stays out of the user's, and the plugins come from there.
    private void PrepareDocker(string docker, string registry)
    {
        var usual = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker");
        var plugins = Path.Combine(Environment.GetEnvironmentVariable("DOCKER_CONFIG") ?? usual, "cli-plugins");
        var own = Directory.CreateDirectory(Path.Combine(_folder, "docker")).FullName;
        if (Directory.Exists(plugins))
            Directory.CreateSymbolicLink(Path.Combine(own, "cli-plugins"), plugins);
        Run(docker, "login", "--username", "ada", "--password", "sandbox-token", registry);
    }

    private void Copy(string skopeo, string side, string from, string to)
    {
        string[] access = [$"--{side}-tls-verify=false", $"--{side}-creds=ada:sandbox-token"];
        Run(skopeo, ["--insecure-policy", "copy", "--preserve-digests", .. access, from, to]);
    }

    // One image: an empty archive, its config, its manifest.
    private string WriteLayout()
    {
        var folder = Path.Combine(_folder, "layout");
        var layer = AddBlob(folder, new string('\0', 1024));
        var config = AddBlob(folder, new JsonObject
        {
            ["architecture"] = "amd64",
            ["os"] = "linux",
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray(layer["digest"]!.ToString()) },
        }.ToJsonString());
        layer["mediaType"] = "application/vnd.oci.image.layer.v1.tar";
        config["mediaType"] = "application/vnd.oci.image.config.v1+json";
        var manifest = AddBlob(folder, new JsonObject
        {
            ["schemaVersion"] = 2, ["mediaType"] = Manifest, ["config"] = config, ["layers"] = new JsonArray(layer),
        }.ToJsonString());
        manifest["mediaType"] = Manifest;
        File.WriteAllText(Path.Combine(folder, "oci-layout"), """{"imageLayoutVersion":"1.0.0"}""");
        var index = new JsonObject { ["schemaVersion"] = 2, ["manifests"] = new JsonArray(manifest) };
        File.WriteAllText(Path.Combine(folder, "index.json"), index.ToJsonString());
        return folder;
    }

    private static JsonObject AddBlob(string layout, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var hex = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var blobs = Directory.CreateDirectory(Path.Combine(layout, "blobs", "sha256")).FullName;
        File.WriteAllBytes(Path.Combine(blobs, hex), bytes);
        return new JsonObject { ["digest"] = "sha256:" + hex, ["size"] = bytes.Length };
    }

    private string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = _folder, RedirectStandardOutput = true };
        start.RedirectStandardError = true;
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["DOCKER_CONFIG"] = Path.Combine(_folder, "docker");
        start.Environment["COSIGN_PASSWORD"] = "test";
        start.Environment["HOME"] = _folder;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.Should().Be(0, $"{program} {string.Join(' ', arguments)}: {error.Result}");
        return output;
    }
}
