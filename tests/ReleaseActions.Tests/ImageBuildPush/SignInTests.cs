using ReleaseActions.Core;
using ReleaseActions.ImageBuildPush;

namespace ReleaseActions.Tests.ImageBuildPush;

/// <summary>Signing in to a real registry with a password, and what is left of it afterwards.</summary>
public sealed class SignInTests : IDisposable
{
    private const string Credentials = "Ym9iOnMzY3JldA==";

    private readonly Checkout _checkout = new();
    private readonly TestRegistry _registry = TestRegistry.RequireWithPassword();
    private readonly string _name = TestRegistry.NewName("secret");

    public void Dispose() => _checkout.Dispose();

    [Fact]
    [Trait("Rule", "AOF-06")]
    [Trait("Row", "S22")]
    [Trait("Row", "S23")]
    public async Task Nothing_remains_of_a_sign_in_after_a_build_that_pushed()
    {
        _checkout.Write("Dockerfile", "FROM scratch\nCOPY Dockerfile /\n").Commit("Image");

        // Every argument list that docker, and buildx below it, is started with.
        var calls = Path.Combine(_checkout.Aside("calls"), "docker");
        var recorder = $"printf '%s\\n' \"$@\" >> '{calls}'\nexec '{Programs.Require("docker")}' \"$@\"";

        var run = await Rig("s3cret").WithDocker().WithProgram(_checkout, "docker", recorder).RunAsync(new ImageBuildPushAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        (await _registry.DigestAsync(_name, "1.0.0")).Should().Be(run.Outputs["digest"]);
        File.ReadAllLines(calls).Should().Contain("buildx").And.NotContain(l => HoldsPassword(l));
        HoldsPassword(Unmasked(run.Log) + run.Summary + string.Concat(run.Outputs.Values)).Should().BeFalse();
        var home = Directory.EnumerateFiles(_checkout.Aside("home"), "*", SearchOption.AllDirectories);
        home.Where(f => HoldsPassword(File.ReadAllText(f))).Should().BeEmpty();
        Directory.EnumerateFileSystemEntries(_checkout.Aside("temp")).Should().BeEmpty();
        var settings = Path.Combine(Needed.Variable("DOCKER_CONFIG"), "config.json");
        (File.Exists(settings) ? File.ReadAllText(settings) : "").Should().NotContain(_registry.Host);
    }

    [Fact]
    [Trait("Rule", "AOF-06")]
    public async Task An_archive_is_pushed_with_the_password_and_without_docker()
    {
        ImageFiles.DockerSave("app").WriteTar(Path.Combine(_checkout.Root, "image.tar"));

        var run = await Rig("s3cret").Input("archive", "image.tar").RunAsync(new ImageBuildPushAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        (await _registry.DigestAsync(_name, "1.0.0")).Should().Be(run.Outputs["digest"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Rule", "AOF-05")]
    public async Task On_a_laptop_an_earlier_docker_login_is_enough(bool isLinked)
    {
        ImageFiles.DockerSave("app").WriteTar(Path.Combine(_checkout.Root, "image.tar"));
        var docker = Directory.CreateDirectory(Path.Combine(_checkout.Aside("home"), ".docker")).FullName;
        var login = $$"""{ "auths": { "{{_registry.Host}}": { "auth": "{{Credentials}}" } } }""";
        var file = Path.Combine(isLinked ? _checkout.Aside("dotfiles") : docker, "config.json");
        File.WriteAllText(file, login);
        if (isLinked) File.CreateSymbolicLink(Path.Combine(docker, "config.json"), file);

        var run = await Rig(null).With("GITHUB_ACTIONS", "").Input("archive", "image.tar").RunAsync(new ImageBuildPushAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        (await _registry.DigestAsync(_name, "1.0.0")).Should().Be(run.Outputs["digest"]);
        HoldsPassword(Unmasked(run.Log)).Should().BeFalse();
    }

    [Fact]
    public async Task A_wrong_password_is_reported_before_anything_is_built()
    {
        ImageFiles.DockerSave("app").WriteTar(Path.Combine(_checkout.Root, "image.tar"));

        var run = await Rig("wrong").Input("archive", "image.tar").RunAsync(new ImageBuildPushAction());

        run.ExitCode.Should().Be(ExitCode.RemoteFailed);
        run.Errors.Should().ContainSingle().Which.Should().Contain("answered 401").And.Contain("`packages: write`");
    }

    [Fact]
    [Trait("Rule", "AOF-06")]
    public async Task The_jobs_own_token_goes_to_no_registry_but_GitHubs()
    {
        ImageFiles.DockerSave("app").WriteTar(Path.Combine(_checkout.Root, "image.tar"));

        var rig = Rig(null).Input("archive", "image.tar").Input("token", "s3cret").With("GITHUB_ACTOR", "bob");

        var run = await rig.RunAsync(new ImageBuildPushAction());

        run.ExitCode.Should().Be(ExitCode.RemoteFailed);
        (await _registry.DigestAsync(_name, "1.0.0")).Should().BeNull();
    }

    private Rig Rig(string? password)
    {
        var rig = new Rig(_checkout).OnBranch("main")
            .Input("version", "1.0.0").Input("latest", "false").Input("image", $"{_registry.Host}/{_name}");
        return password is null ? rig : rig.Input("username", "bob").Input("password", password);
    }

    private static bool HoldsPassword(string text) =>
        text.Contains("s3cret", StringComparison.Ordinal) || text.Contains(Credentials, StringComparison.Ordinal);

    private static string Unmasked(string log) =>
        string.Join('\n', log.Split('\n').Where(l => !l.StartsWith("::add-mask::", StringComparison.Ordinal)));
}
