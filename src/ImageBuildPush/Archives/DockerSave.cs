using ReleaseActions.Core.Registries;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ImageBuildPush.Archives;

/// <summary>
/// The archive of <c>docker save</c> and of Nix's dockerTools: manifest.json names a configuration and layers. The registry's
/// manifest is made here, always in the same way.
/// </summary>
/// <remarks>
/// Layers that are not compressed are pushed as they are. Their digests then stand in the configuration, so that nothing is read
/// that the registry has, and the image's digest depends on the archive alone: what a compressor writes changes with its version
/// and the processor, and a published version must not change with the machine that pushes it again.
/// </remarks>
internal sealed class DockerSave(IArchiveFiles files)
{
    public async Task<ImageArchive> ReadAsync(CancellationToken cancellation)
    {
        var (configName, layerNames) = ReadList(await files.ReadAsync("manifest.json", cancellation));
        var configBytes = await files.ReadAsync(configName, cancellation);
        var config = ImageConfig.Parse(configBytes);
        if (config.LayerDigests.Count != layerNames.Count)
            throw new FormatException($"its manifest.json names {layerNames.Count} layers and its configuration {config.LayerDigests.Count}");

        var layers = new List<ArchiveBlob>();
        foreach (var (name, digest) in layerNames.Zip(config.LayerDigests)) layers.Add(await LayerAsync(name, digest, cancellation));
        var configBlob = new ArchiveBlob(new ImageDescriptor(MediaTypes.Config, ContentDigest.Of(configBytes), configBytes.Length), () => files.Open(configName));
        var manifest = new ImageManifest(configBlob.Descriptor, [.. layers.Select(l => l.Descriptor)]).ToBytes();
        return new ImageArchive([.. layers.Append(configBlob).DistinctBy(b => b.Descriptor.Digest)], [new RegistryManifest(MediaTypes.Manifest, ContentDigest.Of(manifest), manifest)]);
    }

    private async Task<ArchiveBlob> LayerAsync(string name, string plainDigest, CancellationToken cancellation)
    {
        var size = files.SizeOf(name) ?? throw new FormatException($"it lacks the layer '{name}'");
        var compression = await CompressionAsync(name, cancellation);
        // A compressed layer has another digest than the configuration knows: it is read once more to have it.
        var digest = compression is null ? plainDigest : await files.DigestAsync(name, cancellation);
        var mediaType = compression is null ? MediaTypes.Layer : $"{MediaTypes.Layer}+{compression}";
        return new ArchiveBlob(new ImageDescriptor(mediaType, digest, size), () => files.Open(name));
    }

    private async Task<string?> CompressionAsync(string name, CancellationToken cancellation)
    {
        await using var stream = files.Open(name);
        var head = new byte[6];
        var count = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation);
        return Compression.Of(head.AsSpan(0, count)) switch
        {
            null => null,
            "gzip" => "gzip",
            "zstd" => "zstd",
            var other => throw new FormatException($"its layer '{name}' is compressed with {other}, which registries do not know"),
        };
    }

    private static (string Config, IReadOnlyList<string> Layers) ReadList(byte[] json)
    {
        var images = OciObject.ParseList(json, "manifest.json");
        if (images.Count != 1) throw new FormatException($"it holds {images.Count} images, and an image is pushed from an archive of its own");
        var layers = images[0].Texts("Layers");
        return layers.Count > 0 ? (images[0].Text("Config"), layers) : throw new FormatException("its manifest.json names no layers");
    }
}
