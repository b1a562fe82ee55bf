using System.Text.Json;
using NuGet.Versioning;

namespace ReleaseActions.SbomChecksum.Lockfiles;

/// <summary>NuGet's packages.lock.json: for each target framework its packages with their <c>contentHash</c>, SHA-512 in base64.</summary>
internal static class NuGetLock
{
    public static LockFile Read(string text)
    {
        using var document = JsonTree.ReadJson(text);
        var dependencies = new Dependencies();
        var found = document.RootElement.Pairs("dependencies").SelectMany(f => ReadFramework(f.Value, dependencies)).ToList();
        return new LockFile([.. found.Select(f => f.Component)], [.. found.Where(f => f.IsDirect).Select(f => f.Component.Reference)]);
    }

    private static IEnumerable<(Component Component, bool IsDirect)> ReadFramework(JsonElement framework, Dependencies dependencies)
    {
        // NuGet's names differ in case from one place to another.
        var byName = new Dictionary<string, (PackageUrl Url, string Reference)>(StringComparer.OrdinalIgnoreCase);
        foreach (var package in framework.Pairs())
        {
            if (package.Value.Text("resolved") is not { } version) continue;
            var url = new PackageUrl("nuget", null, package.Name, Normalized(version));
            byName[package.Name] = (url, url.ToString());
        }

        foreach (var package in framework.Pairs())
        {
            if (!byName.TryGetValue(package.Name, out var own)) continue;
            var needs = package.Value.Pairs("dependencies").Where(d => byName.ContainsKey(d.Name)).Select(d => byName[d.Name].Reference);
            var hash = package.Value.Text("contentHash") is { } base64 ? Hash.FromBase64("sha512", base64) : null;
            var component = new Component(own.Url) { Hashes = hash is null ? [] : [hash], DependsOn = dependencies.Of(needs) };
            yield return (component, package.Value.Text("type") == "Direct");
        }
    }

    // As NuGet's site and the package's own file name have it: 1.0.0 for 1.0.0.0 or 1.0.0+build.
    private static string Normalized(string version) => NuGetVersion.TryParse(version, out var read)
        ? read.ToNormalizedString()
        : throw new FormatException($"'{version}' is not a NuGet version");
}
