using System.Globalization;
using System.Text;

namespace ReleaseActions.Core.Text;

/// <summary>Writes text from outside into Markdown so that it stays text: no tags, no links, no broken tables.</summary>
public static class Markdown
{
    // GitHub links bare addresses and mentions after the Markdown was rendered, where an escape is gone; a space of no width stays.
    private const string NoWidth = "\u200b";

    /// <summary>Text as plain words: HTML and Markdown punctuation lose their meaning, addresses and mentions are no links.</summary>
    public static string Text(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var c in PlainText.Printable(value.ReplaceLineEndings(" ")))
        {
            if (c is '<') text.Append("&lt;");
            else if (c is '&') text.Append("&amp;");
            else if (c is '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '~' or '#' or '@') text.Append('\\').Append(c);
            else text.Append(c);
        }

        return text.Replace("@", "@" + NoWidth).Replace("://", ":" + NoWidth + "//").Replace("www.", "www" + NoWidth + ".").ToString();
    }

    /// <summary>Text as a code span; the fence is longer than any run of backticks inside. Pipes are escaped for table cells.</summary>
    public static string Code(string value)
    {
        if (value.Length == 0) return "";
        var line = PlainText.Printable(value.ReplaceLineEndings(" ")).Replace("|", "\\|", StringComparison.Ordinal);
        var fence = new string('`', LongestRun(line, '`') + 1);
        return line[0] == '`' || line[^1] == '`' ? $"{fence} {line} {fence}" : fence + line + fence;
    }

    /// <summary>A fenced block, for commands to copy.</summary>
    public static string Block(string language, string text)
    {
        text = string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(PlainText.Printable));
        var fence = new string('`', Math.Max(3, LongestRun(text, '`') + 1));
        return $"{fence}{language}\n{text.TrimEnd('\n')}\n{fence}";
    }

    /// <summary>A table. Cells are Markdown already: pass outside text through <see cref="Text"/> or <see cref="Code"/>.</summary>
    public static string Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new StringBuilder();
        table.Append("| ").AppendJoin(" | ", headers).Append(" |\n");
        table.Append("| ").AppendJoin(" | ", headers.Select(_ => "---")).Append(" |\n");
        foreach (var row in rows) table.Append("| ").AppendJoin(" | ", row).Append(" |\n");
        return table.ToString();
    }

    /// <summary>A size as people read it: <c>11 B</c>, <c>4.8 KiB</c>.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1024 => $"{bytes} B",
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KiB"),
        < 1024 * 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1073741824.0:0.0} GiB"),
    };

    private static int LongestRun(string text, char wanted)
    {
        int longest = 0, run = 0;
        foreach (var c in text)
        {
            run = c == wanted ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
