using System.Globalization;
using System.Text;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Versions;

/// <summary>
/// Which names of tags and branches are safe to pass on. The rule is stricter than git's: it also refuses what a shell, a URL or a log
/// could misread, and what nobody sees. Pure.
/// </summary>
public static class RefName
{
    /// <summary>Refuses a name that git or another program could take for an option, or that is not a legal ref.</summary>
    /// <param name="kind"><c>tag</c> or <c>branch</c>, for the message.</param>
    /// <param name="name">The short name.</param>
    /// <exception cref="ActionException">The name is not safe (exit 2).</exception>
    public static string Require(string kind, string name)
    {
        RefuseLeadingDash(kind, name);
        if (!IsLegal(name))
            throw ActionException.BadInput(
                $"The {kind} '{PlainText.Inert(name)}' is not a legal ref name",
                "Use letters, digits and . _ - + / only; `git help check-ref-format` has the rules");
        return name;
    }

    /// <summary>Refuses a name that a program could take for an option, whatever else is wrong with it.</summary>
    /// <exception cref="ActionException">The name begins with a dash (exit 2).</exception>
    internal static void RefuseLeadingDash(string kind, string name)
    {
        if (name.StartsWith('-'))
            throw ActionException.BadInput(
                $"The {kind} '{PlainText.Inert(name)}' is not accepted: a ref must not begin with '-'",
                $"Name the {kind} without its refs/ prefix and without a leading dash");
    }

    /// <summary>Whether <see cref="Require"/> accepts a name.</summary>
    public static bool IsSafe(string name) => !name.StartsWith('-') && IsLegal(name);

    private static bool IsLegal(string name) =>
        name.Length is > 0 and <= 250
        && name.EnumerateRunes().All(IsPart)
        && !name.Contains("..", StringComparison.Ordinal) && !name.Contains("@{", StringComparison.Ordinal) && name != "@"
        && !name.EndsWith('.')
        && name.Split('/').All(part => part.Length > 0 && part[0] != '.' && !part.EndsWith(".lock", StringComparison.Ordinal));

    // Letters of every script. What stands for bytes that are no text is a symbol, and no name: it could be that of several branches.
    private static bool IsPart(Rune rune) => rune.IsAscii
        ? Rune.IsLetterOrDigit(rune) || rune.Value is '.' or '_' or '-' or '+' or '/' or '@' or '#'
        : rune != Rune.ReplacementChar && PlainText.Printable(rune.ToString()) == rune.ToString()
            && (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is
                UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.OtherSymbol);
}
