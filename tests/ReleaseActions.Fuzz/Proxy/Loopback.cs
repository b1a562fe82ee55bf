using System.Net;
using System.Net.Sockets;

namespace ReleaseActions.Fuzz.Proxy;

/// <summary>Listens on a loopback address and hands each request to a function.</summary>
internal sealed class Loopback : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TcpListener _listener;
    private readonly Func<ProxiedRequest, CancellationToken, Task<ProxiedAnswer>> _serve;
    private readonly Task _accepting;

    public Loopback(Func<ProxiedRequest, CancellationToken, Task<ProxiedAnswer>> serve, string address = "127.0.0.1")
    {
        _serve = serve;
        _listener = new TcpListener(IPAddress.Parse(address), 0);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
                connections.RemoveAll(c => c.IsCompleted);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            client.NoDelay = true;
            var stream = client.GetStream();
            var reader = new HttpText(stream);
            var goesOn = true;
            while (goesOn && await reader.ReadAsync(_stop.Token) is { } request)
            {
                var answer = await _serve(request, _stop.Token);
                goesOn = await answer.SendAsync(stream, request.Method == "HEAD", _stop.Token);
            }
        }
        // The client went away, or sent what is no HTTP, or the case is over: all of it is ordinary here.
        catch (Exception e) when (e is IOException or OperationCanceledException or HttpRequestException or FormatException
            or SocketException or InvalidOperationException)
        {
        }
    }
}
