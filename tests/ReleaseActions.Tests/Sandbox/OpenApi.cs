using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReleaseActions.Tests.Sandbox;

/// <summary>GitHub's OpenAPI 3.0 description: finds the schema of an answer and says what does not fit.</summary>
internal sealed class OpenApi(JsonNode description)
{
    // Answered by GitHub, cut from the description that the tests have: the same shape occurs elsewhere in it.
    private static readonly Dictionary<string, (string Method, string Path)> _alike = new()
    {
        ["GET /repos/{owner}/{repo}/git/refs"] = ("get", "/repos/{owner}/{repo}/git/matching-refs/{ref}"),
        ["GET /repos/{owner}/{repo}/git/refs/{ref}"] = ("get", "/repos/{owner}/{repo}/git/matching-refs/{ref}"),
    };

    /// <summary>What is wrong with an answer; empty if nothing is.</summary>
    public IReadOnlyList<string> Problems(string method, string path, int status, JsonNode? body)
    {
        var found = new List<string>();
        if (SchemaOf(method, path, status, found) is { } schema)
            Check(schema, body, "$", found);
        return found;
    }

    private JsonNode? SchemaOf(string method, string path, int status, List<string> found)
    {
        var (verb, place) = _alike.GetValueOrDefault($"{method} {path}", (method.ToLowerInvariant(), path));
        if (path == "/repos/{owner}/{repo}/commits/{ref}" && status == 200)
            return Component("commit");
        var responses = description["paths"]![place]?[verb]?["responses"];
        var response = responses?[status.ToString(System.Globalization.CultureInfo.InvariantCulture)];
        if (response?["$ref"] is { } reference)
            response = Follow(reference);
        if (response?["content"]?["application/json"]?["schema"] is { } schema)
            return schema;
        if (status >= 400)
            return Component("basic-error");
        if (response is null)
            found.Add($"{method} {path}: status {status} is not described");
        return null;
    }

    private void Check(JsonNode schema, JsonNode? value, string at, List<string> found)
    {
        if (schema["$ref"] is { } reference)
        {
            Check(Follow(reference), value, at, found);
            return;
        }

        if (value is null && schema["nullable"]?.GetValue<bool>() == true)
            return;
        CheckType(schema, value, at, found);
        CheckChoices(schema, value, at, found);
        if (value is JsonObject thing)
            CheckObject(schema, thing, at, found);
        if (value is JsonArray list && schema["items"] is { } items)
            for (var i = 0; i < list.Count; i++)
                Check(items, list[i], $"{at}[{i}]", found);
    }

    private static void CheckType(JsonNode schema, JsonNode? value, string at, List<string> found)
    {
        var kind = value?.GetValueKind() ?? JsonValueKind.Null;
        var fits = schema["type"]?.ToString() switch
        {
            "object" => kind == JsonValueKind.Object,
            "array" => kind == JsonValueKind.Array,
            "string" => kind == JsonValueKind.String,
            "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
            "integer" => kind == JsonValueKind.Number && long.TryParse(value!.ToJsonString(), out _),
            "number" => kind == JsonValueKind.Number,
            _ => true,
        };
        if (!fits)
            found.Add($"{at}: {kind} is not {schema["type"]}");
        if (schema["enum"] is JsonArray allowed && !allowed.Any(one => JsonNode.DeepEquals(one, value)))
            found.Add($"{at}: {value?.ToJsonString()} is not one of {allowed.ToJsonString()}");
        if (fits && kind == JsonValueKind.String)
            CheckText(schema, value!.ToString(), at, found);
    }

    private static void CheckText(JsonNode schema, string text, string at, List<string> found)
    {
        var fits = schema["format"]?.ToString() switch
        {
            "date-time" => DateTimeOffset.TryParse(text, out _),
            "uri" => text.Contains('{', StringComparison.Ordinal) || Uri.TryCreate(text, UriKind.Absolute, out _),
            _ => true,
        };
        if (!fits)
            found.Add($"{at}: '{text}' is no {schema["format"]}");
        var (least, most) = (schema["minLength"]?.GetValue<int>() ?? 0, schema["maxLength"]?.GetValue<int>() ?? int.MaxValue);
        if (text.Length < least || text.Length > most)
            found.Add($"{at}: length {text.Length} is out of bounds");
    }

    private void CheckObject(JsonNode schema, JsonObject value, string at, List<string> found)
    {
        foreach (var name in (schema["required"] as JsonArray ?? []).Select(name => name!.ToString()))
            if (!value.ContainsKey(name))
                found.Add($"{at}.{name} is required");
        var properties = schema["properties"] as JsonObject ?? [];
        foreach (var (name, item) in value)
            if (properties[name] is { } property)
                Check(property, item, $"{at}.{name}", found);
            else if (schema["additionalProperties"] is JsonValue closed && closed.GetValueKind() == JsonValueKind.False)
                found.Add($"{at}.{name} is not allowed");
    }

    private void CheckChoices(JsonNode schema, JsonNode? value, string at, List<string> found)
    {
        foreach (var part in schema["allOf"] as JsonArray ?? [])
            Check(part!, value, at, found);
        foreach (var (keyword, most) in new[] { ("oneOf", 1), ("anyOf", int.MaxValue) })
        {
            if (schema[keyword] is not JsonArray choices)
                continue;
            var fitting = choices.Count(choice => Fits(choice!, value));
            if (fitting == 0 || fitting > most)
                found.Add($"{at}: {fitting} of {choices.Count} {keyword} fit");
        }
    }

    private bool Fits(JsonNode schema, JsonNode? value)
    {
        var problems = new List<string>();
        Check(schema, value, "$", problems);
        return problems.Count == 0;
    }

    private JsonNode Component(string name) => description["components"]!["schemas"]![name]!;

    private JsonNode Follow(JsonNode reference) =>
        reference.ToString().TrimStart('#', '/').Split('/').Aggregate(description, (node, name) => node[name]!);
}
