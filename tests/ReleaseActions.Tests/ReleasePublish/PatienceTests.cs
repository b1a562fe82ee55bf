using System.Globalization;
using System.Net;
using ReleaseActions.Core;
using ReleaseActions.Core.Http;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>Limits of time: of a server that dribbles, of one that is absent, and by the server's clock where this one is wrong.</summary>
public sealed class PatienceTests
{
    [Fact]
    [Trait("Row", "F36")]
    public async Task A_server_that_never_stops_dribbling_is_held_to_one_limit_for_the_whole_answer()
    {
        await using var ground = await NewAsync();
        await PublishAsync(ground);
        // Each byte comes long before the limit, and all of them together, more than a thousand, long after it.
        ground.Fault("GET", "releases", FaultKind.Trickle(TimeSpan.FromMilliseconds(20)));
        using var answer = await ground.AskAsync(HttpMethod.Get, "releases");
        answer.Content.Headers.ContentLength.Should().BeGreaterThan(1_000);

        var reading = () => CappedRead.BeginningAsync(answer.Content, 100_000, CancellationToken.None, TimeSpan.FromMilliseconds(300));

        await reading.Should().ThrowAsync<IOException>().WithMessage("it did not end within 0.3 s");
    }

    [Theory]
    [InlineData("https://api.release-actions.invalid", "15", 1, 2, 4, 8)]
    [InlineData("https://api.release-actions.invalid", "0")]
    [InlineData("https://{0}", "15", 1, 2, 4, 8)]
    [InlineData("https://{0}", "0")]
    [Trait("Row", "F36")]
    public async Task A_server_that_is_not_there_or_speaks_no_TLS_is_asked_five_times_and_less_often_where_max_wait_says_so(
        string address, string maxWait, params int[] seconds)
    {
        await using var ground = await NewAsync();

        // The sandbox speaks plain HTTP.
        var run = await ground.Rig().OnTag("v1.0.0").Input("max-wait", maxWait)
            .With("GITHUB_API_URL", string.Format(CultureInfo.InvariantCulture, address, new Uri(ground.GitHub.ServerUrl).Authority))
            .RunAsync(new ReleasePublishAction());

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        run.Errors.Should().ContainSingle().Which
            .Should().StartWith("GitHub was asked to read '.github/release-actions.yml' of the default branch, and no answer came: ");
        ground.Clock.Waits.Should().Equal(seconds.Select(s => TimeSpan.FromSeconds(s)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    [Trait("Row", "F38")]
    public async Task A_used_up_limit_is_waited_for_by_the_servers_clock_however_wrong_this_one_is(int hours)
    {
        await using var ground = await NewAsync();
        var now = ground.Clock.GetUtcNow().AddHours(hours);
        ground.Fault("POST", "releases", FaultKind.Reply(
            403,
            """{"message":"API rate limit exceeded"}""",
            ("x-ratelimit-remaining", "0"),
            ("Date", now.ToString("R", CultureInfo.InvariantCulture)),
            ("x-ratelimit-reset", now.AddMinutes(5).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture))));

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.Clock.Waits.Should().Equal(TimeSpan.FromMinutes(5));
    }

    [Fact]
    [Trait("Row", "F08")]
    public async Task A_limit_that_names_no_time_is_reported_with_the_wait_that_would_have_come_next()
    {
        await using var ground = await NewAsync();
        const string Limit = """{"message":"You have exceeded a secondary rate limit."}""";
        using var server = new Answering(_ => new HttpResponseMessage(HttpStatusCode.Forbidden) { Content = new StringContent(Limit) });

        var run = await ground.Rig(server).OnTag("v1.0.0").RunAsync(new ReleasePublishAction());

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        ground.Clock.Waits.Select(w => w.TotalSeconds).Should().Equal(60, 120, 240, 480);
        // Begun at 03:04:05, waited for 15 minutes, and 16 more would follow.
        run.Errors.Should().ContainSingle().Which.Should().Contain("its rate limit is used up until 2026-01-02 03:35:05 UTC");
    }
}
