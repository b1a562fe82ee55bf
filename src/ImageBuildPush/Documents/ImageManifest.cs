using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ReleaseActions.Core.Registries;

namespace ReleaseActions.ImageBuildPush.Documents;

/// <summary>One image: its configuration and its layers, from the lowest to the highest (OCI image specification, manifest.md).</summary>
internal sealed record ImageManifest(ImageDescriptor Config, IReadOnlyList<ImageDescriptor> Layers)
{
    // Relaxed: the plus sign of a media type stays a plus sign, as other tools write it.
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a manifest, OCI's or Docker's.</summary>
    /// <exception cref="FormatException">It breaks a rule of the specification.</exception>
    public static ImageManifest Parse(ReadOnlyMemory<byte> json)
    {
        var manifest = OciObject.ParseVersion2(json, "the manifest");
        var config = ImageDescriptor.Read(manifest.Find("config") ?? throw new FormatException("the manifest has no 'config'"));
        var layers = manifest.List("layers");
        if (layers.Count == 0) throw new FormatException("the manifest has no layers");
        return new ImageManifest(config, [.. layers.Select(ImageDescriptor.Read)]);
    }

    /// <summary>The manifest's bytes: always the same for the same content, because its digest is the image's name.</summary>
    public byte[] ToBytes()
    {
        var manifest = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = RegistryManifest.OfImage,
            ["config"] = Config.ToJson(),
            ["layers"] = new JsonArray([.. Layers.Select(l => (JsonNode)l.ToJson())]),
        };
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, Relaxed)) manifest.WriteTo(writer);
        return bytes.WrittenSpan.ToArray();
    }
}

/// <summary>One image for each platform (OCI image specification, image-index.md).</summary>
internal sealed record ImageIndex(IReadOnlyList<ImageDescriptor> Manifests)
{
    /// <summary>Reads an index, OCI's or Docker's.</summary>
    /// <exception cref="FormatException">It breaks a rule of the specification.</exception>
    public static ImageIndex Parse(ReadOnlyMemory<byte> json) =>
        new([.. OciObject.ParseVersion2(json, "the index").List("manifests").Select(ImageDescriptor.Read)]);
}
