using ReleaseActions.Core;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.Registries;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ImageBuildPush.Archives;

/// <summary>Content that an archive holds and a registry needs.</summary>
/// <param name="Descriptor">Its digest and its size.</param>
/// <param name="Open">Opens it where it lies; it is never whole in memory.</param>
internal sealed record ArchiveBlob(ImageDescriptor Descriptor, Func<Stream> Open);

/// <summary>An image as another build system left it, ready to be pushed as it is: the same archive has the same digest every time.</summary>
/// <param name="Blobs">Configurations and layers, each once.</param>
/// <param name="Manifests">What points at them; what is pointed at comes before what points, and the last is what tags stand for.</param>
internal sealed record ImageArchive(IReadOnlyList<ArchiveBlob> Blobs, IReadOnlyList<RegistryManifest> Manifests)
{
    /// <summary>What tags stand for.</summary>
    public RegistryManifest Root => Manifests[^1];

    /// <summary>Reads what <c>docker save</c>, Nix or an OCI tool made: a tar, a gzipped tar, or the folder of an OCI layout.</summary>
    /// <exception cref="ActionException">It is not there or not one of these (exit 2), or its content does not match its names (exit 5).</exception>
    public static async Task<ImageArchive> ReadAsync(string path, Workspace workspace, CancellationToken cancellation)
    {
        try
        {
            var files = await OpenAsync(path, workspace, cancellation);
            if (files.SizeOf("oci-layout") is not null) return await new OciLayout(files).ReadAsync(cancellation);
            if (files.SizeOf("manifest.json") is not null) return await new DockerSave(files).ReadAsync(cancellation);
            throw new FormatException("it holds neither manifest.json nor oci-layout");
        }
        catch (FormatException e)
        {
            throw ActionException.BadInput($"The archive '{PlainText.Inert(path)}' is no image: {PlainText.Inert(e.Message)}", "Give what `docker save`, Nix's dockerTools or `docker buildx build -o type=oci` wrote");
        }
    }

    private static async Task<IArchiveFiles> OpenAsync(string path, Workspace workspace, CancellationToken cancellation)
    {
        if (workspace.HasFolder(path)) return new FolderFiles(path, workspace);
        if (workspace.HasFile(path)) return await TarFiles.ReadAsync(path, workspace, cancellation);
        throw ActionException.BadInput(
            $"The archive '{PlainText.Inert(path)}' is not in the workspace", "See that the build wrote it; a link to another place, such as Nix's result, is copied first: cp -L result image.tar.gz");
    }
}

/// <summary>The files of an archive by their names, wherever they lie.</summary>
internal interface IArchiveFiles
{
    /// <summary>The size of a file in bytes, or null where there is none.</summary>
    long? SizeOf(string name);

    /// <summary>Opens a file that is there.</summary>
    Stream Open(string name);
}

/// <summary>An OCI layout that lies in a folder.</summary>
internal sealed class FolderFiles(string folder, Workspace workspace) : IArchiveFiles
{
    public long? SizeOf(string name) => workspace.HasFile(Path.Combine(folder, name)) ? workspace.SizeOf(Path.Combine(folder, name)) : null;

    public Stream Open(string name) => workspace.OpenRead(Path.Combine(folder, name));
}
