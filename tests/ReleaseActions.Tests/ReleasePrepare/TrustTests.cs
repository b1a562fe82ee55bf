using System.Text.Json.Nodes;
using ReleaseActions.Core;
using ReleaseActions.ReleasePrepare;

namespace ReleaseActions.Tests.ReleasePrepare;

/// <summary>No release is cut by a run in which a stranger may have a say.</summary>
public sealed class TrustTests : IDisposable
{
    private readonly Shop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task Nothing_is_pushed_from_pull_request_target(string allowFork)
    {
        var before = _shop.State();

        var rig = _shop.Rig(("allow-fork", allowFork)).With("GITHUB_EVENT_NAME", "pull_request_target");
        var run = await rig.RunAsync(new ReleasePrepareAction());

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().Contain("pull_request_target");
        _shop.State().Should().Be(before);
    }

    [Fact]
    public async Task Nothing_is_pushed_for_a_fork_unless_it_cuts_releases_itself()
    {
        var before = _shop.State();

        var refused = await OfFork().RunAsync(new ReleasePrepareAction());

        refused.ExitCode.Should().Be(ExitCode.Refused, refused.Log);
        refused.Errors.Should().ContainSingle().Which.Should().Contain("a run of a fork");
        _shop.State().Should().Be(before);
        var allowed = await OfFork(("allow-fork", "true")).RunAsync(new ReleasePrepareAction());
        allowed.ExitCode.Should().Be(ExitCode.Done, allowed.Log);
    }

    [Fact]
    public async Task A_dry_run_for_a_fork_is_warned()
    {
        var run = await OfFork(("dry-run", "true")).RunAsync(new ReleasePrepareAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        RunnerModel.ReadCommands(run.Log).Should()
            .Contain(c => c.Name == "warning" && c.Message.Contains("a run of a fork", StringComparison.Ordinal));
    }

    private Rig OfFork(params (string Name, string Value)[] inputs)
    {
        var file = Path.Combine(_shop.Checkout.Aside("event"), "event.json");
        File.WriteAllText(file, new JsonObject { ["repository"] = new JsonObject { ["fork"] = true } }.ToJsonString());
        return _shop.OnRunner(inputs).With("GITHUB_EVENT_PATH", file);
    }
}
