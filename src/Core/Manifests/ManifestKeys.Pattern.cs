namespace ReleaseActions.Core.Manifests;

internal static partial class ManifestKeys
{
    private const string Placeholder = "{version}";

    /// <summary>Whether a key is a text around a version, such as <c>version: "{version}"</c>.</summary>
    public static bool IsPattern(string key) => key.Contains(Placeholder, StringComparison.Ordinal);

    /// <summary>The version where a text occurs around it, under the pattern as its key; repeated where it occurs again.</summary>
    /// <exception cref="FormatException">The pattern has nothing but the version.</exception>
    public static IReadOnlyDictionary<string, KeyedText> ReadPattern(string text, string pattern)
    {
        if (pattern.Split(Placeholder) is not [var before, var after] || before.Trim().Length == 0)
            throw new FormatException($"'{pattern}' needs some text before {Placeholder}, which occurs once");
        var found = new Dictionary<string, KeyedText>(StringComparer.Ordinal);
        for (var at = 0; (at = text.IndexOf(before, at, StringComparison.Ordinal)) >= 0;)
        {
            var begin = at + before.Length;
            var end = begin;
            while (end < text.Length && IsOfVersions(text[end])) end++;
            var isThere = end > begin && char.IsAsciiDigit(text[begin])
                && string.CompareOrdinal(text, end, after, 0, after.Length) == 0;
            at = begin;
            if (!isThere) continue;
            var keyed = new KeyedText(text[begin..end], text.AsSpan(0, begin).Count('\n') + 1) { Start = begin };
            if (found.TryAdd(pattern, keyed)) continue;
            found[pattern] = found[pattern] with { IsRepeated = true };
            break;
        }

        return found;
    }

    private static bool IsOfVersions(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+' or '!' or '_';
}
