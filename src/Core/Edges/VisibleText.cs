using System.Globalization;
using System.Text;

namespace ReleaseActions.Core.Edges;

/// <summary>Text in which every character shows.</summary>
public static class VisibleText
{
    /// <summary>
    /// The text with control characters, and those that hide or turn what stands around them (bidi controls, zero-width ones),
    /// written as <c>\u202e</c>; the same text where it has none.
    /// </summary>
    public static string Of(string text) => string.Concat(text.EnumerateRunes().Select(r => IsInvisible(r) ? $"\\u{r.Value:x4}" : r.ToString()));

    /// <summary>Whether a character is one of those.</summary>
    public static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
