using System.Text.Json.Nodes;
using NuGet.Versioning;

namespace ReleaseActions.SbomChecksum.Lockfiles;

/// <summary>NuGet's packages.lock.json: for each target framework its packages with their <c>contentHash</c>, SHA-512 in base64.</summary>
internal static class NuGetLock
{
    public static LockFile Read(string text)
    {
        var found = JsonTree.ReadJson(text).Pairs("dependencies").SelectMany(framework => ReadFramework(framework.Value)).ToList();
        return new LockFile([.. found.Select(f => f.Component)], [.. found.Where(f => f.IsDirect).Select(f => f.Component.Reference)]);
    }

    private static IEnumerable<(Component Component, bool IsDirect)> ReadFramework(JsonNode? framework)
    {
        if (framework is not JsonObject packages) yield break;
        // NuGet's names differ in case from one place to another.
        var byName = new Dictionary<string, PackageUrl>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, package) in packages)
            if (package.Text("resolved") is { } version) byName[name] = new PackageUrl("nuget", null, name, Normalized(version));
        foreach (var (name, package) in packages)
        {
            if (!byName.TryGetValue(name, out var url)) continue;
            var needs = package.Pairs("dependencies").Where(d => byName.ContainsKey(d.Key)).Select(d => byName[d.Key].ToString());
            var hash = package.Text("contentHash") is { } base64 ? Hash.FromBase64("sha512", base64) : null;
            var component = new Component(url) { Hashes = hash is null ? [] : [hash], DependsOn = [.. needs] };
            yield return (component, package.Text("type") == "Direct");
        }
    }

    // As NuGet's site and the package's own file name have it: 1.0.0 for 1.0.0.0 or 1.0.0+build.
    private static string Normalized(string version) => NuGetVersion.TryParse(version, out var read)
        ? read.ToNormalizedString()
        : throw new FormatException($"'{version}' is not a NuGet version");
}
