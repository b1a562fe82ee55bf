using System.Globalization;

namespace ReleaseActions.Core.Changelogs;

/// <summary>
/// The headings of reStructuredText, AsciiDoc, wikis and plain text. A title is a line with a line of one repeated mark below it, or
/// above and below; each combination has a rank, in the order in which they appear, as docutils does it. Or the line has marks in front.
/// </summary>
internal sealed class TitleHeadings
{
    private const string Marks = "=-~^\"'`#*+.:_<>!$%&,;";

    private readonly string _text;
    private readonly List<(int Begin, int Stop, int Next)> _lines = [];
    private readonly List<(char Mark, bool IsAbove)> _ranks = [];
    private readonly List<DocumentHeading> _found = [];
    private readonly List<(int Begin, int End)> _closed = [];

    private TitleHeadings(string text)
    {
        _text = text;
        for (var at = 0; at < text.Length;)
        {
            var (stop, next) = LineHeadings.LineAt(text, at);
            _lines.Add((at, stop, next));
            at = next;
        }

        for (var i = 0; i < _lines.Count;) i = Read(i);
    }

    /// <summary>The headings in the order of the file.</summary>
    public static IReadOnlyList<DocumentHeading> In(string text)
    {
        var titles = new TitleHeadings(text);
        titles.RankEqualsSigns();
        titles._found.AddRange(LineHeadings.In(text, titles._closed));
        return [.. titles._found.OrderBy(h => h.Begin)];
    }

    private ReadOnlySpan<char> Line(int i) =>
        i < 0 || i >= _lines.Count ? [] : _text.AsSpan(_lines[i].Begin, _lines[i].Stop - _lines[i].Begin);

    // Reads what begins at a line, and returns the line after it.
    private int Read(int i)
    {
        var line = Line(i).TrimEnd();
        if (line.IsEmpty) return i + 1;
        // Code of Markdown: a fence ends at its like.
        if (line.StartsWith("```") || (line.StartsWith("~~~") && (i == 0 || Line(i - 1).IsWhiteSpace())))
            return AfterClosed(i, line[..3].ToString());
        if (line.StartsWith("<!--")) return AfterClosed(line.Contains("-->", StringComparison.Ordinal) ? i - 1 : i, "-->");
        if (IsIndented(line))
        {
            Close(i, i);
            return i + 1;
        }

        if (MarkOf(line) is { } above && TitleLength(i + 1) is > 0 and var inner && MarkOf(Line(i + 2).TrimEnd()) == above
            && inner <= line.Length && Line(i + 2).TrimEnd().Length == line.Length) return Add(i, i + 1, i + 2, above, isAbove: true);
        if (MarkOf(line) is null && MarkOf(Line(i + 1).TrimEnd()) is { } below && IsTitle(i, Line(i + 1).TrimEnd().Length))
            return Add(i, i, i + 1, below, isAbove: false);
        return ReadMarked(i, line);
    }

    // `= 1.4 =` and `== 1.4.0`.
    private int ReadMarked(int i, ReadOnlySpan<char> line)
    {
        var mark = line[0];
        var length = line.IndexOfAnyExcept(mark);
        if (mark != '=' || length is < 1 or > 6 || line[length] != ' ') return i + 1;
        var isClosed = line.Length > 2 * length && line.EndsWith(line[..length]);
        var text = (isClosed ? line[length..^length] : line[length..]).Trim().ToString();
        AddHeading(i, i, length, text, isClosed);
        return i + 1;
    }

    private readonly HashSet<int> _wikis = [];

    private void AddHeading(int first, int last, int rank, string text, bool isWiki)
    {
        if (isWiki) _wikis.Add(_found.Count);
        _found.Add(new DocumentHeading(_lines[first].Begin, _lines[last].Stop, first + 1, HeadingForm.Title, rank, text));
        Close(first, last);
    }

    // In a plugin's readme, `=` is below `==`; in a wiki and in AsciiDoc it is above it.
    private void RankEqualsSigns()
    {
        var versions = _wikis.Where(n => _found[n].Version is { IsSure: true }).ToList();
        if (versions.Count == 0 || versions.Any(n => _found[n].Rank != 1)) return;
        foreach (var n in _wikis) _found[n] = _found[n] with { Rank = DocumentHeading.NoRank - _found[n].Rank };
    }

    private int Add(int first, int title, int last, char mark, bool isAbove)
    {
        if (!_ranks.Contains((mark, isAbove))) _ranks.Add((mark, isAbove));
        var text = Line(title).Trim().ToString();
        AddHeading(first, last, Math.Min(_ranks.IndexOf((mark, isAbove)) + 1, DocumentHeading.NoRank - 1), text, isWiki: false);
        // The title's line, not the one above it.
        _found[^1] = _found[^1] with { Line = title + 1, LinesAbove = title - first };
        return last + 1;
    }

    private int AfterClosed(int i, string mark)
    {
        var end = i + 1;
        while (end < _lines.Count && !Line(end).Contains(mark, StringComparison.Ordinal)) end++;
        Close(Math.Max(0, i), Math.Min(end, _lines.Count - 1));
        return end + 1;
    }

    private void Close(int first, int last) => _closed.Add((_lines[first].Begin, _lines[last].Stop));

    // One mark, three times or more. A line of three dots or colons is text.
    private static char? MarkOf(ReadOnlySpan<char> line)
    {
        if (line.Length < 3 || !Marks.Contains(line[0], StringComparison.Ordinal) || line.IndexOfAnyExcept(line[0]) >= 0) return null;
        return line.Length == 3 && line[0] is not ('=' or '-' or '~' or '^') ? null : line[0];
    }

    // A title above which text runs on is no title, unless it is about a version and its line is as long as it is.
    private bool IsTitle(int i, int underline)
    {
        var length = TitleLength(i);
        var isLong = underline >= length || (underline >= 4 && VersionHeading.Read(Line(i).Trim().ToString()) is { IsSure: true });
        return length > 0 && isLong && (i == 0 || Line(i - 1).IsWhiteSpace() || Line(i - 1).StartsWith("..")
            || (underline == length && VersionHeading.Read(Line(i).Trim().ToString()) is { IsSure: true }));
    }

    private int TitleLength(int i)
    {
        var text = Line(i).Trim();
        if (text.IsEmpty || text.Length > 200 || MarkOf(text) is not null) return 0;
        return new StringInfo(text.ToString()).LengthInTextElements;
    }

    private static bool IsIndented(ReadOnlySpan<char> line) => line.StartsWith("    ") || line[0] == '\t';
}
