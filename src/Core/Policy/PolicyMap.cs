using ReleaseActions.Core.Text;
using YamlDotNet.RepresentationModel;

namespace ReleaseActions.Core.Policy;

/// <summary>
/// Reads one mapping of the policy file, and at the same time is its declaration, as the reader of inputs is for inputs.
/// Every problem goes into one list with its line; a key that nobody read is one of them.
/// </summary>
internal sealed class PolicyMap
{
    private readonly YamlMappingNode? _node;
    private readonly string _path;
    private readonly string _file;
    private readonly List<Finding> _problems;
    private readonly Dictionary<string, int> _lines;
    private readonly List<PolicyKey> _keys = [];

    public PolicyMap(YamlMappingNode? node, string path, string file, List<Finding> problems, Dictionary<string, int> lines)
    {
        _node = node;
        _path = path;
        _file = file;
        _problems = problems;
        _lines = lines;
    }

    public IReadOnlyList<PolicyKey> Keys => _keys;

    public string Text(string key, string description, string fallback, params IReadOnlyList<string> choices)
    {
        Declare(key, PolicyKind.Text, description, fallback, choices);
        var text = ReadText(key, Find(key)) ?? fallback;
        if (choices.Count == 0 || choices.Contains(text)) return text;
        Report(Find(key), $"'{Path(key)}' is '{text}'", $"Use one of: {string.Join(", ", choices)}");
        return fallback;
    }

    /// <summary>One of the values of <typeparamref name="T"/>, written in kebab-case.</summary>
    public T Choice<T>(string key, string description, T fallback) where T : struct, Enum
    {
        var choices = Choices.Of<T>();
        return choices[Text(key, description, Choices.Word(fallback), [.. choices.Keys])];
    }

    public string? OptionalText(string key, string description)
    {
        Declare(key, PolicyKind.Text, description, null, []);
        return ReadText(key, Find(key));
    }

    public string RequiredText(string key, string description)
    {
        _keys.Add(new PolicyKey(key, PolicyKind.Text, description, null, [], IsRequired: true, []));
        var text = ReadText(key, Find(key));
        if (text is null && _node is not null) Report(_node, $"'{_path}' has no '{key}'", $"Add `{key}:`");
        return text ?? "";
    }

    public bool Flag(string key, string description, bool fallback)
    {
        Declare(key, PolicyKind.Flag, description, fallback ? "true" : "false", []);
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

    public IReadOnlyList<string> Texts(string key, string description, params IReadOnlyList<string> fallback)
    {
        Declare(key, PolicyKind.Texts, description, fallback.Count == 0 ? null : string.Join(", ", fallback), []);
        switch (Find(key))
        {
            case null: return fallback;
            case YamlSequenceNode list: return [.. list.Children.Select(c => ReadText(key, c)).OfType<string>()];
            // One value where a list may stand is what people write first; it means a list of one.
            case YamlScalarNode { Value: { Length: > 0 } value }: return [value];
            case { } other:
                Report(other, $"'{Path(key)}' is not a list", $"Write `{key}: [a, b]`, or one `- value` a line");
                return fallback;
        }
    }

    /// <summary>A list of words, each one of a few; the line of a wrong one is told.</summary>
    public IReadOnlyList<string> Words(string key, string description, IReadOnlyList<string> choices, params IReadOnlyList<string> fallback)
    {
        var words = Texts(key, description, fallback);
        _keys[^1] = _keys[^1] with { Choices = choices };
        foreach (var word in words.Where(w => !choices.Contains(w))) Report(Find(key), $"'{Path(key)}' is '{word}'", $"Use one of: {string.Join(", ", choices)}");
        return words;
    }

    public T Map<T>(string key, string description, Func<PolicyMap, T> read)
    {
        var node = Find(key);
        if (node is not null and not YamlMappingNode && !IsNull(node))
            Report(node, $"'{Path(key)}' is not a mapping", $"Write its keys indented below `{key}:`");
        var map = new PolicyMap(node as YamlMappingNode, Path(key), _file, _problems, _lines);
        var value = read(map);
        map.Close();
        _keys.Add(new PolicyKey(key, PolicyKind.Map, description, null, [], IsRequired: false, map.Keys));
        return value;
    }

    public IReadOnlyList<T> Maps<T>(string key, string description, Func<PolicyMap, T> read)
    {
        // Read once over nothing, so that the keys are known even where the list is empty.
        var declaration = new PolicyMap(null, Path(key), _file, [], []);
        read(declaration);
        _keys.Add(new PolicyKey(key, PolicyKind.Maps, description, null, [], IsRequired: false, declaration.Keys));
        if (Find(key) is not { } node || IsNull(node)) return [];
        if (node is not YamlSequenceNode list)
        {
            Report(node, $"'{Path(key)}' is not a list", "Begin each entry with `- `");
            return [];
        }

        return [.. list.Children.Select((child, index) => ReadEntry($"{Path(key)}[{index}]", child, read)).OfType<T>()];
    }

    /// <summary>Reports the keys that nobody asked for, each with the nearest known one.</summary>
    public void Close()
    {
        foreach (var key in _node?.Children.Keys ?? Enumerable.Empty<YamlNode>())
        {
            if (key is YamlScalarNode { Value: { } name } && _keys.Any(k => k.Name == name)) continue;
            var nearest = Spelling.Nearest(key.ToString(), _keys.Select(k => k.Name));
            var known = string.Join(", ", _keys.Select(k => k.Name));
            Report(key, $"Unknown key '{Path(key.ToString())}'", nearest is null ? $"The keys here are: {known}" : $"Did you mean '{nearest}'? The keys here are: {known}");
        }
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

    /// <summary>Adds a problem of a value that is a text and still wrong.</summary>
    public void Reject(string key, string remedy) => Report(Find(key), $"'{Path(key)}' is '{Find(key)}'", remedy);

    private string? ReadText(string key, YamlNode? node)
    {
        if (node is null || IsNull(node)) return null;
        if (node is YamlScalarNode scalar) return scalar.Value;
        Report(node, $"'{Path(key)}' is not a text", $"Write `{key}: value` on one line");
        return null;
    }

    private YamlNode? Find(string key)
    {
        var found = _node?.Children.FirstOrDefault(c => c.Key is YamlScalarNode k && k.Value == key);
        // The key's line, not the value's: a list begins on the next one.
        if (found?.Key is { } place) _lines[Path(key)] = (int)place.Start.Line;
        return found?.Value;
    }

    private static bool IsNull(YamlNode node) =>
        node is YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: null or "" or "~" or "null" };

    private void Declare(string key, PolicyKind kind, string description, string? fallback, IReadOnlyList<string> choices) =>
        _keys.Add(new PolicyKey(key, kind, description, fallback, choices, IsRequired: false, []));

    private string Path(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    private void Report(YamlNode? node, string message, string remedy) =>
        _problems.Add(new Finding(message, remedy, _file, node is null ? null : (int)node.Start.Line));
}
