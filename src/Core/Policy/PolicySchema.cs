using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReleaseActions.Core.Policy;

/// <summary>Writes the JSON Schema of the policy file from its declaration, so that editors complete and check it.</summary>
public static class PolicySchema
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema (draft-07, which editors know), as text with a final newline.</summary>
    public static string Write()
    {
        var schema = ObjectOf(ReleasePolicy.Keys);
        schema.Insert(0, "$schema", "http://json-schema.org/draft-07/schema#");
        schema.Insert(1, "title", "release-actions policy (.github/release-actions.yml)");
        return schema.ToJsonString(Readable) + "\n";
    }

    private static JsonObject ObjectOf(IReadOnlyList<PolicyKey> keys)
    {
        var node = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject(keys.Select(k => KeyValuePair.Create(k.Name, (JsonNode?)ValueOf(k)))),
        };
        var required = keys.Where(k => k.IsRequired).Select(k => (JsonNode?)k.Name).ToArray();
        if (required.Length > 0) node["required"] = new JsonArray(required);
        return node;
    }

    private static JsonObject ValueOf(PolicyKey key)
    {
        var node = key.Kind switch
        {
            PolicyKind.Flag => new JsonObject { ["type"] = "boolean" },
            PolicyKind.Texts => new JsonObject { ["type"] = new JsonArray("array", "string"), ["items"] = WordOf(key) },
            PolicyKind.Map => ObjectOf(key.Keys),
            PolicyKind.Maps => new JsonObject { ["type"] = "array", ["items"] = ObjectOf(key.Keys) },
            _ => new JsonObject { ["type"] = "string" },
        };
        node.Insert(0, "description", key.Description);
        if (key.Choices.Count > 0 && key.Kind is PolicyKind.Text) node["enum"] = ChoicesOf(key);
        if (key.Default is { } value && key.Kind is PolicyKind.Text) node["default"] = value;
        if (key.Default is { } flag && key.Kind is PolicyKind.Flag) node["default"] = flag == "true";
        return node;
    }

    private static JsonObject WordOf(PolicyKey key)
    {
        var word = new JsonObject { ["type"] = "string" };
        if (key.Choices.Count > 0) word["enum"] = ChoicesOf(key);
        return word;
    }

    private static JsonArray ChoicesOf(PolicyKey key) => new([.. key.Choices.Select(c => (JsonNode?)c)]);
}
