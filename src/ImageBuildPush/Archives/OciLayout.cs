using ReleaseActions.Core;
using ReleaseActions.Core.Registries;
using ReleaseActions.Core.Text;
using ReleaseActions.ImageBuildPush.Documents;

namespace ReleaseActions.ImageBuildPush.Archives;

/// <summary>An OCI image layout: index.json names one image, or one index with an image for each platform.</summary>
internal sealed class OciLayout(ArchiveFiles files)
{
    // An index in an index is legal and rare; more than this is an attack or a mistake.
    private const int MostLevels = 3;
    private const int MostManifests = 1000;
    private const int MostBlobs = 20_000;

    // Of all manifests together: they are in memory until they are sent.
    private const long MostBytesOfManifests = 32 * 1024 * 1024;

    private readonly Dictionary<string, ArchiveBlob> _blobs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RegistryManifest> _manifests = new(StringComparer.Ordinal);
    private long _bytes;

    public async Task<ImageArchive> ReadAsync(CancellationToken cancellation)
    {
        RequireVersion1(await files.ReadAsync("oci-layout", cancellation));
        var images = ImageIndex.Parse(await files.ReadAsync("index.json", cancellation)).Manifests.DistinctBy(m => m.Digest).ToList();
        if (images.Count != 1) throw new FormatException($"its index.json names {images.Count} images, and an archive must hold one");
        await AddAsync(images[0], 1, cancellation);
        return new ImageArchive([.. _blobs.Values], [.. _manifests.Values]);
    }

    /// <summary>Checks the file <c>oci-layout</c> (OCI image specification, image-layout.md).</summary>
    /// <exception cref="FormatException">It is malformed, or has another version.</exception>
    internal static void RequireVersion1(ReadOnlyMemory<byte> json)
    {
        var version = OciObject.Parse(json, "oci-layout").Text("imageLayoutVersion");
        if (version != "1.0.0") throw new FormatException($"the imageLayoutVersion is '{version}'");
    }

    private async Task AddAsync(ImageDescriptor manifest, int level, CancellationToken cancellation)
    {
        if (_manifests.ContainsKey(manifest.Digest)) return;
        if (level > MostLevels) throw new FormatException($"its indexes are nested more than {MostLevels} deep");
        if (_manifests.Count >= MostManifests) throw new FormatException($"it names more than {MostManifests} images");
        var bytes = await files.ReadAsync(NameOf(manifest), cancellation);
        if ((_bytes += bytes.Length) > MostBytesOfManifests)
            throw new FormatException($"its manifests have more than {MostBytesOfManifests:#,0} bytes");
        if (ContentDigest.Of(bytes) is var found && found != manifest.Digest)
            throw ActionException.Verification(
                $"The archive's '{NameOf(manifest)}' does not match its digest: {found}", "The archive is damaged; make it again");
        if (manifest.IsIndex)
            foreach (var child in ImageIndex.Parse(bytes).Manifests) await AddAsync(child, level + 1, cancellation);
        else
            AddBlobs(ImageManifest.Parse(bytes));
        // Added after what it points at: a registry accepts an index only where its images are.
        _manifests[manifest.Digest] = new RegistryManifest(manifest.MediaType, manifest.Digest, bytes);
    }

    private void AddBlobs(ImageManifest manifest)
    {
        foreach (var blob in manifest.Layers.Append(manifest.Config))
        {
            var name = NameOf(blob);
            if (files.SizeOf(name) is not { } size) throw new FormatException($"it lacks '{name}'");
            if (size != blob.Size) throw new FormatException($"its '{name}' has {size} bytes instead of {blob.Size}");
            if (_blobs.Count >= MostBlobs) throw new FormatException($"it names more than {MostBlobs:#,0} layers");
            _blobs[blob.Digest] = new ArchiveBlob(blob, () => files.Open(name));
        }
    }

    // Only a well-formed sha256 becomes a path, so that no digest can lead out of the layout.
    private static string NameOf(ImageDescriptor content) => ContentDigest.IsSha256(content.Digest)
        ? $"blobs/sha256/{content.Digest["sha256:".Length..]}"
        : throw new FormatException($"'{content.Digest}' is not sha256, which registries ask for");
}
