using ReleaseActions.Core;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.Registries;
using ReleaseActions.Core.Text;
using ReleaseActions.ImageBuildPush.Documents;

namespace ReleaseActions.ImageBuildPush.Archives;

/// <summary>Content of an archive that a registry needs.</summary>
/// <param name="Descriptor">Its digest and its size.</param>
/// <param name="Open">Opens it where it is; it is never whole in memory.</param>
internal sealed record ArchiveBlob(ImageDescriptor Descriptor, Func<Stream> Open);

/// <summary>An image that another build system made, to be pushed unchanged: the same archive always has the same digest.</summary>
/// <param name="Blobs">Configurations and layers, each once.</param>
/// <param name="Manifests">The manifests and indexes, each after what it points at; tags name the last.</param>
internal sealed record ImageArchive(IReadOnlyList<ArchiveBlob> Blobs, IReadOnlyList<RegistryManifest> Manifests)
{
    /// <summary>What tags name.</summary>
    public RegistryManifest Root => Manifests[^1];

    /// <summary>Reads what <c>docker save</c>, Nix or an OCI tool made: a tar, a gzipped tar, or the folder of an OCI layout.</summary>
    /// <exception cref="ActionException">It is none of these (exit 2), or its content does not match its digests (exit 5).</exception>
    public static async Task<ImageArchive> ReadAsync(string path, WorkspaceReader workspace, CancellationToken cancellation)
    {
        try
        {
            var files = await ArchiveFiles.OpenAsync(path, workspace, cancellation);
            if (files.SizeOf("oci-layout") is not null) return await new OciLayout(files).ReadAsync(cancellation);
            if (files.SizeOf("manifest.json") is not null) return await new DockerSave(files).ReadAsync(cancellation);
            throw new FormatException("it holds neither manifest.json nor oci-layout");
        }
        catch (FormatException e)
        {
            throw ActionException.BadInput(
                $"The archive '{PlainText.Inert(path)}' is not an image: {PlainText.Inert(e.Message)}",
                "Give an archive from `docker save`, Nix's dockerTools or `docker buildx build -o type=oci`");
        }
    }
}
