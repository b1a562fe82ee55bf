using ReleaseActions.Core.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ReleaseActions.Core.Manifests;

/// <summary>The texts of a YAML document's mappings by their dotted keys.</summary>
public static class YamlKeys
{
    /// <summary>Reads them.</summary>
    /// <exception cref="YamlException">It is not YAML.</exception>
    public static IReadOnlyDictionary<string, KeyedText> Read(string text)
    {
        var found = new Dictionary<string, KeyedText>(StringComparer.Ordinal);
        if (BoundedYaml.Load(text) is { } root) Collect(root, "", text, found);
        return found;
    }

    private static void Collect(YamlNode node, string path, string text, Dictionary<string, KeyedText> found)
    {
        if (node is not YamlMappingNode map) return;
        foreach (var (key, value) in map.Children)
        {
            if (key is not YamlScalarNode { Value: { } name }) continue;
            var place = path.Length == 0 ? name : $"{path}.{name}";
            if (value is YamlScalarNode scalar) found.TryAdd(place, TextOf(scalar, key, text));
            else Collect(value, place, text, found);
        }
    }

    private static KeyedText TextOf(YamlScalarNode scalar, YamlNode key, string text)
    {
        var (value, isPlain) = (scalar.Value ?? "", scalar.Style == ScalarStyle.Plain);
        // What has a name may stand in a list as well, where no key leads: nobody could see what changes with it.
        if (!scalar.Anchor.IsEmpty) return new KeyedText(value, (int)scalar.Start.Line) { Start = -1, IsNothing = isPlain && value is "" or "~" or "null" };
        // Nothing at all has no place of its own: it stands behind the colon.
        var start = value.Length == 0 && isPlain ? text.IndexOf(':', Math.Min((int)key.End.Index, text.Length)) + 1 : StartOf(value, scalar, text);
        return new KeyedText(value, (int)scalar.Start.Line) { Start = start == 0 ? -1 : start, IsNothing = isPlain && value is "" or "~" or "null" };
    }

    // Between the marks stand quotes, tags and anchors too. A text of several lines, or with an escape, does not stand there as it reads.
    private static int StartOf(string value, YamlNode node, string text)
    {
        var (begin, end) = ((int)node.Start.Index, Math.Min((int)node.End.Index, text.Length));
        if (begin >= end) return -1;
        // An empty text stands between its quotes.
        var at = value.Length == 0 ? end - begin - 1 : text[begin..end].LastIndexOf(value, StringComparison.Ordinal);
        return at < 0 ? -1 : begin + at;
    }
}
