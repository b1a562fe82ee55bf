namespace ReleaseActions.Core.Changelogs;

/// <summary>
/// Lines that serve as headings where a format does not call them so: a version in bold, as an item of a list, or alone on a line; and
/// <c>##1.2.3</c>, which its writer meant as one. Whether they are headings is decided by how like they are to the others.
/// </summary>
internal static class LineHeadings
{
    private const int Longest = 200;

    /// <summary>The lines that may be headings, outside of the parts that are closed to them: code, HTML and headings.</summary>
    public static IEnumerable<DocumentHeading> In(string text, IEnumerable<(int Begin, int End)> closed)
    {
        var parts = closed.OrderBy(c => c.Begin).ToList();
        var (part, number, isBlankBefore) = (0, 0, true);
        for (var at = 0; at < text.Length;)
        {
            number++;
            var (stop, next) = LineAt(text, at);
            while (part < parts.Count && parts[part].End <= at) part++;
            var isClosed = part < parts.Count && parts[part].Begin <= at;
            if (!isClosed && stop - at is > 0 and <= Longest && Read(text, at, stop, next, number, isBlankBefore) is { } heading)
                yield return heading;
            isBlankBefore = isClosed || text.AsSpan(at, stop - at).IsWhiteSpace();
            at = next;
        }
    }

    /// <summary>Where the text of a line ends, and where the next line begins. A carriage return alone ends a line too.</summary>
    public static (int Stop, int Next) LineAt(string text, int at)
    {
        var length = text.AsSpan(at).IndexOfAny('\r', '\n');
        if (length < 0) return (text.Length, text.Length);
        var stop = at + length;
        return (stop, stop + (text[stop] == '\r' && stop + 1 < text.Length && text[stop + 1] == '\n' ? 2 : 1));
    }

    /// <summary>How many lines end between two places.</summary>
    public static int LinesIn(string text, int begin, int end)
    {
        var lines = 0;
        for (var at = begin; LineAt(text, at) is var (stop, next) && next > stop && next <= end; at = next) lines++;
        return lines;
    }

    private static DocumentHeading? Read(string text, int at, int stop, int next, int number, bool isBlankBefore)
    {
        var line = text.AsSpan(at, stop - at);
        var indent = line.IndexOfAnyExcept(' ', '\t');
        if (indent < 0 || !MayBeOne(line)) return null;
        var (form, words) = FormOf(line[indent..].TrimEnd(), indent, isBlankBefore);
        if (form is null || VersionHeading.Read(words) is not { IsGroup: false } version) return null;
        var isOne = form switch
        {
            HeadingForm.Line => version is { Certainty: Certainty.Bare, Versions.Count: > 0 },
            HeadingForm.Item => version.IsSure && IsDeeperAfter(text, next, indent),
            HeadingForm.Broken => version is { IsSure: true, Versions.Count: > 0 },
            _ => version.IsSure,
        };
        if (!isOne) return null;
        return new DocumentHeading(at, stop, number, form.Value, DocumentHeading.NoRank, words);
    }

    // Most lines are not: they hold no digit, and are not in bold.
    private static bool MayBeOne(ReadOnlySpan<char> line) =>
        line.ContainsAnyInRange('0', '9') || line.Contains("**", StringComparison.Ordinal)
        || line.Contains("__", StringComparison.Ordinal) || line.Contains("nreleased", StringComparison.Ordinal);

    private static (HeadingForm?, string) FormOf(ReadOnlySpan<char> line, int indent, bool isBlankBefore)
    {
        if (line[0] == '#')
        {
            var words = line.TrimStart('#');
            return line.Length - words.Length <= 6 ? (HeadingForm.Broken, words.TrimEnd('#').Trim().ToString()) : (null, "");
        }

        if (indent > 3) return (null, "");
        if (Bold(line) is { } bold) return isBlankBefore ? (HeadingForm.Bold, bold) : (null, "");
        if (line.Length > 2 && line[0] is '-' or '*' or '+' && line[1] == ' ')
            return indent <= 1 ? (HeadingForm.Item, WithoutBold(line[2..].Trim())) : (null, "");
        return indent == 0 && isBlankBefore ? (HeadingForm.Line, WithoutBold(line)) : (null, "");
    }

    // `**1.2.3** (2025-12-01)` and `__1.2.3:__`.
    private static string? Bold(ReadOnlySpan<char> line)
    {
        if (!line.StartsWith("**") && !line.StartsWith("__")) return null;
        var end = line[2..].IndexOf(line[..2]);
        return end <= 0 ? null : WithoutBold(line);
    }

    private static string WithoutBold(ReadOnlySpan<char> line) => line.ToString().Replace("**", "", StringComparison.Ordinal)
        .Replace("__", "", StringComparison.Ordinal).Trim().TrimEnd(':').Trim('`', ' ');

    private static bool IsDeeperAfter(string text, int at, int indent)
    {
        while (at < text.Length)
        {
            var (stop, next) = LineAt(text, at);
            var line = text.AsSpan(at, stop - at);
            var begin = line.IndexOfAnyExcept(' ', '\t');
            if (begin >= 0) return begin >= indent + 2 || line[0] == '\t';
            at = next;
        }

        return false;
    }
}
