using System.Text.Json;

namespace ReleaseActions.Core.Registries;

/// <summary>Reads one object of an OCI document strictly: what is there must have its type, and a name may stand there once only.</summary>
/// <param name="Element">The object.</param>
/// <param name="Kind">What it is, for messages.</param>
internal readonly record struct OciObject(JsonElement Element, string Kind)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>Reads a whole document.</summary>
    /// <exception cref="FormatException">It is not JSON, or not an object.</exception>
    public static OciObject Parse(ReadOnlyMemory<byte> json, string kind)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return new OciObject(document.RootElement.Clone(), kind);
        }
        catch (JsonException e)
        {
            throw new FormatException($"{kind} is not JSON: {e.Message}", e);
        }
    }

    /// <summary>Reads a document that is a list of objects.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static IReadOnlyList<OciObject> ParseList(ReadOnlyMemory<byte> json, string kind)
    {
        var list = Parse(json, kind).Element;
        return list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(e => new OciObject(e, kind))] : throw new FormatException($"{kind} is not a list");
    }

    public string Text(string name) => OptionalText(name) ?? throw Missing(name);

    public string? OptionalText(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        _ => throw Wrong(name, "a text"),
    };

    public long Number(string name) => Find(name) switch
    {
        null => throw Missing(name),
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var value) => value,
        _ => throw Wrong(name, "a whole number"),
    };

    public IReadOnlyList<JsonElement> List(string name) => OptionalList(name) ?? throw Missing(name);

    public IReadOnlyList<JsonElement>? OptionalList(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray()],
        _ => throw Wrong(name, "a list"),
    };

    public IReadOnlyList<string> Texts(string name)
    {
        var self = this;
        return [.. (OptionalList(name) ?? []).Select(e => e.ValueKind == JsonValueKind.String ? e.GetString()! : throw self.Wrong(name, "a list of texts"))];
    }

    public IReadOnlyDictionary<string, string> TextMap(string name)
    {
        var self = this;
        if (Find(name) is not { } map) return new Dictionary<string, string>();
        if (map.ValueKind != JsonValueKind.Object) throw Wrong(name, "a map");
        return map.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ValueKind == JsonValueKind.String ? p.Value.GetString()! : throw self.Wrong(name, "a map of texts"));
    }

    public OciObject? Object(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } value => new OciObject(value, $"the {name} of {Kind}"),
        _ => throw Wrong(name, "an object"),
    };

    /// <summary>The value of a name; null where it is absent or null.</summary>
    public JsonElement? Find(string name)
    {
        if (Element.ValueKind != JsonValueKind.Object) throw new FormatException($"{Kind} is not an object");
        return Element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private FormatException Missing(string name) => new($"{Kind} has no '{name}'");

    private FormatException Wrong(string name, string wanted) => new($"the '{name}' of {Kind} is not {wanted}");
}
