using YamlDotNet.Core;

namespace ReleaseActions.Core.Manifests;

/// <summary>Writes single texts of a YAML document where they stand; every other byte stays as it is.</summary>
public static class YamlTexts
{
    /// <summary>The text at a dotted key: what it says, empty where it says nothing; null where there is no such key, or it holds more than a text.</summary>
    /// <exception cref="YamlException">It is not YAML.</exception>
    public static string? Find(string yaml, string key) => YamlKeys.Read(yaml).TryGetValue(key, out var text) ? (text.IsNothing ? "" : text.Text) : null;

    /// <summary>The document with other texts at its keys.</summary>
    /// <param name="yaml">The document.</param>
    /// <param name="texts">Dotted keys that are there, and plain words for them: letters, digits and <c>. : + _ -</c>.</param>
    /// <returns>Null where a text is written in a way that cannot be replaced where it stands: on several lines, with escapes, with an anchor, or with an alias that leads elsewhere.</returns>
    /// <exception cref="YamlException">It is not YAML.</exception>
    public static string? Write(string yaml, IReadOnlyDictionary<string, string> texts)
    {
        var keys = YamlKeys.Read(yaml);
        if (texts.Keys.Any(key => !keys.TryGetValue(key, out var text) || !KeyedEdits.StandsThere(yaml, text))) return null;
        var (written, spoilt) = KeyedEdits.Write(yaml, keys, texts, YamlKeys.Read);
        return spoilt is null ? written : null;
    }
}
