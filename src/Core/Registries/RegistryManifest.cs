namespace ReleaseActions.Core.Registries;

/// <summary>A manifest or an index as a registry holds it.</summary>
/// <param name="MediaType">Its media type.</param>
/// <param name="Digest">Its digest, computed from the bytes.</param>
/// <param name="Bytes">Its bytes; at most 4 MiB.</param>
public sealed record RegistryManifest(string MediaType, string Digest, byte[] Bytes)
{
    /// <summary>The media type of one image: a configuration and its layers.</summary>
    public const string OfImage = "application/vnd.oci.image.manifest.v1+json";

    /// <summary>The media type of an index: one image for each platform.</summary>
    public const string OfIndex = "application/vnd.oci.image.index.v1+json";

    /// <summary>Docker's media type for <see cref="OfImage"/>.</summary>
    public const string OfDockerImage = "application/vnd.docker.distribution.manifest.v2+json";

    /// <summary>Docker's media type for <see cref="OfIndex"/>.</summary>
    public const string OfDockerIndex = "application/vnd.docker.distribution.manifest.list.v2+json";

    /// <summary>The media types that a client accepts under a tag.</summary>
    public static IReadOnlyList<string> Accepted { get; } = [OfImage, OfIndex, OfDockerImage, OfDockerIndex];

    /// <summary>Whether a media type is that of an index and not of one image.</summary>
    public static bool IsIndex(string mediaType) => mediaType is OfIndex or OfDockerIndex;
}
