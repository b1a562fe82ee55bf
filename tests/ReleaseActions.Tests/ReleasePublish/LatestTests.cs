using ReleaseActions.Core.Running;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>Whether a release is the latest is what GitHub shows, not what was meant.</summary>
public sealed class LatestTests
{
    [Fact]
    [Trait("Rule", "AEG-17")]
    public async Task Where_another_run_published_a_higher_version_meanwhile_it_is_not_the_latest()
    {
        await using var ground = await NewAsync();
        ground.Fault("GET", "releases/latest", FaultKind.Before(async () =>
        {
            ground.Checkout.Tag("v1.1.0");
            (await ground.RunOnTagAsync(new ReleasePublishAction(), "v1.1.0")).ExitCode.Should().Be(ExitCode.Done);
        }));

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs.Should().Contain("is-latest", "false");
        run.Summary.Should().Contain("- public, not the latest release");
        run.Log.Should().Contain("::notice::'v1.0.0' was published as the latest release, and GitHub shows 'v1.1.0' as the latest");
        ground.Clock.Waits.Should().BeEmpty();
    }

    [Theory]
    [InlineData(1, "true", 1)]
    [InlineData(9, "false", 2)]
    public async Task What_GitHub_shows_late_is_waited_for_a_little(int times, string isLatest, int waits)
    {
        await using var ground = await NewAsync();
        ground.Fault("GET", "releases/latest", FaultKind.NotYetThere(), times);

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs.Should().Contain("is-latest", isLatest);
        ground.Clock.Waits.Should().HaveCount(waits);
    }

    [Fact]
    public async Task A_rerun_says_what_GitHub_shows_by_now()
    {
        await using var ground = await NewAsync();
        await PublishAsync(ground, ("make-latest", "false"));
        ground.Checkout.Tag("v1.1.0");
        (await ground.RunOnTagAsync(new ReleasePublishAction(), "v1.1.0", ("make-latest", "false"))).Outputs.Should().Contain("is-latest", "false");
        (await ground.RunOnTagAsync(new ReleasePublishAction(), "v1.1.0")).Outputs.Should().Contain("is-latest", "false");
        ground.Checkout.Tag("v1.2.0");
        await ground.RunOnTagAsync(new ReleasePublishAction(), "v1.2.0");

        (await ground.RunOnTagAsync(new ReleasePublishAction(), "v1.2.0")).Outputs.Should().Contain("is-latest", "true");
    }

    [Theory]
    [InlineData("v1.0.0", "draft")]
    [InlineData("v1.0.0", "prerelease")]
    [InlineData("v0.9.0", "fail-on-unmatched-files")]
    public async Task What_cannot_be_the_latest_is_not_asked_for(string tag, string flag)
    {
        await using var ground = await NewAsync();
        if (tag != "v1.0.0") ground.Checkout.Tag(tag);

        var run = await ground.RunOnTagAsync(new ReleasePublishAction(), tag, (flag, "true"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs.Should().Contain("is-latest", "false");
        ground.GitHub.Traffic.Entries.Should().NotContain(e => e.Path.EndsWith("/latest", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Rule", "AEG-17")]
    public async Task Where_it_cannot_be_read_nothing_is_claimed()
    {
        await using var ground = await NewAsync();
        ground.Fault("GET", "releases/latest", FaultKind.Reply(500), times: 99);

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        run.Outputs.Should().NotContainKey("is-latest");
        run.Summary.Should().Contain("- public, ⚠️ whether it is the latest release could not be read");
        ground.GitHub.Releases.Single().Draft.Should().BeFalse();
    }
}
