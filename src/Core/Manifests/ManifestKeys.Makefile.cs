namespace ReleaseActions.Core.Manifests;

internal static partial class ManifestKeys
{
    private const string Export = "export ";

    /// <summary>
    /// The variables of a Makefile, and of any other file that assigns on one line: <c>NAME = 1.2.3</c>, <c>NAME := …</c>, <c>NAME ?=
    /// …</c>,
    /// <c>export NAME=…</c>.
    /// </summary>
    public static IReadOnlyDictionary<string, KeyedText> ReadMakefile(string text)
    {
        var found = new KeyedTexts();
        var next = 0;
        foreach (var (index, line) in text.Split('\n').Index())
        {
            var begin = next;
            next += line.Length + 1;
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            // A line that begins with a tab is a command of a rule, not an assignment.
            if (equals <= 0 || line[0] is '\t' or '#' || VariableOf(line[..equals]) is not { } name) continue;
            var value = line[(equals + 1)..];
            var unquoted = value.TrimStart().TrimStart('"', '\'');
            var assigned = WithoutComment(value).Trim().Trim('"', '\'');
            AddAssignment(found, name, new KeyedText(assigned, index + 1) { Start = begin + line.Length - unquoted.Length });
        }

        return found;
    }

    private static string? VariableOf(string before)
    {
        var name = before.TrimEnd(':', '?', '+', ' ').Trim();
        if (name.StartsWith(Export, StringComparison.Ordinal)) name = name[Export.Length..].Trim();
        return name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') ? name : null;
    }

    private static string WithoutComment(string value) =>
        value.IndexOf('#', StringComparison.Ordinal) is >= 0 and var comment ? value[..comment] : value;

    // Which of several counts is decided by a condition or by the order, and not by their place in the file.
    private static void AddAssignment(KeyedTexts found, string name, KeyedText text)
    {
        found.Expect(name.Length + text.Text.Length);
        if (!found.TryAdd(name, text)) found[name] = found[name] with { IsAssignedAgain = true };
    }
}
