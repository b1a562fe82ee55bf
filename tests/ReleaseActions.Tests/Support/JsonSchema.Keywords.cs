using System.Text.Json;
using System.Text.RegularExpressions;

namespace ReleaseActions.Tests.Support;

/// <summary>The keywords, by the kind of value they apply to.</summary>
public sealed partial class JsonSchema
{
    private static void CheckAnyKind(Node node, JsonElement value, string path, List<string> errors)
    {
        if (node.Find("type") is { } type && !TypesOf(type).Any(t => IsOf(t, value)))
            errors.Add($"{path}: is {value.ValueKind}, and {string.Join(" or ", TypesOf(type))} is wanted");
        if (node.Find("const") is { } only && !JsonElement.DeepEquals(only, value)) errors.Add($"{path}: is not {only.GetRawText()}");
        if (node.Find("enum") is { } choices && !choices.EnumerateArray().Any(c => JsonElement.DeepEquals(c, value)))
            errors.Add($"{path}: {Shown(value)} is not one of the {choices.GetArrayLength()} legal values");
    }

    private static IEnumerable<string> TypesOf(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!) : [type.GetString()!];

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "number" => value.ValueKind == JsonValueKind.Number,
        // 1.0 is an integer since draft 06.
        "integer" => value.ValueKind == JsonValueKind.Number && Math.Floor(value.GetDouble()) == value.GetDouble(),
        _ => throw new NotSupportedException($"JsonSchema does not know the type '{type}'"),
    };

    private void CheckObject(Node node, JsonElement value, string path, List<string> errors)
    {
        CheckNames(node, value, path, errors);
        var properties = node.Map("properties").ToDictionary(p => p.Name, p => p.Schema);
        var patterns = node.Map("patternProperties").ToList();
        var others = node.Child("additionalProperties");
        foreach (var property in value.EnumerateObject())
        {
            var place = $"{path}/{property.Name}";
            var known = properties.TryGetValue(property.Name, out var schema);
            if (known) Check(schema, property.Value, place, errors);
            foreach (var (_, bySchema) in patterns.Where(p => Matches(p.Name, property.Name)))
            {
                known = true;
                Check(bySchema, property.Value, place, errors);
            }

            if (!known && others is { } other) Check(other, property.Value, place, errors);
        }

        foreach (var (name, needs) in node.Map("dependencies").Concat(node.Map("dependentRequired")).Concat(node.Map("dependentSchemas")))
        {
            if (!value.TryGetProperty(name, out _)) continue;
            if (needs.Schema.ValueKind == JsonValueKind.Array) Require(needs.Schema, value, path, errors);
            else Check(needs, value, path, errors);
        }
    }

    private void CheckNames(Node node, JsonElement value, string path, List<string> errors)
    {
        // An array, because draft 03 had a flag here and OpenAPI documents still have it.
        if (node.Find("required") is { ValueKind: JsonValueKind.Array } required) Require(required, value, path, errors);
        var count = value.EnumerateObject().Count();
        if (count < node.Count("minProperties")) errors.Add($"{path}: has {count} properties, too few");
        if (count > node.Count("maxProperties")) errors.Add($"{path}: has {count} properties, too many");
        if (node.Child("propertyNames") is not { } names) return;
        foreach (var property in value.EnumerateObject())
            Check(names, TextElement(property.Name), $"{path}/{property.Name} (its name)", errors);
    }

    private static void Require(JsonElement names, JsonElement value, string path, List<string> errors) =>
        errors.AddRange(names.EnumerateArray().Select(n => n.GetString()!).Where(n => !value.TryGetProperty(n, out _))
            .Select(n => $"{path}: lacks '{n}'"));

    private void CheckArray(Node node, JsonElement value, string path, List<string> errors)
    {
        var count = value.GetArrayLength();
        if (count < node.Count("minItems")) errors.Add($"{path}: has {count} items, too few");
        if (count > node.Count("maxItems")) errors.Add($"{path}: has {count} items, too many");
        if (node.Find("uniqueItems") is { ValueKind: JsonValueKind.True } && value.EnumerateArray().DistinctBy(Canonical).Count() != count)
            errors.Add($"{path}: holds the same item twice");
        // A list of schemas under `items` (drafts to 2019-09) or `prefixItems` (2020-12) applies to the first items, one each.
        var first = node.List("prefixItems") is { Count: > 0 } prefix ? prefix : node.List("items");
        var rest = node.Find("items") is { ValueKind: JsonValueKind.Array } ? node.Child("additionalItems") : node.Child("items");
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            if (index < first.Count) Check(first[index], item, $"{path}/{index}", errors);
            else if (rest is { } others) Check(others, item, $"{path}/{index}", errors);
        }

        if (node.Child("contains") is not { } wanted) return;
        var found = value.EnumerateArray().Count(item => Accepts(wanted, item));
        if (found < (node.Count("minContains") ?? 1) || found > node.Count("maxContains"))
            errors.Add($"{path}: {found} items match `contains`");
    }

    private static void CheckText(Node node, string text, string path, List<string> errors)
    {
        var length = text.EnumerateRunes().Count();
        if (length < node.Count("minLength")) errors.Add($"{path}: is too short");
        if (length > node.Count("maxLength")) errors.Add($"{path}: is too long");
        if (node.Text("pattern") is { } pattern && !Matches(pattern, text)) errors.Add($"{path}: '{text}' does not match {pattern}");
        if (node.Text("format") is { } format && !JsonFormat.IsKept(format, text)) errors.Add($"{path}: '{text}' is no {format}");
    }

    private static void CheckNumber(Node node, JsonElement value, string path, List<string> errors)
    {
        var number = value.GetDouble();
        // In draft 04 the exclusive bounds are flags beside the bounds; later they are bounds themselves.
        bool Flag(string keyword) => node.Find(keyword) is { ValueKind: JsonValueKind.True };
        double? Bound(string keyword) => node.Find(keyword) is { ValueKind: JsonValueKind.Number } bound ? bound.GetDouble() : null;
        if (number < Bound("minimum") || number <= Bound("exclusiveMinimum") || (Flag("exclusiveMinimum") && number <= Bound("minimum")))
            errors.Add($"{path}: {number} is too small");
        if (number > Bound("maximum") || number >= Bound("exclusiveMaximum") || (Flag("exclusiveMaximum") && number >= Bound("maximum")))
            errors.Add($"{path}: {number} is too large");
        if (Bound("multipleOf") is { } step && Math.Abs((number / step) - Math.Round(number / step)) > 1e-9)
            errors.Add($"{path}: {number} is not a multiple of {step}");
    }

    private static readonly Dictionary<string, Regex> Patterns = [];

    private static bool Matches(string pattern, string text)
    {
        lock (Patterns)
        {
            if (!Patterns.TryGetValue(pattern, out var regex)) Patterns[pattern] = regex = ToRegex(pattern);
            return regex.IsMatch(text);
        }
    }

    // In JSON Schema `$` is the very end; .NET's also matches before a last newline. An escaped one, or one in a class, is itself.
    private static Regex ToRegex(string pattern)
    {
        var anchored = Regex.Replace(pattern, @"\\.|\[(?:\\.|[^\]\\])*\]|\$", m => m.Value == "$" ? @"\z" : m.Value);
        return new Regex(anchored, RegexOptions.CultureInvariant, TimeSpan.FromMinutes(1));
    }

    /// <summary>The same text for equal values: names sorted, numbers by value.</summary>
    private static string Canonical(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object =>
            $"{{{string.Join(',', value.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal).Select(Canonical))}}}",
        JsonValueKind.Array => $"[{string.Join(',', value.EnumerateArray().Select(Canonical))}]",
        JsonValueKind.String => $"\"{JsonEncodedText.Encode(value.GetString()!)}\"",
        JsonValueKind.Number => value.TryGetDecimal(out var number) ? $"{number:0.#############################}" : value.GetRawText(),
        _ => value.GetRawText(),
    };

    private static string Canonical(JsonProperty property) => $"{JsonEncodedText.Encode(property.Name)}:{Canonical(property.Value)}";

    private static JsonElement TextElement(string text) => JsonDocument.Parse($"\"{JsonEncodedText.Encode(text)}\"").RootElement;

    private static string Shown(JsonElement value) => value.GetRawText() is { Length: > 60 } text ? text[..60] + "…" : value.GetRawText();
}
