using Tomlyn;
using Tomlyn.Parsing;

namespace ReleaseActions.Core.Manifests;

internal static partial class ManifestKeys
{
    /// <summary>
    /// The versions of the project's own packages in <c>Cargo.lock</c> or <c>uv.lock</c>, by their names: those that come from no registry.
    /// </summary>
    /// <exception cref="TomlException">It is no TOML, or is nested deeper than 64 levels.</exception>
    public static IReadOnlyDictionary<string, KeyedText> ReadLock(string text)
    {
        var found = new KeyedTexts();
        var toml = TomlParser.Create(text, TomlRules);
        var depth = 0;
        while (toml.MoveNext())
        {
            depth += Deeper(toml);
            if (depth != 1 || toml.Current.Kind != TomlParseEventKind.PropertyName || toml.GetPropertyName() != "package") continue;
            toml.MoveNext();
            if (toml.Current.Kind == TomlParseEventKind.StartArray) AddPackages(found, toml);
            else depth += Deeper(toml);
        }

        return found;
    }

    private static void AddPackages(KeyedTexts found, TomlParser toml)
    {
        while (toml.MoveNext() && toml.Current.Kind != TomlParseEventKind.EndArray)
            if (toml.Current.Kind == TomlParseEventKind.StartTable) AddPackage(found, toml);
    }

    private static void AddPackage(KeyedTexts found, TomlParser toml)
    {
        var (texts, sources) = (new Dictionary<string, KeyedText>(StringComparer.Ordinal), new List<string>());
        var (depth, above) = (1, "");
        while (depth > 0 && toml.MoveNext())
        {
            depth += Deeper(toml);
            if (toml.Current.Kind == TomlParseEventKind.PropertyName)
            {
                if (depth == 1) above = toml.GetPropertyName();
                if (above == "source") sources.Add(toml.GetPropertyName());
            }
            else if (depth == 1 && toml.Current.Kind == TomlParseEventKind.String)
            {
                texts[above] = TextOf(toml);
            }
        }

        // Cargo names no source for them, and uv names the folder they are in.
        var isOwn = sources.Count == 0 || sources.Contains("editable") || sources.Contains("virtual");
        if (isOwn && texts.TryGetValue("name", out var name) && texts.TryGetValue("version", out var version))
            Add(found, name.Text, version);
    }

    private static int Deeper(TomlParser toml) => toml.Current.Kind switch
    {
        TomlParseEventKind.StartTable or TomlParseEventKind.StartArray => 1,
        TomlParseEventKind.EndTable or TomlParseEventKind.EndArray => -1,
        _ => 0,
    };
}
