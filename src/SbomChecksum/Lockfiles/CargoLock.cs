using System.Text.Json.Nodes;
using Known = (string Name, string? Version, string Reference);

namespace ReleaseActions.SbomChecksum.Lockfiles;

/// <summary>Cargo.lock: crates with the SHA-256 of their archive. A crate without a source belongs to the project.</summary>
internal static class CargoLock
{
    public static LockFile Read(string text)
    {
        var packages = JsonTree.ReadToml(text).Items("package").OfType<JsonNode>()
            .Where(p => p.Text("name") is not null && p.Text("version") is not null).ToList();
        var others = packages.Where(p => p.Text("source") is not null).ToList();
        var byName = LockFile.ByName(others.Select(UrlOf).Select(u => (u.Name, u.Version, u.ToString())), known => known.Name);
        var dependencies = new Dependencies();
        var direct = dependencies.Of(packages.Where(p => p.Text("source") is null).SelectMany(p => Needs(p, byName)));
        return new LockFile([.. others.Select(p => ToComponent(p, byName, dependencies))], direct);
    }

    private static Component ToComponent(JsonNode package, ILookup<string, Known> byName, Dependencies dependencies) => new(UrlOf(package))
    {
        Hashes = Hash.FromPrefixed($"sha256:{package.Text("checksum")}") is { } hash ? [hash] : [],
        DependsOn = dependencies.Of(Needs(package, byName)),
    };

    private static PackageUrl UrlOf(JsonNode package) => new("cargo", null, package.Text("name")!, package.Text("version"));

    // `name`, or `name version` (and a source in parentheses) where several crates have the name.
    private static IEnumerable<string> Needs(JsonNode package, ILookup<string, Known> byName) =>
        from need in package.Items("dependencies")
        let words = need!.ToString().Split(' ', 3)
        from known in byName[words[0]]
        where words.Length == 1 || known.Version == words[1]
        select known.Reference;
}
