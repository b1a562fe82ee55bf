using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Polly;
using Polly.Retry;
using ReleaseActions.Core.Runner;

namespace ReleaseActions.Core.Http;

/// <summary>
/// HTTP as GitHub and registries need it: one pipeline of retries, waits and time limits for all calls. What may be sent twice is
/// sent again after a fault; what may not (a POST that creates) is sent again only where the server refused to look at it.
/// </summary>
/// <param name="handler">The transport. Redirects are not followed by it: a token must not travel to another host.</param>
/// <param name="clock">The time that waits are measured by.</param>
/// <param name="log">Where a wait is told.</param>
/// <param name="mostWaiting">How long all waits together may take, those that go on at the same time counted once; 15 minutes where null.</param>
public sealed class ResilientHttp(HttpMessageHandler handler, TimeProvider clock, Log log, TimeSpan? mostWaiting = null) : IDisposable
{
    private const int MostAttempts = 5;
    // Attempts at a limit are not counted, and 2 to their number is soon more than any wait can be.
    private const int MostDoublings = 10;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(20);
    // Nobody waits for longer, and what is longer may be nonsense that no date can hold.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(366);
    // GitHub's documentation: at least a minute where a secondary limit names no time, then longer each time.
    private static readonly TimeSpan SecondaryLimitWait = TimeSpan.FromSeconds(60);
    private const int LargestRefusal = 64 * 1024;
    /// <summary>The limit that a request was sent with, for tests of production's limits.</summary>
    internal static readonly HttpRequestOptionsKey<TimeSpan> TimeLimit = new("time-limit");
    private static readonly HttpRequestOptionsKey<bool> IsSecondaryLimit = new("is-secondary-limit");
    private static readonly HttpRequestOptionsKey<bool> IsHeldBack = new("is-held-back");
    private static readonly HttpRequestOptionsKey<int> Attempt = new("attempt");
    private static readonly ResiliencePropertyKey<bool> MayRepeat = new("may-repeat");

    private readonly HttpClient _client = new(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly RateGate _gate = new(clock, log, new WaitBudget(clock, mostWaiting ?? TimeSpan.FromMinutes(15)));
    private ResiliencePipeline<HttpResponseMessage>? _pipeline;

    /// <summary>Says how many writes are to come: where a limit is met, the log foretells when they will be done.</summary>
    public void Expect(int writes) => _gate.Expect(writes);

    /// <summary>A transport for production: no redirects, no cookies, connections renewed now and then.</summary>
    public static SocketsHttpHandler NewTransport() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = LongestConnect,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    /// <summary>Sends a request and returns the answer's head; the caller reads and disposes of it.</summary>
    /// <param name="request">Makes the request; called once for each attempt, because a sent request cannot be sent again.</param>
    /// <param name="mayRepeat">Whether sending it twice does no harm.</param>
    /// <param name="timeLimit">The longest one attempt may take until the answer's head is there.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="HttpRequestException">The last attempt found no server, or lost it.</exception>
    public async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> request, bool mayRepeat, TimeSpan timeLimit, CancellationToken cancellation)
    {
        var context = ResilienceContextPool.Shared.Get(cancellation);
        context.Properties.Set(MayRepeat, mayRepeat);
        try
        {
            return await (_pipeline ??= NewPipeline()).ExecuteAsync(
                static async (c, state) => await state.Http.SendOnceAsync(state.Request, state.TimeLimit, c.CancellationToken),
                context, (Http: this, Request: request, TimeLimit: timeLimit));
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<HttpResponseMessage> SendOnceAsync(Func<HttpRequestMessage> request, TimeSpan timeLimit, CancellationToken cancellation)
    {
        using var message = request();
        // What the server would say, without asking it while its limit holds.
        if (await _gate.EnterAsync(message, cancellation) is { } tooLong)
        {
            message.Options.Set(IsHeldBack, true);
            return new HttpResponseMessage(HttpStatusCode.TooManyRequests) { RequestMessage = message, Headers = { RetryAfter = new RetryConditionHeaderValue(tooLong) } };
        }

        var isRefused = false;
        try
        {
            var answer = await SendWithinAsync(message, timeLimit, cancellation);
            isRefused = IsLimit(answer);
            // Also where it is not waited for: whatever comes next must not be sent either.
            if (isRefused) Close(answer, attempt: 0);
            return answer;
        }
        finally
        {
            _gate.Leave(message, isRefused);
        }
    }

    private async Task<HttpResponseMessage> SendWithinAsync(HttpRequestMessage message, TimeSpan timeLimit, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeLimit);
        message.Options.Set(TimeLimit, timeLimit);
        try
        {
            var answer = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests) await MarkLimitAsync(answer, limit.Token);
            return answer;
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            // The transport ends a connection that does not come about in the same way as a caller ends a wait.
            var (what, within) = limit.IsCancellationRequested ? ("answer", timeLimit) : ("connection", LongestConnect);
            throw new HttpRequestException($"no {what} within {within.TotalSeconds:0.#} s", e);
        }
        catch (HttpRequestException e) when (e is { HttpRequestError: HttpRequestError.ProxyTunnelError, StatusCode: HttpStatusCode.ProxyAuthenticationRequired })
        {
            throw new HttpRequestException(HttpRequestError.UserAuthenticationError, "the proxy wants a user name and a password (407); HTTPS_PROXY takes them, as http://user:password@proxy.example.com:3128", e);
        }
    }

    private ResiliencePipeline<HttpResponseMessage> NewPipeline() => new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            MaxRetryAttempts = int.MaxValue,
            ShouldHandle = attempt => ValueTask.FromResult(IsWorthRepeating(attempt)),
            // A limit is waited for at the gate, together with all that would go to the same server.
            DelayGenerator = attempt => ValueTask.FromResult<TimeSpan?>(attempt.Outcome.Result is { } answer && IsLimit(answer) ? TimeSpan.Zero : WaitBefore(attempt.Outcome.Result, attempt.AttemptNumber)),
            OnRetry = retry =>
            {
                BeforeRetry(retry);
                retry.Outcome.Result?.Dispose();
                return ValueTask.CompletedTask;
            },
        })
        .Build();

    private void Close(HttpResponseMessage answer, int attempt) => _gate.Close(answer.RequestMessage!, WaitBefore(answer, attempt), ReasonOf(answer), IsSecondary(answer));

    private void BeforeRetry(OnRetryArguments<HttpResponseMessage> retry)
    {
        if (retry.Outcome.Result is { } answer && IsLimit(answer))
        {
            Close(answer, retry.AttemptNumber);
            return;
        }

        log.Step("wait", ("reason", ReasonOf(retry.Outcome)), ("seconds", Math.Ceiling(retry.RetryDelay.TotalSeconds).ToString(CultureInfo.InvariantCulture)), ("attempt", retry.AttemptNumber + 1));
        _gate.Budget.Take(retry.RetryDelay);
    }

    private bool IsWorthRepeating(RetryPredicateArguments<HttpResponseMessage> attempt)
    {
        attempt.Outcome.Result?.RequestMessage?.Options.Set(Attempt, attempt.AttemptNumber);
        // A limit ends some time: the time that may be waited decides, not the number of attempts.
        if (!_gate.Budget.Allows(WaitBefore(attempt.Outcome.Result, attempt.AttemptNumber))) return false;
        if (attempt.Outcome.Result is { } answer && IsLimit(answer)) return true;
        if (attempt.AttemptNumber >= MostAttempts - 1 || attempt.Outcome.Exception is HttpRequestException { HttpRequestError: HttpRequestError.UserAuthenticationError }) return false;
        if (attempt.Outcome.Exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.ProxyTunnelError }) return true;
        if (!attempt.Context.Properties.GetValue(MayRepeat, defaultValue: false)) return false;
        return attempt.Outcome.Exception is HttpRequestException || attempt.Outcome.Result?.StatusCode is >= HttpStatusCode.InternalServerError;
    }

    // A secondary limit may name no time in any header; only its words tell it from a refusal. What was read of them stays the answer's content.
    private static async Task MarkLimitAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var (whole, words) = (answer.Content, Array.Empty<byte>());
        try
        {
            (words, _) = await CappedRead.BeginningAsync(whole, LargestRefusal, cancellation);
        }
        catch (IOException)
        {
            // It broke off: its status has to do.
        }

        answer.Content = new ByteArrayContent(words);
        answer.Content.Headers.ContentType = whole.Headers.ContentType;
        whole.Dispose();
        if (Encoding.UTF8.GetString(words).Contains("secondary rate limit", StringComparison.OrdinalIgnoreCase)) answer.RequestMessage!.Options.Set(IsSecondaryLimit, true);
    }

    /// <summary>Whether nobody was asked: a limit that is known leaves no room within the time that may be waited.</summary>
    internal static bool WasHeldBack(HttpResponseMessage answer) => answer.RequestMessage?.Options.TryGetValue(IsHeldBack, out var isHeld) == true && isHeld;

    /// <summary>Whether a server refused because of a limit, before it did anything.</summary>
    internal static bool IsLimit(HttpResponseMessage answer) =>
        answer.StatusCode == HttpStatusCode.TooManyRequests
        || (answer.StatusCode == HttpStatusCode.Forbidden && (answer.Headers.RetryAfter is not null || RemainingIsZero(answer) || IsSecondary(answer)));

    /// <summary>How long to wait before asking again: what the server says, or else longer each time.</summary>
    internal TimeSpan WaitBefore(HttpResponseMessage? answer, int attempt)
    {
        var factor = Math.Pow(2, Math.Min(attempt, MostDoublings));
        var wait = WaitOf(answer) ?? (answer?.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.Forbidden ? SecondaryLimitWait : FirstWait) * factor;
        // "Now", said by a limit that still holds, is no time at all.
        return answer is not null && IsLimit(answer) && wait < FirstWait ? FirstWait * factor : wait;
    }

    /// <summary>How long the wait would have been that was not waited any more: after those before it, not a first one.</summary>
    internal TimeSpan WaitAfter(HttpResponseMessage answer) =>
        WaitBefore(answer, answer.RequestMessage?.Options.TryGetValue(Attempt, out var attempt) == true ? attempt : 0);

    private TimeSpan? WaitOf(HttpResponseMessage? answer)
    {
        if (answer is null) return null;
        // The server's own clock where it tells the time: this machine's may be wrong by an hour.
        var now = answer.Headers.Date ?? clock.GetUtcNow();
        if (answer.Headers.RetryAfter?.Delta is { } seconds) return Bounded(seconds);
        if (answer.Headers.RetryAfter?.Date is { } date) return Bounded(date - now);
        if (RemainingIsZero(answer) && Header(answer, "x-ratelimit-reset") is { } reset && long.TryParse(reset, CultureInfo.InvariantCulture, out var at))
            return Bounded(TimeSpan.FromSeconds((double)at - now.ToUnixTimeSeconds() is var left && left < LongestWait.TotalSeconds ? left : LongestWait.TotalSeconds));
        return null;
    }

    private static bool IsSecondary(HttpResponseMessage answer) => answer.RequestMessage?.Options.TryGetValue(IsSecondaryLimit, out var marked) == true && marked;

    private static bool RemainingIsZero(HttpResponseMessage answer) => Header(answer, "x-ratelimit-remaining") == "0";

    private static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? values.First() : null;

    private static string ReasonOf(HttpResponseMessage answer) => $"{(int)answer.StatusCode} from {answer.RequestMessage?.RequestUri?.Host}";

    private static string ReasonOf(Outcome<HttpResponseMessage> outcome) => outcome.Result is { } answer ? ReasonOf(answer) : outcome.Exception?.Message ?? "no answer";

    private static TimeSpan Bounded(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait : wait;
}
