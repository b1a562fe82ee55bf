using System.Text.Json;

namespace ReleaseActions.SbomChecksum.Lockfiles;

/// <summary>
/// npm's package-lock.json: versions 2 and 3 by their flat <c>packages</c>, version 1 by its nested <c>dependencies</c>. A package is
/// found as Node finds it: in the nearest <c>node_modules</c> above the package that requires it.
/// </summary>
internal static class NpmLock
{
    public static LockFile Read(string text)
    {
        using var document = JsonTree.ReadJson(text);
        var (top, places) = (new NpmFolder(), new List<NpmFolder>());
        var isFlat = document.RootElement.Child("packages") is { ValueKind: JsonValueKind.Object };
        if (isFlat)
        {
            foreach (var package in document.RootElement.Pairs("packages"))
                if (package.Value.ValueKind == JsonValueKind.Object) places.Add(top.Add(package.Name, package.Value));
        }
        else
        {
            top.Package = document.RootElement;
            Flatten(top, places);
        }

        var dependencies = new Dependencies();
        var direct = places.Where(p => !p.IsInstalled).SelectMany(p => Needed(p, withDevelopment: true));
        return new LockFile(
            [.. places.Where(p => p.IsPackage).Select(p => ComponentAt(p, dependencies)).OfType<Component>()], isFlat ? [.. direct] : null);
    }

    /// <summary>Version 1 as if it were version 2: <c>a</c> inside <c>b</c> is at <c>node_modules/b/node_modules/a</c>.</summary>
    private static void Flatten(NpmFolder above, List<NpmFolder> places)
    {
        foreach (var package in above.Package.Pairs("dependencies"))
        {
            if (package.Value.ValueKind != JsonValueKind.Object) continue;
            var place = above.Add($"{NpmFolder.Modules}/{package.Name}", package.Value);
            places.Add(place);
            Flatten(place, places);
        }
    }

    private static Component? ComponentAt(NpmFolder place, Dependencies dependencies)
    {
        if (UrlAt(place) is not { } url) return null;
        return new Component(url)
        {
            Hashes = Hash.FromIntegrity(place.Package.Text("integrity")) is { } hash ? [hash] : [],
            License = place.Package.Text("license"),
            Scope = ScopeOf(place.Package),
            DependsOn = dependencies.Of(Needed(place, withDevelopment: false)),
        };
    }

    private static Scope ScopeOf(JsonElement package)
    {
        var isForDevelopment = package.Flag("dev") || package.Flag("devOptional");
        return isForDevelopment ? Scope.Excluded : package.Flag("optional") ? Scope.Optional : Scope.Required;
    }

    private static PackageUrl? UrlAt(NpmFolder place)
    {
        // An alias is in a folder of its own name, and has the real one as `name`.
        var name = place.Package.Text("name") ?? place.PackageName;
        if (place.Package.Text("version") is not { } version) return null;
        if (version.StartsWith("npm:", StringComparison.Ordinal) && version.LastIndexOf('@') is > 4 and var at)
            (name, version) = (version[4..at], version[(at + 1)..]);
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && name[0] == '@'
            ? new PackageUrl("npm", name[..slash], name[(slash + 1)..], version)
            : new PackageUrl("npm", null, name, version);
    }

    private static IEnumerable<string> Needed(NpmFolder place, bool withDevelopment)
    {
        string[] kinds = ["dependencies", withDevelopment ? "devDependencies" : "requires", "optionalDependencies", "peerDependencies"];
        foreach (var name in kinds.SelectMany(kind => place.Package.Pairs(kind)).Select(p => p.Name).Distinct())
        {
            if (place.Nearest(name) is not { IsPackage: true } found) continue;
            if ((found.Reference ??= UrlAt(found)?.ToString()) is { } reference) yield return reference;
        }
    }
}

/// <summary>
/// A folder of an installation: the project, a package, or one between them. They are a tree, so that the way up is short.
/// </summary>
internal sealed class NpmFolder
{
    public const string Modules = "node_modules";

    // Linux allows no longer path, and nobody has nested packages a third as deep. Both bound the way up from a package.
    private const int LongestPlace = 4096;
    private const int MostFolders = 100;

    private readonly NpmFolder? _above;
    private readonly string _name = "";
    private readonly int _depth;
    private readonly int _length;
    private Dictionary<string, NpmFolder>? _inside;

    public NpmFolder()
    {
    }

    private NpmFolder(NpmFolder above, string name)
    {
        (_above, _name, _depth, _length) = (above, name, above._depth + 1, above._length + name.Length + 1);
        IsInstalled = above.IsInstalled || above._name == Modules;
        if (_length > LongestPlace) throw new FormatException($"a path in it has {_length} characters");
        if (_depth > MostFolders) throw new FormatException($"a path in it is more than {MostFolders} folders deep");
    }

    /// <summary>Its entry in the file.</summary>
    public JsonElement Package { get; set; }

    /// <summary>Its package URL, once it was asked for.</summary>
    public string? Reference { get; set; }

    /// <summary>Whether it is in a <c>node_modules</c>, and no folder of the project itself.</summary>
    public bool IsInstalled { get; }

    // Links to folders of the project are not packages.
    public bool IsPackage => IsInstalled && Package.ValueKind == JsonValueKind.Object && !Package.Flag("link");

    /// <summary>The path below the nearest <c>node_modules</c>.</summary>
    public string PackageName =>
        _above is null || _above._name == Modules || !IsInstalled ? _name : $"{_above.PackageName}/{_name}";

    /// <summary>Adds a package below this folder.</summary>
    /// <exception cref="FormatException">The path is longer or deeper than any file system's.</exception>
    public NpmFolder Add(string path, JsonElement package)
    {
        var folder = this;
        // The project itself has the empty path.
        foreach (var name in path.Length == 0 ? [] : path.Split('/', MostFolders + 2))
        {
            folder._inside ??= new Dictionary<string, NpmFolder>(1, StringComparer.Ordinal);
            if (!folder._inside.TryGetValue(name, out var next)) folder._inside[name] = next = new NpmFolder(folder, name);
            folder = next;
        }

        folder.Package = package;
        return folder;
    }

    /// <summary>The package of a name in the nearest <c>node_modules</c> that has it, going up from here; or null.</summary>
    public NpmFolder? Nearest(string name)
    {
        var parts = name.Split('/', MostFolders);
        for (var folder = this; folder is not null; folder = folder._above)
        {
            var found = folder.Inside(Modules);
            for (var i = 0; i < parts.Length && found is not null; i++) found = found.Inside(parts[i]);
            if (found is { Package.ValueKind: JsonValueKind.Object }) return found;
        }

        return null;
    }

    private NpmFolder? Inside(string name) => _inside is not null && _inside.TryGetValue(name, out var found) ? found : null;
}
