using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Polly;
using Polly.Retry;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Http;

/// <summary>
/// HTTP as GitHub and registries need it: one pipeline of retries, waits and time limits for all calls. What may be sent twice is
/// sent again after a fault; what may not (a POST that creates) is sent again only where the server refused to look at it.
/// </summary>
/// <param name="handler">The transport. Redirects are not followed by it: a token must not travel to another host.</param>
/// <param name="clock">The time that waits are measured by.</param>
/// <param name="log">Where waits are logged.</param>
/// <param name="mostWaiting">
/// How long all waits together may take, those that go on at the same time counted once; 15 minutes where null.
/// </param>
public sealed partial class ResilientHttp(
    HttpMessageHandler handler, TimeProvider clock, Log log, TimeSpan? mostWaiting = null) : IDisposable
{
    private const int MostAttempts = 5;
    // Attempts at a limit are not counted, and 2 to their number is soon more than any wait can be.
    private const int MostDoublings = 10;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(20);
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
    /// <param name="isRunner">Whether an earlier step may have set the variables that name a proxy: then they are not read.</param>
    /// <param name="network">The proxy and the certificates that the step states; none where null.</param>
    public static SocketsHttpHandler NewTransport(bool isRunner = false, NetworkSettings? network = null)
    {
        var transport = NewTransport(isRunner, Dns.GetHostAddressesAsync);
        StatedNetwork.Apply(network ?? NetworkSettings.None, transport);
        return transport;
    }

    /// <summary>The same over another DNS.</summary>
    internal static SocketsHttpHandler NewTransport(bool isRunner, Func<string, CancellationToken, Task<IPAddress[]>> resolve) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = !isRunner,
        ConnectCallback = (context, cancellation) => ConnectAsync(context.DnsEndPoint, resolve, cancellation),
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
    public async Task<HttpResponseMessage> SendAsync(
        Func<HttpRequestMessage> request, bool mayRepeat, TimeSpan timeLimit, CancellationToken cancellation)
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

    // Resolved here and not by the library, so that what was checked is what is connected to: a name may lead elsewhere the next time.
    private static async ValueTask<Stream> ConnectAsync(
        DnsEndPoint server, Func<string, CancellationToken, Task<IPAddress[]>> resolve, CancellationToken cancellation)
    {
        var addresses = await resolve(server.Host, cancellation);
        if (addresses.Any(MetadataAddress.IsOne)) throw LeadsToMetadata(server.Host);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, server.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static ActionException LeadsToMetadata(string host) => ActionException.Remote(
        $"'{PlainText.Inert(host)}' leads to a metadata service, and nothing was sent there",
        "Correct the address; if it is right, see what answers for that name in DNS");

    private async Task<HttpResponseMessage> SendOnceAsync(
        Func<HttpRequestMessage> request, TimeSpan timeLimit, CancellationToken cancellation)
    {
        using var message = request();
        if (MetadataAddress.IsOne(message.RequestUri!)) throw LeadsToMetadata(message.RequestUri!.Host);
        // What the server would say, without asking it while its limit holds.
        if (await _gate.EnterAsync(message, cancellation) is { } tooLong)
        {
            message.Options.Set(IsHeldBack, true);
            return new HttpResponseMessage(HttpStatusCode.TooManyRequests)
            {
                RequestMessage = message,
                Headers = { RetryAfter = new RetryConditionHeaderValue(tooLong) }
            };
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
        catch (HttpRequestException e) when (e.InnerException is ActionException refusal)
        {
            throw refusal;
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            // The transport ends a connection that does not come about in the same way as a caller ends a wait.
            var (what, within) = limit.IsCancellationRequested ? ("answer", timeLimit) : ("connection", LongestConnect);
            throw new HttpRequestException($"no {what} within {within.TotalSeconds:0.#} s", e);
        }
        catch (HttpRequestException e)
            when (e is { HttpRequestError: HttpRequestError.ProxyTunnelError, StatusCode: HttpStatusCode.ProxyAuthenticationRequired })
        {
            throw new HttpRequestException(HttpRequestError.UserAuthenticationError,
                "the proxy wants a user name and a password (407); the input `proxy` takes them, as "
                + "http://user:password@proxy.example.com:3128",
                e);
        }
        // A server that speaks no TLS ends in the same kind of exception, and may do so for a moment only.
        catch (HttpRequestException e) when (e.InnerException is AuthenticationException untrusted
            && untrusted.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase))
        {
            throw new HttpRequestException(HttpRequestError.UserAuthenticationError,
                $"its certificate is not trusted ({PlainText.Inert(untrusted.Message)}); the input `ca-certificates` takes a company's own",
                e);
        }
    }

    private ResiliencePipeline<HttpResponseMessage> NewPipeline() =>
        new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            MaxRetryAttempts = int.MaxValue,
            ShouldHandle = attempt => ValueTask.FromResult(IsWorthRepeating(attempt)),
            // A limit is waited for at the gate, together with all that would go to the same server.
            DelayGenerator = attempt => ValueTask.FromResult<TimeSpan?>(
            attempt.Outcome.Result is { } answer && IsLimit(answer) ? TimeSpan.Zero
            : WaitBefore(attempt.Outcome.Result, attempt.AttemptNumber)),
            OnRetry = retry =>
            {
                BeforeRetry(retry);
                retry.Outcome.Result?.Dispose();
                return ValueTask.CompletedTask;
            },
        })
        .Build();

    private void Close(HttpResponseMessage answer, int attempt) =>
        _gate.Close(answer.RequestMessage!, WaitBefore(answer, attempt), ReasonOf(answer), IsSecondary(answer));

    private void BeforeRetry(OnRetryArguments<HttpResponseMessage> retry)
    {
        if (retry.Outcome.Result is { } answer && IsLimit(answer))
        {
            Close(answer, retry.AttemptNumber);
            return;
        }

        log.Step(
            "wait", ("reason", ReasonOf(retry.Outcome)),
            ("seconds", Math.Ceiling(retry.RetryDelay.TotalSeconds).ToString(CultureInfo.InvariantCulture)),
            ("attempt", retry.AttemptNumber + 1));
        _gate.Budget.Take(retry.RetryDelay);
    }

    private bool IsWorthRepeating(RetryPredicateArguments<HttpResponseMessage> attempt)
    {
        attempt.Outcome.Result?.RequestMessage?.Options.Set(Attempt, attempt.AttemptNumber);
        // A limit ends some time: the time that may be waited decides, not the number of attempts.
        if (!_gate.Budget.Allows(WaitBefore(attempt.Outcome.Result, attempt.AttemptNumber))) return false;
        if (attempt.Outcome.Result is { } answer && IsLimit(answer)) return true;
        if (attempt.AttemptNumber >= MostAttempts - 1
            || attempt.Outcome.Exception is HttpRequestException { HttpRequestError: HttpRequestError.UserAuthenticationError })
            return false;
        if (attempt.Outcome.Exception is HttpRequestException
            {
                HttpRequestError: HttpRequestError.ConnectionError
            or HttpRequestError.NameResolutionError or HttpRequestError.ProxyTunnelError
            }) return true;
        if (!attempt.Context.Properties.GetValue(MayRepeat, defaultValue: false)) return false;
        return attempt.Outcome.Exception is HttpRequestException
            || attempt.Outcome.Result?.StatusCode is >= HttpStatusCode.InternalServerError;
    }
}
