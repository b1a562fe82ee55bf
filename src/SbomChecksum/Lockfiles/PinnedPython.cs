using System.Text.Json;

namespace ReleaseActions.SbomChecksum.Lockfiles;

/// <summary>What pip and Pipenv pin with <c>==</c>. Neither file says what a package needs.</summary>
internal static class PinnedPython
{
    /// <summary>Reads Pipfile.lock: one group for what runs and one for development, with the digests of all files.</summary>
    public static LockFile ReadPipfile(string text)
    {
        using var document = JsonTree.ReadJson(text);
        var root = document.RootElement;
        return new LockFile([.. Group(root, "default", Scope.Required).Concat(Group(root, "develop", Scope.Excluded))], null);
    }

    /// <summary>Reads requirements as pip freeze and pip-compile write them. A line without <c>==</c> pins nothing.</summary>
    public static LockFile ReadRequirements(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Replace("\\\n", " ", StringComparison.Ordinal).Split('\n');
        return new LockFile([.. lines.Select(ReadLine).OfType<Component>()], null);
    }

    private static IEnumerable<Component> Group(JsonElement root, string key, Scope scope) =>
        from package in root.Pairs(key)
        let version = package.Value.Text("version")
        where version?.StartsWith("==", StringComparison.Ordinal) == true
        select new Component(new PackageUrl("pypi", null, package.Name, version[2..]))
        {
            Scope = scope,
            Hashes = PythonPackage.OnlyHash(package.Value.Items("hashes").Select(h => h.ToString())),
        };

    private static Component? ReadLine(string line)
    {
        // A comment begins at the line's start or after a space; an environment marker after a semicolon.
        var comment = line.StartsWith('#') ? 0 : line.IndexOf(" #", StringComparison.Ordinal);
        var words = (comment < 0 ? line : line[..comment]).Split(" --hash=");
        if (words[0].Split(';')[0].Split("==") is not [var name, var pinned]) return null;
        var version = pinned.TrimStart('=').Trim();
        name = name.Split('[')[0].Trim();
        if (!IsMadeOf(name, "._-") || !IsMadeOf(version, "._-+!")) return null;
        var hashes = words.Skip(1).Select(hash => hash.Trim());
        return new Component(new PackageUrl("pypi", null, name, version)) { Hashes = PythonPackage.OnlyHash(hashes) };
    }

    private static bool IsMadeOf(string text, string marks) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || marks.Contains(c, StringComparison.Ordinal));
}
