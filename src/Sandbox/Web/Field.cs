using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReleaseActions.Sandbox.Web;

/// <summary>A property that a request body may have, checked in GitHub's words.</summary>
internal sealed record Field(string Name, string Type, bool Required = false)
{
    public string[] OneOf { get; init; } = [];

    public static Field Text(string name) => new(name, "string");

    public static Field Flag(string name) => new(name, "boolean");

    /// <summary>Refuses a body as GitHub does: a missing property first, then a wrong type, then a value out of the list.</summary>
    public static void Check(JsonObject body, Field[] fields)
    {
        foreach (var field in fields.Where(field => field.Required && !body.ContainsKey(field.Name)))
            throw Invalid($"\"{field.Name}\" wasn't supplied.");
        foreach (var field in fields.Where(field => body.ContainsKey(field.Name))) field.Check(body[field.Name]);
    }

    private void Check(JsonNode? value)
    {
        var fits = value?.GetValueKind() switch
        {
            JsonValueKind.String => Type == "string",
            JsonValueKind.True or JsonValueKind.False => Type == "boolean",
            _ => false,
        };
        if (!fits) throw Invalid($"For 'properties/{Name}', {value?.ToJsonString() ?? "nil"} is not a {Type}.");
        if (OneOf.Length > 0 && !OneOf.Contains(value!.ToString()))
            throw Invalid($"{value!.ToJsonString()} is not a member of [\"{string.Join("\", \"", OneOf)}\"].");
    }

    private static Refusal Invalid(string reason) => new(422, "Invalid request.\n\n" + reason);
}
