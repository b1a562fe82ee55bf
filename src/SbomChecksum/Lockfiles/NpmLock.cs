using System.Text.Json.Nodes;
using ReleaseActions.Core.Text;

namespace ReleaseActions.SbomChecksum.Lockfiles;

/// <summary>
/// npm's package-lock.json: versions 2 and 3 by their flat <c>packages</c>, version 1 by its nested <c>dependencies</c>. A package is
/// found as Node finds it: in the nearest <c>node_modules</c> above the package that requires it.
/// </summary>
internal static class NpmLock
{
    private const string Modules = "node_modules/";
    // Linux allows no longer path. It bounds the search through the folders above a package.
    private const int LongestPlace = 4096;

    public static LockFile Read(string text)
    {
        var root = JsonTree.ReadJson(text);
        var places = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        if (root["packages"] is JsonObject packages)
        {
            foreach (var (place, package) in packages)
                if (package is JsonObject) places[Bounded(place)] = package;
        }
        else
        {
            Flatten(root, "", places);
        }

        var components = places.Where(p => IsPackage(p.Key, p.Value)).Select(p => ComponentAt(p.Key, p.Value, places)).OfType<Component>();
        var direct = places.Where(p => !p.Key.Contains(Modules, StringComparison.Ordinal))
            .SelectMany(p => Needed(p.Key, p.Value, places, withDevelopment: true));
        return new LockFile([.. components], root["packages"] is JsonObject ? [.. direct] : null);
    }

    /// <summary>Version 1 as if it were version 2: <c>a</c> inside <c>b</c> is at <c>node_modules/b/node_modules/a</c>.</summary>
    private static void Flatten(JsonNode node, string above, Dictionary<string, JsonNode> places)
    {
        foreach (var (name, package) in node.Pairs("dependencies"))
        {
            if (package is not JsonObject) continue;
            var place = Bounded($"{above}{Modules}{name}");
            places[place] = package;
            Flatten(package, $"{place}/", places);
        }
    }

    private static string Bounded(string place) =>
        place.Length <= LongestPlace ? place : throw new FormatException($"a path in it has {place.Length} characters");

    // Folders of the project itself (workspaces), and links to them, are not packages.
    private static bool IsPackage(string place, JsonNode package) =>
        place.Contains(Modules, StringComparison.Ordinal) && !package.Flag("link");

    private static Component? ComponentAt(string place, JsonNode package, Dictionary<string, JsonNode> places)
    {
        if (UrlAt(place, package) is not { } url) return null;
        return new Component(url)
        {
            Hashes = Hash.FromIntegrity(package.Text("integrity")) is { } hash ? [hash] : [],
            License = package.Text("license"),
            Scope = ScopeOf(package),
            DependsOn = [.. Needed(place, package, places, withDevelopment: false)],
        };
    }

    private static Scope ScopeOf(JsonNode package)
    {
        var isForDevelopment = package.Flag("dev") || package.Flag("devOptional");
        return isForDevelopment ? Scope.Excluded : package.Flag("optional") ? Scope.Optional : Scope.Required;
    }

    private static PackageUrl? UrlAt(string place, JsonNode package)
    {
        // An alias is in a folder of its own name, and has the real one as `name`.
        var name = package.Text("name") ?? place[(place.LastIndexOf(Modules, StringComparison.Ordinal) + Modules.Length)..];
        if (package.Text("version") is not { } version) return null;
        // Before it is taken apart at an @, which could be that of an account.
        version = UrlText.WithoutCredentials(version);
        if (version.StartsWith("npm:", StringComparison.Ordinal) && version.LastIndexOf('@') is > 4 and var at)
            (name, version) = (version[4..at], version[(at + 1)..]);
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && name[0] == '@'
            ? new PackageUrl("npm", name[..slash], name[(slash + 1)..], version)
            : new PackageUrl("npm", null, name, version);
    }

    private static IEnumerable<string> Needed(string place, JsonNode package, Dictionary<string, JsonNode> places, bool withDevelopment)
    {
        string[] kinds = ["dependencies", withDevelopment ? "devDependencies" : "requires", "optionalDependencies", "peerDependencies"];
        foreach (var name in kinds.SelectMany(kind => package.Pairs(kind)).Select(p => p.Key).Distinct())
        {
            if (Nearest(place, name, places) is not { } found || !IsPackage(found, places[found])) continue;
            if (UrlAt(found, places[found]) is { } url) yield return url.ToString();
        }
    }

    private static string? Nearest(string place, string name, Dictionary<string, JsonNode> places)
    {
        for (var folder = place; ; folder = Above(folder))
        {
            var candidate = folder.Length == 0 ? $"{Modules}{name}" : $"{folder}/{Modules}{name}";
            if (places.ContainsKey(candidate)) return candidate;
            if (folder.Length == 0) return null;
        }
    }

    private static string Above(string folder) => folder.LastIndexOf('/') is >= 0 and var slash ? folder[..slash] : "";
}
