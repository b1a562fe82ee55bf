using ReleaseActions.Core.Files;
using ReleaseActions.Core.Versions;
using ReleaseActions.SbomChecksum.Lockfiles;

namespace ReleaseActions.SbomChecksum;

/// <summary>What is released, as the SBOM speaks of it.</summary>
/// <param name="Name">The repository's name, or the folder's on a laptop.</param>
/// <param name="Version">The version; the commit's first 12 digits where a run releases none.</param>
/// <param name="Url">Its package URL.</param>
/// <param name="Date">When its commit was made: the SBOM's timestamp, so that the same commit gives the same bytes.</param>
internal sealed record Product(string Name, string Version, PackageUrl Url, DateTimeOffset Date)
{
    /// <summary>A commit of a repository. Package URLs know github.com by a type of its own; other servers are said by their address.</summary>
    public static Product Of(string? repository, string folder, string serverUrl, ReleaseTag? release, string commit, DateTimeOffset date)
    {
        var name = repository?.Split('/')[^1] ?? folder;
        var shown = release?.Version.Text ?? commit[..12];
        if (repository is null) return new Product(name, shown, new PackageUrl("generic", null, name, shown), date);
        var url = serverUrl == "https://github.com"
            ? new PackageUrl("github", repository.Split('/')[0], name, release?.Name ?? commit)
            : new PackageUrl("generic", null, name, shown) { Qualifiers = new Dictionary<string, string> { ["vcs_url"] = $"git+{serverUrl}/{repository}@{commit}" } };
        return new Product(name, shown, url, date);
    }
}

/// <summary>Everything an SBOM says, put together from all lock files: each package once, all in one order.</summary>
/// <param name="Product">What is released.</param>
/// <param name="Files">The published files.</param>
/// <param name="Components">The packages, by their references in ordinal order.</param>
/// <param name="Direct">The references of those that the product itself asks for.</param>
internal sealed record Bom(Product Product, IReadOnlyList<HashedFile> Files, IReadOnlyList<Component> Components, IReadOnlyList<string> Direct)
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
        [.. Components.GroupBy(c => c.Url.Type).Select(g => (g.Key, g.Count())).OrderByDescending(e => e.Item2).ThenBy(e => e.Key, StringComparer.Ordinal)];

    // What is needed for running anywhere is needed for running.
    private static Component Merged(IGrouping<string, Component> same) => same.First() with
    {
        Hashes = same.Select(c => c.Hashes).FirstOrDefault(h => h.Count > 0) ?? [],
        License = same.Select(c => c.License).FirstOrDefault(l => l is not null),
        Scope = same.Min(c => c.Scope),
        DependsOn = same.All(c => c.DependsOn is null) ? null : Sorted(same.SelectMany(c => c.DependsOn ?? [])),
    };

    // Where a lock file does not tell what the project asks for: what no other package needs, it must be.
    private static IEnumerable<string> NeededByNone(LockFile lockFile)
    {
        var needed = lockFile.Components.SelectMany(c => c.DependsOn ?? []).ToHashSet(StringComparer.Ordinal);
        return lockFile.Components.Select(c => c.Reference).Where(r => !needed.Contains(r));
    }

    private static IReadOnlyList<string> Sorted(IEnumerable<string> references) => [.. references.Distinct().Order(StringComparer.Ordinal)];
}
