namespace ReleaseActions.Core.Text;

/// <summary>
/// Text that need not be parsed yet: nothing in it can be a heading or a link definition, or hide the next heading. It has no underline,
/// no HTML, no code fence and no <c>]:</c>. Most text of a changelog is like that.
/// </summary>
public sealed partial class MarkdownText
{
    /// <summary>The lines from a place up to the next heading's line.</summary>
    private static (int End, int Lines, bool IsQuiet) UpToHeading(string text, int begin)
    {
        var (at, lines, isQuiet) = (begin, 0, true);
        for (; at < text.Length && !IsHeading(text.AsSpan(at)); lines++)
        {
            var (stop, next) = LineAt(text, at);
            isQuiet = isQuiet && IsQuietLine(text.AsSpan(at, stop - at));
            at = next;
        }

        return (at, lines, isQuiet && !text.AsSpan(begin, at - begin).Contains("]:", StringComparison.Ordinal));
    }

    // A heading with number signs ends whatever was open before it, lists and quotes too, except a fence and HTML.
    private static bool IsHeading(ReadOnlySpan<char> text)
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

    private static (int Stop, int Next) LineAt(string text, int at)
    {
        var length = text.AsSpan(at).IndexOfAny('\r', '\n');
        if (length < 0) return (text.Length, text.Length);
        var stop = at + length;
        return (stop, stop + (text[stop] == '\r' && stop + 1 < text.Length && text[stop + 1] == '\n' ? 2 : 1));
    }
}
