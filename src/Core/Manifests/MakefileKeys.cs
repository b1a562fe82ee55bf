namespace ReleaseActions.Core.Manifests;

/// <summary>The variables of a Makefile, and of any other file that assigns on one line: <c>NAME = 1.2.3</c>, <c>NAME := …</c>, <c>NAME ?= …</c>, <c>export NAME=…</c>.</summary>
internal static class MakefileKeys
{
    public static IReadOnlyDictionary<string, KeyedText> Read(string text)
    {
        var found = new Dictionary<string, KeyedText>(StringComparer.Ordinal);
        var next = 0;
        foreach (var (index, line) in text.Split('\n').Index())
        {
            var begin = next;
            next += line.Length + 1;
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            // A line that begins with a tab is a command of a rule, not an assignment.
            if (equals <= 0 || line[0] is '\t' or '#') continue;
            var name = line[..equals].TrimEnd(':', '?', '+', ' ').Trim();
            if (name.StartsWith("export ", StringComparison.Ordinal)) name = name["export ".Length..].Trim();
            if (name.Length == 0 || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.'))) continue;
            var value = line[(equals + 1)..];
            var comment = value.IndexOf('#', StringComparison.Ordinal);
            var place = begin + equals + 1 + (value.Length - value.TrimStart().TrimStart('"', '\'').Length);
            if (!found.TryAdd(name, new KeyedText((comment < 0 ? value : value[..comment]).Trim().Trim('"', '\''), index + 1) { Start = place })) found[name] = found[name] with { IsAssignedAgain = true };
        }

        return found;
    }
}
