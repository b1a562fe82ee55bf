using System.Globalization;
using System.Text;

namespace ReleaseActions.Core.Text;

/// <summary>Text from outside, as a terminal and a reader can bear it.</summary>
public static class PlainText
{
    /// <summary>
    /// One line without control characters and without the marks that turn or hide text (https://trojansource.codes); tabs stay, the
    /// others are shown as <c>\x1b</c> or <c>\u202e</c>.
    /// </summary>
    public static string Printable(string line)
    {
        if (!line.Any(IsUnprintable)) return line;
        var text = new StringBuilder(line.Length + 16);
        foreach (var c in line)
        {
            if (!IsUnprintable(c)) text.Append(c);
            else text.Append(c <= '\xff' ? $"\\x{(int)c:x2}" : $"\\u{(int)c:x4}");
        }

        return text.ToString();
    }

    /// <summary>One line of outside text such that the runner sees no command in it, and a terminal no control sequence.</summary>
    public static string Inert(string line)
    {
        var text = Printable(line).Replace("##[", "# #[", StringComparison.Ordinal);
        return text.TrimStart().StartsWith("::", StringComparison.Ordinal)
            ? text.Insert(text.IndexOf("::", StringComparison.Ordinal) + 1, " ") : text;
    }

    /// <summary>The beginning of a text that is too long to be read, and how long it was.</summary>
    public static string Cut(string text, int most) => text.Length <= most ? text : $"{text[..most]}… ({text.Length} characters)";

    // The zero-width joiner and the soft hyphen are format characters too, but belong to emoji and to ordinary words.
    private static bool IsUnprintable(char c) =>
        c != '\t'
        && (char.IsControl(c) || c is '\u2028' or '\u2029'
        || (c > '\xad' && c != '\u200d' && char.GetUnicodeCategory(c) == UnicodeCategory.Format));
}
