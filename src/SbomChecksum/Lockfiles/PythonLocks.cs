using System.Text.Json.Nodes;

namespace ReleaseActions.SbomChecksum.Lockfiles;

/// <summary>Poetry's poetry.lock: the packages and what each needs; which of them the project itself asks for stands elsewhere.</summary>
internal static class PoetryLock
{
    public static LockFile Read(string text)
    {
        var root = Toml.Read(text);
        var packages = PythonPackage.List(root);
        // Up to Poetry 1.x the files stood together at the end, by package.
        var files = root.Child("metadata").Child("files");
        var byName = PythonPackage.ByName(packages);
        return new LockFile([.. packages.Select(p => ToComponent(p, files.Items(p.Name), byName))], null);
    }

    private static Component ToComponent(PythonPackage package, IEnumerable<JsonNode?> moreFiles, ILookup<string, PythonPackage> byName)
    {
        var needs = package.Node.Pairs("dependencies").Select(d => (d.Key, (string?)null));
        return package.ToComponent(package.Node.Items("files").Concat(moreFiles), needs, byName) with { Scope = ScopeOf(package.Node) };
    }

    private static Scope ScopeOf(JsonNode package)
    {
        // `groups` since Poetry 2, `category` before 1.5; in between the file does not say.
        var groups = package.Items("groups").Select(g => g?.ToString()).ToList();
        if (groups.Count > 0) return groups.Contains("main") ? package.Flag("optional") ? Scope.Optional : Scope.Required : Scope.Excluded;
        return package.Text("category") == "dev" ? Scope.Excluded : package.Flag("optional") ? Scope.Optional : Scope.Required;
    }
}

/// <summary>uv's uv.lock: packages with their source distribution and wheels; the project is one of them, with a local source.</summary>
internal static class UvLock
{
    public static LockFile Read(string text)
    {
        var packages = PythonPackage.List(Toml.Read(text));
        var own = packages.Where(IsOwn).ToList();
        var others = packages.Where(p => !IsOwn(p)).ToList();
        var byName = PythonPackage.ByName(others);
        var (runs, extra, development) = (Asked(own, null), Asked(own, "optional-dependencies"), Asked(own, "dev-dependencies"));
        var (required, optional) = (Reached(runs, byName), Reached(extra, byName));
        Scope ScopeOf(string reference) => required.Contains(reference) || own.Count == 0 ? Scope.Required : optional.Contains(reference) ? Scope.Optional : Scope.Excluded;
        return new LockFile(
            [.. others.Select(p => p.ToComponent(p.Node.Items("wheels").Append(p.Node.Child("sdist")), Needs(p.Node), byName)).Select(c => c with { Scope = ScopeOf(c.Reference) })],
            [.. runs.Concat(extra).Concat(development).SelectMany(need => PythonPackage.Find(byName, need.Name, need.Version)).Distinct()]);
    }

    /// <summary>What the project itself asks for: its dependencies, or those of the named groups.</summary>
    private static List<(string Name, string? Version)> Asked(IEnumerable<PythonPackage> own, string? groups) =>
        [.. own.SelectMany(p => groups is null ? Needs(p.Node) : p.Node.Pairs(groups).SelectMany(g => Needs(p.Node.Child(groups), g.Key)))];

    private static HashSet<string> Reached(IEnumerable<(string Name, string? Version)> from, ILookup<string, PythonPackage> byName)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var ahead = new Queue<(string Name, string? Version)>(from);
        while (ahead.TryDequeue(out var need))
        {
            foreach (var package in PythonPackage.Matching(byName, need.Name, need.Version).Where(p => reached.Add(p.Reference)))
                foreach (var next in Needs(package.Node)) ahead.Enqueue(next);
        }

        return reached;
    }

    private static bool IsOwn(PythonPackage package) =>
        package.Node.Child("source") is { } source && (source.Text("virtual") ?? source.Text("editable") ?? source.Text("directory")) is not null;

    private static IEnumerable<(string Name, string? Version)> Needs(JsonNode? node, string key = "dependencies") =>
        node.Items(key).Where(d => d.Text("name") is not null).Select(d => (d.Text("name")!, d.Text("version")));
}

/// <summary>Pipenv's Pipfile.lock: a group for what runs and one for development, with the digests of all files.</summary>
internal static class PipfileLock
{
    public static LockFile Read(string text)
    {
        var root = LockFile.ReadJson(text);
        return new LockFile([.. Section(root, "default", Scope.Required).Concat(Section(root, "develop", Scope.Excluded))], null);
    }

    private static IEnumerable<Component> Section(JsonNode root, string key, Scope scope) =>
        from package in root.Pairs(key)
        let version = package.Value.Text("version")
        where version?.StartsWith("==", StringComparison.Ordinal) == true
        select new Component(new PackageUrl("pypi", null, package.Key, version[2..]))
        {
            Scope = scope,
            Hashes = PythonPackage.OnlyHash(package.Value.Items("hashes").Select(h => h?.ToString())),
        };
}

/// <summary>pip's requirements, as pip freeze and pip-compile write them: what is pinned by <c>==</c>. The rest pins nothing and is passed over.</summary>
internal static class Requirements
{
    public static LockFile Read(string text) => new([.. text.ReplaceLineEndings("\n").Replace("\\\n", " ", StringComparison.Ordinal).Split('\n').Select(ReadLine).OfType<Component>()], null);

    private static Component? ReadLine(string line)
    {
        // A comment begins at the line's start or after a blank; an environment marker after a semicolon.
        var comment = line.StartsWith('#') ? 0 : line.IndexOf(" #", StringComparison.Ordinal);
        var words = (comment < 0 ? line : line[..comment]).Split(" --hash=");
        var pin = words[0].Split(';')[0].Split("==");
        if (pin is not [var name, var version] || !IsVersion(version.TrimStart('=').Trim())) return null;
        name = name.Split('[')[0].Trim();
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')) return null;
        return new Component(new PackageUrl("pypi", null, name, version.TrimStart('=').Trim())) { Hashes = PythonPackage.OnlyHash(words.Skip(1).Select(h => h.Trim())) };
    }

    private static bool IsVersion(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '+' or '!' or '-' or '_');
}

/// <summary>One <c>[[package]]</c> of a TOML lock file of Python's tools.</summary>
internal sealed record PythonPackage(string Name, string Version, JsonNode Node)
{
    private PackageUrl Url => new("pypi", null, Name, Version);

    public string Reference => Url.ToString();

    public static List<PythonPackage> List(JsonNode root) =>
        [.. root.Items("package").Where(p => p.Text("name") is not null).Select(p => new PythonPackage(p.Text("name")!, p.Text("version") ?? "", p!)).Where(p => p.Version.Length > 0 || p.Node.Child("source") is not null)];

    public static ILookup<string, PythonPackage> ByName(IEnumerable<PythonPackage> packages) => packages.ToLookup(p => Normal(p.Name));

    /// <summary>The references of the packages of a name: one, or several where markers choose among versions.</summary>
    public static IEnumerable<string> Find(ILookup<string, PythonPackage> byName, string name, string? version) =>
        Matching(byName, name, version).Select(p => p.Reference);

    public static IEnumerable<PythonPackage> Matching(ILookup<string, PythonPackage> byName, string name, string? version) =>
        byName[Normal(name)].Where(p => version is null || p.Version == version);

    public Component ToComponent(IEnumerable<JsonNode?> files, IEnumerable<(string Name, string? Version)> needs, ILookup<string, PythonPackage> byName) => new(Url)
    {
        Hashes = OnlyHash(files.Select(f => f.Text("hash"))),
        DependsOn = [.. needs.SelectMany(need => Find(byName, need.Name, need.Version)).Distinct()],
    };

    /// <summary>The digest where there is one file; where there are many (wheels for each platform), none is the package's.</summary>
    public static IReadOnlyList<Hash> OnlyHash(IEnumerable<string?> hashes) =>
        hashes.OfType<string>().Distinct().ToList() is [var only] && Hash.FromPrefixed(only) is { } hash ? [hash] : [];

    private static string Normal(string name) => name.ToLowerInvariant().Replace('_', '-').Replace('.', '-');
}
