using ReleaseActions.Core;
using ReleaseActions.ImageBuildPush;

namespace ReleaseActions.Tests.ImageBuildPush;

/// <summary>No image is pushed by a run that a stranger may influence.</summary>
public sealed class TrustTests : IDisposable
{
    private readonly Checkout _checkout = new();
    private readonly TestRegistry _registry = TestRegistry.Require();
    private readonly string _name = TestRegistry.NewName("trust");

    public void Dispose() => _checkout.Dispose();

    [Fact]
    [Trait("Row", "S24")]
    public async Task Nothing_is_pushed_from_pull_request_target()
    {
        var rig = Rig().With("GITHUB_EVENT_NAME", "pull_request_target").Input("allow-fork", "true");

        var run = await rig.RunAsync(new ImageBuildPushAction());

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().StartWith("refusing to publish from pull_request_target");
        (await _registry.DigestAsync($"acme/{_name}", "1.2.0")).Should().BeNull();
    }

    [Theory]
    [Trait("Row", "S25")]
    [InlineData("""{"repository":{"fork":true}}""")]
    [InlineData("""{"pull_request":{"head":{"repo":{"full_name":"eve/shop"}}}}""")]
    [InlineData("""{"pull_request":{"head":{"repo":null}}}""")]
    [InlineData("""{"workflow_run":{"head_repository":{"full_name":"eve/shop"}}}""")]
    public async Task Nothing_is_pushed_from_a_run_of_a_fork_unless_allowed(string payload)
    {
        var file = Path.Combine(_checkout.Aside("event"), "event.json");
        File.WriteAllText(file, payload);

        var run = await Rig().With("GITHUB_EVENT_PATH", file).RunAsync(new ImageBuildPushAction());

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().StartWith("refusing to publish from a run of a fork");
        (await _registry.DigestAsync($"acme/{_name}", "1.2.0")).Should().BeNull();

        var dry = await Rig().With("GITHUB_EVENT_PATH", file).Input("dry-run", "true").RunAsync(new ImageBuildPushAction());

        dry.ExitCode.Should().Be(ExitCode.Done, dry.Log);
        dry.Log.Should().Contain("::warning::refusing to publish from a run of a fork");
        dry.Summary.Should().Contain("Dry run: nothing was changed");

        var allowed = await Rig().With("GITHUB_EVENT_PATH", file).Input("allow-fork", "true").RunAsync(new ImageBuildPushAction());

        allowed.ExitCode.Should().Be(ExitCode.Done, allowed.Log);
        (await _registry.DigestAsync($"acme/{_name}", "1.2.0")).Should().NotBeNull();
    }

    [Fact]
    [Trait("Row", "S24")]
    public async Task A_run_that_pushes_nothing_needs_no_trust()
    {
        var run = await Rig().With("GITHUB_EVENT_NAME", "pull_request_target").Input("push", "false").RunAsync(new ImageBuildPushAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        (await _registry.DigestAsync($"acme/{_name}", "1.2.0")).Should().BeNull();
    }

    private Rig Rig()
    {
        ImageFiles.DockerSave("app").WriteTar(Path.Combine(_checkout.Root, "image.tar"));
        return new Rig(_checkout).OnTag("v1.2.0")
            .Input("image", $"{_registry.Host}/acme/{_name}").Input("archive", "image.tar").Input("latest", "false");
    }
}
