using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ReleaseActions.Core;
using ReleaseActions.Core.Http;
using ReleaseActions.Core.Runner;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>How long a release waits: as long as the server says and `max-wait` allows, and never for ever.</summary>
public sealed class WaitTests
{
    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    [Trait("Row", "F09"), Trait("Row", "F38")]
    public async Task A_limit_with_a_date_is_waited_for_by_the_servers_clock_however_wrong_this_one_is(int hours)
    {
        await using var ground = await NewAsync();
        var now = ground.Clock.GetUtcNow().AddHours(hours);
        var slowDown = FaultKind.Reply(429, """{"message":"Slow down"}""", ("Retry-After", Http(now.AddSeconds(30))), ("Date", Http(now)));
        ground.Fault("POST", "releases", slowDown);

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.Clock.Waits.Should().Equal(TimeSpan.FromSeconds(30));
    }

    [Fact]
    [Trait("Row", "F10")]
    public async Task A_limit_that_ends_in_40_minutes_is_waited_for_where_max_wait_allows()
    {
        await using var ground = await NewAsync();
        Limit(ground);

        var run = await PublishAsync(ground, ("max-wait", "60"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.Clock.Waits.Should().Equal(TimeSpan.FromMinutes(40));
    }

    [Fact]
    [Trait("Row", "F10")]
    public async Task A_limit_that_ends_after_max_wait_ends_the_run_and_reports_the_time()
    {
        await using var ground = await NewAsync();
        Limit(ground);

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        run.Errors.Should().ContainSingle().Which
            .Should().Contain("its rate limit is used up until 2026-01-02 03:44:05 UTC").And.Contain("`max-wait`");
        ground.Clock.Waits.Should().BeEmpty();
    }

    [Fact]
    [Trait("Row", "F36")]
    public async Task All_waits_together_stay_within_max_wait()
    {
        await using var ground = await NewAsync();
        ground.Fault("POST", "releases/*/assets", FaultKind.SecondaryLimit("50"), times: 99);

        var run = await PublishAsync(ground, ("max-wait", "2"), ("files", "dist/a.tgz"));

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        ground.Clock.Waits.Should().Equal(TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(50));
    }

    [Theory]
    [InlineData("https://api.release-actions.invalid", null)]
    [InlineData("https://{0}", "this is no TLS")]
    [Trait("Row", "F36")]
    public async Task A_server_that_is_not_there_or_speaks_no_TLS_ends_the_run(string address, string? says)
    {
        await using var ground = await NewAsync();
        using var server = new Talker(says);

        var run = await ground.Rig().OnTag("v1.0.0").With(
            "GITHUB_API_URL", string.Format(CultureInfo.InvariantCulture, address, server.Address)).RunAsync(new ReleasePublishAction());

        ExpectNoAnswer(run);
    }

    [Fact]
    [Trait("Row", "F36")]
    public async Task A_proxy_that_wants_a_password_ends_the_run_at_once()
    {
        await using var ground = await NewAsync();
        using var proxy =
            new Talker("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n");
        using var transport = ResilientHttp.NewTransport();
        transport.Proxy = new WebProxy($"http://{proxy.Address}");

        var run = await ground.Rig(transport).OnTag("v1.0.0").With("GITHUB_API_URL", "https://api.example.com")
            .RunAsync(new ReleasePublishAction());

        ExpectNoAnswer(run);
        run.Errors.Single().Should()
            .Contain("no answer came: the proxy wants a user name and a password (407); the input `proxy` takes them");
        run.Log.Should().NotContain("step=wait");
    }

    [Theory]
    [Trait("Row", "F37"), Trait("Row", "F08")]
    [InlineData("403 Forbidden\r\nContent-Length: 900", """{"message":"no""", 403, "")]
    [InlineData("429 Too Many Requests\r\nContent-Length: 900\r\nRetry-After: 99999", "", 429, "")]
    [InlineData("403 Forbidden\r\nx-ratelimit-remaining: 0\r\nx-ratelimit-reset: 1767323045000\r\nContent-Length: 2", "{}", 403, "{}")]
    [InlineData(
        "403 Forbidden\r\nx-ratelimit-remaining: 0\r\nx-ratelimit-reset: 9223372036854775807\r\nContent-Length: 2", "{}", 403, "{}")]
    public async Task A_refusal_that_is_cut_or_makes_no_sense_is_a_refusal(string head, string body, int status, string read)
    {
        using var server = new Talker($"HTTP/1.1 {head}\r\n\r\n{body}") { HangsUp = true };
        using var http = new ResilientHttp(ResilientHttp.NewTransport(), new PromptClock(), new Log(TextWriter.Null, isRunner: true));
        HttpRequestMessage NewMessage() => new(HttpMethod.Get, $"http://{server.Address}");
        Task<HttpResponseMessage> Ask() => http.SendAsync(NewMessage, mayRepeat: false, TimeSpan.FromSeconds(60), CancellationToken.None);

        using var answer = await Ask();
        using var later = await Ask();

        ((int)answer.StatusCode).Should().Be(status);
        (await answer.Content.ReadAsStringAsync()).Should().Be(read);
        ((int)later.StatusCode).Should().Be(read.Length > 0 ? 429 : status, "a limit is kept also where its time is nonsense");
    }

    [Fact]
    [Trait("Row", "F36")]
    public async Task A_connection_that_does_not_come_about_is_not_reported_as_a_late_answer()
    {
        using var transport = ResilientHttp.NewTransport();
        transport.ConnectTimeout = TimeSpan.FromMilliseconds(100);
        transport.ConnectCallback = async (_, cancellation) =>
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            return Stream.Null;
        };
        using var http = new ResilientHttp(transport, new PromptClock(), new Log(TextWriter.Null, isRunner: true));

        static HttpRequestMessage NewMessage() => new(HttpMethod.Get, "https://api.example.com");
        var asking = () => http.SendAsync(NewMessage, mayRepeat: false, TimeSpan.FromMinutes(1), CancellationToken.None);

        await asking.Should().ThrowAsync<HttpRequestException>().WithMessage("no connection within 20 s");
    }

    [Fact]
    [Trait("Row", "F36")]
    public async Task An_answer_that_does_not_begin_or_does_not_end_is_given_up()
    {
        var little = TimeSpan.FromMilliseconds(100);
        using var silent = new Talker("");
        using var slow = new Talker("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1");
        using var http = new ResilientHttp(ResilientHttp.NewTransport(), new PromptClock(), new Log(TextWriter.Null, isRunner: true));
        Task<HttpResponseMessage> Ask(Talker server, TimeSpan limit) => http.SendAsync(
            () => new HttpRequestMessage(HttpMethod.Get, $"http://{server.Address}"), mayRepeat: false, limit, CancellationToken.None);

        await FluentActions.Awaiting(() => Ask(silent, little))
            .Should().ThrowAsync<HttpRequestException>().WithMessage("no answer within 0.1 s");
        using var answer = await Ask(slow, TimeSpan.FromSeconds(60));
        await FluentActions.Awaiting(() => CappedRead.BeginningAsync(answer.Content, 100, CancellationToken.None, little))
            .Should().ThrowAsync<IOException>().WithMessage("it did not end within 0.1 s");
    }

    private static void ExpectNoAnswer(RunResult run)
    {
        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        run.Errors.Should().ContainSingle().Which
            .Should().StartWith("GitHub was asked to read '.github/release-actions.yml' of the default branch, and no answer came: ");
    }

    private static void Limit(ReleaseGround ground) => ground.Fault("POST", "releases", FaultKind.Reply(
        403, """{"message":"API rate limit exceeded"}""", ("x-ratelimit-remaining", "0"), ("Date", Http(ground.Clock.GetUtcNow())),
        ("x-ratelimit-reset", ground.Clock.GetUtcNow().AddMinutes(40).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture))));

    private static string Http(DateTimeOffset time) => time.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Says one thing to whoever connects, and then holds the line; null hangs up.</summary>
    private sealed class Talker : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly List<TcpClient> _lines = [];

        public Talker(string? says)
        {
            _listener.Start();
            Address = _listener.LocalEndpoint.ToString()!;
            _ = TalkAsync(says);
        }

        public string Address { get; }

        /// <summary>Whether it ends the line when it has spoken; then it listens first.</summary>
        public bool HangsUp { get; init; }

        public void Dispose()
        {
            _listener.Dispose();
            lock (_lines) _lines.ForEach(l => l.Dispose());
        }

        private async Task SayAsync(TcpClient line, string says)
        {
            if (HangsUp) await line.GetStream().ReadAtLeastAsync(new byte[4096], minimumBytes: 1);
            await line.GetStream().WriteAsync(Encoding.ASCII.GetBytes(says));
            if (HangsUp) line.Client.Shutdown(SocketShutdown.Send);
        }

        private async Task TalkAsync(string? says)
        {
            try
            {
                while (true)
                {
                    var line = await _listener.AcceptTcpClientAsync();
                    lock (_lines) _lines.Add(line);
                    if (says is null) line.Dispose();
                    else await SayAsync(line, says);
                }
            }
            catch (Exception over) when (over is SocketException or ObjectDisposedException or IOException)
            {
                // The test is over.
            }
        }
    }
}
