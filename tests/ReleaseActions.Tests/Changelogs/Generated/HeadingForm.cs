namespace ReleaseActions.Tests.Changelogs.Generated;

/// <summary>How a title is written: each form makes lines of a text, as its format's rules say.</summary>
internal static class HeadingForm
{
    public static string Atx(int level, string text) => $"{new string('#', level)} {text}\n\n";

    public static string ClosedAtx(int level, string text) => $"{new string('#', level)} {text} {new string('#', level)}\n\n";

    public static string Underlined(char mark, string text) => $"{text}\n{new string(mark, text.Length)}\n\n";

    // Without the blank line that Markdown and docutils want below or above.
    public static string UnderlinedTightly(char mark, string text) => $"{text}\n{new string(mark, text.Length)}\n";

    public static string UnderlinedLongly(char mark, string text) => $"{text}\n{new string(mark, text.Length + 7)}\n\n";

    public static string Overlined(char mark, string text) =>
        $"{new string(mark, text.Length)}\n{text}\n{new string(mark, text.Length)}\n\n";

    // docutils allows a title with a line above it to be set in.
    public static string OverlinedInset(char mark, string text) =>
        $"{new string(mark, text.Length + 2)}\n {text}\n{new string(mark, text.Length + 2)}\n\n";

    public static string Html(int level, string text) => $"<h{level}>{text}</h{level}>\n\n";

    public static string HtmlTight(int level, string text) => $"<h{level} id=\"x{text.Length}\">{text}</h{level}>\n";

    public static string HtmlSplit(int level, string text) => $"<h{level}>\n  {text}\n</h{level}>\n\n";

    public static string HtmlSplitInTag(int level, string text) => $"<h{level}\n  class=\"release\">{text}\n</h{level}>\n\n";

    public static string Bold(string text) => $"**{text}**\n\n";

    public static string BoldUnderscores(string text) => $"__{text}__\n\n";

    public static string Wiki(int marks, string text) => $"{new string('=', marks)} {text} {new string('=', marks)}\n\n";

    public static string WikiTight(int marks, string text) => $"{new string('=', marks)} {text} {new string('=', marks)}\n";

    public static string AsciiDoc(int marks, string text) => $"{new string('=', marks)} {text}\n\n";

    public static string Line(string text) => $"{text}\n\n";

    public static string TightLine(string text) => $"{text}\n";

    public static string Item(char mark, string text) => $"{mark} {text}\n";
}
