using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ReleaseActions.Sandbox.Web;

/// <summary>What the server will answer: a value, so that a fault can still lose, cut or change it after the work is done.</summary>
internal sealed record Answer(int Status)
{
    private static readonly JsonWriterOptions LikeGitHub = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The connection ends without an answer.</summary>
    public static readonly Answer Nothing = new(0);

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>A file sent in place of <see cref="Body"/>; never read into memory.</summary>
    public string? File { get; init; }

    public string? ContentType { get; init; }

    /// <summary>Extra headers; a null value removes a header that the server would have set.</summary>
    public ImmutableDictionary<string, string?> Headers { get; init; } =
        ImmutableDictionary.Create<string, string?>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The part of the body that is sent before the connection breaks.</summary>
    public int Percent { get; init; } = 100;

    /// <summary>The pause before each byte of the body.</summary>
    public TimeSpan Pause { get; init; }

    public static Answer Json(int status, JsonNode node) => new(status)
    {
        Body = Write(node),
        ContentType = "application/json; charset=utf-8",
    };

    public static Answer Text(int status, string text, string contentType = "text/plain; charset=utf-8") => new(status)
    {
        Body = Encoding.UTF8.GetBytes(text),
        ContentType = text.Length == 0 ? null : contentType,
    };

    public Answer With(string header, string? value) => this with { Headers = Headers.SetItem(header, value) };

    /// <summary>The list of this answer as one property of an object.</summary>
    public Answer Wrap(string property, JsonObject around)
    {
        around[property] = Parse();
        return this with { Body = Write(around) };
    }

    public JsonNode? Parse() => Body.Length == 0 ? null : JsonNode.Parse(Body.Span);

    public static byte[] Write(JsonNode node)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, LikeGitHub))
            node.WriteTo(writer);
        return buffer.ToArray();
    }

    /// <summary>Sends the answer, whole or broken as a fault wants it.</summary>
    public async Task SendAsync(HttpContext http)
    {
        if (this == Nothing)
        {
            http.Abort();
            return;
        }

        http.Response.StatusCode = Status;
        if (ContentType is not null) http.Response.ContentType = ContentType;
        foreach (var (name, value) in Headers)
            if (value is not null) http.Response.Headers[name] = value;
        await SendBodyAsync(http);
    }

    private async Task SendBodyAsync(HttpContext http)
    {
        var length = File is null ? Body.Length : new FileInfo(File).Length;
        var mayHaveBody = Status is >= 200 and not 204 and not 304;
        if (mayHaveBody && !Headers.ContainsKey("Content-Length")) http.Response.ContentLength = length;
        if (!mayHaveBody || HttpMethods.IsHead(http.Request.Method)) return;

        if (File is not null)
            await http.Response.SendFileAsync(File, 0, length * Percent / 100, http.RequestAborted);
        else
            await WriteBytesAsync(http, Body[..(Body.Length * Percent / 100)], Pause);
        if (Percent < 100) await BreakAsync(http);
    }

    private static async Task WriteBytesAsync(HttpContext http, ReadOnlyMemory<byte> bytes, TimeSpan pause)
    {
        var step = pause == TimeSpan.Zero ? Math.Max(1, bytes.Length) : 1;
        for (var at = 0; at < bytes.Length; at += step)
        {
            if (pause > TimeSpan.Zero) await Task.Delay(pause, http.RequestAborted);
            await http.Response.Body.WriteAsync(bytes.Slice(at, Math.Min(step, bytes.Length - at)), http.RequestAborted);
            if (pause > TimeSpan.Zero) await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    }

    private static async Task BreakAsync(HttpContext http)
    {
        await http.Response.Body.FlushAsync(http.RequestAborted);
        http.Abort();
    }
}
