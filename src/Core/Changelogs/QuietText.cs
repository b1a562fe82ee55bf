namespace ReleaseActions.Core.Changelogs;

/// <summary>
/// The lines from one heading to the next, looked through without parsing them. They are quiet where nothing in them can be a heading or a link
/// definition, or hide the next heading: no underline, no HTML, no code fence, no <c>]:</c>. Most text of a changelog is.
/// </summary>
/// <param name="End">Where the next heading's line begins, or the text ends.</param>
/// <param name="Lines">How many lines there are.</param>
/// <param name="IsQuiet">Whether they are quiet.</param>
internal readonly record struct QuietText(int End, int Lines, bool IsQuiet)
{
    /// <summary>Looks through the lines from a place on.</summary>
    public static QuietText From(string text, int begin)
    {
        var (at, lines, isQuiet) = (begin, 0, true);
        for (; at < text.Length && !IsHeading(text.AsSpan(at)); lines++)
        {
            var (stop, next) = BlockReader.LineAt(text, at);
            isQuiet = isQuiet && IsQuietLine(text.AsSpan(at, stop - at));
            at = next;
        }

        return new QuietText(at, lines, isQuiet && !text.AsSpan(begin, at - begin).Contains("]:", StringComparison.Ordinal));
    }

    /// <summary>Whether a heading with number signs begins right here. It ends whatever was open before it, lists and quotes too, but for a fence and HTML.</summary>
    public static bool IsHeading(ReadOnlySpan<char> text)
    {
        var level = text.IndexOfAnyExcept('#');
        return level < 0 ? text.Length is > 0 and <= 6 : level is > 0 and <= 6 && text[level] is ' ' or '\t' or '\r' or '\n';
    }

    private static bool IsQuietLine(ReadOnlySpan<char> line)
    {
        var text = line.TrimStart(" \t");
        if (text.Length == 0) return true;
        return text[0] switch
        {
            '<' or '`' or '~' or '=' => false,
            // `- text` is an item of a list; a line of hyphens alone makes a heading of the line above.
            '-' => text.TrimEnd("- \t").Length > 0,
            '#' => text.Length == line.Length,
            _ => true,
        };
    }
}
