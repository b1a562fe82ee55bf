using System.Text.Json.Nodes;
using ReleaseActions.Core.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ReleaseActions.Core.Policy;

/// <summary>
/// Reads one mapping of the policy file, and at the same time declares its keys for the JSON Schema. Every problem goes into one list, with
/// its line; a key that was not declared is one of them.
/// </summary>
public sealed class PolicyMap
{
    private readonly YamlMappingNode? _node;
    private readonly string _path;
    private readonly string _file;
    private readonly List<Finding> _problems;
    private readonly Dictionary<string, int> _lines;
    private readonly JsonObject _properties = [];
    private readonly JsonArray _required = [];

    internal PolicyMap(YamlMappingNode? node, string path, string file, List<Finding> problems, Dictionary<string, int> lines)
    {
        _node = node;
        _path = path;
        _file = file;
        _problems = problems;
        _lines = lines;
    }

    /// <summary>Adds the JSON Schema (draft-07) of this mapping.</summary>
    internal JsonObject AddSchemaTo(JsonObject schema)
    {
        schema["type"] = "object";
        schema["additionalProperties"] = false;
        schema["properties"] = _properties;
        if (_required.Count > 0) schema["required"] = _required;
        return schema;
    }

    /// <summary>A text with a default; one of <paramref name="choices"/> where there are any.</summary>
    public string Text(string key, string description, string fallback, params IReadOnlyList<string> choices)
    {
        var schema = TextSchema(choices);
        schema["default"] = fallback;
        Declare(key, description, schema);
        var text = ReadText(key, Find(key)) ?? fallback;
        return AreLegal(key, [text], choices) ? text : fallback;
    }

    /// <summary>One of the values of <typeparamref name="T"/>, written in kebab-case.</summary>
    public T Choice<T>(string key, string description, T fallback) where T : struct, Enum
    {
        var choices = Choices.Of<T>();
        return choices[Text(key, description, Choices.Word(fallback), [.. choices.Keys])];
    }

    /// <summary>A text that may be absent.</summary>
    public string? OptionalText(string key, string description)
    {
        Declare(key, description, TextSchema([]));
        return ReadText(key, Find(key));
    }

    /// <summary>A text that must be there.</summary>
    public string RequiredText(string key, string description)
    {
        Declare(key, description, TextSchema([]));
        _required.Add((JsonNode)key);
        var text = ReadText(key, Find(key));
        if (text is null && _node is not null) Report(_node, $"'{_path}' has no '{key}'", $"Add `{key}:`");
        return text ?? "";
    }

    /// <summary>True or false.</summary>
    public bool Flag(string key, string description, bool fallback)
    {
        Declare(key, description, new JsonObject { ["type"] = "boolean", ["default"] = fallback });
        switch (ReadText(key, Find(key)))
        {
            case null: return fallback;
            case "true" or "True" or "TRUE": return true;
            case "false" or "False" or "FALSE": return false;
            case { } other:
                Report(Find(key), $"'{Path(key)}' is '{other}'", "Use true or false");
                return fallback;
        }
    }

    /// <summary>A list of texts.</summary>
    public IReadOnlyList<string> Texts(string key, string description, params IReadOnlyList<string> fallback) =>
        Words(key, description, [], fallback);

    /// <summary>A list of texts that may be absent, which is not the same as empty.</summary>
    public IReadOnlyList<string>? OptionalTexts(string key, string description)
    {
        var texts = Texts(key, description);
        return Find(key) is null ? null : texts;
    }

    /// <summary>A list of words that may be absent.</summary>
    public IReadOnlyList<string>? OptionalWords(string key, string description, IReadOnlyList<string> choices)
    {
        var words = Words(key, description, choices);
        return words.Count == 0 ? null : words;
    }

    /// <summary>A list of texts; each is one of <paramref name="choices"/> where there are any.</summary>
    public IReadOnlyList<string> Words(
        string key, string description, IReadOnlyList<string> choices, params IReadOnlyList<string> fallback)
    {
        Declare(key, description, new JsonObject { ["type"] = new JsonArray("array", "string"), ["items"] = TextSchema(choices) });
        var words = ReadList(key, fallback);
        AreLegal(key, words, choices);
        return words;
    }

    /// <summary>A mapping with its own keys.</summary>
    public T Map<T>(string key, string description, Func<PolicyMap, T> read)
    {
        var node = Find(key);
        if (node is not null and not YamlMappingNode && !IsNull(node))
            Report(node, $"'{Path(key)}' is not a mapping", $"Write its keys indented below `{key}:`");
        var map = new PolicyMap(node as YamlMappingNode, Path(key), _file, _problems, _lines);
        var value = read(map);
        map.Close();
        Declare(key, description, map.AddSchemaTo([]));
        return value;
    }

    /// <summary>A list of mappings, each with the same keys.</summary>
    public IReadOnlyList<T> Maps<T>(string key, string description, Func<PolicyMap, T> read)
    {
        // Read once over nothing, so that the keys are declared even where the list is empty.
        var declaration = new PolicyMap(null, Path(key), _file, [], []);
        read(declaration);
        Declare(key, description, new JsonObject { ["type"] = "array", ["items"] = declaration.AddSchemaTo([]) });
        if (Find(key) is not { } node || IsNull(node)) return [];
        if (node is YamlSequenceNode list)
            return [.. list.Children.Select((child, index) => ReadEntry($"{Path(key)}[{index}]", child, read)).OfType<T>()];
        Report(node, $"'{Path(key)}' is not a list", "Begin each entry with `- `");
        return [];
    }

    /// <summary>Adds a problem of a value that is a text and still wrong.</summary>
    internal void Reject(string key, string remedy) => Report(Find(key), $"'{Path(key)}' is '{Find(key)}'", remedy);

    /// <summary>Reports the keys that were not declared, each with the nearest known one.</summary>
    internal void Close()
    {
        var known = _properties.Select(p => p.Key).ToList();
        foreach (var key in _node?.Children.Keys ?? Enumerable.Empty<YamlNode>())
        {
            if (key is YamlScalarNode { Value: { } name } && known.Contains(name)) continue;
            Report(key, $"Unknown key '{Path(key.ToString())}'", $"{Nearest(key.ToString())}The keys here are: {string.Join(", ", known)}");
        }

        string Nearest(string name) => Spelling.Nearest(name, known) is { } nearest ? $"Did you mean '{nearest}'? " : "";
    }

    private T? ReadEntry<T>(string path, YamlNode node, Func<PolicyMap, T> read)
    {
        if (node is not YamlMappingNode mapping)
        {
            Report(node, $"'{path}' is not a mapping", "Write `- name: …` and its other keys below");
            return default;
        }

        var map = new PolicyMap(mapping, path, _file, _problems, _lines);
        var value = read(map);
        map.Close();
        return value;
    }

    private IReadOnlyList<string> ReadList(string key, IReadOnlyList<string> fallback)
    {
        switch (Find(key))
        {
            case null: return fallback;
            case YamlSequenceNode list: return [.. list.Children.Select(c => ReadText(key, c)).OfType<string>()];
            // People first write one value where a list is expected; it means a list of one.
            case YamlScalarNode { Value: { Length: > 0 } value }: return [value];
            case { } other:
                Report(other, $"'{Path(key)}' is not a list", $"Write `{key}: [a, b]`, or one `- value` a line");
                return fallback;
        }
    }

    private string? ReadText(string key, YamlNode? node)
    {
        if (node is null || IsNull(node)) return null;
        if (node is YamlScalarNode scalar) return scalar.Value;
        Report(node, $"'{Path(key)}' is not a text", $"Write `{key}: value` on one line");
        return null;
    }

    private bool AreLegal(string key, IReadOnlyList<string> words, IReadOnlyList<string> choices)
    {
        var illegal = choices.Count == 0 ? [] : words.Except(choices).ToList();
        foreach (var word in illegal) Report(Find(key), $"'{Path(key)}' is '{word}'", $"Use one of: {string.Join(", ", choices)}");
        return illegal.Count == 0;
    }

    private YamlNode? Find(string key)
    {
        var found = _node?.Children.FirstOrDefault(c => c.Key is YamlScalarNode k && k.Value == key);
        // The key's line, not the value's: a list begins on the next one.
        if (found?.Key is { } place) _lines[Path(key)] = (int)place.Start.Line;
        return found?.Value;
    }

    private static bool IsNull(YamlNode node) => node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };

    private void Declare(string key, string description, JsonObject schema)
    {
        schema.Insert(0, "description", description);
        _properties[key] = schema;
    }

    private static JsonObject TextSchema(IReadOnlyList<string> choices)
    {
        var schema = new JsonObject { ["type"] = "string" };
        if (choices.Count > 0) schema["enum"] = new JsonArray([.. choices.Select(c => (JsonNode?)c)]);
        return schema;
    }

    private string Path(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    private void Report(YamlNode? node, string message, string remedy) =>
        _problems.Add(new Finding(message, remedy, _file, node is null ? null : (int)node.Start.Line));
}
