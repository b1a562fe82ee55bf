using System.Buffers;
using System.Globalization;
using System.Text;

namespace ReleaseActions.Core.Text;

/// <summary>Text from outside, as a terminal and a reader can bear it.</summary>
public static class PlainText
{
    // What Unicode lists as ignorable (DerivedCoreProperties.txt) and is neither a format character nor a part of emoji: fillers that are
    // as wide as nothing.
    private static readonly SearchValues<char> Fillers = SearchValues.Create(
        "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2065\u2800\u3164"
        + "\uffa0\ufff0\ufff1\ufff2\ufff3\ufff4\ufff5\ufff6\ufff7\ufff8");

    /// <summary>
    /// One line without control characters and without the marks that turn or hide text (https://trojansource.codes); tabs stay, the
    /// others are shown as <c>\x1b</c>, <c>\u202e</c> or <c>\U000e0041</c>.
    /// </summary>
    public static string Printable(string line)
    {
        if (!line.Any(c => char.IsSurrogate(c) || IsUnprintable(c))) return line;
        var text = new StringBuilder(line.Length + 16);
        for (var at = 0; at < line.Length;)
        {
            // Half a pair is no character, and would be written as another one.
            if (Rune.DecodeFromUtf16(line.AsSpan(at), out var rune, out var length) != OperationStatus.Done) Escape(text, line[at]);
            else if (!IsUnprintable(rune)) text.Append(line, at, length);
            else Escape(text, rune.Value);
            at += length;
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

    private static void Escape(StringBuilder text, int value) => text.Append(
        value switch { <= 0xff => $"\\x{value:x2}", <= 0xffff => $"\\u{value:x4}", _ => $"\\U{value:x8}" });

    // The zero-width joiner and the soft hyphen are format characters too, but belong to emoji and to ordinary words.
    private static bool IsUnprintable(char c) =>
        c != '\t'
        && (char.IsControl(c) || c is '\u2028' or '\u2029' || Fillers.Contains(c)
        || (c > '\xad' && c != '\u200d' && char.GetUnicodeCategory(c) == UnicodeCategory.Format));

    // The whole of plane 14 is tags and selectors, which nobody sees and programs read; so are those of music.
    private static bool IsUnprintable(Rune rune) =>
        rune.IsBmp ? IsUnprintable((char)rune.Value) : rune.Plane == 14 || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format;
}
