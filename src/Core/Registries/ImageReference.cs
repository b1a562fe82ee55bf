namespace ReleaseActions.Core.Registries;

/// <summary>The name of an image in a registry: <c>registry.example:5000/team/app:1.2.3@sha256:…</c>.</summary>
/// <param name="Domain">The registry, with its port where it has one; null where the name has none.</param>
/// <param name="Path">The repository in the registry, such as <c>team/app</c>.</param>
/// <param name="Tag">The tag, or null.</param>
/// <param name="Digest">The digest, or null.</param>
public sealed record ImageReference(string? Domain, string Path, string? Tag = null, string? Digest = null)
{
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

    /// <summary>Whether a name such as <c>ghcr.io/acme/shop</c> begins with a registry, and not with a namespace on Docker Hub.</summary>
    public static bool NamesRegistry(string name)
    {
        if (name.IndexOf('/', StringComparison.Ordinal) is not (> 0 and var slash)) return false;
        var first = name[..slash];
        return first == "localhost" || first.Any(c => c is '.' or ':' || char.IsAsciiLetterUpper(c));
    }
}
