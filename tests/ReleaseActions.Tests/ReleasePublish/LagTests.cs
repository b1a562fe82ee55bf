using System.Text.Json.Nodes;
using ReleaseActions.Core;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>What GitHub shows lags behind a write by several reads, and is waited for.</summary>
[Trait("Row", "F54")]
public sealed class LagTests
{
    private static readonly FaultKind Empty = FaultKind.Edited(json => json.AsArray().Clear());

    /// <summary>The read that lags, how, and how many of the same kind come first.</summary>
    public static TheoryData<string, string, FaultKind, int> Reads => new()
    {
        { "the list of files lacks one", "releases/1000/assets", FaultKind.ListLags, 0 },
        { "the list of files is empty", "releases/1000/assets", Empty, 0 },
        { "the list of files shows an upload that goes on", "releases/1000/assets", FaultKind.Edited(SetState), 0 },
        { "the release is not there", "releases/1000", FaultKind.NotYetThere(), 0 },
        { "the release still reads as a draft", "releases/1000", FaultKind.Edited(json => json["draft"] = true), 5 },
        { "the list of releases lacks the draft", "releases", FaultKind.ListLags, 1 },
        { "the list of releases lacks what was published", "releases", FaultKind.ListLags, 2 },
        { "the latest release is the former one", "releases/latest", FaultKind.NotYetThere(), 0 },
    };

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task A_read_that_lags_several_times_is_waited_for(string what, string path, FaultKind fault, int before)
    {
        await using var ground = await NewAsync();
        ground.Fault("GET", path, fault, times: path == "releases/latest" ? 2 : 4, skip: before);

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Done, "{0}: {1}", what, run.Log);
        ground.ExpectWhole().Assets.Should().HaveCount(2);
        ground.Writes.Count(w => w == "POST releases").Should().Be(1);
        ground.Clock.Waits.Aggregate(TimeSpan.Zero, (sum, wait) => sum + wait).Should().BeLessThan(TimeSpan.FromMinutes(2));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task A_tag_that_was_made_a_moment_ago_is_waited_for(int looks)
    {
        await using var ground = await NewAsync(tag: null);
        ground.Fault("POST", "git/refs", FaultKind.After(() => Task.Run(() => ground.GitHub.HideRef("refs/tags/v1.0.0", looks))));

        var run = await ground.Rig().OnBranch("main").Input("version", "1.0.0").Input("files", "none")
            .RunAsync(new ReleasePublishAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.GitHub.Releases.Single().Draft.Should().BeFalse();
    }

    [Fact]
    public async Task A_file_whose_answer_was_lost_and_that_no_list_shows_yet_is_not_sent_forever()
    {
        await using var ground = await NewAsync();
        ground.Fault("POST", "releases/1000/assets", FaultKind.LoseAnswer);
        ground.Fault("GET", "releases/1000/assets", Empty, times: 6);

        var run = await PublishAsync(ground, ("files", "dist/a.tgz"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.ExpectWhole().Assets.Should().ContainSingle();
        ground.Writes.Count(w => w == "POST releases/1000/assets").Should().Be(2);
    }

    [Fact]
    public async Task A_release_that_another_run_published_and_no_read_shows_yet_is_found()
    {
        await using var ground = await NewAsync();
        await PublishAsync(ground);
        ground.Fault("GET", "releases/tags/v1.0.0", FaultKind.NotYetThere(), times: 4).Fault("GET", "releases", Empty, times: 3);

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.ExpectWhole().Id.Should().Be(1000);
    }

    [Fact]
    public async Task A_file_that_never_shows_ends_the_run_within_bounds()
    {
        await using var ground = await NewAsync();
        ground.Fault("GET", "releases/1000/assets", Empty, times: 999);

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.VerificationFailed, run.Log);
        ground.GitHub.Releases.Single().Draft.Should().BeTrue();
        ground.Clock.Waits.Aggregate(TimeSpan.Zero, (sum, wait) => sum + wait).Should().BeLessThan(TimeSpan.FromMinutes(3));
    }

    [Fact]
    public async Task Wrong_bytes_are_not_waited_for()
    {
        await using var ground = await NewAsync();
        ground.Fault("POST", "releases/*/assets", FaultKind.Corrupt);

        (await PublishAsync(ground)).ExitCode.Should().Be(ExitCode.VerificationFailed);

        ground.Clock.Waits.Should().BeEmpty();
    }

    [Fact]
    public async Task A_list_that_still_shows_what_was_replaced_is_waited_for()
    {
        await using var ground = await NewAsync();
        await PublishAsync(ground);
        using var old = await ground.AskAsync(HttpMethod.Get, "releases/1000/assets?per_page=100");
        var stale = FaultKind.Reply(200, await old.Content.ReadAsStringAsync());
        ground.Checkout.Write("dist/a.tgz", "other");
        ground.Fault("GET", "releases/1000/assets", stale, times: 3, skip: 1);

        var run = await PublishAsync(ground, ("on-existing", "update"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.ExpectWhole();
    }

    private static void SetState(JsonNode assets)
    {
        foreach (var asset in assets.AsArray()) (asset!["state"], asset["size"], asset["digest"]) = ("starter", 0, null);
    }
}
