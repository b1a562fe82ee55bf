using ReleaseActions.Core.Policy;
using YamlDotNet.RepresentationModel;

namespace ReleaseActions.Core.Manifests;

/// <summary>The texts of a YAML document's mappings by their dotted keys.</summary>
internal static class YamlKeys
{
    public static IReadOnlyDictionary<string, KeyedText> Read(string text)
    {
        var found = new Dictionary<string, KeyedText>(StringComparer.Ordinal);
        if (BoundedYaml.Load(text) is { } root) Collect(root, "", found);
        return found;
    }

    private static void Collect(YamlNode node, string path, Dictionary<string, KeyedText> found)
    {
        if (node is not YamlMappingNode map)
        {
            if (node is YamlScalarNode { Value: { } value }) found.TryAdd(path, new KeyedText(value, (int)node.Start.Line));
            return;
        }

        foreach (var (key, value) in map.Children)
            if (key is YamlScalarNode { Value: { } name }) Collect(value, path.Length == 0 ? name : $"{path}.{name}", found);
    }
}
