using ReleaseActions.Core.Files;
using ReleaseActions.Core.Versions;
using ReleaseActions.SbomChecksum.Lockfiles;

namespace ReleaseActions.SbomChecksum;

/// <summary>What is released, as the SBOM describes it.</summary>
/// <param name="Name">The repository's name, or the folder's on a laptop.</param>
/// <param name="Version">The version; the commit's first 12 digits where the run releases none.</param>
/// <param name="Url">Its package URL.</param>
/// <param name="Date">When its commit was made: the SBOM's timestamp, so that the same commit gives the same bytes.</param>
internal sealed record Product(string Name, string Version, PackageUrl Url, DateTimeOffset Date)
{
    /// <summary>A commit of a repository. Package URLs have a type for github.com; any other server is named by its address.</summary>
    public static Product Of(
        string? repository, string folder, string serverUrl, ReleaseTag? release, string commit, DateTimeOffset date)
    {
        var name = repository?.Split('/')[^1] ?? folder;
        var shown = release?.Version.Text ?? commit[..12];
        if (repository is null) return new Product(name, shown, new PackageUrl("generic", null, name, shown), date);
        var source = new Dictionary<string, string> { ["vcs_url"] = $"git+{serverUrl}/{repository}@{commit}" };
        var url = serverUrl == "https://github.com"
            ? new PackageUrl("github", repository.Split('/')[0], name, release?.Name ?? commit)
            : new PackageUrl("generic", null, name, shown) { Qualifiers = source };
        return new Product(name, shown, url, date);
    }
}

/// <summary>The content of an SBOM, merged from all lock files: each package once, in a fixed order.</summary>
/// <param name="Product">What is released.</param>
/// <param name="Files">The files to publish.</param>
/// <param name="Components">The packages, in ordinal order of their references.</param>
/// <param name="Direct">The references of those that the product itself requires.</param>
internal sealed record Bom(
    Product Product, IReadOnlyList<HashedFile> Files, IReadOnlyList<Component> Components, IReadOnlyList<string> Direct)
{
    public static Bom Of(Product product, IReadOnlyList<HashedFile> files, IReadOnlyList<LockFile> lockFiles)
    {
        var components = lockFiles.SelectMany(l => l.Components).GroupBy(c => c.Reference, StringComparer.Ordinal)
            .Select(Merged).OrderBy(c => c.Reference, StringComparer.Ordinal).ToList();
        var known = components.Select(c => c.Reference).ToHashSet(StringComparer.Ordinal);
        var direct = lockFiles.SelectMany(l => l.Direct ?? NeededByNone(l)).Where(known.Contains);
        return new Bom(product, files, components, Sorted(direct));
    }

    /// <summary>The packages by ecosystem, the largest first.</summary>
    public IReadOnlyList<(string Ecosystem, int Count)> Ecosystems =>
    [
        .. Components.CountBy(c => c.Url.Type).Select(e => (e.Key, e.Value))
            .OrderByDescending(e => e.Value).ThenBy(e => e.Key, StringComparer.Ordinal),
    ];

    // The lowest scope wins: what one lock file needs at run time is needed at run time.
    private static Component Merged(IGrouping<string, Component> same) => same.First() with
    {
        Hashes = same.Select(c => c.Hashes).FirstOrDefault(h => h.Count > 0) ?? [],
        License = same.Select(c => c.License).FirstOrDefault(l => l is not null),
        Scope = same.Min(c => c.Scope),
        DependsOn = same.All(c => c.DependsOn is null) ? null : Sorted(same.SelectMany(c => c.DependsOn ?? [])),
    };

    // Where a lock file does not say what the project requires, it is taken to be what no other package needs.
    private static IEnumerable<string> NeededByNone(LockFile lockFile)
    {
        var needed = lockFile.Components.SelectMany(c => c.DependsOn ?? []).ToHashSet(StringComparer.Ordinal);
        return lockFile.Components.Select(c => c.Reference).Where(r => !needed.Contains(r));
    }

    private static IReadOnlyList<string> Sorted(IEnumerable<string> references) => [.. references.Distinct().Order(StringComparer.Ordinal)];
}
