using ReleaseActions.Core.Registries;
using ReleaseActions.Core.Text;
using ReleaseActions.ImageBuildPush.Documents;

namespace ReleaseActions.ImageBuildPush.Archives;

/// <summary>
/// The archive of <c>docker save</c> and of Nix's dockerTools: manifest.json names a configuration and layers. The registry's
/// manifest is made here, always in the same way.
/// </summary>
/// <remarks>
/// Layers without compression are pushed without compression. Their digests are in the configuration, so nothing is read that the
/// registry has, and the image's digest depends on the archive alone: the output of a compressor changes with its version and the
/// processor, and a published version must not change with the machine that pushes it again.
/// </remarks>
internal sealed class DockerSave(ArchiveFiles files)
{
    // Linux mounts at most 127 on top of one another, and each may have to be read for its digest.
    private const int MostLayers = 1000;

    public async Task<ImageArchive> ReadAsync(CancellationToken cancellation)
    {
        var (configName, layerNames) = ReadList(await files.ReadAsync("manifest.json", cancellation));
        var configBytes = await files.ReadAsync(configName, cancellation);
        var config = ImageConfig.Parse(configBytes);
        if (config.LayerDigests.Count != layerNames.Count)
            throw new FormatException(
                $"its manifest.json names {layerNames.Count} layers and its configuration {config.LayerDigests.Count}");

        var layers = new List<ArchiveBlob>();
        foreach (var (name, digest) in layerNames.Zip(config.LayerDigests)) layers.Add(await LayerAsync(name, digest, cancellation));
        var descriptor = new ImageDescriptor(ImageDescriptor.Configuration, ContentDigest.Of(configBytes), configBytes.Length);
        var manifest = new ImageManifest(descriptor, [.. layers.Select(l => l.Descriptor)]).ToBytes();
        var blobs = layers.Append(new ArchiveBlob(descriptor, () => files.Open(configName))).DistinctBy(b => b.Descriptor.Digest);
        return new ImageArchive([.. blobs], [new RegistryManifest(RegistryManifest.OfImage, ContentDigest.Of(manifest), manifest)]);
    }

    private async Task<ArchiveBlob> LayerAsync(string name, string plainDigest, CancellationToken cancellation)
    {
        var size = files.SizeOf(name) ?? throw new FormatException($"it lacks the layer '{name}'");
        var compression = await CompressionAsync(name, cancellation);
        // The configuration has the digest before compression: a compressed layer is read once more for its own.
        var digest = compression is null ? plainDigest : await files.DigestAsync(name, cancellation);
        var mediaType = compression is null ? ImageDescriptor.Layer : $"{ImageDescriptor.Layer}+{compression}";
        return new ArchiveBlob(new ImageDescriptor(mediaType, digest, size), () => files.Open(name));
    }

    private async Task<string?> CompressionAsync(string name, CancellationToken cancellation)
    {
        await using var stream = files.Open(name);
        var compression = await ArchiveFiles.CompressionOfAsync(stream, cancellation);
        return compression is null or "gzip" or "zstd"
            ? compression
            : throw new FormatException($"its layer '{name}' is compressed with {compression}, which registries do not know");
    }

    private static (string Config, IReadOnlyList<string> Layers) ReadList(byte[] json)
    {
        var images = OciObject.ParseList(json, "manifest.json");
        if (images.Count != 1) throw new FormatException($"it holds {images.Count} images, and an archive must hold one");
        var layers = images[0].Texts("Layers");
        if (layers.Count > MostLayers) throw new FormatException($"its manifest.json names more than {MostLayers:#,0} layers");
        return layers.Count > 0 ? (images[0].Text("Config"), layers) : throw new FormatException("its manifest.json names no layers");
    }
}
