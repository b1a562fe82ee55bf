namespace ReleaseActions.Core.Changelogs;

/// <summary>What becomes of a section's text where the release's page would not show it as the file does.</summary>
internal static class BodyText
{
    /// <summary>A text without blank lines at its ends.</summary>
    // The first line keeps its indentation: without it, the next item of an indented list would be an item inside the first.
    public static string WithoutBlankLines(string text)
    {
        var first = text.AsSpan().IndexOfAnyExcept(" \t\r\n");
        return first < 0 ? "" : text[(text.AsSpan(0, first).LastIndexOfAny('\r', '\n') + 1)..].TrimEnd('\r', '\n', ' ', '\t');
    }

    /// <summary>A text without the indentation that all of its lines share. Markdown would read four spaces as code.</summary>
    public static string WithoutIndent(string text)
    {
        var least = int.MaxValue;
        for (var at = 0; at < text.Length && least > 0;)
        {
            var (stop, next) = LineHeadings.LineAt(text, at);
            var indent = text.AsSpan(at, stop - at).IndexOfAnyExcept(' ');
            if (indent >= 0) least = Math.Min(least, indent);
            at = next;
        }

        if (least is 0 or int.MaxValue) return text;
        var result = new System.Text.StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var (stop, next) = LineHeadings.LineAt(text, at);
            result.Append(text, Math.Min(at + least, stop), next - Math.Min(at + least, stop));
            at = next;
        }

        return result.ToString();
    }

    /// <summary>A text whose titles are Markdown's: a line of tildes below a title would open a code block.</summary>
    public static string WithMarkdownHeadings(string text)
    {
        var titles = TitleHeadings.In(text).Where(h => h.IsTitle && !IsMarkdown(text, h)).ToList();
        if (titles.Count == 0) return text;
        var (highest, edits) = (titles.Min(t => t.Rank), new Text.SliceEdits(text));
        foreach (var title in titles)
            edits.Replace(title.Begin, title.End - title.Begin, $"{new string('#', Math.Min(3 + title.Rank - highest, 6))} {title.Text}");
        return edits.ToString();
    }

    private static bool IsMarkdown(string text, DocumentHeading title)
    {
        var last = text[title.End - 1];
        return text[title.Begin] == '#' || (title.LinesAbove == 0 && last is '=' or '-' && text[title.Begin] != '=');
    }
}
