namespace ReleaseActions.Core.Files;

/// <summary>One pattern of paths, without braces: <c>**</c> is any number of folders; within a name, <c>* ? [ab] [a-z] [!a]</c>.</summary>
public static class Glob
{
    // Of braces within braces: nobody writes as many.
    private const int MostPatterns = 1_000;

    /// <summary>Any number of folders.</summary>
    public const string AnyFolders = "**";

    /// <summary>The patterns that a pattern with braces stands for: <c>a.{b,c}</c> is <c>a.b</c> and <c>a.c</c>.</summary>
    /// <exception cref="ActionException">There are more than a thousand (exit 2).</exception>
    public static IReadOnlyList<string> Expanded(string pattern)
    {
        var (done, ahead) = (new List<string>(), new Stack<string>([pattern]));
        while (ahead.TryPop(out var next))
        {
            if (FindBraces(next) is not { } braces)
            {
                done.Add(next);
            }
            else
            {
                foreach (var choice in Split(next[(braces.Start + 1)..braces.End], ',').Reverse())
                    ahead.Push($"{next[..braces.Start]}{choice}{next[(braces.End + 1)..]}");
            }

            if (done.Count + ahead.Count <= MostPatterns) continue;
            throw ActionException.BadInput(
                $"The braces in '{pattern}' stand for more than {MostPatterns:#,0} globs", "Use `*`, or write fewer choices");
        }

        return done;
    }

    /// <summary>The parts between separators, where those within braces do not count.</summary>
    public static IReadOnlyList<string> Split(string text, params ReadOnlySpan<char> separators)
    {
        var (parts, start, depth) = (new List<string>(), 0, 0);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '{') depth++;
            else if (text[at] == '}') depth = Math.Max(0, depth - 1);
            if (depth > 0 || !separators.Contains(text[at])) continue;
            parts.Add(text[start..at]);
            start = at + 1;
        }

        return [.. parts, text[start..]];
    }

    /// <summary>Whether a part of a pattern is no plain name.</summary>
    public static bool IsPattern(string part) => part.AsSpan().IndexOfAny("*?[") >= 0;

    /// <summary>Whether a path matches a pattern, part by part; <c>**</c> stands for any number of folders.</summary>
    /// <param name="pattern">The pattern, with slashes.</param>
    /// <param name="path">The path, with slashes.</param>
    public static bool IsMatch(string pattern, string path)
    {
        var parts = path.Split('/');
        return Expanded(pattern).Any(one => one == path || MatchesParts(one.Split('/'), parts));
    }

    // Row by row, so that many ** take no more than the product of both lengths.
    private static bool MatchesParts(string[] pattern, string[] path)
    {
        var reached = new bool[path.Length + 1];
        reached[0] = true;
        foreach (var part in pattern)
        {
            var next = new bool[path.Length + 1];
            for (var at = 0; at <= path.Length; at++)
                next[at] = part == AnyFolders ? reached[at] || (at > 0 && next[at - 1])
                    : at > 0 && reached[at - 1] && Matches(part, path[at - 1]);
            reached = next;
        }

        return reached[^1];
    }

    /// <summary>Whether a name matches a part of a pattern. It takes at most the product of their lengths.</summary>
    public static bool Matches(string part, string name)
    {
        // After a star, the shortest text it may stand for is tried first; where the rest fails, it stands for one character more.
        var (p, n, star, tried) = (0, 0, -1, 0);
        while (n < name.Length)
        {
            if (p < part.Length && part[p] == '*')
            {
                (star, tried) = (p++, n);
            }
            else if (p < part.Length && MatchesOne(part, p, name[n]) is { } next)
            {
                (p, n) = (next, n + 1);
            }
            else if (star >= 0)
            {
                (p, n) = (star + 1, ++tried);
            }
            else
            {
                return false;
            }
        }

        return part.AsSpan(p).Trim('*').IsEmpty;
    }

    /// <returns>Where the pattern goes on; null where the character does not match.</returns>
    private static int? MatchesOne(string part, int at, char c)
    {
        if (part[at] == '?') return at + 1;
        // The first character of a set may be a bracket itself.
        var isNot = part[at] == '[' && at + 1 < part.Length && part[at + 1] is '!' or '^';
        var first = at + (isNot ? 2 : 1);
        var end = part[at] == '[' && first < part.Length ? part.IndexOf(']', first + 1) : -1;
        if (end < 0) return part[at] == c ? at + 1 : null;
        return Contains(part.AsSpan(first, end - first), c) != isNot ? end + 1 : null;
    }

    private static bool Contains(ReadOnlySpan<char> set, char c)
    {
        for (var at = 0; at < set.Length; at++)
        {
            var isRange = at + 2 < set.Length && set[at + 1] == '-';
            if (isRange ? c >= set[at] && c <= set[at + 2] : c == set[at]) return true;
            if (isRange) at += 2;
        }

        return false;
    }

    // The first braces with a comma between them; others are a part of the name.
    private static (int Start, int End)? FindBraces(string pattern)
    {
        for (var start = pattern.IndexOf('{', StringComparison.Ordinal); start >= 0; start = pattern.IndexOf('{', start + 1))
        {
            var depth = 0;
            for (var end = start; end < pattern.Length; end++)
            {
                depth += pattern[end] switch { '{' => 1, '}' => -1, _ => 0 };
                if (depth > 0) continue;
                if (Split(pattern[(start + 1)..end], ',').Count > 1) return (start, end);
                break;
            }
        }

        return null;
    }
}
