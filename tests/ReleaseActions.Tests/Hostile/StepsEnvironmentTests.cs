using System.Net;
using System.Net.Sockets;
using ReleaseActions.ImageBuildPush;

namespace ReleaseActions.Tests.Hostile;

/// <summary>What earlier steps of the job leave in the environment and in the folders that all steps share.</summary>
[Trait("Row", "S44")]
public sealed class StepsEnvironmentTests : IDisposable
{
    private const string Planted = "planted-by-a-step";

    // What programs are known to obey: loaders, runtimes, shells, git, TLS, proxies, docker, Sigstore.
    private static readonly string[] Variables =
    [
        "GIT_EXEC_PATH", "GIT_TRACE_CURL", "GIT_SSL_NO_VERIFY", "GIT_CONFIG_PARAMETERS", "GIT_DIR", "GIT_ASKPASS", "GIT_PROXY_SSL_CAINFO",
        "LD_PRELOAD", "LD_LIBRARY_PATH", "LD_AUDIT", "GCONV_PATH", "DOTNET_STARTUP_HOOKS", "DOTNET_ROOT", "CORECLR_PROFILER_PATH",
        "SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE", "CURL_CA_BUNDLE", "HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy",
        "ALL_PROXY", "no_proxy", "BASH_ENV", "ENV", "IFS", "NODE_OPTIONS", "PYTHONPATH", "PYTHONSTARTUP", "PERL5OPT", "RUBYOPT",
        "DOCKER_CONFIG", "DOCKER_CONTEXT", "DOCKER_CERT_PATH", "DOCKER_TLS_VERIFY", "DOCKER_DEFAULT_PLATFORM", "DOCKER_API_VERSION",
        "DOCKER_AUTH_CONFIG", "BUILDX_CONFIG", "BUILDX_BUILDER", "BUILDX_BAKE_FILE", "BUILDKIT_HOST", "BUILDKIT_COLORS", "COSIGN_KEY",
        "COSIGN_REPOSITORY", "COSIGN_MIRROR", "SIGSTORE_ROOT_FILE", "SIGSTORE_REKOR_PUBLIC_KEY", "TUF_ROOT", "TUF_MIRROR",
        "XDG_CONFIG_HOME", "ACTIONS_RUNTIME_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "PAGER", "EDITOR", "SSH_AUTH_SOCK", "GNUPGHOME", "TZ",
        "GODEBUG",
    ];

    private readonly Checkout _checkout = new();

    public StepsEnvironmentTests()
    {
        _checkout.Write("CHANGELOG.md", "## [1.0.0]\n\n- First\n").Write("Dockerfile", "FROM scratch\nCOPY Dockerfile /\n")
            .Write("dist/shop.txt", "shop").Commit("Release 1.0.0");
        _checkout.Push().Tag("v1.0.0");
    }

    public void Dispose() => _checkout.Dispose();

    [Theory]
    [MemberData(nameof(AllActions.Names), MemberType = typeof(AllActions))]
    public async Task No_variable_of_an_earlier_step_reaches_a_program(string name)
    {
        var rig = Recorded(HostileRig.Offline(_checkout).OnTag("v1.0.0"), "git", "docker", "cosign");
        foreach (var variable in Variables) rig.With(variable, $"{Planted}-{variable}");

        await Filled(rig, name).RunAsync(AllActions.Named(name));

        var seen = Directory.GetFiles(_checkout.Aside("seen")).SelectMany(File.ReadAllLines).ToList();
        seen.Should().NotBeEmpty("{0} starts programs", name);
        seen.Where(l => l.Contains(Planted, StringComparison.Ordinal)).Should().BeEmpty();
        seen.Where(l => l.StartsWith("HOME=", StringComparison.Ordinal)).Distinct().Should()
            .OnlyContain(l => l.StartsWith($"HOME={_checkout.Aside("temp")}/", StringComparison.Ordinal), "it is a private folder");
    }

    // The name of the folder that a checkout of the tests is in.
    private const string Work = "work";

    public static TheoryData<string> FoldersOfSteps =>
        [$"{Work}/bin", "home/bin", "temp/bin", $"{Work}/../{Work}/bin", "link-to-bin", "link-to-checkout/bin", "outside/git-is-a-link"];

    [Theory]
    [MemberData(nameof(FoldersOfSteps))]
    public async Task A_program_in_a_folder_that_steps_share_is_not_started(string folder)
    {
        var (work, outside) = (_checkout.Root, Path.GetDirectoryName(_checkout.Root)!);
        var marker = Path.Combine(_checkout.Aside("seen"), "marker");
        foreach (var shared in (string[])[work, _checkout.Aside("home"), _checkout.Aside("temp")])
            Script.Write(Directory.CreateDirectory(Path.Combine(shared, "bin")).FullName, "git", $"touch '{marker}'; exit 1");
        File.CreateSymbolicLink(Path.Combine(outside, "link-to-bin"), Path.Combine(work, "bin"));
        File.CreateSymbolicLink(Path.Combine(outside, "link-to-checkout"), work);
        File.CreateSymbolicLink(Path.Combine(_checkout.Aside("outside/git-is-a-link"), "git"), Path.Combine(work, "bin/git"));
        var real = Path.GetDirectoryName(HostileRig.RealPath("git"));

        var run = await HostileRig.Offline(_checkout).OnTag("v1.0.0").With("PATH", $"{outside}/{folder}:{real}")
            .RunAsync(AllActions.Named("version-validate"));

        run.ExitCode.Should().Be(Core.ExitCode.Done, run.Log);
        File.Exists(marker).Should().BeFalse();
    }

    public static TheoryData<string> EnginesOfSteps =>
        ["tcp://{listener}", "http://{listener}", "unix://{work}/docker.sock", "unix://{home}/docker.sock",
            $"unix://{{work}}/../{Work}/docker.sock", "unix:relative.sock",
            "ssh://{listener}", "{listener}", "npipe:////./pipe/x", "fd://"];

    [Theory]
    [MemberData(nameof(EnginesOfSteps))]
    public async Task An_engine_that_a_step_names_is_not_used(string address)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var host = address.Replace("{listener}", $"{listener.LocalEndpoint}", StringComparison.Ordinal)
            .Replace("{work}", _checkout.Root, StringComparison.Ordinal)
            .Replace("{home}", _checkout.Aside("home"), StringComparison.Ordinal);

        await Filled(Recorded(HostileRig.Offline(_checkout).OnTag("v1.0.0").With("DOCKER_HOST", host), "docker"), "image-build-push")
            .RunAsync(new ImageBuildPushAction());

        listener.Pending().Should().BeFalse();
        Directory.GetFiles(_checkout.Aside("seen")).SelectMany(File.ReadAllLines).Should().NotBeEmpty()
            .And.NotContain(l => l.StartsWith("DOCKER_HOST=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_configuration_of_docker_that_a_step_left_in_HOME_is_not_read()
    {
        var docker = Path.Combine(_checkout.Aside("home"), ".docker");
        Directory.CreateDirectory(Path.Combine(docker, "cli-plugins"));
        Script.Write(Path.Combine(docker, "cli-plugins"), "docker-planted", "exit 1");
        File.WriteAllText(Path.Combine(docker, "config.json"), $$"""
            { "auths": { "registry.example": { "auth": "Ym9iOnMzY3JldA==" } }, "proxies": { "default": { "httpProxy": "{{Planted}}" } } }
            """);
        var seen = Path.Combine(_checkout.Aside("seen"), "found");
        var rig = HostileRig.Offline(_checkout).OnTag("v1.0.0").WithProgram(
            _checkout, "docker", $"find -L \"$DOCKER_CONFIG/\" > '{seen}'; cat \"$DOCKER_CONFIG/config.json\" >> '{seen}'; exit 1");

        await Filled(rig, "image-build-push").RunAsync(new ImageBuildPushAction());

        var found = await File.ReadAllTextAsync(seen, TestContext.Current.CancellationToken);
        found.Should().Contain("config.json").And.NotContain("planted").And.NotContain("auths");
    }

    // Each call leaves its environment in a file; the real program is run where there is one.
    private Rig Recorded(Rig rig, params string[] programs)
    {
        foreach (var program in programs)
        {
            var real = program == "git" ? $"exec '{HostileRig.RealPath("git")}' \"$@\"" : "echo 28.0.0 x; echo Driver: docker";
            rig.WithProgram(_checkout, program, $"tr '\\0' '\\n' < /proc/self/environ > '{_checkout.Aside("seen")}'/{program}.$$\n{real}");
        }

        return rig;
    }

    // What makes each action go on to its programs.
    private static Rig Filled(Rig rig, string action) => action switch
    {
        "image-build-push" => rig.Input("version", "1.0.0").Input("image", "registry.example/app").Input("push", "false"),
        "sbom-checksum" => rig.Input("version", "1.0.0").Input("cosign-key", "-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----"),
        _ => rig,
    };
}
