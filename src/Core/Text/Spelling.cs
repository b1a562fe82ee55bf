namespace ReleaseActions.Core.Text;

/// <summary>Finds what a misspelt word was meant to be.</summary>
public static class Spelling
{
    /// <summary>
    /// The known word at the least distance, or null where none is near enough to be meant (a third of its length, at least 2).
    /// </summary>
    public static string? Nearest(string word, IEnumerable<string> known) => Near(word, known) is [var nearest, ..] ? nearest : null;

    /// <summary>The known words that are near enough to be meant, nearest first, three at most.</summary>
    public static IReadOnlyList<string> Near(string word, IEnumerable<string> known) =>
        [.. known.Select(k => (Word: k, Distance: Distance(word, k))).Where(c => c.Distance <= Math.Max(2, word.Length / 3))
        .OrderBy(c => c.Distance).Take(3).Select(c => c.Word)];

    /// <summary>The near words as a question to a reader, such as <c>Did you mean 'critical'?</c>; empty where there is none.</summary>
    public static string Question(string word, IEnumerable<string> known) =>
        Near(word, known) is { Count: > 0 } near ? $"Did you mean {string.Join(" or ", near.Select(n => $"'{n}'"))}? " : "";

    // Levenshtein's distance, a row at a time. Words are cut at 64 characters: nobody misspells more than that.
    private static int Distance(string a, string b)
    {
        a = a[..Math.Min(a.Length, 64)];
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
