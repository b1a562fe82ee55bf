using System.Net;
using System.Net.Sockets;

namespace ReleaseActions.Tests.Hostile;

/// <summary>A server that nobody has any business with. It counts who comes anyway, and asks everybody for a password.</summary>
internal sealed class OtherHost : IDisposable
{
    private static readonly byte[] Answer =
        "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private int _visits;

    public OtherHost()
    {
        _listener.Start();
        Url = $"http://{_listener.LocalEndpoint}";
        _ = AcceptAsync();
    }

    public string Url { get; }

    /// <summary>How often somebody connected since this was last asked.</summary>
    public int TakeVisits() => Interlocked.Exchange(ref _visits, 0);

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                Interlocked.Increment(ref _visits);
                if (await client.GetStream().ReadAsync(new byte[4096]) > 0) await client.GetStream().WriteAsync(Answer);
            }
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
        }
    }
}
