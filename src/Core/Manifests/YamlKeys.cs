using YamlDotNet.RepresentationModel;

namespace ReleaseActions.Core.Manifests;

/// <summary>The texts of a YAML document's mappings by their dotted keys.</summary>
internal static class YamlKeys
{
    public static IReadOnlyDictionary<string, KeyedText> Read(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        var found = new Dictionary<string, KeyedText>(StringComparer.Ordinal);
        if (yaml.Documents.Count > 0) Collect(yaml.Documents[0].RootNode, "", found);
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
