using System.Text;

namespace ReleaseActions.Core.Files;

/// <summary>The name that a file has on GitHub: one that GitHub keeps.</summary>
/// <remarks>
/// GitHub renames files by rules that it does not publish. So a file gets a name that needs no renaming before anybody hashes, lists or
/// uploads it; wherever public reports tell what GitHub does, the name is the same as GitHub's.
/// </remarks>
public static class AssetName
{
    // What comes before a dot at the start, as on GitHub.
    private const string Default = "default";
    private const char FirstLetter = '\u00c0';

    // From \u00c0 to \u017f, one word for each character; a dot for the sign of division.
    private static readonly string[] Letters = (
        "A A A A A A AE C E E E E I I I I D N O O O O O x O U U U U Y Th ss "
        + "a a a a a a ae c e e e e i i i i d n o o o o o . o u u u u y th y "
        + "A a A a A a C c C c C c C c D d D d E e E e E e E e E e G g G g G g G g H h H h I i I i I i I i I i IJ ij J j K k k "
        + "L l L l L l L l L l N n N n N n n NG ng O o O o O o OE oe R r R r R r S s S s S s S s T t T t T t U u U u U u U u U u U u "
        + "W w Y y Y Z z Z z Z z s").Split(' ');

    /// <summary>
    /// The name of a file as it is published: of letters, digits and <c>. _ -</c>, with no dot at its start or end, and no two in a row.
    /// Accents are dropped, other ASCII characters become a dot, and what has no equivalent is omitted.
    /// </summary>
    /// <param name="file">The last part of the file's path.</param>
    public static string Of(string file)
    {
        var name = new StringBuilder();
        foreach (var part in file.Select(Replacement))
            if (part != "." || name.Length == 0 || name[^1] != '.') name.Append(part);
        var text = name.ToString().TrimEnd('.');
        return text.Length == 0 || text[0] == '.' ? Default + text : text;
    }

    private static string Replacement(char c)
    {
        if (char.IsAsciiLetterOrDigit(c) || c is '_' or '-') return $"{c}";
        if (char.IsAscii(c)) return ".";
        return c - FirstLetter is >= 0 and var at && at < Letters.Length ? Letters[at] : "";
    }
}
