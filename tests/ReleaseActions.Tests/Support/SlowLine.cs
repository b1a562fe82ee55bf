using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace ReleaseActions.Tests.Support;

/// <summary>A line to a server on loopback that takes 25 ms in each direction and 50 Mbit a second, and counts what it carries.</summary>
public sealed class SlowLine : IDisposable
{
    private const double BytesASecond = 50e6 / 8;
    private static readonly TimeSpan OneWay = TimeSpan.FromMilliseconds(25);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Uri _behind;
    private readonly Direction _up = new();
    private readonly Direction _down = new();

    public SlowLine(string behind)
    {
        _behind = new Uri(behind);
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>The address of this end.</summary>
    public string Url => $"http://{_listener.LocalEndpoint}";

    /// <summary>What came through to the client so far, in bytes.</summary>
    public long Received => _down.Bytes;

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = TalkAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // The measurement is over.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var server = new TcpClient { NoDelay = true };
        using (client)
        {
            client.NoDelay = true;
            await server.ConnectAsync(_behind.Host, _behind.Port);
            await Task.WhenAll(_up.CarryAsync(client, server), _down.CarryAsync(server, client));
        }
    }

    /// <summary>All connections share its bandwidth.</summary>
    private sealed class Direction
    {
        private readonly Lock _lock = new();
        private long _free;
        private long _bytes;

        public long Bytes => Interlocked.Read(ref _bytes);

        public async Task CarryAsync(TcpClient from, TcpClient to)
        {
            var underway = Channel.CreateBounded<(byte[] Bytes, long Due)>(64);
            await Task.WhenAll(ReadAsync(from.GetStream(), underway.Writer), WriteAsync(to, underway.Reader));
        }

        private async Task ReadAsync(NetworkStream from, ChannelWriter<(byte[], long)> underway)
        {
            var buffer = new byte[16 * 1024];
            try
            {
                while (await from.ReadAsync(buffer) is > 0 and var count)
                    await underway.WriteAsync((buffer[..count], DueAfter(count)));
            }
            catch (IOException)
            {
                // The other end is gone, which ends this direction as well.
            }
            finally
            {
                underway.Complete();
            }
        }

        private static async Task WriteAsync(TcpClient to, ChannelReader<(byte[], long)> underway)
        {
            try
            {
                await foreach (var (bytes, due) in underway.ReadAllAsync())
                {
                    if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is { Ticks: > 0 } wait) await Task.Delay(wait);
                    await to.GetStream().WriteAsync(bytes);
                }

                to.Client.Shutdown(SocketShutdown.Send);
            }
            catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
            {
                await foreach (var _ in underway.ReadAllAsync())
                {
                    // What nobody reads any more.
                }
            }
        }

        private long DueAfter(int count)
        {
            Interlocked.Add(ref _bytes, count);
            lock (_lock)
            {
                _free = Math.Max(_free, Stopwatch.GetTimestamp()) + (long)(count / BytesASecond * Stopwatch.Frequency);
                return _free + (long)(OneWay.TotalSeconds * Stopwatch.Frequency);
            }
        }
    }
}
