using System.Text.Json.Nodes;

namespace ReleaseActions.SbomChecksum.Lockfiles;

/// <summary>uv's uv.lock: packages with their source distribution and wheels; the project is one of them, with a local source.</summary>
internal static class UvLock
{
    public static LockFile Read(string text)
    {
        var (own, others) = (new List<PythonPackage>(), new List<PythonPackage>());
        foreach (var package in PythonPackage.List(JsonTree.ReadToml(text))) (IsOwn(package) ? own : others).Add(package);
        var byName = PythonPackage.ByName(others);
        var (runs, extra, development) = (Asked(own, null), Asked(own, "optional-dependencies"), Asked(own, "dev-dependencies"));
        var (required, optional) = (Reached(runs, byName), Reached(extra, byName));
        Scope ScopeOf(string reference)
        {
            if (required.Contains(reference) || own.Count == 0) return Scope.Required;
            return optional.Contains(reference) ? Scope.Optional : Scope.Excluded;
        }

        var dependencies = new Dependencies();
        var components = others.Select(p => p.ToComponent(FilesOf(p.Node), Needs(p.Node), byName, dependencies));
        var direct = runs.Concat(extra).Concat(development).SelectMany(need => PythonPackage.Find(byName, need.Name, need.Version));
        return new LockFile(
            [.. components.Select(c => c with { Scope = ScopeOf(c.Reference) })], dependencies.Of(direct.Select(p => p.Reference)));
    }

    private static IEnumerable<JsonNode?> FilesOf(JsonNode package) => package.Items("wheels").Append(package.Child("sdist"));

    /// <summary>What the project itself requires: its dependencies, or those of the named groups.</summary>
    private static List<(string Name, string? Version)> Asked(IEnumerable<PythonPackage> own, string? groups) =>
        [.. own.SelectMany(p => groups is null ? Needs(p.Node) : p.Node.Pairs(groups).SelectMany(g => Needs(p.Node.Child(groups), g.Key)))];

    private static HashSet<string> Reached(IEnumerable<(string Name, string? Version)> from, ILookup<string, PythonPackage> byName)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var ahead = new Queue<(string Name, string? Version)>(from);
        var asked = new HashSet<(string Name, string? Version)>();
        while (ahead.TryDequeue(out var need))
        {
            // The same again leads to nothing new, and a name may mean a hundred versions.
            if (!asked.Add(need)) continue;
            foreach (var package in PythonPackage.Find(byName, need.Name, need.Version).Where(p => reached.Add(p.Reference)))
                foreach (var next in Needs(package.Node)) ahead.Enqueue(next);
        }

        return reached;
    }

    private static bool IsOwn(PythonPackage package) =>
        ((string[])["virtual", "editable", "directory"]).Any(kind => package.Node.Child("source").Text(kind) is not null);

    private static IEnumerable<(string Name, string? Version)> Needs(JsonNode? node, string key = "dependencies") =>
        node.Items(key).Where(d => d.Text("name") is not null).Select(d => (d.Text("name")!, d.Text("version")));
}
