using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Http;

/// <summary>Reads an answer into memory up to a limit of bytes and of time: what a server sends is not what it ought to send.</summary>
internal static class CappedRead
{
    /// <summary>The longest that a short answer may take from its head to its end.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(100);

    /// <summary>The whole answer.</summary>
    /// <exception cref="ActionException">
    /// It is larger than <paramref name="mostBytes"/>, broke off, or did not end in time (exit 4).
    /// </exception>
    public static async Task<byte[]> BytesAsync(HttpContent content, int mostBytes, CancellationToken cancellation)
    {
        try
        {
            var (bytes, isWhole) = await BeginningAsync(content, mostBytes, cancellation);
            return isWhole ? bytes : throw new IOException($"it is longer than {mostBytes} bytes");
        }
        catch (IOException e)
        {
            throw ActionException.Remote(
                $"An answer could not be read: {PlainText.Inert(e.Message)}",
                "Run it again later; if it goes on, ask whoever runs the server");
        }
    }

    /// <summary>The answer's beginning, and whether that is all of it.</summary>
    /// <exception cref="IOException">It broke off, or did not end in time.</exception>
    public static async Task<(byte[] Bytes, bool IsWhole)> BeginningAsync(
        HttpContent content, int mostBytes, CancellationToken cancellation, TimeSpan? timeLimit = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeLimit ?? TimeLimit);
        try
        {
            await using var stream = await content.ReadAsStreamAsync(limit.Token);
            using var bytes = new MemoryStream();
            var buffer = new byte[16 * 1024];
            while (await stream.ReadAsync(buffer, limit.Token) is > 0 and var count)
            {
                if (bytes.Length + count > mostBytes) return (bytes.ToArray(), false);
                bytes.Write(buffer, 0, count);
            }

            return (bytes.ToArray(), true);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new IOException($"it did not end within {(timeLimit ?? TimeLimit).TotalSeconds:0.#} s", e);
        }
    }
}
