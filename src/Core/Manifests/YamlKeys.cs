using ReleaseActions.Core.Policy;
using YamlDotNet.RepresentationModel;

namespace ReleaseActions.Core.Manifests;

/// <summary>The texts of a YAML document's mappings by their dotted keys.</summary>
internal static class YamlKeys
{
    public static IReadOnlyDictionary<string, KeyedText> Read(string text)
    {
        var found = new Dictionary<string, KeyedText>(StringComparer.Ordinal);
        if (BoundedYaml.Load(text) is { } root) Collect(root, "", text, found);
        return found;
    }

    private static void Collect(YamlNode node, string path, string text, Dictionary<string, KeyedText> found)
    {
        if (node is not YamlMappingNode map)
        {
            if (node is YamlScalarNode { Value: { } value }) found.TryAdd(path, new KeyedText(value, (int)node.Start.Line) { Start = StartOf(value, node, text) });
            return;
        }

        foreach (var (key, value) in map.Children)
            if (key is YamlScalarNode { Value: { } name }) Collect(value, path.Length == 0 ? name : $"{path}.{name}", text, found);
    }

    // Between the marks stand quotes, tags and anchors too. A text of several lines, or with an escape, does not stand there as it reads.
    private static int StartOf(string value, YamlNode node, string text)
    {
        var (begin, end) = ((int)node.Start.Index, Math.Min((int)node.End.Index, text.Length));
        var at = value.Length == 0 || begin >= end ? -1 : text[begin..end].LastIndexOf(value, StringComparison.Ordinal);
        return at < 0 ? -1 : begin + at;
    }
}
