using System.Text.Json;
using System.Text.Json.Nodes;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Registries;

/// <summary>How one OCI document points at content: its kind, its digest and its size.</summary>
/// <param name="MediaType">Such as <see cref="MediaTypes.Manifest"/>.</param>
/// <param name="Digest">The digest, of any legal algorithm.</param>
/// <param name="Size">Its size in bytes.</param>
public sealed record ImageDescriptor(string MediaType, string Digest, long Size)
{
    /// <summary>Whether it points at a list of images and not at one.</summary>
    public bool IsIndex => MediaType is MediaTypes.Index or MediaTypes.DockerList;

    internal static ImageDescriptor Read(JsonElement element)
    {
        var json = new OciObject(element, "a descriptor");
        var mediaType = MediaTypes.Require(json.Text("mediaType"));
        if (json.OptionalText("artifactType") is { } artifact) MediaTypes.Require(artifact);
        if (json.OptionalText("data") is { } data && !Convert.TryFromBase64String(data, new byte[data.Length], out _)) throw new FormatException("the data of a descriptor is not base64");
        if (json.Texts("urls").FirstOrDefault(u => !Uri.TryCreate(u, UriKind.Absolute, out _)) is { } url) throw new FormatException($"'{url}' is no URL");
        json.TextMap("annotations");
        if (json.Find("platform") is { } platform) _ = (new OciObject(platform, "a platform").Text("architecture"), new OciObject(platform, "a platform").Text("os"));
        var digest = json.Text("digest");
        if (!ContentDigest.IsLegal(digest)) throw new FormatException($"'{digest}' is no digest");
        var size = json.Number("size");
        return size >= 0 ? new ImageDescriptor(mediaType, digest, size) : throw new FormatException($"a size is {size}");
    }

    internal JsonObject ToJson() => new() { ["mediaType"] = MediaType, ["digest"] = Digest, ["size"] = Size };
}

/// <summary>The kinds of content a registry holds.</summary>
public static class MediaTypes
{
    /// <summary>One image: a configuration and its layers.</summary>
    public const string Manifest = "application/vnd.oci.image.manifest.v1+json";

    /// <summary>One image for each platform.</summary>
    public const string Index = "application/vnd.oci.image.index.v1+json";

    /// <summary>An image's configuration.</summary>
    public const string Config = "application/vnd.oci.image.config.v1+json";

    /// <summary>A layer as it is; <c>+gzip</c> or <c>+zstd</c> is put behind it where it is compressed.</summary>
    public const string Layer = "application/vnd.oci.image.layer.v1.tar";

    /// <summary>Docker's own form of <see cref="Manifest"/>.</summary>
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";

    /// <summary>Docker's own form of <see cref="Index"/>.</summary>
    public const string DockerList = "application/vnd.docker.distribution.manifest.list.v2+json";

    /// <summary>What a client can read under a tag.</summary>
    public static IReadOnlyList<string> Manifests { get; } = [Manifest, Index, DockerManifest, DockerList];

    internal static string Require(string text) =>
        text.Split('/') is [var type, var subtype] && IsPart(type) && IsPart(subtype) ? text : throw new FormatException($"'{text}' is no media type");

    private static bool IsPart(string part) =>
        part.Length is > 0 and <= 127 && char.IsAsciiLetterOrDigit(part[0]) && part.All(c => char.IsAsciiLetterOrDigit(c) || "!#$&^_.+-".Contains(c, StringComparison.Ordinal));
}
