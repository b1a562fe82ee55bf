using System.Globalization;
using System.Net;
using ReleaseActions.Core.Http;
using ReleaseActions.Core.Runner;

namespace ReleaseActions.Tests.Http;

/// <summary>What is sent again, and after which wait. The server is a list of answers; the clock waits at once.</summary>
public sealed class ResilientHttpTests : IDisposable
{
    private readonly PromptClock _clock = new();
    private readonly StringWriter _log = new();
    private readonly Answers _server = new();
    private readonly ResilientHttp _http;

    public ResilientHttpTests() => _http = new ResilientHttp(_server, _clock, new Log(_log, isRunner: true));

    public void Dispose()
    {
        _http.Dispose();
        _server.Dispose();
        _log.Dispose();
    }

    [Fact]
    [Trait("Row", "F07")]
    public async Task Retry_After_in_seconds_is_waited_for()
    {
        _server.Say(403, ("Retry-After", "2")).Say(200);

        (await SendAsync(mayRepeat: false)).Should().Be(HttpStatusCode.OK);

        _clock.Waits.Should().Equal(TimeSpan.FromSeconds(2));
        _log.ToString().Should()
            .Be("step=wait reason=\"403 from api.example\" seconds=2 until=\"2026-01-02 03:04:07 UTC\"" + Environment.NewLine);
    }

    [Fact]
    [Trait("Row", "F09"), Trait("Row", "F38")]
    public async Task Retry_After_as_a_date_is_measured_by_the_servers_clock()
    {
        _server.Say(429, ("Retry-After", "Fri, 02 Jan 2026 05:00:30 GMT"), ("Date", "Fri, 02 Jan 2026 05:00:00 GMT")).Say(200);

        (await SendAsync(mayRepeat: false)).Should().Be(HttpStatusCode.OK);

        _clock.Waits.Should().Equal(TimeSpan.FromSeconds(30));
    }

    [Fact]
    [Trait("Row", "F10")]
    public async Task A_used_up_limit_is_waited_for_until_its_reset()
    {
        _server.Say(403, ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", In(TimeSpan.FromMinutes(5)))).Say(200);

        (await SendAsync(mayRepeat: false)).Should().Be(HttpStatusCode.OK);

        _clock.Waits.Should().Equal(TimeSpan.FromMinutes(5));
    }

    [Fact]
    [Trait("Row", "F10")]
    public async Task A_limit_whose_reset_is_too_far_away_is_not_waited_for()
    {
        _server.Say(403, ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", In(TimeSpan.FromMinutes(40))));

        (await SendAsync(mayRepeat: true)).Should().Be(HttpStatusCode.Forbidden);

        _clock.Waits.Should().BeEmpty();
    }

    [Fact]
    [Trait("Row", "F08")]
    public async Task A_secondary_limit_without_a_time_is_given_a_minute_then_twice_as_long_and_at_last_up()
    {
        for (var i = 0; i < 9; i++) _server.SayText(403, """{"message":"You have exceeded a secondary rate limit."}""");

        (await SendAsync(mayRepeat: false)).Should().Be(HttpStatusCode.Forbidden);

        _clock.Waits.Select(w => w.TotalSeconds).Should().Equal(60, 120, 240, 480);
    }

    [Fact]
    [Trait("Row", "F09")]
    public async Task A_limit_that_names_no_wait_is_asked_again_ever_more_slowly()
    {
        _server.Say(429, ("Retry-After", "0")).Say(403, ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", In(TimeSpan.FromMinutes(-5))))
            .Say(429, ("Retry-After", "Fri, 02 Jan 2026 00:00:00 GMT")).Say(200);

        (await SendAsync(mayRepeat: false)).Should().Be(HttpStatusCode.OK);

        _clock.Waits.Select(w => w.TotalSeconds).Should().Equal(1, 2, 4);
    }

    [Fact]
    [Trait("Row", "F09")]
    public async Task A_limit_is_waited_for_any_number_of_times_within_the_time_that_may_be_waited()
    {
        for (var i = 0; i < 100; i++) _server.Say(429, ("Retry-After", "1"));
        _server.Say(200);

        (await SendAsync(mayRepeat: false)).Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(403, "Resource not accessible by integration")]
    [InlineData(401, "Bad credentials")]
    [InlineData(404, "Not Found")]
    [InlineData(422, "Validation Failed")]
    public async Task A_refusal_is_final(int status, string message)
    {
        _server.SayText(status, $$"""{"message":"{{message}}"}""");

        (await SendAsync(mayRepeat: true)).Should().Be((HttpStatusCode)status);
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 1)]
    public async Task A_fault_of_the_server_is_asked_again_only_where_that_does_no_harm(bool mayRepeat, int requests)
    {
        _server.Say(502).Say(503).Say(200);

        await SendAsync(mayRepeat);

        _server.Requests.Should().Be(requests);
    }

    [Fact]
    public async Task A_server_that_asks_for_an_hour_is_not_waited_for()
    {
        _server.Say(503, ("Retry-After", "3600"));

        (await SendAsync(mayRepeat: true)).Should().Be(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task A_connection_that_never_came_about_is_tried_again_also_for_what_must_not_be_sent_twice()
    {
        _server.Break(new HttpRequestException(HttpRequestError.ConnectionError))
            .Break(new HttpRequestException(HttpRequestError.NameResolutionError)).Say(201);

        (await SendAsync(mayRepeat: false)).Should().Be(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_connection_that_broke_is_not_tried_again_for_what_must_not_be_sent_twice()
    {
        _server.Break(new HttpRequestException(HttpRequestError.ResponseEnded));

        await FluentActions.Awaiting(() => SendAsync(mayRepeat: false)).Should().ThrowAsync<HttpRequestException>();
    }

    private string In(TimeSpan wait) => (_clock.GetUtcNow() + wait).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private async Task<HttpStatusCode> SendAsync(bool mayRepeat)
    {
        using var answer = await _http.SendAsync(
            () => new HttpRequestMessage(HttpMethod.Get, "https://api.example/x"), mayRepeat, TimeSpan.FromSeconds(30),
            CancellationToken.None);
        return answer.StatusCode;
    }

    private sealed class Answers : HttpMessageHandler
    {
        private readonly Queue<Func<HttpResponseMessage>> _answers = [];

        public int Requests { get; private set; }

        public Answers Say(int status, params (string Name, string Value)[] headers)
        {
            _answers.Enqueue(() =>
            {
                var answer = new HttpResponseMessage((HttpStatusCode)status);
                foreach (var (name, value) in headers) answer.Headers.TryAddWithoutValidation(name, value);
                return answer;
            });
            return this;
        }

        public Answers SayText(int status, string text)
        {
            _answers.Enqueue(() => new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(text) });
            return this;
        }

        public Answers Break(HttpRequestException exception)
        {
            _answers.Enqueue(() => throw exception);
            return this;
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            var answer = _answers.Dequeue()();
            answer.RequestMessage = request;
            return Task.FromResult(answer);
        }
    }
}
