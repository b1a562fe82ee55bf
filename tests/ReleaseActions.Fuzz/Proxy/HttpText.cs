using System.Globalization;
using System.Text;

namespace ReleaseActions.Fuzz.Proxy;

/// <summary>A request as it came over the wire.</summary>
/// <param name="Method">The method.</param>
/// <param name="Target">The target: a path with its query or, for a proxy, an address.</param>
/// <param name="Headers">The headers in their order.</param>
/// <param name="Body">The body.</param>
internal sealed record ProxiedRequest(string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body)
{
    /// <summary>A header's value, or null.</summary>
    public string? Header(string name) =>
        Headers.Where(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value).FirstOrDefault();

    /// <summary>Everything of it as text, for searches; bytes that are no UTF-8 are replaced.</summary>
    public string Text =>
        $"{Method} {Target}\n{string.Join('\n', Headers.Select(h => $"{h.Name}: {h.Value}"))}\n\n{Encoding.UTF8.GetString(Body)}";
}

/// <summary>Reads HTTP/1.1 requests from a connection, without opinions about them.</summary>
internal sealed class HttpText(Stream stream)
{
    private readonly BufferedStream _in = new(stream, 64 * 1024);

    /// <summary>The next request; null where the client is done.</summary>
    public async Task<ProxiedRequest?> ReadAsync(CancellationToken cancellation)
    {
        if (await LineAsync(cancellation) is not { Length: > 0 } first) return null;
        var words = first.Split(' ');
        var headers = new List<(string Name, string Value)>();
        while (await LineAsync(cancellation) is { Length: > 0 } line)
        {
            var parts = line.Split(':', 2);
            headers.Add((parts[0], parts.Length > 1 ? parts[1].Trim() : ""));
        }

        var request = new ProxiedRequest(words[0], words.Length > 1 ? words[1] : "/", headers, []);
        if (request.Header("Expect") is not null) await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), cancellation);
        return request with { Body = await BodyAsync(request, cancellation) };
    }

    private async Task<byte[]> BodyAsync(ProxiedRequest request, CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        if (request.Header("Transfer-Encoding") is null)
        {
            await CopyAsync(body, long.TryParse(request.Header("Content-Length"), out var length) ? length : 0, cancellation);
            return body.ToArray();
        }

        while (await LineAsync(cancellation) is { } size)
        {
            var count = int.Parse(size.Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            await CopyAsync(body, count, cancellation);
            await LineAsync(cancellation);
            if (count == 0) break;
        }

        return body.ToArray();
    }

    private async Task CopyAsync(MemoryStream body, long count, CancellationToken cancellation)
    {
        var buffer = new byte[64 * 1024];
        while (count > 0)
        {
            var read = await _in.ReadAsync(buffer.AsMemory(0, (int)Math.Min(count, buffer.Length)), cancellation);
            if (read == 0) throw new EndOfStreamException();
            body.Write(buffer, 0, read);
            count -= read;
        }
    }

    private async Task<string?> LineAsync(CancellationToken cancellation)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await _in.ReadAsync(one, cancellation) > 0)
        {
            if (one[0] == '\n') return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            line.Add(one[0]);
        }

        return line.Count == 0 ? null : Encoding.UTF8.GetString([.. line]);
    }
}
