using System.Net;
using System.Text.Json.Nodes;
using ReleaseActions.Sandbox;
using static ReleaseActions.Tests.Sandbox.SandboxGround;

namespace ReleaseActions.Tests.Sandbox;

public sealed class FaultTests
{
    private const string Uploads = "releases/*/assets";

    [Fact]
    public async Task A_502_leaves_a_starter_that_keeps_the_name_until_it_is_deleted()
    {
        await using var ground = await NewAsync();
        ground.Sandbox.Faults.Add(new Fault("POST", Uploads, FaultKind.LeaveStarter(502, "<html>Bad Gateway</html>")));
        var release = await ground.CreateReleaseAsync("v1.0.0", draft: true);
        (await ground.UploadAsync(release, "a", "hello")).StatusCode.Should().Be(HttpStatusCode.BadGateway);
        var starter = ground.Sandbox.Releases.Single().Assets.Single();
        (starter.State, starter.Size, starter.Digest).Should().Be(("starter", 0L, null));
        (await ground.UploadAsync(release, "a", "hello")).StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        await ground.SendAsync(HttpMethod.Delete, $"/releases/assets/{starter.Id}");
        (await ground.UploadAsync(release, "a", "hello")).StatusCode.Should().Be(HttpStatusCode.Created);
        ground.Sandbox.Faults.AllPlayed.Should().BeTrue();
    }

    [Fact]
    public async Task A_lost_answer_loses_nothing_else()
    {
        await using var ground = await NewAsync();
        ground.Sandbox.Faults.Add(new Fault("POST", "releases", FaultKind.LoseAnswer));
        await Awaiting(() => ground.CreateReleaseAsync("v1.0.0")).Should().ThrowAsync<HttpRequestException>();
        ground.Sandbox.Releases.Should().ContainSingle();
        var entry = ground.Sandbox.Traffic.Entries.Single();
        (entry.Status, entry.Fault).Should().Be((0, "answer lost"));
    }

    [Fact]
    public async Task Truncated_bytes_are_stored_as_if_they_were_complete()
    {
        await using var ground = await NewAsync();
        ground.Sandbox.Faults.Add(new Fault("POST", Uploads, FaultKind.TruncateAndDrop(50)));
        var release = await ground.CreateReleaseAsync("v1.0.0");
        await Awaiting(() => ground.UploadAsync(release, "a", "12345678")).Should().ThrowAsync<HttpRequestException>();
        var asset = ground.Sandbox.Releases.Single().Assets.Single();
        (asset.State, asset.Size).Should().Be(("uploaded", 4L));
    }

    [Fact]
    public async Task A_reset_in_the_middle_leaves_a_starter()
    {
        await using var ground = await NewAsync();
        ground.Sandbox.Faults.Add(new Fault("POST", Uploads, FaultKind.ResetAt(50)));
        var release = await ground.CreateReleaseAsync("v1.0.0");
        await Awaiting(() => ground.UploadAsync(release, "a", new ByteArrayContent(new byte[4_000_000])))
            .Should().ThrowAsync<HttpRequestException>();
        ground.Sandbox.Releases.Single().Assets.Single().State.Should().Be("starter");
    }

    [Fact]
    public async Task Corrupted_bytes_have_another_digest()
    {
        await using var ground = await NewAsync();
        ground.Sandbox.Faults.Add(new Fault("POST", Uploads, FaultKind.Corrupt));
        var release = await ground.CreateReleaseAsync("v1.0.0");
        var bad = await BodyAsync(await ground.UploadAsync(release, "a", "hello"), HttpStatusCode.Created);
        var good = await BodyAsync(await ground.UploadAsync(release, "b", "hello"), HttpStatusCode.Created);
        bad["size"]!.ToString().Should().Be(good["size"]!.ToString());
        bad["digest"]!.ToString().Should().NotBe(good["digest"]!.ToString());
    }

    [Fact]
    public async Task Limits_say_when_to_come_back()
    {
        await using var ground = await NewAsync();
        var reset = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
        ground.Sandbox.Faults.Add(new Fault("GET", "shop", FaultKind.SecondaryLimit("2")));
        ground.Sandbox.Faults.Add(new Fault("GET", "shop", FaultKind.PrimaryLimit(reset)));
        var secondary = await ground.GetAsync("");
        secondary.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(2));
        (await BodyAsync(secondary, HttpStatusCode.Forbidden))["message"]!.ToString().Should().Contain("secondary rate limit");
        var primary = await ground.GetAsync("");
        primary.Headers.GetValues("x-ratelimit-remaining").Should().Equal("0");
        primary.Headers.GetValues("x-ratelimit-reset").Should().Equal(reset.ToUnixTimeSeconds() + "");
        (await ground.GetAsync("")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_fault_waits_for_its_turn_and_its_address()
    {
        await using var ground = await NewAsync();
        ground.Sandbox.Faults.Add(new Fault("GET", "releases/*", FaultKind.NotYetThere(), Times: 2, Skip: 1));
        var release = await ground.CreateReleaseAsync("v1.0.0");
        var statuses = new List<int>();
        for (var i = 0; i < 4; i++)
            statuses.Add((int)(await ground.GetAsync($"/releases/{release["id"]}")).StatusCode);
        statuses.Should().Equal(200, 404, 404, 200);
        (await ground.GetAsync($"/releases/{release["id"]}/assets")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_list_lags_behind_a_create()
    {
        await using var ground = await NewAsync();
        await ground.CreateReleaseAsync("v1.0.0", draft: true);
        ground.Sandbox.Faults.Add(new Fault("GET", "releases", FaultKind.ListLags));
        (await ground.ReadAsync("/releases")).AsArray().Should().BeEmpty();
        (await ground.ReadAsync("/releases")).AsArray().Should().ContainSingle();
    }

    [Fact]
    public async Task An_answer_can_be_cut_or_slow_or_changed()
    {
        await using var ground = await NewAsync();
        ground.Sandbox.Faults.Add(new Fault("GET", "shop", FaultKind.CutAnswer(50)));
        await Awaiting(() => ground.ReadAsync("")).Should().ThrowAsync<HttpRequestException>();
        ground.Sandbox.Faults.Add(new Fault("GET", "latest", FaultKind.Trickle(TimeSpan.FromMilliseconds(1))));
        (await ground.GetAsync("/releases/latest")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        ground.Sandbox.Faults.Add(new Fault("GET", "releases", FaultKind.Headers(("Link", "<x>; rel=\"next\""))));
        (await ground.GetAsync("/releases")).Headers.GetValues("Link").Should().Equal("<x>; rel=\"next\"");
        ground.Sandbox.Faults.Add(new Fault("GET", "releases", FaultKind.Reply(200, "<html>", ("Content-Type", "text/html"))));
        (await (await ground.GetAsync("/releases")).Content.ReadAsStringAsync()).Should().Be("<html>");
    }

    [Fact]
    public async Task A_test_can_act_just_before_and_just_after_the_work()
    {
        await using var ground = await NewAsync();
        var seen = new List<int>();
        Task Look()
        {
            seen.Add(ground.Sandbox.Releases.Count);
            return Task.CompletedTask;
        }

        ground.Sandbox.Faults.Add(new Fault("POST", "releases", FaultKind.Before(Look)));
        await ground.CreateReleaseAsync("v1.0.0");
        ground.Sandbox.Faults.Add(new Fault("*", "**", FaultKind.After(Look)));
        await ground.CreateReleaseAsync("v1.1.0");
        seen.Should().Equal(0, 2);
    }

    [Fact]
    public async Task A_ruleset_against_new_tags_keeps_a_draft_unpublished()
    {
        await using var ground = await NewAsync();
        ground.Sandbox.RefusesNewTags = true;
        var draft = await ground.CreateReleaseAsync("v1.0.0", draft: true);
        var body = await BodyAsync(
            await ground.SendAsync(HttpMethod.Patch, $"/releases/{draft["id"]}", new JsonObject { ["draft"] = false }),
            HttpStatusCode.UnprocessableEntity);
        body["errors"]!.ToJsonString().Should().Contain("Cannot create ref due to creations being restricted.");
        ground.Sandbox.Releases.Single().Draft.Should().BeTrue();
    }

    private static Func<Task> Awaiting<T>(Func<Task<T>> call) => async () => await call();
}
