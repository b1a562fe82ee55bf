using System.Buffers;

namespace ReleaseActions.Core.Registries;

/// <summary>The parts of an image's name, each read in one pass without backtracking.</summary>
internal static class ImageGrammar
{
    private static readonly SearchValues<char> TagCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-");

    /// <summary>Whether a text is a registry's host, with a port or without.</summary>
    public static bool IsDomain(string text)
    {
        if (text.StartsWith('['))
        {
            var close = text.IndexOf(']', StringComparison.Ordinal);
            return close > 1 && text[1..close].All(c => char.IsAsciiHexDigit(c) || c == ':') && IsPortOrNothing(text[(close + 1)..]);
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var host = colon < 0 ? text : text[..colon];
        return IsPortOrNothing(colon < 0 ? "" : text[colon..]) && host.Split('.').All(IsDomainPart);
    }

    /// <summary>Whether a text is a path, a registry and a path, or a path that could be either.</summary>
    public static bool IsName(string text)
    {
        var (_, path) = Split(text);
        return IsPath(path);
    }

    /// <summary>A name's registry and path. What does not look like a registry belongs to the path.</summary>
    public static (string? Domain, string Path) Split(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && IsDomain(name[..slash]) ? (name[..slash], name[(slash + 1)..]) : (null, name);
    }

    /// <summary>Whether a text is a tag: at most 128 letters, digits and <c>_ . -</c>, not beginning with a dot or a dash.</summary>
    public static bool IsTag(string text) =>
        text.Length is > 0 and <= 128 && text[0] is not ('.' or '-') && !text.AsSpan().ContainsAnyExcept(TagCharacters);

    private static bool IsPath(string text) => text.Split('/').All(IsPathPart);

    // Runs of a-z and 0-9 with one separator between them: one dot, one or two underscores, or any number of dashes.
    private static bool IsPathPart(string part)
    {
        if (part.Length == 0 || !IsAlphanumeric(part[0]) || !IsAlphanumeric(part[^1])) return false;
        for (var i = 0; i < part.Length; i++)
        {
            if (IsAlphanumeric(part[i])) continue;
            var begin = i;
            while (part[i + 1] == part[begin]) i++;
            var length = i - begin + 1;
            var isSeparator = IsAlphanumeric(part[i + 1]) && part[begin] switch { '.' => length == 1, '_' => length <= 2, '-' => true, _ => false };
            if (!isSeparator) return false;
        }

        return true;
    }

    private static bool IsAlphanumeric(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c);

    private static bool IsDomainPart(string part) =>
        part.Length > 0 && part[0] != '-' && part[^1] != '-' && part.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private static bool IsPortOrNothing(string text) => text.Length == 0 || (text.Length > 1 && text[0] == ':' && text[1..].All(char.IsAsciiDigit));
}
