using ReleaseActions.Core;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>Whether a release is the latest is what GitHub shows, not what was requested.</summary>
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
            (await ground.RunOnTagAsync(new ReleasePublishAction(), "v1.1.0", ("files", "none"))).ExitCode.Should().Be(ExitCode.Done);
        }));

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs.Should().Contain("is-latest", "false");
        run.Summary.Should().Contain("- public, not the latest release");
        run.Log.Should().Contain("::notice::'v1.0.0' was published as the latest release, and GitHub shows 'v1.1.0' as the latest");
        ground.Clock.Waits.Should().BeEmpty();
    }

    [Fact]
    public async Task What_GitHub_shows_late_is_waited_for_a_little()
    {
        await using var ground = await NewAsync();
        ground.Fault("GET", "releases/latest", FaultKind.NotYetThere());

        var run = await PublishAsync(ground);

        run.Outputs.Should().Contain("is-latest", "true");
        ground.Clock.Waits.Should().ContainSingle();
    }

    [Theory]
    [InlineData("none")]
    [InlineData("'v0.9.0'")]
    [Trait("Rule", "AEG-17")]
    public async Task What_GitHub_does_not_show_yet_is_not_known(string shown)
    {
        await using var ground = await NewAsync();
        ground.Checkout.Tag("v0.9.0");
        (await ground.RunOnTagAsync(new ReleasePublishAction(), "v0.9.0", ("files", "none"), ("make-latest", "true"))).ExitCode
            .Should().Be(ExitCode.Done);
        using var before = await ground.AskAsync(HttpMethod.Get, "releases/latest");
        var stale = FaultKind.Reply(200, await before.Content.ReadAsStringAsync());
        ground.Fault("GET", "releases/latest", shown == "none" ? FaultKind.NotYetThere() : stale, times: 9);

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs.Should().NotContainKey("is-latest");
        run.Summary.Should().Contain("- public, ⚠️ whether it is the latest release is not known");
        run.Log.Should().Contain($"::notice::'v1.0.0' was published as the latest release, and GitHub still shows {shown}");
        ground.Clock.Waits.Should().HaveCount(2);
    }

    [Fact]
    [Trait("Rule", "AEG-17")]
    public async Task What_a_rival_published_a_moment_ago_is_waited_for_too()
    {
        await using var ground = await NewAsync();
        ground.Fault("PATCH", "releases/1000", FaultKind.Before(async () =>
        {
            ground.Fault("GET", "releases", RivalTests.WithoutOurDraft, times: 3);
            (await ground.RunOnTagAsync(new ReleasePublishAction(), "v1.0.0", ("files", "dist/a.tgz#The A\ndist/*.tgz"))).ExitCode
                .Should().Be(ExitCode.Done);
            ground.Fault("GET", "releases/latest", FaultKind.NotYetThere());
        }));

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs.Should().Contain("is-new", "false").And.Contain("is-latest", "true");
    }

    [Fact]
    public async Task What_was_published_as_another_than_the_latest_is_asked_for_once()
    {
        await using var ground = await NewAsync();

        var run = await PublishAsync(ground, ("make-latest", "false"));

        run.Outputs.Should().Contain("is-latest", "false");
        ground.GitHub.Traffic.Entries.Should().ContainSingle(e => e.Path.EndsWith("/latest", StringComparison.Ordinal));
        ground.Clock.Waits.Should().BeEmpty();
    }

    [Fact]
    public async Task A_dry_run_over_a_published_release_says_what_GitHub_shows()
    {
        await using var ground = await NewAsync();
        await PublishAsync(ground, ("make-latest", "false"));

        var run = await PublishAsync(ground, ("make-latest", "true"), ("dry-run", "true"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs.Should().Contain("is-latest", "false");
    }

    [Fact]
    public async Task A_rerun_says_what_GitHub_shows_by_now()
    {
        await using var ground = await NewAsync();
        await PublishAsync(ground, ("make-latest", "false"));
        ground.Checkout.Tag("v1.1.0");
        (await ground.RunOnTagAsync(new ReleasePublishAction(), "v1.1.0", ("files", "none"), ("make-latest", "false"))).Outputs
            .Should().Contain("is-latest", "false");
        (await ground.RunOnTagAsync(new ReleasePublishAction(), "v1.1.0", ("files", "none"))).Outputs
            .Should().Contain("is-latest", "false");
        ground.Checkout.Tag("v1.2.0");
        await ground.RunOnTagAsync(new ReleasePublishAction(), "v1.2.0", ("files", "none"));

        (await ground.RunOnTagAsync(new ReleasePublishAction(), "v1.2.0", ("files", "none"))).Outputs.Should().Contain("is-latest", "true");
    }

    [Theory]
    [InlineData("draft")]
    [InlineData("prerelease")]
    public async Task What_cannot_be_the_latest_is_not_asked_for(string flag)
    {
        await using var ground = await NewAsync();

        var run = await PublishAsync(ground, (flag, "true"));

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
        run.Summary.Should().Contain("- public, ⚠️ whether it is the latest release is not known");
        ground.GitHub.Releases.Single().Draft.Should().BeFalse();
    }
}
