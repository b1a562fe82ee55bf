using System.Text.Json;
using System.Text.Json.Nodes;
using ReleaseActions.Core.Registries;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ImageBuildPush.Documents;

/// <summary>How one OCI document points at content: its media type, digest and size (OCI image specification, descriptor.md).</summary>
/// <param name="MediaType">Such as <see cref="RegistryManifest.OfImage"/>.</param>
/// <param name="Digest">The digest, of any legal algorithm.</param>
/// <param name="Size">Its size in bytes.</param>
internal sealed record ImageDescriptor(string MediaType, string Digest, long Size)
{
    /// <summary>The media type of an image's configuration.</summary>
    public const string Configuration = "application/vnd.oci.image.config.v1+json";

    /// <summary>The media type of a layer without compression; <c>+gzip</c> or <c>+zstd</c> is appended where it is compressed.</summary>
    public const string Layer = "application/vnd.oci.image.layer.v1.tar";

    private const string SymbolsOfMediaTypes = "!#$&^_.+-";

    /// <summary>Whether it points at an index and not at one image.</summary>
    public bool IsIndex => RegistryManifest.IsIndex(MediaType);

    /// <summary>Reads a descriptor.</summary>
    /// <exception cref="FormatException">It breaks a rule of the specification.</exception>
    public static ImageDescriptor Read(JsonElement element)
    {
        var json = new OciObject(element, "a descriptor");
        var mediaType = RequireMediaType(json.Text("mediaType"));
        RequireLegalExtras(json);
        var digest = json.Text("digest");
        if (!IsDigest(digest)) throw new FormatException($"'{digest}' is not a digest");
        var size = json.Number("size");
        return size >= 0 ? new ImageDescriptor(mediaType, digest, size) : throw new FormatException($"a size is {size}");
    }

    /// <summary>Checks a media type (RFC 6838).</summary>
    /// <exception cref="FormatException">It is malformed.</exception>
    public static string RequireMediaType(string text) =>
        text.Split('/') is [var type, var subtype] && IsPart(type) && IsPart(subtype)
            ? text
            : throw new FormatException($"'{text}' is not a media type");

    public JsonObject ToJson() => new() { ["mediaType"] = MediaType, ["digest"] = Digest, ["size"] = Size };

    // What this action does not use must still be legal: a registry may refuse the rest of the image for it.
    private static void RequireLegalExtras(OciObject json)
    {
        if (json.OptionalText("artifactType") is { } artifact) RequireMediaType(artifact);
        if (json.OptionalText("data") is { } data && !Convert.TryFromBase64String(data, new byte[data.Length], out _))
            throw new FormatException("the data of a descriptor is not base64");
        if (json.Texts("urls").FirstOrDefault(u => !Uri.TryCreate(u, UriKind.Absolute, out _)) is { } url)
            throw new FormatException($"'{url}' is not a URL");
        json.TextMap("annotations");
        if (json.Object("platform") is { } platform) _ = (platform.Text("architecture"), platform.Text("os"));
    }

    // A digest of any algorithm, by the specification's grammar.
    private static bool IsDigest(string text)
    {
        if (text.Split(':') is not [var algorithm, { Length: > 0 } encoded]) return false;
        if (!encoded.All(c => char.IsAsciiLetterOrDigit(c) || c is '=' or '_' or '-')) return false;
        var parts = algorithm.Split('+', '.', '_', '-');
        if (!parts.All(p => p.Length > 0 && p.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)))) return false;
        return algorithm != "sha256" || ContentDigest.IsSha256(text);
    }

    private static bool IsPart(string part) => part.Length is > 0 and <= 127 && char.IsAsciiLetterOrDigit(part[0])
        && part.All(c => char.IsAsciiLetterOrDigit(c) || SymbolsOfMediaTypes.Contains(c, StringComparison.Ordinal));
}
