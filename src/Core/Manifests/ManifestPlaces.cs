using ReleaseActions.Core.Files;

namespace ReleaseActions.Core.Manifests;

/// <summary>The places of a policy in the files that there are. Pure.</summary>
public static class ManifestPlaces
{
    private const string Package = "package.json";

    /// <summary>
    /// The places with each glob replaced by the files that it matches, outside of <c>node_modules</c>; one that matches nothing stays.
    /// A <c>package-lock.json</c> gets the packages that are among them.
    /// </summary>
    /// <param name="places">As the policy names them.</param>
    /// <param name="files">Relative to the workspace, with slashes.</param>
    public static IReadOnlyList<ManifestPlace> Expand(IReadOnlyList<ManifestPlace> places, IEnumerable<string> files)
    {
        List<string> known = [.. files.Where(f => !f.Split('/').Contains("node_modules")).Order(StringComparer.Ordinal)];
        List<ManifestPlace> all = [.. places.SelectMany(p => Matching(p, known)).Distinct()];
        return [.. all.Select(p => p with { Packages = PackagesOf(p, all) })];
    }

    private static List<ManifestPlace> Matching(ManifestPlace place, List<string> files)
    {
        if (!place.IsGlob) return [place];
        List<ManifestPlace> found =
            [.. files.Where(f => Glob.IsMatch(place.File, f)).Select(f => place with { File = f, IsOfGlob = true })];
        return found.Count > 0 ? found : [place];
    }

    // Their folders from the lock file's on; empty where none is named, and the lock file counts alone.
    private static ManifestPackages PackagesOf(ManifestPlace place, List<ManifestPlace> all)
    {
        var folder = FolderOf(place.File);
        if (!place.IsNpmLock) return ManifestPackages.None;
        return new ManifestPackages([.. all.Where(p => p.Key is null && Path.GetFileName(p.File) == Package).Select(p => FolderOf(p.File))
            .Where(f => f.StartsWith(folder, StringComparison.Ordinal)).Select(f => f[folder.Length..].TrimEnd('/'))]);
    }

    private static string FolderOf(string file) => file[..(file.LastIndexOf('/') + 1)];
}

/// <summary>The folders of packages whose versions a lock file has too, from its own folder on; empty for that folder itself.</summary>
/// <param name="Folders">The folders, in order.</param>
public sealed record ManifestPackages(IReadOnlyList<string> Folders)
{
    /// <summary>None is known.</summary>
    public static ManifestPackages None { get; } = new([]);

    /// <inheritdoc/>
    public bool Equals(ManifestPackages? other) => other is not null && Folders.SequenceEqual(other.Folders);

    /// <inheritdoc/>
    public override int GetHashCode() => Folders.Count;

    /// <summary>The keys of a <c>package-lock.json</c> that have the version: its own, and those of the packages that it has.</summary>
    internal string[] KeysIn(IReadOnlyDictionary<string, KeyedText> found)
    {
        // The first format of the file lists no packages.
        string[] own = found.Keys.Any(k => k.StartsWith("packages.", StringComparison.Ordinal)) || found.Count == 0
            ? ["version", "packages..version"] : ["version"];
        var others = Folders.Where(f => f.Length > 0).Select(f => $"packages.{f}.").Where(f => found.Keys.Any(k =>
            k.StartsWith(f, StringComparison.Ordinal))).Select(f => $"{f}version");
        return [.. Folders.Count == 0 || Folders.Contains("") ? own : [], .. others];
    }
}
