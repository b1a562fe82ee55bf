using System.Text.Json;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ImageBuildPush.Documents;

/// <summary>Reads one object of an OCI document strictly: each value must have its type, and no name may occur twice.</summary>
/// <param name="Element">The object.</param>
/// <param name="Kind">What it is, for messages.</param>
internal readonly record struct OciObject(JsonElement Element, string Kind)
{
    /// <summary>Reads a whole document.</summary>
    /// <exception cref="FormatException">It is not JSON, or not an object.</exception>
    public static OciObject Parse(ReadOnlyMemory<byte> json, string kind)
    {
        try
        {
            return new OciObject(BoundedJson.ReadElement(json), kind);
        }
        catch (FormatException e)
        {
            throw new FormatException($"{kind} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads a manifest or an index: version 2, and if present, a legal media type, subject and annotations.</summary>
    /// <exception cref="FormatException">It breaks one of these rules.</exception>
    public static OciObject ParseVersion2(ReadOnlyMemory<byte> json, string kind)
    {
        var document = Parse(json, kind);
        if (document.Number("schemaVersion") != 2) throw new FormatException($"the schemaVersion of {kind} is not 2");
        foreach (var name in (string[])["mediaType", "artifactType"])
            if (document.OptionalText(name) is { } mediaType) ImageDescriptor.RequireMediaType(mediaType);
        if (document.Find("subject") is { } subject) ImageDescriptor.Read(subject);
        document.TextMap("annotations");
        return document;
    }

    /// <summary>Reads a document that is a list of objects.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static IReadOnlyList<OciObject> ParseList(ReadOnlyMemory<byte> json, string kind)
    {
        var list = Parse(json, kind).Element;
        return list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(e => new OciObject(e, kind))]
            : throw new FormatException($"{kind} is not a list");
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
        var wrong = Wrong(name, "a list of texts");
        return [.. (OptionalList(name) ?? []).Select(e => e.ValueKind == JsonValueKind.String ? e.GetString()! : throw wrong)];
    }

    public IReadOnlyDictionary<string, string> TextMap(string name)
    {
        if (Find(name) is not { } map) return new Dictionary<string, string>();
        var wrong = Wrong(name, "a map of texts");
        if (map.ValueKind != JsonValueKind.Object) throw wrong;
        string Value(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : throw wrong;
        return map.EnumerateObject().ToDictionary(p => p.Name, p => Value(p.Value));
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
