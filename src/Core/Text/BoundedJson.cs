using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace ReleaseActions.Core.Text;

/// <summary>
/// The one reader of JSON from outside: servers' answers, the event, the user's files, the output of programs. The library alone leaves
/// it to each caller to think of a name that is there twice, of half a surrogate pair (an exception where the text is used, long after it
/// was read) and of millions of values. Here all of it is checked first, in one pass, and each problem is a <see cref="FormatException"/>.
/// </summary>
public static class BoundedJson
{
    /// <summary>The most bytes of a document.</summary>
    public const int MostBytes = 64 * 1024 * 1024;

    /// <summary>How deep a document may be where a caller asks for no more.</summary>
    public const int MostLevels = 64;

    // A lock file of 20,000 packages has half of it.
    private const int MostValues = 1_000_000;
    // The longest that a double or an Int64 needs is 24.
    private const int MostDigits = 100;
    private const int LongestReason = 200;

    /// <summary>What people write into files: comments, and commas behind the last item.</summary>
    public static JsonReaderOptions AsWritten { get; } =
        new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = MostLevels };

    /// <summary>Reads a document whose shape is known.</summary>
    /// <exception cref="FormatException">It is not JSON, is too large, or has another shape.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> json, JsonTypeInfo<T> type) =>
        Parsed(json, default, document => document.Deserialize(type) ?? throw new FormatException("it is null"));

    /// <summary>Reads a document whose shape nobody guarantees.</summary>
    /// <exception cref="FormatException">It is not JSON, or is too large.</exception>
    public static JsonElement ReadElement(ReadOnlyMemory<byte> json) => Parsed(json, default, document => document.RootElement.Clone());

    /// <summary>Reads a document that has to be an object.</summary>
    /// <param name="json">The document.</param>
    /// <param name="options">Its dialect; strict where it is the default.</param>
    /// <exception cref="FormatException">It is not JSON, is too large, or is not an object.</exception>
    public static JsonObject ReadObject(ReadOnlyMemory<byte> json, JsonReaderOptions options = default) =>
        Parsed(json, options, document => document.RootElement.ValueKind == JsonValueKind.Object
            ? JsonObject.Create(document.RootElement.Clone())! : throw new FormatException("it is not a JSON object"));

    /// <summary>The same of a text.</summary>
    /// <exception cref="FormatException">It is not JSON, is too large, or is not an object.</exception>
    public static JsonObject ReadObject(string json, JsonReaderOptions options = default) =>
        ReadObject(Encoding.UTF8.GetBytes(json), options);

    /// <summary>Reads a document that has to be an object. Values are made when they are asked for; the caller disposes of it.</summary>
    /// <exception cref="FormatException">It is not JSON, is too large, or is not an object.</exception>
    public static JsonDocument ReadDocument(string json, JsonReaderOptions options = default) =>
        Guarded(Encoding.UTF8.GetBytes(json), options, document =>
        {
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
            document.Dispose();
            throw new FormatException("it is not a JSON object");
        });

    /// <summary>The tokens of a document, for a caller that needs their places. A name that is there twice is left to the caller.</summary>
    /// <exception cref="FormatException">It is not JSON, or is too large.</exception>
    public static Utf8JsonReader ReadTokens(byte[] json, JsonReaderOptions options = default)
    {
        try
        {
            Check(json, options);
            return new Utf8JsonReader(json, options);
        }
        catch (JsonException e)
        {
            throw NotJson(e);
        }
    }

    private static T Parsed<T>(ReadOnlyMemory<byte> json, JsonReaderOptions options, Func<JsonDocument, T> read) =>
        Guarded(json, options, document =>
        {
            using (document) return read(document);
        });

    private static T Guarded<T>(ReadOnlyMemory<byte> json, JsonReaderOptions options, Func<JsonDocument, T> read)
    {
        try
        {
            Check(json.Span, options);
            return read(JsonDocument.Parse(json, new JsonDocumentOptions
            {
                CommentHandling = options.CommentHandling,
                AllowTrailingCommas = options.AllowTrailingCommas,
                MaxDepth = options.MaxDepth,
                AllowDuplicateProperties = false,
            }));
        }
        catch (JsonException e)
        {
            throw NotJson(e);
        }
    }

    private static FormatException NotJson(JsonException e) => new(PlainText.Cut(e.Message, LongestReason), e);

    private static void Check(ReadOnlySpan<byte> json, JsonReaderOptions options)
    {
        if (json.Length > MostBytes) throw new FormatException($"it is longer than {MostBytes:#,0} bytes");
        if (!Utf8.IsValid(json)) throw new FormatException("it is not valid UTF-8");
        var reader = new Utf8JsonReader(json, options);
        for (var values = 0; reader.Read();)
        {
            if (reader.TokenType == JsonTokenType.Number && reader.ValueSpan.Length > MostDigits)
                throw new FormatException($"a number has {reader.ValueSpan.Length:#,0} characters, and {MostDigits} are the most");
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped) RequireText(ref reader);
            if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.EndObject or JsonTokenType.EndArray) continue;
            if (++values > MostValues) throw new FormatException($"it has more than {MostValues:#,0} values");
        }
    }

    private static void RequireText(ref Utf8JsonReader reader)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            reader.CopyString(buffer);
        }
        catch (InvalidOperationException e)
        {
            throw new FormatException("a text in it has half of a surrogate pair", e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
