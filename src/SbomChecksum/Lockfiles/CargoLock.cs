using System.Text.Json.Nodes;

namespace ReleaseActions.SbomChecksum.Lockfiles;

/// <summary>Cargo.lock: crates with the SHA-256 of their archive. A crate without a source belongs to the project.</summary>
internal static class CargoLock
{
    public static LockFile Read(string text)
    {
        var packages = JsonTree.ReadToml(text).Items("package").OfType<JsonNode>()
            .Where(p => p.Text("name") is not null && p.Text("version") is not null).ToList();
        var others = packages.Where(p => p.Text("source") is not null).ToList();
        var byName = LockFile.ByName(others.Select(UrlOf), url => url.Name);
        var direct = packages.Except(others).SelectMany(p => Needs(p, byName)).Distinct();
        return new LockFile([.. others.Select(p => ToComponent(p, byName))], [.. direct]);
    }

    private static Component ToComponent(JsonNode package, ILookup<string, PackageUrl> byName) => new(UrlOf(package))
    {
        Hashes = Hash.FromPrefixed($"sha256:{package.Text("checksum")}") is { } hash ? [hash] : [],
        DependsOn = [.. Needs(package, byName).Distinct()],
    };

    private static PackageUrl UrlOf(JsonNode package) => new("cargo", null, package.Text("name")!, package.Text("version"));

    // `name`, or `name version` (and a source in parentheses) where several crates have the name.
    private static IEnumerable<string> Needs(JsonNode package, ILookup<string, PackageUrl> byName) =>
        from need in package.Items("dependencies")
        let words = need!.ToString().Split(' ')
        from url in byName[words[0]]
        where words.Length == 1 || url.Version == words[1]
        select url.ToString();
}
