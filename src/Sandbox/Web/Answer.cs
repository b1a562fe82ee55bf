using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReleaseActions.Sandbox.Web;

/// <summary>What the server will say: a value, so that a fault can still lose, cut or change it after the work is done.</summary>
internal sealed record Answer(int Status)
{
    private static readonly JsonWriterOptions LikeGitHub = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The connection ends without an answer.</summary>
    public static readonly Answer Nothing = new(0);

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>A file sent in place of <see cref="Body"/>; never read into memory.</summary>
    public string? File { get; init; }

    public string? ContentType { get; init; }

    /// <summary>Extra headers; a null value takes away a header that the server would have set by itself.</summary>
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
}
