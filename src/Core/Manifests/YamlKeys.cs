using ReleaseActions.Core.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ReleaseActions.Core.Manifests;

/// <summary>The texts of a YAML document's mappings by their dotted keys.</summary>
public static class YamlKeys
{
    /// <summary>Reads the keys of a document.</summary>
    /// <exception cref="YamlException">It is no YAML, is nested too deeply, or unfolds into too much.</exception>
    public static IReadOnlyDictionary<string, KeyedText> Read(string text)
    {
        var found = new KeyedTexts();
        if (BoundedYaml.Load(text) is { } root) Collect(root, "", text, found);
        return found;
    }

    private static void Collect(YamlNode node, string path, string text, KeyedTexts found)
    {
        if (node is not YamlMappingNode map) return;
        foreach (var (key, value) in map.Children)
        {
            if (key is not YamlScalarNode { Value: { } name }) continue;
            found.Expect(path.Length + name.Length + ((value as YamlScalarNode)?.Value?.Length ?? 0));
            var place = path.Length == 0 ? name : $"{path}.{name}";
            if (value is YamlScalarNode scalar) found.TryAdd(place, TextOf(scalar, key, text));
            else Collect(value, place, text, found);
        }
    }

    private static KeyedText TextOf(YamlScalarNode scalar, YamlNode key, string text)
    {
        var value = scalar.Value ?? "";
        var isNothing = scalar.Style == ScalarStyle.Plain && value is "" or "~" or "null";
        var found = new KeyedText(value, (int)scalar.Start.Line) { IsNothing = isNothing };
        // What has an anchor may be an item of a list as well, which has no key: nobody could see what changes with it.
        if (!scalar.Anchor.IsEmpty) return found with { Start = -1 };
        if (value.Length > 0 || !isNothing) return found with { Start = StartOf(value, scalar, text) };
        // No value has no place of its own: the new one goes behind the colon.
        var colon = text.IndexOf(':', Math.Min((int)key.End.Index, text.Length));
        return found with { Start = colon < 0 ? -1 : colon + 1 };
    }

    // Between the marks are quotes, tags and anchors too. A text of several lines, or with an escape, is not there as it reads.
    private static int StartOf(string value, YamlNode node, string text)
    {
        var (begin, end) = ((int)node.Start.Index, Math.Min((int)node.End.Index, text.Length));
        if (begin >= end) return -1;
        // An empty text is between its quotes.
        var at = value.Length == 0 ? end - begin - 1 : text.AsSpan(begin..end).LastIndexOf(value, StringComparison.Ordinal);
        return at < 0 ? -1 : begin + at;
    }
}
