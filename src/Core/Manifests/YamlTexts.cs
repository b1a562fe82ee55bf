using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Policy;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ReleaseActions.Core.Manifests;

/// <summary>Writes single texts of a YAML document where they stand; every other byte stays as it is.</summary>
public static class YamlTexts
{
    /// <summary>The text at a dotted key: what it says, empty where it says nothing; null where there is no such key, or it holds more than a text.</summary>
    /// <exception cref="YamlException">It is not YAML.</exception>
    public static string? Find(string yaml, string key) => NodesAt(yaml, key) is (_, YamlScalarNode value) ? (IsNothing(value) ? "" : value.Value) : null;

    /// <summary>The document with other texts at its keys.</summary>
    /// <param name="yaml">The document.</param>
    /// <param name="texts">Dotted keys that are there, and plain words for them: letters, digits and <c>. : + _ -</c>.</param>
    /// <returns>Null where a text is written in a way that cannot be replaced where it stands: on several lines, with escapes, or as an alias.</returns>
    /// <exception cref="YamlException">It is not YAML.</exception>
    public static string? Write(string yaml, IReadOnlyDictionary<string, string> texts)
    {
        var edits = new SliceEdits(yaml);
        foreach (var (key, text) in texts)
        {
            if (NodesAt(yaml, key) is not ({ } name, YamlScalarNode value)) return null;
            if (value.Value is "" or null && value.Style == ScalarStyle.Plain)
            {
                // Nothing stands after the colon.
                edits.Replace(yaml.IndexOf(':', (int)name.End.Index) + 1, 0, $" \"{text}\"");
                continue;
            }

            var (begin, end) = ((int)value.Start.Index, Math.Min((int)value.End.Index, yaml.Length));
            // What is before its own key stands there for an alias; what has an anchor stands elsewhere too.
            if (begin < name.End.Index || begin >= end || !value.Anchor.IsEmpty) return null;
            var at = value.Value!.Length == 0 ? 1 : yaml[begin..end].IndexOf(value.Value, StringComparison.Ordinal);
            if (at < 0) return null;
            edits.Replace(begin + at, value.Value.Length, IsNothing(value) ? $"\"{text}\"" : text);
        }

        var written = edits.ToString();
        return texts.All(t => Find(written, t.Key) == t.Value) ? written : null;
    }

    private static bool IsNothing(YamlScalarNode value) => value.Style == ScalarStyle.Plain && value.Value is (null or "" or "~" or "null");

    private static (YamlNode Key, YamlNode Value)? NodesAt(string yaml, string path)
    {
        var node = BoundedYaml.Load(yaml);
        (YamlNode Key, YamlNode Value)? found = null;
        foreach (var part in path.Split('.'))
        {
            if (node is not YamlMappingNode map || map.Children.FirstOrDefault(c => c.Key is YamlScalarNode k && k.Value == part) is not { Key: { } key, Value: { } value }) return null;
            found = (key, value);
            node = value;
        }

        return found;
    }
}
