using System.Text.Json.Nodes;

namespace ReleaseActions.SbomChecksum.Lockfiles;

/// <summary>One <c>[[package]]</c> of poetry.lock or uv.lock.</summary>
internal sealed record PythonPackage(string Name, string Version, JsonNode Node)
{
    private PackageUrl Url => new("pypi", null, Name, Version);

    public string Reference { get; } = new PackageUrl("pypi", null, Name, Version).ToString();

    public static List<PythonPackage> List(JsonNode root) =>
    [
        .. from node in root.Items("package")
           let name = node.Text("name")
           let version = node.Text("version") ?? ""
           where name is not null && (version.Length > 0 || node.Child("source") is not null)
           select new PythonPackage(name, version, node!),
    ];

    public static ILookup<string, PythonPackage> ByName(IEnumerable<PythonPackage> packages) =>
        LockFile.ByName(packages, p => Normal(p.Name));

    /// <summary>The packages of a name: one, or several where markers choose among versions.</summary>
    public static IEnumerable<PythonPackage> Find(ILookup<string, PythonPackage> byName, string name, string? version) =>
        byName[Normal(name)].Where(p => version is null || p.Version == version);

    public Component ToComponent(
        IEnumerable<JsonNode?> files, IEnumerable<(string Name, string? Version)> needs, ILookup<string, PythonPackage> byName,
        Dependencies dependencies) => new(Url)
        {
            Hashes = OnlyHash(files.Select(f => f.Text("hash"))),
            DependsOn = dependencies.Of(needs.SelectMany(need => Find(byName, need.Name, need.Version)).Select(p => p.Reference)),
        };

    /// <summary>The digest if there is one file; with several (wheels for each platform), none is the package's.</summary>
    public static IReadOnlyList<Hash> OnlyHash(IEnumerable<string?> hashes) =>
        hashes.OfType<string>().Distinct().ToList() is [var only] && Hash.FromPrefixed(only) is { } hash ? [hash] : [];

    private static string Normal(string name) => name.ToLowerInvariant().Replace('_', '-').Replace('.', '-');
}
