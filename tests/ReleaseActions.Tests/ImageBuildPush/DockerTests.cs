using System.Diagnostics;
using ReleaseActions.Core;
using ReleaseActions.ImageBuildPush;

namespace ReleaseActions.Tests.ImageBuildPush;

/// <summary>Machines with another docker, or with none.</summary>
public sealed class DockerTests : IDisposable
{
    private readonly Checkout _checkout = new();
    private readonly TestRegistry _registry = TestRegistry.Require();

    public DockerTests() => _checkout.Write("Dockerfile", "FROM scratch\nCOPY Dockerfile /\n").Commit("Image");

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public async Task Where_the_engine_does_not_answer_the_error_says_what_to_do()
    {
        var run = await Rig().WithDocker().With("DOCKER_HOST", "unix:///nowhere.sock").RunAsync(new ImageBuildPushAction());

        run.ExitCode.Should().Be(ExitCode.RemoteFailed);
        run.Errors.Should().ContainSingle().Which.Should().Contain("The docker engine does not answer").And.Contain("`archive`");
    }

    [Fact]
    public async Task Where_there_is_no_docker_the_error_says_what_to_do()
    {
        var run = await Rig().With("PATH", Tools()).RunAsync(new ImageBuildPushAction());

        run.ExitCode.Should().Be(ExitCode.RemoteFailed);
        run.Errors.Should().ContainSingle().Which.Should().Be(
            "There is no docker on this machine to build images with. Install docker, use a runner that has it, "
            + "or let another build system make the image and give it as `archive`, which needs no docker.");
    }

    [Fact]
    public async Task An_engine_for_one_platform_is_not_asked_for_two()
    {
        var rig = Rig().With("PATH", Tools("echo '20.10.24 [[Backing Filesystem extfs]]'", "echo 'Driver: docker'"));

        var run = await rig.Input("platforms", "linux/amd64\nlinux/arm64").RunAsync(new ImageBuildPushAction());

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        run.Errors.Should().ContainSingle().Which.Should()
            .Contain("for linux/amd64, linux/arm64, and this docker makes images for one platform only")
            .And.Contain("docker/setup-buildx-action");
    }

    [Fact]
    public async Task A_docker_without_buildx_is_reported()
    {
        var rig = Rig().With("PATH", Tools("echo '28.0.0 []'", "echo \"unknown command\" >&2; exit 1"));

        var run = await rig.RunAsync(new ImageBuildPushAction());

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        run.Errors.Should().ContainSingle().Which.Should()
            .Contain("`docker buildx` does not work: unknown command").And.Contain("Install the buildx plugin");
    }

    [Fact]
    public async Task A_missing_Dockerfile_is_reported_before_docker_is_asked()
    {
        var run = await Rig().Input("context", "web").RunAsync(new ImageBuildPushAction());

        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Errors.Should().ContainSingle().Which.Should().Contain("has no 'web/Dockerfile' to be built from");
    }

    [Fact]
    [Trait("Rule", "AOF-05")]
    public async Task Images_can_be_kept_in_the_engine_and_not_pushed()
    {
        var name = TestRegistry.NewName("kept");

        var rig = Rig().WithDocker().Input("image", name).Input("push", "false").Input("load", "true");

        var run = await rig.RunAsync(new ImageBuildPushAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        (await _registry.DigestAsync(name, "1.0.0")).Should().BeNull();
        string[] arguments = ["image", "rm", $"{_registry.Host}/{name}:1.0.0", $"{_registry.Host}/{name}:latest"];
        using var removal = Process.Start(new ProcessStartInfo("docker", arguments) { RedirectStandardOutput = true })!;
        await removal.WaitForExitAsync(TestContext.Current.CancellationToken);
        removal.ExitCode.Should().Be(0, "both tags are in the engine");
    }

    [Fact]
    public async Task A_dry_run_warns_of_a_docker_that_is_missing_and_succeeds()
    {
        var run = await Rig().With("PATH", Tools()).Input("dry-run", "true").RunAsync(new ImageBuildPushAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Log.Should().Contain("::warning::There is no docker on this machine to build images with");
        run.Summary.Should().Contain("❌ There is no docker on this machine");
    }

    private Rig Rig() => new Rig(_checkout).OnBranch("main")
        .Input("version", "1.0.0").Input("registry", _registry.Host).Input("image", "app");

    // A folder of programs: git alone, or with a docker that answers as an older one does.
    private string Tools(string? info = null, string buildx = "")
    {
        var folder = _checkout.Aside("tools");
        var git = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(f => Path.Combine(f, "git")).First(File.Exists);
        File.CreateSymbolicLink(Path.Combine(folder, "git"), git);
        if (info is null) return folder;
        Script.Write(folder, "docker", $"case $1 in info) {info};; buildx) {buildx};; esac");
        return folder;
    }
}
