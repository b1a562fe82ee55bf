using System.Text.Json;
using System.Xml;
using YamlDotNet.Core;

namespace ReleaseActions.Core.Manifests;

/// <summary>One version in one file.</summary>
/// <param name="Key">The key it stands at, such as <c>project.version</c>; <c>*</c> for a file that is nothing but a version.</param>
/// <param name="Version">The text that stands there, or null where there is none.</param>
/// <param name="Line">The line, counted from 1, or null where the format gives none.</param>
/// <param name="Problem">Why there is no version, or null.</param>
public sealed record ManifestVersion(string Key, string? Version, int? Line, string? Problem)
{
    /// <summary>What mends most problems.</summary>
    public const string UsualRemedy = "Mend the file, or take it off `version.manifests` of the policy";

    /// <summary>What mends the problem.</summary>
    public string Remedy { get; init; } = UsualRemedy;
}

/// <summary>Where a version lives: a file whose kind is known by its name, or <c>file#key</c> for a key in any JSON, YAML, TOML, XML or Makefile.</summary>
/// <param name="File">The file, relative to the workspace.</param>
/// <param name="Key">The key, or null for those that the file's kind is known to have.</param>
public sealed partial record ManifestPlace(string File, string? Key)
{
    /// <summary>Reads a place as a policy writes it.</summary>
    public static ManifestPlace Parse(string text)
    {
        var hash = text.IndexOf('#', StringComparison.Ordinal);
        return hash < 0 ? new ManifestPlace(text, null) : new ManifestPlace(text[..hash], text[(hash + 1)..]);
    }

    /// <summary>The versions that the file's text says: one for each key, or one problem.</summary>
    public IReadOnlyList<ManifestVersion> Read(string text) => [.. Find(text.TrimStart(ByteOrderMark)).Versions.Select(v => v.Says)];

    /// <inheritdoc/>
    public override string ToString() => Key is null ? File : $"{File}#{Key}";

    private FoundVersions Find(string text)
    {
        try
        {
            return FindByKind(text);
        }
        catch (Exception e) when (e is JsonException or YamlException or XmlException)
        {
            return Nothing($"it cannot be read: {e.Message}");
        }
    }

    private FoundVersions FindByKind(string text)
    {
        var name = Path.GetFileName(File);
        return name switch
        {
            "package-lock.json" => Keyed(JsonKeys.Read(text), "version", "packages..version"),
            ".release-please-manifest.json" => Keyed(JsonKeys.Read(text), "."),
            _ when name.EndsWith(".json", StringComparison.Ordinal) => Keyed(JsonKeys.Read(text), "version"),
            "Chart.yaml" => Keyed(YamlKeys.Read(text), "version", "appVersion"),
            _ when name.EndsWith(".yaml", StringComparison.Ordinal) || name.EndsWith(".yml", StringComparison.Ordinal) => Keyed(YamlKeys.Read(text), "version"),
            "pyproject.toml" => FirstOf(TomlKeys.Read(text), "project.version", "tool.poetry.version"),
            "Cargo.toml" => FirstOf(TomlKeys.Read(text), "package.version", "workspace.package.version"),
            _ when name.EndsWith(".toml", StringComparison.Ordinal) => Keyed(TomlKeys.Read(text), "version"),
            _ when name.EndsWith("proj", StringComparison.Ordinal) || name.EndsWith(".props", StringComparison.Ordinal) => FirstOf(XmlKeys.Read(text), "Version", "VersionPrefix"),
            "pom.xml" => Keyed(XmlKeys.ReadPaths(text), "project.version"),
            _ when name.EndsWith(".xml", StringComparison.Ordinal) => OfAnyXml(XmlKeys.ReadPaths(text)),
            _ when name is "Makefile" or "GNUmakefile" || name.EndsWith(".mk", StringComparison.Ordinal) => Keyed(MakefileKeys.Read(text), "VERSION"),
            _ when Key is null => WholeFile(text),
            _ => Keyed(MakefileKeys.Read(text), Key!),
        };
    }

    private FoundVersions Keyed(IReadOnlyDictionary<string, KeyedText> found, params ReadOnlySpan<string> usual)
    {
        string[] keys = Key is null ? usual.ToArray() : [Key];
        return new FoundVersions(found, [.. keys.Select(key => !found.TryGetValue(key, out var text) ? Nothing($"it has no '{key}'").Versions[0]
            : text.IsRepeated ? new FoundVersion(new ManifestVersion(key, null, text.Line, $"it has '{key}' more than once"), text)
            : new FoundVersion(new ManifestVersion(key, text.Text, text.Line, null), text))]);
    }

    private FoundVersions FirstOf(IReadOnlyDictionary<string, KeyedText> found, params string[] usual)
    {
        if (Key is not null) return Keyed(found, Key);
        var key = usual.FirstOrDefault(found.ContainsKey);
        return key is null ? Nothing($"it has none of: {string.Join(", ", usual)}") : Keyed(found, key);
    }

    // Its elements are known by all the names from the root on: only a file that is one <version> has it without another name.
    private FoundVersions OfAnyXml(IReadOnlyDictionary<string, KeyedText> found)
    {
        const string Usual = "version";
        if (Key is not null || found.ContainsKey(Usual)) return Keyed(found, Usual);
        var nearest = found.Keys.FirstOrDefault(k => k.EndsWith($".{Usual}", StringComparison.Ordinal)) ?? $"root.{Usual}";
        var says = new ManifestVersion(Usual, null, null, $"it has no '{Usual}'") { Remedy = $"Name the key from the root on, as {File}#{nearest}, under `version.manifests` of the policy" };
        return new FoundVersions(found, [new FoundVersion(says, default)]);
    }

    private static FoundVersions WholeFile(string text)
    {
        var content = new KeyedText(text.Trim(), 1) { Start = text.Length - text.TrimStart().Length };
        var says = content.Text.Length > 0 ? new ManifestVersion("*", content.Text, 1, null) : new ManifestVersion("*", null, 1, "it is empty");
        return new FoundVersions(new Dictionary<string, KeyedText> { ["*"] = content }, [new FoundVersion(says, content)]);
    }

    private FoundVersions Nothing(string problem) =>
        new(new Dictionary<string, KeyedText>(), [new FoundVersion(new ManifestVersion(Key ?? "version", null, null, problem), default)]);

    // What a file says, and every key of it: what a change must leave as it is.
    private sealed record FoundVersions(IReadOnlyDictionary<string, KeyedText> Keys, IReadOnlyList<FoundVersion> Versions);

    private sealed record FoundVersion(ManifestVersion Says, KeyedText Text);
}

/// <summary>A text at a key.</summary>
/// <param name="Text">The text.</param>
/// <param name="Line">Its line, counted from 1.</param>
public readonly record struct KeyedText(string Text, int Line)
{
    /// <summary>Whether the key stands there again, in a format that gives a second one no meaning.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>Whether the key stands there again, in a format where the one that counts is decided elsewhere: by a condition, or by the order.</summary>
    public bool IsAssignedAgain { get; init; }

    /// <summary>Whether nothing is said there: a key without a text, or a null of the format.</summary>
    public bool IsNothing { get; init; }

    /// <summary>Where the text begins, without its quotes, counted in characters from the start of the file; negative where it does not stand there as it reads.</summary>
    public int Start { get; init; }
}
