using System.Text.Json.Nodes;

namespace ReleaseActions.SbomChecksum.Lockfiles;

/// <summary>Poetry's poetry.lock: the packages and what each needs. It does not say which of them the project itself requires.</summary>
internal static class PoetryLock
{
    public static LockFile Read(string text)
    {
        var root = JsonTree.ReadToml(text);
        var packages = PythonPackage.List(root);
        // Poetry 1.x lists the files of all packages at the end, by package.
        var files = root.Child("metadata").Child("files");
        var byName = PythonPackage.ByName(packages);
        var dependencies = new Dependencies();
        return new LockFile([.. packages.Select(ToComponent)], null);

        Component ToComponent(PythonPackage package)
        {
            var needs = package.Node.Pairs("dependencies").Select(d => (d.Key, (string?)null));
            var allFiles = package.Node.Items("files").Concat(files.Items(package.Name));
            return package.ToComponent(allFiles, needs, byName, dependencies) with { Scope = ScopeOf(package.Node) };
        }
    }

    private static Scope ScopeOf(JsonNode package)
    {
        // `groups` since Poetry 2, `category` before 1.5; in between the file does not say.
        var groups = package.Items("groups").Select(g => g?.ToString()).ToList();
        var isForDevelopment = groups.Count > 0 ? !groups.Contains("main") : package.Text("category") == "dev";
        return isForDevelopment ? Scope.Excluded : package.Flag("optional") ? Scope.Optional : Scope.Required;
    }
}
