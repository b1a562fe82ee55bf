using System.Text.Json;
using System.Xml;
using NuGet.Versioning;
using ReleaseActions.Core.Versions;
using Tomlyn;
using YamlDotNet.Core;

namespace ReleaseActions.Core.Manifests;

/// <summary>One version in one file.</summary>
/// <param name="Key">Its key, such as <c>project.version</c>; <c>*</c> for a file that is nothing but a version.</param>
/// <param name="Version">The text at the key, or null where there is none.</param>
/// <param name="Line">The line, counted from 1, or null where the format gives none.</param>
/// <param name="Problem">Why there is no version, or null.</param>
public sealed record ManifestVersion(string Key, string? Version, int? Line, string? Problem)
{
    /// <summary>What fixes most problems.</summary>
    public const string UsualRemedy = "Fix the file, or remove it from `version.manifests` of the policy";

    /// <summary>What fixes the problem.</summary>
    public string Remedy { get; init; } = UsualRemedy;
}

/// <summary>
/// Where a version is: a file whose kind is known by its name, or <c>file#key</c> for a key in any JSON, YAML, TOML, XML or Makefile, or
/// <c>file#text around {version}</c> in any other.
/// </summary>
/// <param name="File">The file, relative to the workspace.</param>
/// <param name="Key">The key, or null for those that the file's kind is known to have.</param>
public sealed record ManifestPlace(string File, string? Key)
{
    private const char ByteOrderMark = '\uFEFF';
    private const string MixPattern = "version: \"{version}\"";

    private string Name => Path.GetFileName(File);

    /// <summary>Whether the file stands for all that match, as <c>packages/*/package.json</c> does.</summary>
    public bool IsGlob => File.Contains('*', StringComparison.Ordinal);

    /// <summary>Whether it is one of many that a glob matches: then a crate that takes the workspace's version has none to move.</summary>
    public bool IsOfGlob { get; init; }

    /// <summary>The packages whose versions a <c>package-lock.json</c> has too.</summary>
    public ManifestPackages Packages { get; init; } = ManifestPackages.None;

    internal bool IsNpmLock => Key is null && Name is "package-lock.json" or "npm-shrinkwrap.json";

    /// <summary>Reads a place as a policy writes it.</summary>
    public static ManifestPlace Parse(string text)
    {
        var hash = text.IndexOf('#', StringComparison.Ordinal);
        return hash < 0 ? new ManifestPlace(text, null) : new ManifestPlace(text[..hash], text[(hash + 1)..]);
    }

    /// <summary>The versions in the file's text: one for each key, or one problem.</summary>
    public IReadOnlyList<ManifestVersion> Read(string text) => Find(text.TrimStart(ByteOrderMark)).Versions;

    /// <summary>The versions in the file's text, and the texts at all of its keys: what a change must leave unchanged.</summary>
    /// <param name="text">The file's text, without a byte order mark.</param>
    public (IReadOnlyDictionary<string, KeyedText> Keys, IReadOnlyList<ManifestVersion> Versions) Find(string text)
    {
        try
        {
            return FindByKind(text);
        }
        // Tomlyn 2.10 ends a file in the middle of an escape with the second kind.
        catch (Exception e) when (e is FormatException or YamlException or XmlException or TomlException or ArgumentOutOfRangeException)
        {
            return (Nothing, [Missing($"it cannot be read: {e.Message.Split('\n')[0]}")]);
        }
    }

    /// <summary>
    /// Whether a text in this file means a version: the version itself, PEP 440's spelling of it, SemVer's where the file needs that,
    /// or, in
    /// a project of .NET, what NuGet takes for the same, such as <c>1.2.3.0</c> for <c>1.2.3</c>.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="version">The version.</param>
    /// <param name="order">The policy's order, which decides what a post-release is to Python.</param>
    public bool Means(string text, ReleaseVersion version, VersionOrder order) =>
        text == version.Text || text == RegistryNames.Python(version, order) || (NeedsSemVer && text == RegistryNames.SemVer(version))
        || (IsDotNet && NuGetVersion.TryParse(text, out var said) && NuGetVersion.TryParse(version.Text, out var wanted)
            && VersionComparer.VersionReleaseMetadata.Equals(said, wanted));

    /// <inheritdoc/>
    public override string ToString() => Key is null ? File : $"{File}#{Key}";

    private static IReadOnlyDictionary<string, KeyedText> Nothing { get; } = new Dictionary<string, KeyedText>();

    /// <summary>Whether the tools that read the file accept SemVer alone, such as npm and Cargo.</summary>
    public bool NeedsSemVer => Key is null && Name is "package.json" or "package-lock.json" or "npm-shrinkwrap.json"
        or "Cargo.toml" or "Cargo.lock" or "Chart.yaml"
        or "pubspec.yaml";

    private bool IsDotNet => Ends("proj") || Ends(".props");

    private bool Ends(string with) => Name.EndsWith(with, StringComparison.Ordinal);

    private (IReadOnlyDictionary<string, KeyedText> Keys, IReadOnlyList<ManifestVersion> Versions) FindByKind(string text) => Name switch
    {
        _ when Key is not null && ManifestKeys.IsPattern(Key) => Keyed(ManifestKeys.ReadPattern(text, Key)),
        "mix.exs" when Key is null => Keyed(ManifestKeys.ReadPattern(text, MixPattern), MixPattern),
        "gradle.properties" or "setup.cfg" => Keyed(ManifestKeys.ReadMakefile(text), "version"),
        "package-lock.json" or "npm-shrinkwrap.json" => OfNpmLock(ManifestKeys.ReadJson(text)),
        ".release-please-manifest.json" => Keyed(ManifestKeys.ReadJson(text), "."),
        _ when Ends(".json") => Keyed(ManifestKeys.ReadJson(text), "version"),
        "Chart.yaml" => Keyed(YamlKeys.Read(text), "version", "appVersion"),
        _ when Ends(".yaml") || Ends(".yml") => Keyed(YamlKeys.Read(text), "version"),
        "pyproject.toml" => FirstOf(ManifestKeys.ReadToml(text), "project.version", "tool.poetry.version"),
        "Cargo.toml" when IsOfGlob && TakesVersionOfWorkspace(text) => (ManifestKeys.ReadToml(text), []),
        "Cargo.toml" => FirstOf(ManifestKeys.ReadToml(text), "package.version", "workspace.package.version"),
        "Cargo.lock" or "uv.lock" => OfLock(text, ManifestKeys.ReadLock(text)),
        _ when Ends(".toml") => Keyed(ManifestKeys.ReadToml(text), "version"),
        _ when IsDotNet => FirstOf(ManifestKeys.ReadProject(text), "Version", "VersionPrefix"),
        "pom.xml" => Keyed(ManifestKeys.ReadXml(text), "project.version"),
        _ when Ends(".xml") => OfAnyXml(ManifestKeys.ReadXml(text)),
        "Makefile" or "GNUmakefile" => Keyed(ManifestKeys.ReadMakefile(text), "VERSION"),
        _ when Ends(".mk") => Keyed(ManifestKeys.ReadMakefile(text), "VERSION"),
        _ when Key is null => WholeFile(text),
        _ => Keyed(ManifestKeys.ReadMakefile(text), Key!),
    };

    private (IReadOnlyDictionary<string, KeyedText>, IReadOnlyList<ManifestVersion>) Keyed(
        IReadOnlyDictionary<string, KeyedText> found, params IReadOnlyList<string> usual) =>
        (found, [.. (Key is null ? usual : [Key]).Select(key => VersionAt(key, found))]);

    // Packages of one workspace that have one version move together.
    private (IReadOnlyDictionary<string, KeyedText>, IReadOnlyList<ManifestVersion>) OfLock(
        string text, IReadOnlyDictionary<string, KeyedText> own)
    {
        if (Key is null && own.Values.Select(v => v.Text).Distinct().Count() > 1)
            return (own, [Missing($"its own packages have different versions: name one as {File}#{own.Keys.First()}")]);
        if (own.Count == 0) return (own, [Missing("it has no package of the project")]);
        // Cargo writes `name version` where two packages have the name, and that would not move along.
        var named = own.FirstOrDefault(o => text.Contains($"\"{o.Key} {o.Value.Text}\"", StringComparison.Ordinal)).Key;
        return named is null ? Keyed(own, [.. own.Keys]) : (own, [Missing($"it names '{named}' with its version elsewhere too")]);
    }

    private (IReadOnlyDictionary<string, KeyedText>, IReadOnlyList<ManifestVersion>) OfNpmLock(
        IReadOnlyDictionary<string, KeyedText> found)
    {
        var keys = Packages.KeysIn(found);
        return keys.Length > 0 ? Keyed(found, keys) : (found, [Missing("it has none of the packages that `version.manifests` names")]);
    }

    // As Cargo writes it; in any other spelling the version is missing, and the file is refused.
    private static bool TakesVersionOfWorkspace(string text) => text.Split('\n')
        .Select(line => line.Replace(" ", "", StringComparison.Ordinal).TrimEnd())
        .Any(line => line is "version.workspace=true" or "version={workspace=true}");

    private ManifestVersion VersionAt(string key, IReadOnlyDictionary<string, KeyedText> found)
    {
        if (!found.TryGetValue(key, out var text)) return Missing($"it has no '{key}'");
        return text.IsRepeated
            ? new ManifestVersion(key, null, text.Line, $"it has '{key}' more than once")
            : new ManifestVersion(key, text.Text, text.Line, null);
    }

    private (IReadOnlyDictionary<string, KeyedText>, IReadOnlyList<ManifestVersion>) FirstOf(
        IReadOnlyDictionary<string, KeyedText> found, params string[] usual)
    {
        if ((Key ?? usual.FirstOrDefault(found.ContainsKey)) is { } key) return (found, [VersionAt(key, found)]);
        return (found, [Missing($"it has none of: {string.Join(", ", usual)}")]);
    }

    // Its elements are known by all the names from the root on: only a file that is one <version> has it without another name.
    private (IReadOnlyDictionary<string, KeyedText>, IReadOnlyList<ManifestVersion>) OfAnyXml(IReadOnlyDictionary<string, KeyedText> found)
    {
        const string Usual = "version";
        if (Key is not null || found.ContainsKey(Usual)) return Keyed(found, Usual);
        var nearest = found.Keys.FirstOrDefault(k => k.EndsWith($".{Usual}", StringComparison.Ordinal)) ?? $"root.{Usual}";
        var remedy = $"Name the key from the root on, as {File}#{nearest}, under `version.manifests` of the policy";
        return (found, [new ManifestVersion(Usual, null, null, $"it has no '{Usual}'") { Remedy = remedy }]);
    }

    private static (IReadOnlyDictionary<string, KeyedText>, IReadOnlyList<ManifestVersion>) WholeFile(string text)
    {
        var content = new KeyedText(text.Trim(), 1) { Start = text.Length - text.TrimStart().Length };
        var (version, problem) = content.Text.Length > 0 ? (content.Text, null) : ((string?)null, "it is empty");
        return (new Dictionary<string, KeyedText> { ["*"] = content }, [new ManifestVersion("*", version, 1, problem)]);
    }

    private ManifestVersion Missing(string problem) => new(Key ?? "version", null, null, problem);
}
