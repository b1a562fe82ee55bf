using System.Globalization;
using System.Text;

namespace ReleaseActions.Fuzz.Proxy;

/// <summary>An answer on its way back, and how it is delivered. Its headers are sent as they are, whatever they contain.</summary>
internal sealed class ProxiedAnswer
{
    /// <summary>The status line's number; any number.</summary>
    public int Status { get; set; } = 200;

    /// <summary>The headers in their order; those about the length are added when it is sent.</summary>
    public List<(string Name, string Value)> Headers { get; } = [];

    /// <summary>The body.</summary>
    public byte[] Body { get; set; } = [];

    /// <summary>The body is sent this many times.</summary>
    public int Repeats { get; set; } = 1;

    /// <summary>What <c>Content-Length</c> says instead of the length.</summary>
    public string? SaidLength { get; set; }

    /// <summary>After how many bytes of the whole answer the connection ends; all where null.</summary>
    public int? CutAfter { get; set; }

    /// <summary>How long it waits before the first byte and in mid-body.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Whether the media type is one of text.</summary>
    public bool IsText => Header("Content-Type") is { } type
        && (type.Contains("json", StringComparison.Ordinal) || type.StartsWith("text/", StringComparison.Ordinal));

    /// <summary>A header's value, or null.</summary>
    public string? Header(string name) =>
        Headers.Where(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value).FirstOrDefault();

    /// <summary>Replaces a header.</summary>
    public void Set(string name, string value)
    {
        Headers.RemoveAll(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        Headers.Add((name, value));
    }

    /// <summary>Sends it.</summary>
    /// <returns>Whether the connection can be used again.</returns>
    public async Task<bool> SendAsync(Stream stream, bool isHead, CancellationToken cancellation)
    {
        await Task.Delay(Delay, cancellation);
        var head = Encoding.UTF8.GetBytes(Head(isHead));
        var hasBody = !isHead && Status is >= 200 and not 204 and not 304;
        if (CutAfter is { } cut)
        {
            byte[] whole = [.. head, .. hasBody ? Body : []];
            await stream.WriteAsync(whole.AsMemory(0, Math.Min(cut, whole.Length)), cancellation);
            return false;
        }

        await stream.WriteAsync(head, cancellation);
        if (hasBody && Body.Length > 0) await SendBodyAsync(stream, cancellation);
        await stream.FlushAsync(cancellation);
        // Where the client cannot know that it has all, the end of the connection says so: nothing here waits for a client's own limit.
        return SaidLength is null && Status >= 200 && !Headers.Exists(h => h.Value.AsSpan().ContainsAny('\r', '\n'))
            && Header("Transfer-Encoding") is null && (isHead || Header("Content-Length") is null);
    }

    private async Task SendBodyAsync(Stream stream, CancellationToken cancellation)
    {
        var half = Delay > TimeSpan.Zero ? Body.Length / 2 : 0;
        for (var time = 0; time < Repeats; time++)
        {
            await stream.WriteAsync(Body.AsMemory(0, half), cancellation);
            if (half > 0) await Task.Delay(Delay, cancellation);
            await stream.WriteAsync(Body.AsMemory(half), cancellation);
        }
    }

    private string Head(bool isHead)
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {Status} Fuzz\r\n"));
        foreach (var (name, value) in Headers) text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        var length = SaidLength ?? string.Create(CultureInfo.InvariantCulture, $"{(long)Body.Length * Repeats}");
        var isSaid = isHead && Header("Content-Length") is not null;
        if (!isSaid && Status is not (204 or 304)) text.Append(CultureInfo.InvariantCulture, $"Content-Length: {length}\r\n");
        return text.Append("\r\n").ToString();
    }
}
