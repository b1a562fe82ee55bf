using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using static ReleaseActions.Tests.Sandbox.SandboxGround;

namespace ReleaseActions.Tests.Sandbox;

/// <summary>Authentication, recording, and rate limits.</summary>
public sealed class GateTests
{
    [Theory]
    [InlineData("wrong", HttpStatusCode.Unauthorized, "Bad credentials")]
    [InlineData(null, HttpStatusCode.Unauthorized, "Requires authentication")]
    [InlineData("sandbox-read-only-token", HttpStatusCode.Forbidden, "Resource not accessible by integration")]
    public async Task A_write_needs_a_token_that_may_write(string? token, HttpStatusCode status, string message)
    {
        await using var ground = await NewAsync();
        using var client = NewClient(ground.Sandbox.ApiUrl, token);
        using var content = new StringContent("""{"tag_name":"v1"}""", Encoding.UTF8, "application/json");
        var body = await BodyAsync(await client.PostAsync(new Uri(ground.Repo + "/releases"), content), status);
        body["message"]!.ToString().Should().Be(message);
        body["documentation_url"]!.ToString().Should().StartWith("https://docs.github.com/rest");
        ground.Sandbox.Releases.Should().BeEmpty();
    }

    [Fact]
    public async Task A_client_without_a_name_is_refused()
    {
        await using var ground = await NewAsync();
        ground.Client.DefaultRequestHeaders.UserAgent.Clear();
        var response = await ground.GetAsync("");
        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await response.Content.ReadAsStringAsync()).Should().Contain("User-Agent header");
    }

    [Fact]
    public async Task An_unknown_address_is_404_and_recorded()
    {
        await using var ground = await NewAsync();
        var body = await BodyAsync(await ground.GetAsync("/stargazers"), HttpStatusCode.NotFound);
        body["message"]!.ToString().Should().Be("Not Found");
        await BodyAsync(await ground.Client.GetAsync(new Uri(ground.Sandbox.ApiUrl + "/repos/acme/other")), HttpStatusCode.NotFound);
        ground.Sandbox.Traffic.Unknown.Should().ContainSingle().Which.Path.Should().EndWith("/stargazers");
        ground.Sandbox.Violations.Should().ContainSingle().Which.Should().Contain("no such address");
    }

    [Fact]
    public async Task What_is_below_a_commit_is_not_mistaken_for_a_commit()
    {
        await using var ground = await NewAsync();
        (await ground.GetAsync("/commits/main/comments")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        ground.Sandbox.Traffic.Unknown.Should().ContainSingle();
    }

    [Fact]
    public async Task A_body_that_is_not_JSON_is_400()
    {
        await using var ground = await NewAsync();
        foreach (var (text, message) in new[] { ("{", "Problems parsing JSON"), ("[]", "Body should be a JSON object") })
        {
            using var content = new StringContent(text, Encoding.UTF8, "application/json");
            var response = await ground.Client.PostAsync(new Uri(ground.Repo + "/releases"), content);
            var body = await BodyAsync(response, HttpStatusCode.BadRequest);
            body["message"]!.ToString().Should().Be(message);
        }
    }

    [Fact]
    public async Task What_the_manual_does_not_allow_is_a_violation()
    {
        await using var ground = await NewAsync();
        using var sloppy = new HttpClient();
        sloppy.DefaultRequestHeaders.Add("User-Agent", "sloppy");
        sloppy.DefaultRequestHeaders.Add("Authorization", "token sandbox-token");
        using var content = new StringContent("""{"tag_name":"v1","tagname":"v1"}""", Encoding.UTF8, "text/plain");
        await sloppy.PostAsync(new Uri(ground.Repo + "/releases?page=1"), content);
        ground.Sandbox.Violations.Select(violation => violation.Split(": ", 2)[1]).Should().Equal(
            "unknown query parameter 'page'",
            "X-GitHub-Api-Version is absent",
            "Accept is '', not application/vnd.github+json",
            "Authorization is 'token', the older scheme, not 'Bearer'",
            "Content-Type is 'text/plain; charset=utf-8', not application/json",
            "unknown property 'tagname'");
    }

    [Fact]
    public async Task Traffic_is_in_order_and_contains_no_token()
    {
        await using var ground = await NewAsync();
        await ground.CreateReleaseAsync("v1.0.0", more: new JsonObject { ["body"] = "the token is sandbox-token" });
        await ground.GetAsync("/releases?per_page=5");
        var entries = ground.Sandbox.Traffic.Entries;
        entries.Select(entry => entry.ToString()).Should().Equal(
            "1. POST /api/v3/repos/acme/shop/releases -> 201", "2. GET /api/v3/repos/acme/shop/releases?per_page=5 -> 200");
        entries[0].Endpoint.Should().Be("/repos/{owner}/{repo}/releases");
        entries[0].Authorization.Should().Be("Bearer");
        string.Concat(entries).Should().NotContain("sandbox-token");
        entries[0].Body.Should().Contain("the token is ***");
        ground.Sandbox.Traffic.Writes.Should().ContainSingle();
        ground.Sandbox.Violations.Should().BeEmpty();
    }

    [Fact]
    public async Task Every_answer_has_the_limit_the_time_and_its_id()
    {
        await using var ground = await NewAsync(options => options with { RequestsPerHour = 3, Clock = new FixedClock() });
        var headers = (await ground.GetAsync("")).Headers;
        headers.GetValues("x-ratelimit-limit").Single().Should().Be("3");
        headers.GetValues("x-ratelimit-remaining").Single().Should().Be("2");
        headers.GetValues("x-ratelimit-reset").Single().Should().Be((FixedClock.Start.ToUnixTimeSeconds() + 3600) + "");
        headers.Date.Should().Be(FixedClock.Start);
        headers.GetValues("x-github-request-id").Single().Should().NotBeEmpty();
    }

    [Fact]
    public async Task Beyond_the_limit_nothing_is_done_until_the_hour_is_over()
    {
        var clock = new FixedClock();
        await using var ground = await NewAsync(options => options with { RequestsPerHour = 1, Clock = clock });
        await ground.GetAsync("");
        var refused = await ground.GetAsync("");
        refused.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        refused.Headers.GetValues("x-ratelimit-remaining").Single().Should().Be("0");
        clock.Now += TimeSpan.FromHours(1);
        (await ground.GetAsync("")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Too_many_writes_a_minute_are_a_secondary_limit()
    {
        var clock = new FixedClock();
        await using var ground = await NewAsync(options => options with { WritesPerMinute = 2, Clock = clock });
        await ground.CreateReleaseAsync("v1", draft: true);
        await ground.CreateReleaseAsync("v2", draft: true);
        var body = await BodyAsync(
            await ground.SendAsync(HttpMethod.Post, "/releases", new JsonObject { ["tag_name"] = "v3" }), HttpStatusCode.Forbidden);
        body["message"]!.ToString().Should().Contain("secondary rate limit");
        clock.Now += TimeSpan.FromMinutes(1);
        await ground.CreateReleaseAsync("v3", draft: true);
    }

    private sealed class FixedClock : TimeProvider
    {
        public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

        public DateTimeOffset Now { get; set; } = Start;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
