using System.Diagnostics.CodeAnalysis;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Registries;

/// <summary>
/// The name of an image, by the grammar of github.com/distribution/reference, which docker and every registry share:
/// <c>registry.example:5000/team/app:1.2.3@sha256:…</c>.
/// </summary>
/// <param name="Domain">The registry, with its port where it has one; null where the name says none.</param>
/// <param name="Path">The repository in the registry, such as <c>team/app</c>.</param>
/// <param name="Tag">The tag, or null.</param>
/// <param name="Digest">The digest, or null.</param>
public sealed record ImageReference(string? Domain, string Path, string? Tag = null, string? Digest = null)
{
    /// <summary>The longest path: distribution's own limit.</summary>
    internal const int MostCharactersOfPath = 255;

    private const string DockerHub = "docker.io";

    /// <summary>Registry and path, without tag and digest.</summary>
    public string Repository => Domain is null ? Path : $"{Domain}/{Path}";

    /// <summary>The last part of the path: what people call the image.</summary>
    public string ShortName => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The same repository under a tag.</summary>
    public ImageReference WithTag(string tag) => new(Domain, Path, tag);

    /// <summary>The same repository at a digest.</summary>
    public ImageReference WithDigest(string digest) => new(Domain, Path, Digest: digest);

    /// <inheritdoc/>
    public override string ToString() => Repository + (Tag is null ? "" : $":{Tag}") + (Digest is null ? "" : $"@{Digest}");

    /// <summary>Reads a name by the letter.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ImageReference? reference)
    {
        (reference, _) = Read(text);
        return reference is not null;
    }

    /// <summary>Reads a name as people type it: <c>debian</c> is <c>docker.io/library/debian</c>, and an upper-case first part is a registry.</summary>
    public static bool TryParseShort(string text, [NotNullWhen(true)] out ImageReference? reference)
    {
        reference = null;
        if (ContentDigest.IsIdentifier(text)) return false;
        var whole = NamesRegistry(text) ? text : $"{DockerHub}/{(text.Contains('/', StringComparison.Ordinal) ? "" : "library/")}{text}";
        if (!TryParse(whole, out var parsed) || parsed.Domain is null) return false;
        reference = parsed.Domain == "index.docker.io" ? parsed with { Domain = DockerHub } : parsed;
        return true;
    }

    /// <summary>What is wrong with a name; null where nothing is.</summary>
    public static string? Complaint(string text) => Read(text).Complaint;

    /// <summary>Whether a name begins with a registry, and not with a folder on Docker Hub: <c>ghcr.io/acme/shop</c>, <c>localhost/shop</c>.</summary>
    public static bool NamesRegistry(string name) =>
        name.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && name[..slash] is var part && (part.Contains('.') || part.Contains(':') || part == "localhost" || part.Any(char.IsAsciiLetterUpper));

    private static (ImageReference? Reference, string? Complaint) Read(string text)
    {
        if (text.Length == 0) return (null, "it is empty");
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var digest = at < 0 ? null : text[(at + 1)..];
        var named = at < 0 ? text : text[..at];
        // A colon before the last slash belongs to the registry's port.
        var colon = named.IndexOf(':', named.LastIndexOf('/') + 1);
        var tag = colon < 0 ? null : named[(colon + 1)..];
        var name = colon < 0 ? named : named[..colon];
        if (!ImageGrammar.IsName(name)) return (null, ImageGrammar.IsName(name.ToLowerInvariant()) ? "it has an upper-case letter" : "it does not have the form registry/path:tag");
        if (tag is not null && !ImageGrammar.IsTag(tag)) return (null, "its tag has a character that tags do not have, or more than 128");
        if (digest is not null && !ContentDigest.IsSha256(digest)) return (null, "its digest is not sha256: and 64 hex digits in lower case");
        var (domain, path) = ImageGrammar.Split(name);
        return path.Length <= MostCharactersOfPath ? (new ImageReference(domain, path, tag, digest), null) : (null, $"its path has {path.Length} of {MostCharactersOfPath} characters");
    }
}
