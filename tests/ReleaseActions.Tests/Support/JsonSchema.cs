using System.Text.Json;

namespace ReleaseActions.Tests.Support;

/// <summary>
/// A JSON Schema, drafts 04 to 07 and what 2019-09 and 2020-12 share with them. Our own, because no validator could be restored;
/// judged by the 269 CycloneDX documents of the corpora. A keyword it does not know how to keep is an error, never passed over.
/// </summary>
public sealed partial class JsonSchema
{
    private static readonly string[] NotKept = ["unevaluatedProperties", "unevaluatedItems", "$dynamicRef", "$recursiveRef"];

    private readonly Dictionary<string, JsonElement> _documents = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Document, string Reference), Node> _references = [];
    private readonly Node _root;

    private JsonSchema(string path, IEnumerable<string> preloaded)
    {
        foreach (var other in preloaded) Add(other);
        _root = Add(path);
    }

    /// <summary>Reads a schema, and the others that it refers to by their <c>$id</c> or, failing that, by their file names.</summary>
    public static JsonSchema Load(string path, params string[] preloaded) => new(path, preloaded);

    /// <summary>What is wrong with a document, each with its place; empty where it is valid.</summary>
    public IReadOnlyList<string> Errors(JsonElement value) => ErrorsOf(_root, value);

    /// <summary>The same for a part of the schema, such as <c>/definitions/component</c>.</summary>
    public IReadOnlyList<string> Errors(JsonElement value, string part) =>
        ErrorsOf(new Node(Follow(_root.Schema, part, part), _root.Document), value);

    private List<string> ErrorsOf(Node node, JsonElement value)
    {
        var errors = new List<string>();
        Check(node, value, "#", errors);
        return errors;
    }

    private bool Accepts(Node node, JsonElement value)
    {
        var errors = new List<string>();
        Check(node, value, "", errors);
        return errors.Count == 0;
    }

    private void Check(Node node, JsonElement value, string path, List<string> errors)
    {
        if (node.Schema.ValueKind == JsonValueKind.True) return;
        if (node.Schema.ValueKind == JsonValueKind.False)
        {
            errors.Add($"{path}: nothing is allowed here");
            return;
        }

        if (NotKept.FirstOrDefault(k => node.Find(k) is not null) is { } keyword)
            throw new NotSupportedException($"JsonSchema does not keep '{keyword}'");
        if (node.Text("$ref") is { } reference) Check(Resolve(node.Document, reference), value, path, errors);
        CheckAnyKind(node, value, path, errors);
        CheckCombined(node, value, path, errors);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object: CheckObject(node, value, path, errors); break;
            case JsonValueKind.Array: CheckArray(node, value, path, errors); break;
            case JsonValueKind.String: CheckText(node, value.GetString()!, path, errors); break;
            case JsonValueKind.Number: CheckNumber(node, value, path, errors); break;
        }
    }

    private void CheckCombined(Node node, JsonElement value, string path, List<string> errors)
    {
        foreach (var part in node.List("allOf")) Check(part, value, path, errors);
        if (node.List("anyOf") is { Count: > 0 } any && !any.Any(a => Accepts(a, value)))
            errors.Add($"{path}: matches none of anyOf ({Nearest(any, value, path)})");
        if (node.List("oneOf") is { Count: > 0 } one && one.Count(o => Accepts(o, value)) is var count and not 1)
            errors.Add(count == 0 ? $"{path}: matches none of oneOf ({Nearest(one, value, path)})" : $"{path}: matches {count} of oneOf");
        if (node.Child("not") is { } not && Accepts(not, value)) errors.Add($"{path}: matches what it must not");
        if (node.Child("if") is { } condition && node.Child(Accepts(condition, value) ? "then" : "else") is { } then)
            Check(then, value, path, errors);
    }

    /// <summary>The first complaint of the alternative that has the fewest.</summary>
    private string Nearest(IReadOnlyList<Node> alternatives, JsonElement value, string path) => alternatives.Select(a =>
    {
        var errors = new List<string>();
        Check(a, value, path, errors);
        return errors;
    }).MinBy(e => e.Count)![0];

    private Node Add(string path)
    {
        var root = JsonDocument.Parse(File.ReadAllText(path)).RootElement;
        var file = new Uri(Path.GetFullPath(path)).AbsoluteUri;
        var id = new Node(root, file).Text("$id") ?? new Node(root, file).Text("id") ?? file;
        var document = new Uri(new Uri(file), id).AbsoluteUri.TrimEnd('#');
        _documents[file] = root;
        _documents[document] = root;
        return new Node(root, document);
    }

    private Node Resolve(string document, string reference)
    {
        if (_references.TryGetValue((document, reference), out var known)) return known;
        var target = new Uri(new Uri(document), reference).AbsoluteUri;
        var hash = target.IndexOf('#', StringComparison.Ordinal);
        var name = hash < 0 ? target : target[..hash];
        if (!_documents.ContainsKey(name))
            name = _documents.Keys.FirstOrDefault(k => Path.GetFileName(k) == Path.GetFileName(name))
                ?? throw new KeyNotFoundException($"{document} refers to {name}, which was not loaded");
        var way = hash < 0 ? "" : Uri.UnescapeDataString(target[(hash + 1)..]);
        return _references[(document, reference)] = new Node(Follow(_documents[name], way, reference), name);
    }

    private static JsonElement Follow(JsonElement place, string way, string reference)
    {
        foreach (var escaped in way.Split('/').Skip(1))
        {
            var part = escaped.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            place = place.ValueKind == JsonValueKind.Array ? place[int.Parse(part)]
                : place.TryGetProperty(part, out var next) ? next : throw new KeyNotFoundException($"There is nothing at '{reference}'");
        }

        return place;
    }

    /// <summary>A schema, and the document that its references are relative to.</summary>
    private readonly record struct Node(JsonElement Schema, string Document)
    {
        public JsonElement? Find(string keyword) =>
            Schema.ValueKind == JsonValueKind.Object && Schema.TryGetProperty(keyword, out var found) ? found : null;

        public string? Text(string keyword) => Find(keyword) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

        public int? Count(string keyword) => Find(keyword) is { ValueKind: JsonValueKind.Number } number ? (int)number.GetDouble() : null;

        public Node? Child(string keyword) => Find(keyword) is { } schema ? this with { Schema = schema } : null;

        public IReadOnlyList<Node> List(string keyword)
        {
            if (Find(keyword) is not { ValueKind: JsonValueKind.Array } list) return [];
            var document = Document;
            return [.. list.EnumerateArray().Select(s => new Node(s, document))];
        }

        public IEnumerable<(string Name, Node Schema)> Map(string keyword)
        {
            if (Find(keyword) is not { ValueKind: JsonValueKind.Object } map) return [];
            var document = Document;
            return map.EnumerateObject().Select(p => (p.Name, new Node(p.Value, document)));
        }
    }
}
