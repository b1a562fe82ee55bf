using System.Text.Json;
using System.Text.Json.Nodes;
using Tomlyn;
using Tomlyn.Parsing;

namespace ReleaseActions.SbomChecksum.Lockfiles;

/// <summary>
/// Reads JSON and TOML into one kind of tree, and reads values of it whose shape nobody guarantees: what is missing, or of another
/// kind, is null or empty.
/// </summary>
internal static class JsonTree
{
    private static readonly JsonDocumentOptions JsonRules = new()
    {
        MaxDepth = 256,
        AllowDuplicateProperties = false,
        AllowTrailingCommas = true,
    };

    /// <summary>Reads JSON: at most 256 levels deep, and no key twice. Values are made when they are asked for, and not kept.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="FormatException">It is not an object.</exception>
    public static JsonDocument ReadJson(string text)
    {
        var document = JsonDocument.Parse(text, JsonRules);
        if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
        document.Dispose();
        throw new FormatException("it is not a JSON object");
    }

    /// <summary>
    /// Reads TOML, event by event: at most 64 levels deep (Tomlyn's limit), in one pass. Numbers and dates stay texts: no lock file's name,
    /// version or hash is one.
    /// </summary>
    /// <exception cref="FormatException">It is not TOML; the message names the line.</exception>
    public static JsonObject ReadToml(string text)
    {
        var root = new JsonObject();
        try
        {
            var toml = TomlParser.Create(text, new TomlParserOptions { Mode = TomlParserMode.Strict, DecodeScalars = true });
            while (toml.MoveNext())
                if (toml.Current.Kind == TomlParseEventKind.StartTable) ReadTable(toml, text, root);
            return root;
        }
        catch (TomlException e)
        {
            // Such as `(1,7) : error : Invalid newline in a string`, and more lines where one mistake leads to others.
            var message = e.Message.Split('\n')[0].Split(" : error : ", 2)[^1].TrimEnd('.');
            throw new FormatException(e.Line is { } line ? $"line {line}: {message}" : message, e);
        }
        catch (ArgumentOutOfRangeException e)
        {
            // What Tomlyn 2.10 throws where the file ends in the middle of an escape.
            throw new FormatException("it ends in the middle of a string", e);
        }
    }

    public static string? Text(this JsonElement node, string key) =>
        node.Child(key) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : null;

    public static bool Flag(this JsonElement node, string key) => node.Child(key).ValueKind == JsonValueKind.True;

    public static JsonElement Child(this JsonElement node, string key) =>
        node.ValueKind == JsonValueKind.Object && node.TryGetProperty(key, out var value) ? value : default;

    public static IEnumerable<JsonProperty> Pairs(this JsonElement node, string key) => node.Child(key).Pairs();

    public static IEnumerable<JsonProperty> Pairs(this JsonElement node) =>
        node.ValueKind == JsonValueKind.Object ? node.EnumerateObject() : [];

    public static IEnumerable<JsonElement> Items(this JsonElement node, string key) =>
        node.Child(key) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    public static string? Text(this JsonNode? node, string key) =>
        Child(node, key) is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    public static bool Flag(this JsonNode? node, string key) =>
        Child(node, key) is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    public static JsonNode? Child(this JsonNode? node, string key) => (node as JsonObject)?[key];

    public static IEnumerable<KeyValuePair<string, JsonNode?>> Pairs(this JsonNode? node, string key) =>
        Child(node, key) as JsonObject ?? [];

    public static IEnumerable<JsonNode?> Items(this JsonNode? node, string key) => Child(node, key) as JsonArray ?? [];

    private static void ReadTable(TomlParser toml, string text, JsonObject table)
    {
        while (toml.MoveNext() && toml.Current.Kind == TomlParseEventKind.PropertyName)
        {
            var (key, line) = (toml.GetPropertyName(), toml.Current.Line);
            toml.MoveNext();
            // A header or a dotted key enters a table again; its events have no place in the text. A value is there once.
            var entersAgain = toml.Current.Span is null;
            if (!table.TryGetPropertyValue(key, out var known)) table[key] = known = entersAgain ? EmptyNode(toml) : ReadValue(toml, text);
            else if (!entersAgain) throw new FormatException($"line {line}: '{key}' is defined twice");
            if (entersAgain) ReadInto(known!, toml, text, line);
        }
    }

    private static JsonNode EmptyNode(TomlParser toml) =>
        toml.Current.Kind == TomlParseEventKind.StartArray ? new JsonArray() : new JsonObject();

    private static void ReadInto(JsonNode known, TomlParser toml, string text, int line)
    {
        switch (toml.Current.Kind, known)
        {
            case (TomlParseEventKind.StartTable, JsonObject table):
                ReadTable(toml, text, table);
                break;
            // Below the header of a list of tables, the list means its last one.
            case (TomlParseEventKind.StartTable, JsonArray { Count: > 0 } list) when list[^1] is JsonObject last:
                ReadTable(toml, text, last);
                break;
            case (TomlParseEventKind.StartArray, JsonArray list):
                ReadArray(toml, text, list);
                break;
            default:
                throw new FormatException($"line {line}: '{known.GetPropertyName()}' is defined twice");
        }
    }

    private static JsonArray ReadArray(TomlParser toml, string text, JsonArray array)
    {
        while (toml.MoveNext() && toml.Current.Kind != TomlParseEventKind.EndArray) array.Add(ReadValue(toml, text));
        return array;
    }

    private static JsonNode ReadValue(TomlParser toml, string text)
    {
        switch (toml.Current.Kind)
        {
            case TomlParseEventKind.String: return toml.GetString();
            case TomlParseEventKind.Boolean: return toml.Current.GetBoolean();
            case TomlParseEventKind.StartArray: return ReadArray(toml, text, []);
            case TomlParseEventKind.StartTable:
                var table = new JsonObject();
                ReadTable(toml, text, table);
                return table;
            default:
                var span = toml.Current.Span!.Value;
                return text[span.Start.Offset..(span.End.Offset + 1)];
        }
    }
}
