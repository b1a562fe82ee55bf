using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ReleaseActions.Tests.Support;

/// <summary>
/// A server on loopback that is one function from the head of a request to the bytes of an answer: for answers that no library sends,
/// and to see every byte of what came.
/// </summary>
public sealed class Wire : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<string> _heads = [];

    public Wire(Func<string, string> answer)
    {
        _listener.Start();
        Host = _listener.LocalEndpoint.ToString()!;
        _ = ServeAsync(answer);
    }

    /// <summary>Host and port.</summary>
    public string Host { get; }

    /// <summary>The heads of all requests so far.</summary>
    public IReadOnlyList<string> Heads
    {
        get
        {
            lock (_heads) return [.. _heads];
        }
    }

    /// <summary>An answer of a status line, headers and a body.</summary>
    public static string Answer(string status, string headers = "", string body = "")
    {
        var own = headers.Length > 0 ? headers + "\r\n" : "";
        // It answers once on each connection; a client that is not told so may send the next request into a closed one.
        return $"HTTP/1.1 {status}\r\n{own}Connection: close\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";
    }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(Func<string, string> answer)
    {
        try
        {
            while (true) _ = TalkAsync(await _listener.AcceptTcpClientAsync(), answer);
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient client, Func<string, string> answer)
    {
        using (client)
        {
            var stream = client.GetStream();
            try
            {
                var head = await HeadAsync(stream);
                if (head.Length == 0) return;
                lock (_heads) _heads.Add(head);
                await stream.WriteAsync(Encoding.Latin1.GetBytes(answer(head)));
                client.Client.Shutdown(SocketShutdown.Send);
                // What is still on its way is taken, or the system answers it with a reset that overtakes the answer.
                while (await stream.ReadAsync(new byte[4096]) > 0) continue;
            }
            catch (IOException)
            {
                // The client hung up.
            }
        }
    }

    private static async Task<string> HeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var buffer = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(buffer) > 0)
            head.Append((char)buffer[0]);
        return head.ToString();
    }
}
