using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ReleaseActions.Fuzz.Proxy;

/// <summary>
/// Stands on loopback before a sandbox, takes requests for it and changes its answers. The sandbox's own address becomes the proxy's
/// in what it answers. Every request is kept.
/// </summary>
internal sealed class MutatingProxy : IAsyncDisposable
{
    private static readonly HashSet<string> HopByHop = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Transfer-Encoding", "TE", "Trailer", "Upgrade", "Host", "Expect", "Content-Length", "Proxy-Connection",
    };

    private readonly HttpClient _sandbox = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly Loopback _loopback;
    private readonly ConcurrentDictionary<string, int> _times = new();
    private readonly int _sandboxPort;
    private readonly int _seed;
    private readonly ConcurrentQueue<ProxiedRequest> _requests = new();

    public MutatingProxy(int sandboxPort, int seed)
    {
        (_sandboxPort, _seed) = (sandboxPort, seed);
        _loopback = new Loopback(ServeAsync);
    }

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port => _loopback.Port;

    /// <summary>The requests so far.</summary>
    public IReadOnlyCollection<ProxiedRequest> Requests => _requests;

    /// <summary>Changes an answer; the random numbers depend on the request and not on the order in which requests come.</summary>
    public Action<ProxiedRequest, ProxiedAnswer, Random>? Change { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _loopback.DisposeAsync();
        _sandbox.Dispose();
    }

    private async Task<ProxiedAnswer> ServeAsync(ProxiedRequest request, CancellationToken cancellation)
    {
        _requests.Enqueue(request);
        var answer = await AskSandboxAsync(request, cancellation);
        var key = $"{request.Method} {request.Target.Split('?')[0]}";
        var time = _times.AddOrUpdate(key, 1, (_, times) => times + 1);
        Change?.Invoke(request, answer, new Random(StableHash($"{_seed} {time} {Timeless(key)}")));
        return answer;
    }

    private async Task<ProxiedAnswer> AskSandboxAsync(ProxiedRequest request, CancellationToken cancellation)
    {
        var isWhole = Uri.TryCreate(request.Target, UriKind.Absolute, out var whole) && whole.Scheme == "http";
        var address = $"http://127.0.0.1{Colon(_sandboxPort)}{(isWhole ? whole!.PathAndQuery : request.Target)}";
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), address);
        message.Content = new ByteArrayContent(request.Body);
        foreach (var (name, value) in request.Headers.Where(h => !HopByHop.Contains(h.Name)))
            if (!message.Headers.TryAddWithoutValidation(name, value)) message.Content.Headers.TryAddWithoutValidation(name, value);
        message.Headers.Host = request.Header("Host")?.Replace(Colon(Port), Colon(_sandboxPort), StringComparison.Ordinal);
        using var answer = await _sandbox.SendAsync(message, cancellation);
        var proxied = new ProxiedAnswer { Status = (int)answer.StatusCode, Body = await answer.Content.ReadAsByteArrayAsync(cancellation) };
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(h => !HopByHop.Contains(h.Key)))
            foreach (var value in values) proxied.Headers.Add((name, Here(value)));
        if (request.Method == "HEAD" && answer.Content.Headers.ContentLength is { } length) proxied.Set("Content-Length", $"{length}");
        if (proxied.IsText) proxied.Body = Encoding.Latin1.GetBytes(Here(Encoding.Latin1.GetString(proxied.Body)));
        return proxied;
    }

    private string Here(string text) => text.Replace(Colon(_sandboxPort), Colon(Port), StringComparison.Ordinal);

    private static string Colon(int port) => string.Create(CultureInfo.InvariantCulture, $":{port}");

    // Commits differ from machine to machine, numbers from run to run.
    private static string Timeless(string key) => string.Concat(key.Where(c => !char.IsAsciiHexDigit(c)));

    // Alike on every machine, unlike string.GetHashCode.
    private static int StableHash(string text) => text.Aggregate(17, (hash, c) => unchecked(hash * 31 + c)) & int.MaxValue;
}
