using System.Text.Json.Nodes;

namespace ReleaseActions.SbomChecksum.Lockfiles;

/// <summary>NuGet's packages.lock.json: for each target framework its packages with their <c>contentHash</c>, SHA-512 in base64.</summary>
internal static class NuGetLock
{
    public static LockFile Read(string text)
    {
        var found = LockFile.ReadJson(text).Pairs("dependencies").SelectMany(framework => ReadFramework(framework.Value)).ToList();
        return new LockFile([.. found.Select(f => f.Component)], [.. found.Where(f => f.IsDirect).Select(f => f.Component.Reference)]);
    }

    private static IEnumerable<(Component Component, bool IsDirect)> ReadFramework(JsonNode? framework)
    {
        if (framework is not JsonObject packages) yield break;
        // NuGet's names differ in case from one place to another.
        var byName = new Dictionary<string, PackageUrl>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, package) in packages)
            if (package.Text("resolved") is { } version) byName[name] = new PackageUrl("nuget", null, name, version);
        foreach (var (name, package) in packages)
        {
            if (!byName.TryGetValue(name, out var url)) continue;
            var component = new Component(url)
            {
                Hashes = package.Text("contentHash") is { } hash && Hash.FromBase64("sha512", hash) is { } sha512 ? [sha512] : [],
                DependsOn = [.. package.Pairs("dependencies").Where(d => byName.ContainsKey(d.Key)).Select(d => byName[d.Key].ToString())],
            };
            yield return (component, package.Text("type") == "Direct");
        }
    }
}
