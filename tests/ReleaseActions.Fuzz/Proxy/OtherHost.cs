using System.Collections.Concurrent;
using System.Globalization;

namespace ReleaseActions.Fuzz.Proxy;

/// <summary>A host that answers lead to and that must get no credential.</summary>
internal sealed class OtherHost : IAsyncDisposable
{
    private readonly ConcurrentQueue<ProxiedRequest> _requests = new();
    private readonly Loopback _loopback;

    public OtherHost() => _loopback = new Loopback(ServeAsync, "127.0.0.2");

    /// <summary>Its address, without a slash at the end.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.2:{_loopback.Port}");

    /// <summary>The requests so far.</summary>
    public IReadOnlyCollection<ProxiedRequest> Requests => _requests;

    public ValueTask DisposeAsync() => _loopback.DisposeAsync();

    // It asks for what it wants to have.
    private Task<ProxiedAnswer> ServeAsync(ProxiedRequest request, CancellationToken cancellation)
    {
        _requests.Enqueue(request);
        var isFirst = _requests.Count % 2 == 1;
        var answer = new ProxiedAnswer { Status = isFirst ? 401 : 200, Body = "{\"token\":\"other\"}"u8.ToArray() };
        answer.Headers.Add(("Content-Type", "application/json"));
        if (isFirst) answer.Headers.Add(("WWW-Authenticate", "Basic realm=\"other\""));
        return Task.FromResult(answer);
    }
}
