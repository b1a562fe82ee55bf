using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ReleaseActions.Core.Registries;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ImageBuildPush.Documents;

/// <summary>
/// The grammar of image names of github.com/distribution/reference, which docker and every registry share, each part read in one pass
/// without backtracking.
/// </summary>
internal static class ImageGrammar
{
    private const string DockerHub = "docker.io";

    // The limit of distribution/reference.
    private const int MostCharactersOfPath = 255;

    private static readonly SearchValues<char> TagCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-");

    /// <summary>Reads a full name.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ImageReference? reference)
    {
        (reference, _) = Read(text);
        return reference is not null;
    }

    /// <summary>
    /// Reads a name as people write it: <c>debian</c> means <c>docker.io/library/debian</c>, and an upper-case first part is a registry.
    /// </summary>
    public static bool TryParseShort(string text, [NotNullWhen(true)] out ImageReference? reference)
    {
        reference = null;
        if (ContentDigest.IsIdentifier(text)) return false;
        var path = text.Contains('/', StringComparison.Ordinal) ? text : $"library/{text}";
        var full = ImageReference.NamesRegistry(text) ? text : $"{DockerHub}/{path}";
        if (!TryParse(full, out var parsed) || parsed.Domain is null) return false;
        reference = parsed.Domain == "index.docker.io" ? parsed with { Domain = DockerHub } : parsed;
        return true;
    }

    /// <summary>What is wrong with a name; null where nothing is.</summary>
    public static string? ProblemOf(string text) => Read(text).Problem;

    /// <summary>Whether a text is a registry's host, with or without a port.</summary>
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

    /// <summary>Whether a text is a path, or a registry and a path.</summary>
    public static bool IsName(string text) => Split(text).Path.Split('/').All(IsPathPart);

    /// <summary>Whether a text is a tag: at most 128 letters, digits and <c>_ . -</c>, not beginning with a dot or a dash.</summary>
    public static bool IsTag(string text) =>
        text.Length is > 0 and <= 128 && text[0] is not ('.' or '-') && !text.AsSpan().ContainsAnyExcept(TagCharacters);

    private static (ImageReference? Reference, string? Problem) Read(string text)
    {
        if (text.Length == 0) return (null, "it is empty");
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var digest = at < 0 ? null : text[(at + 1)..];
        var named = at < 0 ? text : text[..at];
        // A colon before the last slash belongs to the registry's port.
        var colon = named.IndexOf(':', named.LastIndexOf('/') + 1);
        var tag = colon < 0 ? null : named[(colon + 1)..];
        var name = colon < 0 ? named : named[..colon];
        if (!IsName(name) && IsName(name.ToLowerInvariant())) return (null, "it has an upper-case letter");
        if (!IsName(name)) return (null, "it does not have the form registry/path:tag");
        if (tag is not null && !IsTag(tag)) return (null, "its tag has a character that tags do not have, or more than 128");
        if (digest is not null && !ContentDigest.IsSha256(digest))
            return (null, "its digest is not sha256: and 64 hex digits in lower case");
        var (domain, path) = Split(name);
        return path.Length <= MostCharactersOfPath
            ? (new ImageReference(domain, path, tag, digest), null)
            : (null, $"its path has {path.Length} of {MostCharactersOfPath} characters");
    }

    // A name's registry and path. What does not look like a registry belongs to the path.
    private static (string? Domain, string Path) Split(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && IsDomain(name[..slash]) ? (name[..slash], name[(slash + 1)..]) : (null, name);
    }

    // Runs of a-z and 0-9 with one separator between them: one dot, one or two underscores, or any number of dashes.
    private static bool IsPathPart(string part)
    {
        if (part.Length == 0 || !IsAlphanumeric(part[0]) || !IsAlphanumeric(part[^1])) return false;
        for (var i = 0; i < part.Length; i++)
        {
            if (IsAlphanumeric(part[i])) continue;
            var start = i;
            while (part[i + 1] == part[start]) i++;
            var length = i - start + 1;
            var isSeparator = part[start] switch { '.' => length == 1, '_' => length <= 2, '-' => true, _ => false };
            if (!isSeparator || !IsAlphanumeric(part[i + 1])) return false;
        }

        return true;
    }

    private static bool IsAlphanumeric(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c);

    private static bool IsDomainPart(string part) =>
        part.Length > 0 && part[0] != '-' && part[^1] != '-' && part.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private static bool IsPortOrNothing(string text) =>
        text.Length == 0 || (text.Length > 1 && text[0] == ':' && text[1..].All(char.IsAsciiDigit));
}
