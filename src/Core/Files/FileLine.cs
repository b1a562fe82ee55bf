using System.Text.RegularExpressions;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Files;

/// <summary>How a line of a <see cref="FileList"/> may be read: a file of exactly that name first, then without quotes and label.</summary>
internal static partial class FileLine
{
    // A line with more of anything names no file.
    private const int MostReadings = 100;

    /// <summary>The readings, the most literal first: a <c>#</c> may belong to a name, and quotes too.</summary>
    public static IEnumerable<(string Path, string? Label)> ReadingsOf(string line)
    {
        foreach (var path in SpellingsOf(line)) yield return (path, null);
        var at = line.Length;
        for (var count = 0; at > 0 && count < MostReadings && (at = line.LastIndexOf('#', at - 1)) > 0; count++)
        {
            var label = Unquoted(line[(at + 1)..].Trim());
            foreach (var path in SpellingsOf(line[..at].Trim())) yield return (path, label.Length > 0 ? label : null);
        }
    }

    /// <summary>What a line probably means, for a message: without quotes and label.</summary>
    public static string Meant(string line) => Unquoted(Unquoted(line).Split('#')[0].Trim());

    /// <summary>The files that a line names where it names several; empty where it names one.</summary>
    /// <param name="line">A line that matches nothing as a whole.</param>
    /// <param name="isFile">Whether a part of it matches a file by itself: a space may belong to a name, a comma hardly ever does.</param>
    public static IReadOnlyList<string> SeveralIn(string line, Func<string, bool> isFile)
    {
        var parts = Glob.Split(Unquoted(line), ',', ' ', '\t').Select(Unquoted).Where(part => part is not ("" or "-")).ToList();
        var hasComma = parts.Count > 1 && Glob.Split(Meant(line), ',').Count > 1;
        return hasComma || (parts.Count < MostReadings && parts.Any(part => part != Unquoted(line) && isFile(part))) ? parts : [];
    }

    /// <summary>Refuses a line that names several files.</summary>
    public static Finding RefuseSeveral(string line, IReadOnlyList<string> parts) => new(
        $"The line '{line}' of `files` names several files",
        $"Write each on its own line, below `files: |`: {string.Join(" and then ", parts.Take(MostReadings))}");

    // A backslash before a character of globs makes it literal; elsewhere somebody wrote a path as on Windows.
    private static IEnumerable<string> SpellingsOf(string text)
    {
        foreach (var spelling in new[] { text, Unquoted(text) }.Distinct())
        {
            yield return spelling;
            if (!spelling.Contains('\\', StringComparison.Ordinal)) continue;
            yield return Escape().Replace(spelling, "");
            yield return spelling.Replace('\\', '/');
        }
    }

    private static string Unquoted(string text) =>
        text.Length > 2 && text[0] is '"' or '\'' && text.IndexOf(text[0], 1) == text.Length - 1 ? text[1..^1].Trim() : text;

    [GeneratedRegex(@"\\(?=[][{}*?!\\])")]
    private static partial Regex Escape();
}
