namespace ReleaseActions.Core.Manifests;

/// <summary>
/// The one-line strings of a TOML document by their dotted keys: all that versions need. Tables, dotted and quoted keys, comments
/// and both kinds of quotes are understood; texts inside multi-line strings are passed over. Our own, because no TOML package
/// could be restored.
/// </summary>
internal static class TomlKeys
{
    public static IReadOnlyDictionary<string, KeyedText> Read(string text)
    {
        var found = new Dictionary<string, KeyedText>(StringComparer.Ordinal);
        var table = "";
        string? openQuotes = null;
        var (openBrackets, next) = (0, 0);
        foreach (var (index, raw) in text.Split('\n').Index())
        {
            var (line, begin) = (raw.Trim(), next);
            next += raw.Length + 1;
            if (openQuotes is not null)
            {
                if (line.Contains(openQuotes, StringComparison.Ordinal)) openQuotes = null;
                continue;
            }

            if (openBrackets > 0)
            {
                openBrackets += Brackets(line);
                continue;
            }

            if (TableOf(line) is { } name) table = name;
            else if (KeyAndValue(line) is var (key, value))
            {
                openQuotes = OpenQuotes(value);
                openBrackets = openQuotes is null ? Math.Max(0, Brackets(value)) : 0;
                if (openQuotes is null && Unquoted(value) is { } content)
                    Add(found, table.Length == 0 ? key : $"{table}.{key}", new KeyedText(content, index + 1) { Start = begin + StartOf(raw) });
            }
        }

        return found;
    }

    // TOML forbids a key twice; which one a program takes is its own affair.
    private static void Add(Dictionary<string, KeyedText> found, string key, KeyedText text)
    {
        if (!found.TryAdd(key, text)) found[key] = found[key] with { IsRepeated = true };
    }

    // `[[x]]` begins one of many; what is inside has no key of its own, and must not pass for the table's.
    private static string? TableOf(string line)
    {
        if (!line.StartsWith('[') || line.IndexOf(']', StringComparison.Ordinal) is not (> 0 and var end)) return null;
        return line.StartsWith("[[", StringComparison.Ordinal) ? $"{Name(line[2..end])}[]" : Name(line[1..end]);
    }

    private static (string Key, string Value)? KeyAndValue(string line)
    {
        var equals = line.IndexOf('=', StringComparison.Ordinal);
        return equals <= 0 || line[0] == '#' ? null : (Name(line[..equals]), line[(equals + 1)..].Trim());
    }

    // Behind the equals sign, the spaces and the quote.
    private static int StartOf(string line)
    {
        var equals = line.IndexOf('=', StringComparison.Ordinal);
        return line.Length - line[(equals + 1)..].TrimStart().Length + 1;
    }

    private static string Name(string text) => string.Join('.', text.Split('.').Select(part => part.Trim().Trim('"', '\'')));

    private static string? OpenQuotes(string value)
    {
        foreach (var quotes in (string[])["\"\"\"", "'''"])
            if (value.StartsWith(quotes, StringComparison.Ordinal) && value.IndexOf(quotes, 3, StringComparison.Ordinal) < 0) return quotes;
        return null;
    }

    // How many more are opened than closed, outside of texts and comments: a list goes on over the lines that follow.
    private static int Brackets(string line)
    {
        var open = 0;
        for (var i = 0; i < line.Length && line[i] != '#'; i++)
        {
            if (line[i] is '"' or '\'' && line.IndexOf(line[i], i + 1) is > 0 and var end) i = end;
            else if (line[i] is '[' or '{') open++;
            else if (line[i] is ']' or '}') open--;
        }

        return open;
    }

    private static string? Unquoted(string value)
    {
        if (value.Length < 2 || value[0] is not ('"' or '\'') || value.StartsWith("\"\"\"", StringComparison.Ordinal)) return null;
        var end = value.IndexOf(value[0], 1);
        return end < 0 ? null : value[1..end];
    }
}
