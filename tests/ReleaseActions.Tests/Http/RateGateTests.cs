using System.Net;
using ReleaseActions.Core.Http;
using ReleaseActions.Core.Runner;

namespace ReleaseActions.Tests.Http;

/// <summary>
/// What one request was told to wait is kept by all: GitHub bans who asks meanwhile. The clock stands still until the test lets it go on.
/// </summary>
public sealed class RateGateTests : IDisposable
{
    private readonly StillClock _clock = new();
    private readonly StringWriter _log = new();
    private readonly Server _server = new();
    private readonly ResilientHttp _http;

    public RateGateTests() => _http = new ResilientHttp(_server, _clock, new Log(_log, isRunner: false), TimeSpan.FromMinutes(15));

    public void Dispose()
    {
        _http.Dispose();
        _server.Dispose();
        _log.Dispose();
    }

    [Fact]
    [Trait("Row", "F07"), Trait("Row", "L1")]
    public async Task Nothing_goes_to_a_server_while_its_wait_is_running_and_all_wait_for_it_together()
    {
        _server.Refuse("120");
        var told = SendAsync("https://uploads.github.com/a", HttpMethod.Post);
        var others = new[] { SendAsync("https://api.github.com/b"), SendAsync("https://api.github.com/c", HttpMethod.Post) };
        (await SendAsync("https://ghcr.io/d")).Should().Be(HttpStatusCode.OK);
        _clock.Advance(TimeSpan.FromSeconds(119));
        _server.Seen.Should().Equal("/a", "/d");

        _clock.Advance(TimeSpan.FromSeconds(1));

        (await Task.WhenAll([told, .. others])).Should().OnlyContain(s => s == HttpStatusCode.OK);
        _server.Seen.Should().HaveCount(5);
        _log.ToString().Split("step=wait").Should().HaveCount(2, "one wait is told once");
    }

    [Fact]
    [Trait("Row", "F10"), Trait("Row", "L1")]
    public async Task Where_a_limit_ends_after_the_time_that_may_be_waited_the_server_is_not_asked_again()
    {
        _server.Refuse("2400");
        (await SendAsync("https://api.github.com/a")).Should().Be(HttpStatusCode.Forbidden);

        (await SendAsync("https://api.github.com/b")).Should().Be(HttpStatusCode.TooManyRequests);

        _server.Seen.Should().Equal("/a");
    }

    [Fact]
    [Trait("Row", "L1")]
    public void A_thousand_writes_after_a_refusal_take_two_hours()
    {
        var (pace, now) = (new WritePace(), _clock.GetUtcNow());
        pace.FreeAt.Should().BeBefore(now, "nothing is held back before a refusal");
        pace.TurnOn(now);
        pace.EndOf(80, now).Should().Be(now);
        pace.EndOf(81, now).Should().Be(now.AddMinutes(1));
        pace.EndOf(500, now).Should().Be(now.AddMinutes(6));
        pace.EndOf(501, now).Should().Be(now.AddHours(1));
        pace.EndOf(1_001, now).Should().Be(now.AddHours(2));
    }

    [Fact]
    [Trait("Row", "L1")]
    public void What_is_under_way_counts_and_what_was_refused_does_not()
    {
        var (pace, now) = (new WritePace(), _clock.GetUtcNow());
        pace.TurnOn(now);
        for (var write = 0; write < 81; write++) pace.Begin();
        pace.End(now, counts: false);
        pace.End(now, counts: true);
        pace.FreeAt.Should().Be(now.AddMinutes(1), "79 are under way and one is done");

        pace.End(now.AddSeconds(1), counts: false);

        pace.FreeAt.Should().BeBefore(now);
    }

    [Fact]
    [Trait("Row", "L1")]
    public void A_limit_that_the_server_let_pass_is_not_kept()
    {
        var (pace, now) = (new WritePace(), _clock.GetUtcNow());
        for (var write = 0; write < 600; write++)
        {
            pace.Begin();
            pace.End(now.AddSeconds(write), counts: true);
        }

        pace.TurnOn(now.AddMinutes(10));

        pace.Limits.Should().Be("80 a minute");
        pace.FreeAt.Should().BeBefore(now.AddMinutes(10));
    }

    [Theory]
    [Trait("Row", "L1")]
    [InlineData("https://chat.corp.example/hook", HttpStatusCode.OK)]
    [InlineData("https://api.corp.example:8443/x", HttpStatusCode.OK)]
    [InlineData("https://uploads.corp.example/x", HttpStatusCode.TooManyRequests)]
    public async Task A_limit_is_its_own_server_s_and_that_of_its_uploads(string other, HttpStatusCode expected)
    {
        _server.Refuse("2400");
        await SendAsync("https://api.corp.example/a");

        (await SendAsync(other)).Should().Be(expected);
    }

    private async Task<HttpStatusCode> SendAsync(string address, HttpMethod? method = null)
    {
        using var answer = await _http.SendAsync(
            () => new HttpRequestMessage(method ?? HttpMethod.Get, address), mayRepeat: false, Timeout.InfiniteTimeSpan,
            CancellationToken.None);
        return answer.StatusCode;
    }

    /// <summary>Refuses once where it is told to, and is content with everything else.</summary>
    private sealed class Server : HttpMessageHandler
    {
        private string? _retryAfter;

        public List<string> Seen { get; } = [];

        public void Refuse(string retryAfter) => _retryAfter = retryAfter;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            lock (Seen)
            {
                Seen.Add(request.RequestUri!.AbsolutePath);
                var answer = new HttpResponseMessage(
                    _retryAfter is null ? HttpStatusCode.OK : HttpStatusCode.Forbidden)
                { RequestMessage = request };
                if (_retryAfter is { } wait) answer.Headers.Add("Retry-After", wait);
                _retryAfter = null;
                return Task.FromResult(answer);
            }
        }
    }

    private sealed class StillClock : TimeProvider
    {
        private readonly Lock _lock = new();
        private readonly List<(DateTimeOffset Due, TimerCallback Ring, object? State)> _timers = [];
        private DateTimeOffset _now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow()
        {
            lock (_lock) return _now;
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            lock (_lock) if (dueTime >= TimeSpan.Zero) _timers.Add((_now + dueTime, callback, state));
            return new Rung();
        }

        public void Advance(TimeSpan time)
        {
            List<(DateTimeOffset Due, TimerCallback Ring, object? State)> due;
            lock (_lock)
            {
                _now += time;
                due = [.. _timers.Where(t => t.Due <= _now)];
                _timers.RemoveAll(t => t.Due <= _now);
            }

            foreach (var (_, ring, state) in due) ring(state);
        }

        private sealed class Rung : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
