namespace ReleaseActions.SbomChecksum.Lockfiles;

/// <summary>
/// go.mod, which since Go 1.17 names every module of the build with its exact version. A module that <c>replace</c> puts in another's
/// place is what is built; <c>exclude</c> changes nothing here.
/// </summary>
internal static class GoModule
{
    // `replace A v1 => B v2` has the most.
    private const int MostWords = 8;

    public static LockFile Read(string text)
    {
        // A set: what a file repeats is held once.
        var required = new HashSet<(string Module, string Version, bool IsDirect)>();
        var replaced = new Dictionary<string, (string Module, string? Version)>(StringComparer.Ordinal);
        foreach (var (verb, words, comment) in Statements(text))
        {
            if (verb == "require" && words is [var module, var version, ..])
                required.Add((module, version, !comment.Contains("indirect", StringComparison.Ordinal)));
            else if (verb == "replace" && Array.IndexOf(words, "=>") is > 0 and var arrow && arrow + 1 < words.Length)
                replaced[words[0]] = (words[arrow + 1], arrow + 2 < words.Length ? words[arrow + 2] : null);
        }

        var found = required.Select(r => (Component: ComponentOf(r.Module, r.Version, replaced), r.IsDirect)).ToList();
        var direct = found.Where(f => f.IsDirect).Select(f => f.Component?.Reference).OfType<string>();
        return new LockFile([.. found.Select(f => f.Component).OfType<Component>()], [.. direct]);
    }

    private static IEnumerable<(string Verb, string[] Words, string Comment)> Statements(string text)
    {
        var block = "";
        using var lines = new StringReader(text);
        while (lines.ReadLine() is { } raw)
        {
            var halves = raw.Split("//", 2);
            var comment = halves.Length > 1 ? halves[1] : "";
            var words = halves[0].Split((char[])[' ', '\t', '\r'], MostWords, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0) continue;
            if (words is [")"]) block = "";
            else if (words is [var verb, "("]) block = verb;
            else if (block.Length > 0) yield return (block, words, comment);
            else yield return (words[0], words[1..], comment);
        }
    }

    private static Component? ComponentOf(string module, string version, Dictionary<string, (string Module, string? Version)> replaced)
    {
        if (replaced.TryGetValue(module, out var other))
        {
            // A folder of this repository has no version, and is not a package.
            if (other.Version is null) return null;
            (module, version) = (other.Module, other.Version);
        }

        var slash = module.LastIndexOf('/');
        return new Component(new PackageUrl("golang", slash < 0 ? null : module[..slash], module[(slash + 1)..], version));
    }
}
