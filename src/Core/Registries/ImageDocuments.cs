using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReleaseActions.Core.Registries;

/// <summary>One image: its configuration and its layers, from the lowest to the highest (OCI image specification, manifest.md).</summary>
public sealed record ImageManifest(ImageDescriptor Config, IReadOnlyList<ImageDescriptor> Layers)
{
    /// <summary>Reads a manifest, OCI's or Docker's.</summary>
    /// <exception cref="FormatException">It is not one by the letter.</exception>
    public static ImageManifest Parse(ReadOnlyMemory<byte> json)
    {
        var manifest = OciObject.Parse(json, "the manifest");
        OciRules.RequireHead(manifest);
        var config = ImageDescriptor.Read(manifest.Find("config") ?? throw new FormatException("the manifest has no 'config'"));
        var layers = manifest.List("layers");
        return layers.Count > 0 ? new ImageManifest(config, [.. layers.Select(ImageDescriptor.Read)]) : throw new FormatException("the manifest has no layers");
    }

    /// <summary>The manifest's bytes: always the same for the same content, because its digest is the image's name.</summary>
    public byte[] ToBytes()
    {
        var manifest = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = MediaTypes.Manifest,
            ["config"] = Config.ToJson(),
            ["layers"] = new JsonArray([.. Layers.Select(l => (JsonNode)l.ToJson())]),
        };
        var bytes = new ArrayBufferWriter<byte>();
        // Relaxed: the plus sign of a media type stays a plus sign, as other tools write it.
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) manifest.WriteTo(writer);
        return bytes.WrittenSpan.ToArray();
    }
}

/// <summary>One image for each platform (OCI image specification, image-index.md).</summary>
public sealed record ImageIndex(IReadOnlyList<ImageDescriptor> Manifests)
{
    /// <summary>Reads an index, OCI's or Docker's.</summary>
    /// <exception cref="FormatException">It is not one by the letter.</exception>
    public static ImageIndex Parse(ReadOnlyMemory<byte> json)
    {
        var index = OciObject.Parse(json, "the index");
        OciRules.RequireHead(index);
        return new ImageIndex([.. index.List("manifests").Select(ImageDescriptor.Read)]);
    }
}

/// <summary>What an image says about itself (OCI image specification, config.md).</summary>
/// <param name="LayerDigests">The digests of the layers before compression, from the lowest to the highest.</param>
/// <param name="Labels">Its labels.</param>
public sealed record ImageConfig(IReadOnlyList<string> LayerDigests, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>Reads a configuration.</summary>
    /// <exception cref="FormatException">It is not one by the letter.</exception>
    public static ImageConfig Parse(ReadOnlyMemory<byte> json)
    {
        var config = OciObject.Parse(json, "the configuration");
        _ = (config.Text("architecture"), config.Text("os"), config.OptionalText("variant"), config.OptionalText("author"), config.OptionalList("history"));
        var files = config.Object("rootfs") ?? throw new FormatException("the configuration has no 'rootfs'");
        if (files.Text("type") != "layers") throw new FormatException("the rootfs of the configuration is not made of layers");
        _ = files.List("diff_ids");
        return new ImageConfig(files.Texts("diff_ids"), config.Object("config") is { } run ? ReadLabels(run) : new Dictionary<string, string>());
    }

    private static IReadOnlyDictionary<string, string> ReadLabels(OciObject run)
    {
        _ = (run.OptionalText("User"), run.OptionalText("WorkingDir"), run.OptionalText("StopSignal"), run.Object("Volumes"), run.Object("ExposedPorts"), run.Texts("Cmd"), run.Texts("Entrypoint"));
        return run.Texts("Env").All(e => e.IndexOf('=', StringComparison.Ordinal) > 0)
            ? run.TextMap("Labels")
            : throw new FormatException("a variable of the configuration's Env has no value");
    }
}

/// <summary>The rules that several OCI documents share.</summary>
internal static class OciRules
{
    /// <summary>Version 2, and where they are there, a legal kind, subject and annotations.</summary>
    public static void RequireHead(OciObject document)
    {
        if (document.Number("schemaVersion") != 2) throw new FormatException($"the schemaVersion of {document.Kind} is not 2");
        if (document.OptionalText("mediaType") is { } kind) MediaTypes.Require(kind);
        if (document.OptionalText("artifactType") is { } artifact) MediaTypes.Require(artifact);
        if (document.Find("subject") is { } subject) ImageDescriptor.Read(subject);
        document.TextMap("annotations");
    }

    /// <summary>Reads the file <c>oci-layout</c>.</summary>
    /// <exception cref="FormatException">It is not one, or of another version.</exception>
    public static void RequireLayout(ReadOnlyMemory<byte> json)
    {
        if (OciObject.Parse(json, "oci-layout").Text("imageLayoutVersion") is not "1.0.0" and var version) throw new FormatException($"the imageLayoutVersion is '{version}'");
    }
}
