using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ReleaseActions.Core;
using ReleaseActions.Core.Http;
using ReleaseActions.Core.Runner;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>Channels that are shown of a release, and that never fail it.</summary>
public sealed class NotificationTests
{
    private const string Channels = """
        notifications:
          - { name: chat, kind: slack, url-from: CHAT_URL }
          - { name: office, kind: teams, url-from: OFFICE_URL }
          - { name: robot, url-from: ROBOT_URL }
        release: { title: 'Shop <{version}> & more' }
        """;

    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [Trait("Rule", "OPS-09"), Trait("Rule", "ORC-09")]
    [InlineData("slack")]
    [InlineData("teams")]
    [InlineData("webhook")]
    public async Task A_channel_is_notified_of_version_notes_and_status_in_its_own_format(string kind)
    {
        await using var ground = await NewAsync();

        var run = await RunAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        var shown = ground.GitHub.Traffic.Entries.Single(e => e.Path.StartsWith($"/hooks/{kind}/", StringComparison.Ordinal));
        shown.Status.Should().BeInRange(200, 204);
        var text = JsonNode.Parse(shown.Body!)!.ToJsonString(Readable) + "\n";
        text = text.Replace(ground.GitHub.ServerUrl, "https://github.example", StringComparison.Ordinal);
        Golden.Matches(text.Replace(ground.Checkout.Head, "COMMIT", StringComparison.Ordinal), $"announcement-{kind}");
    }

    [Fact]
    [Trait("Rule", "ORC-09")]
    public async Task A_release_that_is_public_but_not_whole_is_announced_as_such()
    {
        await using var ground = await NewAsync();
        ground.Checkout.RefuseUpdatesOf("refs/tags/v1");

        var run = await RunAsync(ground, ("moving-tags", "major"));

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        ExpectNotified(ground, "published, with a problem");
    }

    [Fact]
    [Trait("Rule", "ORC-09")]
    public async Task A_release_about_which_something_could_not_be_read_is_announced_as_published()
    {
        await using var ground = await NewAsync();
        ground.Fault("GET", "releases/latest", FaultKind.Reply(500), times: 99);

        var run = await RunAsync(ground);

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        ExpectNotified(ground, "published");
    }

    [Theory]
    [Trait("Rule", "OPS-09"), Trait("Rule", "ORC-09")]
    [InlineData("releases/1000/assets")]
    [InlineData("releases/1000")]
    public async Task A_release_that_cannot_be_read_once_it_is_public_is_finished_and_announced_anyway(string path)
    {
        await using var ground = await NewAsync();
        ground.Fault(
            "PATCH", "releases/1000", FaultKind.After(() => Task.FromResult(ground.Fault("GET", path, FaultKind.Reply(500), times: 99))));

        var run = await RunAsync(ground, ("moving-tags", "major"));

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        run.Errors.Should().ContainSingle().Which
            .Should().StartWith("The release is published, and could not be read back: GitHub was asked to ");
        run.Summary
            .Should().Contain("### Published: [Shop ").And.Contain("- public, the latest release").And.Contain("`v1` points to 1.0.0 now");
        run.Outputs.Should().Contain("moving-tags", "v1").And.Contain("is-new", "true").And.Contain("is-latest", "true");
        ExpectNotified(ground, "published");
    }

    [Fact]
    [Trait("Rule", "AEG-13"), Trait("Rule", "OPS-09")]
    public async Task A_rerun_that_has_nothing_to_publish_notifies_nobody_again()
    {
        await using var ground = await NewAsync();
        await RunAsync(ground);
        ground.GitHub.Traffic.Clear();

        (await RunAsync(ground)).ExitCode.Should().Be(ExitCode.Done);

        ground.GitHub.Traffic.Writes.Should().BeEmpty();
    }

    [Fact]
    [Trait("Rule", "OPS-09"), Trait("Row", "F33")]
    public async Task A_rerun_after_a_run_that_died_before_it_notified_anybody_says_so_and_notifies_on_request()
    {
        await using var ground = await NewAsync();
        // What a dead run leaves: a release that is public and equal, and nobody notified.
        await ReleasePublishTests.PublishAsync(ground, ("files", "dist/*.tgz"));

        var run = await RunAsync(ground);
        run.Log.Should().Contain("step=notify channel=chat status=skipped reason=\"notification not sent: already published\"");
        run.Summary.Should().Contain("nothing to do").And.Contain("- not notified: `chat`, `office`, `robot`, "
            + "because the release was public before this run (`notify: always` notifies them all)");
        ground.GitHub.Traffic.Writes.Should().NotContain(e => e.Path.StartsWith("/hooks/", StringComparison.Ordinal));
        var shown = await RunAsync(ground, ("notify", "always"));

        shown.Summary.Should().Contain("- notify the channels `chat`, `office`, `robot`").And.Contain("- channel `chat` was notified");
        ground.GitHub.Traffic.Writes.Count(e => e.Path.StartsWith("/hooks/", StringComparison.Ordinal)).Should().Be(3);
    }

    [Theory]
    [InlineData("notify", "never", "because `notify` is never")]
    [InlineData("draft", "true", null)]
    public async Task Nobody_is_notified_of_a_draft_or_where_that_is_not_requested(string input, string value, string? shown)
    {
        await using var ground = await NewAsync();

        var run = await RunAsync(ground, (input, value), ("notify", input == "notify" ? value : "always"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Summary.Should().NotContain("notify the channels").And.Contain(shown ?? "a draft: a person publishes it");
        ground.GitHub.Traffic.Writes.Should().NotContain(e => e.Path.StartsWith("/hooks/", StringComparison.Ordinal));
    }

    [Theory]
    [Trait("Rule", "AEG-12")]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(302)]
    public async Task A_channel_that_fails_is_reported_and_the_release_stays(int status)
    {
        await using var ground = await NewAsync();
        ground.Fault("POST", "hooks/slack/*", FaultKind.Reply(status, "", ("Location", "https://elsewhere.example/")), times: 9);

        var run = await RunAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Log.Should().Contain($"::warning::The channel 'chat' was not notified of the release: 127.0.0.1 answered {status}.");
        run.Summary.Should().Contain($"- ⚠️ channel `chat` was not notified: 127.0.0.1 answered {status}\n"
            + "- channel `office` was notified\n- channel `robot` was notified");
        ground.GitHub.Releases.Single().Draft.Should().BeFalse();
    }

    [Theory]
    [Trait("Rule", "AEG-12")]
    [InlineData("http://chat.example/hook", "its address is not an https address")]
    [InlineData("not an address", "its address is not an https address")]
    [InlineData("https://me:secret@chat.example/hook", "its address is not an https address")]
    [InlineData("http://127.0.0.1:1/hook", "127.0.0.1 gave no answer")]
    public async Task An_address_that_is_no_good_is_reported_without_being_shown(string address, string shown)
    {
        await using var ground = await NewAsync();

        var run = await ground.Rig().OnTag("v1.0.0").With("CHAT_URL", address).Input("files", "none").RunAsync(new ReleasePublishAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Summary.Should().Contain($"channel `chat` was not notified: {shown}")
            .And.Contain("channel `office` was skipped: `OFFICE_URL` is not set");
        run.Log.Replace($"::add-mask::{address}", "", StringComparison.Ordinal).Should().NotContain(address);
    }

    [Fact]
    [Trait("Row", "S22")]
    public async Task The_address_of_a_channel_is_a_secret_in_log_and_summary()
    {
        await using var ground = await NewAsync();
        ground.Fault("POST", "hooks/**", FaultKind.Drop, times: 9);

        var run = await RunAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        var shown =
            string.Join('\n', run.Log.Split('\n').Where(l => !l.StartsWith("::add-mask::", StringComparison.Ordinal))) + run.Summary;
        shown.Should().NotContain("T0PSECRET").And.Contain("gave no answer");
    }

    [Fact]
    [Trait("Row", "F36"), Trait("Rule", "AEG-12")]
    public async Task A_channel_that_never_answers_is_given_up_in_bounded_time()
    {
        await using var ground = await NewAsync();
        ground.Fault("POST", "hooks/slack/*", FaultKind.Delay(TimeSpan.FromMinutes(10)));
        using var log = new StringWriter();
        using var transport = ResilientHttp.NewTransport();
        using var http = new ResilientHttp(transport, ground.Clock, new Log(log, isRunner: false));

        var address = new Secret($"{ground.GitHub.ServerUrl}/hooks/slack/x");
        var problem = await Notifications.PostAsync(address, [], http, TimeSpan.FromMilliseconds(50), CancellationToken.None);

        problem.Should().StartWith("127.0.0.1 gave no answer");
        Notifications.LongestMessage.Should().BeLessThanOrEqualTo(TimeSpan.FromSeconds(20));
    }

    private static void ExpectNotified(ReleaseGround ground, string status)
    {
        var shown = ground.GitHub.Traffic.Writes.Where(e => e.Path.StartsWith("/hooks/", StringComparison.Ordinal)).ToList();
        shown.Should().HaveCount(3);
        JsonNode.Parse(shown.Single(e => e.Path.Contains("webhook", StringComparison.Ordinal)).Body!)!["status"]!.ToString()
            .Should().Be(status);
    }

    private static async Task<ReleaseGround> NewAsync()
    {
        var ground = await ReleasePublishTests.NewAsync();
        ground.Checkout.Policy(Channels);
        return ground;
    }

    private static Task<RunResult> RunAsync(ReleaseGround ground, params (string Name, string Value)[] inputs) => inputs.Aggregate(
        ground.Rig().OnTag("v1.0.0").Input("files", "none").With("GITHUB_RUN_ID", "7")
            .With("CHAT_URL", $"{ground.GitHub.ServerUrl}/hooks/slack/T0PSECRET")
            .With("OFFICE_URL", $"{ground.GitHub.ServerUrl}/hooks/teams/T0PSECRET")
            .With("ROBOT_URL", $"{ground.GitHub.ServerUrl}/hooks/webhook/T0PSECRET"),
        (rig, input) => rig.Input(input.Name, input.Value)).RunAsync(new ReleasePublishAction());
}
