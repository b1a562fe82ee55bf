using ReleaseActions.Core.Running;

namespace ReleaseActions.Core.Edges;

/// <summary>Reads an answer into memory up to a limit: what a server sends is not what it ought to send.</summary>
internal static class CappedRead
{
    /// <summary>The whole answer.</summary>
    /// <exception cref="ActionException">It is larger than <paramref name="mostBytes"/> (exit 4).</exception>
    public static async Task<byte[]> BytesAsync(HttpContent content, int mostBytes, CancellationToken cancellation)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        return await BytesAsync(stream, mostBytes, cancellation)
            ?? throw ActionException.Remote($"An answer of more than {mostBytes} bytes came where a short one was due", "Run it again later; if it goes on, ask whoever runs the server");
    }

    /// <summary>The whole stream, or null where it is longer than the limit.</summary>
    public static async Task<byte[]?> BytesAsync(Stream stream, int mostBytes, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, cancellation) is > 0 and var count)
        {
            if (bytes.Length + count > mostBytes) return null;
            bytes.Write(buffer, 0, count);
        }

        return bytes.ToArray();
    }
}
