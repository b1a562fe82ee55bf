using System.Security.Cryptography;
using ReleaseActions.Core;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ImageBuildPush.Archives;

/// <summary>The files of an archive by their names, in a tar or in a folder.</summary>
internal abstract class ArchiveFiles
{
    // Registries refuse larger manifests, and a configuration of that size is a mistake or an attack.
    private const long MostBytesOfDocument = 4 * 1024 * 1024;

    /// <summary>Opens an archive.</summary>
    /// <exception cref="ActionException">It is not there (exit 2).</exception>
    /// <exception cref="FormatException">It is neither a folder nor a tar.</exception>
    public static async Task<ArchiveFiles> OpenAsync(string path, WorkspaceReader workspace, CancellationToken cancellation)
    {
        if (workspace.HasFolder(path)) return new FolderFiles(path, workspace);
        if (workspace.HasFile(path)) return await TarFiles.ReadAsync(path, workspace, cancellation);
        throw ActionException.BadInput(
            $"The archive '{PlainText.Inert(path)}' is not in the workspace",
            "Check that the build wrote it; copy a link to another place, such as Nix's result, first: cp -L result image.tar.gz");
    }

    /// <summary>The size of a file in bytes, or null where there is none.</summary>
    public abstract long? SizeOf(string name);

    /// <summary>Opens a file that is there.</summary>
    public abstract Stream Open(string name);

    /// <summary>Reads a whole document into memory; layers are never read this way.</summary>
    /// <exception cref="FormatException">It is not there, or is too large for a document.</exception>
    public async Task<byte[]> ReadAsync(string name, CancellationToken cancellation)
    {
        var size = SizeOf(name) ?? throw new FormatException($"it lacks '{name}'");
        if (size > MostBytesOfDocument)
            throw new FormatException($"'{name}' has {size} bytes, and a document has at most {MostBytesOfDocument}");
        var bytes = new byte[size];
        await using var stream = Open(name);
        await stream.ReadExactlyAsync(bytes, cancellation);
        return bytes;
    }

    /// <summary>The digest of a file, read once.</summary>
    public async Task<string> DigestAsync(string name, CancellationToken cancellation)
    {
        await using var stream = Open(name);
        return $"sha256:{Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation))}";
    }

    /// <summary>The compression of content, by its first bytes and as media types call it; null where none is recognized.</summary>
    public static async Task<string?> CompressionOfAsync(Stream content, CancellationToken cancellation)
    {
        var head = new byte[6];
        var count = await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation);
        return head.AsSpan(0, count) switch
        {
            [0x1f, 0x8b, ..] => "gzip",
            [0x28, 0xb5, 0x2f, 0xfd, ..] => "zstd",
            [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', ..] => "xz",
            [(byte)'B', (byte)'Z', (byte)'h', ..] => "bzip2",
            _ => null,
        };
    }
}

/// <summary>The files of an OCI layout in a folder.</summary>
internal sealed class FolderFiles(string folder, WorkspaceReader workspace) : ArchiveFiles
{
    public override long? SizeOf(string name) =>
        workspace.HasFile(Path.Combine(folder, name)) ? workspace.SizeOf(Path.Combine(folder, name)) : null;

    public override Stream Open(string name) => workspace.OpenRead(Path.Combine(folder, name));
}
