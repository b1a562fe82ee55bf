using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Files;

/// <summary>The scratch folder: for what a program reads or writes beside the checkout.</summary>
public partial class WorkspaceReader
{
    /// <summary>Writes a stream into the scratch folder.</summary>
    /// <param name="name">A file name; what is there under it is replaced.</param>
    /// <param name="content">The content.</param>
    /// <param name="cancellation">Stops the copy.</param>
    /// <returns>The file's absolute path.</returns>
    /// <exception cref="ActionException">The disk refuses (exit 4).</exception>
    public async Task<string> WriteScratchAsync(string name, Stream content, CancellationToken cancellation)
    {
        var path = Path.Combine(Scratch, name);
        try
        {
            await using var file = File.Create(path);
            await content.CopyToAsync(file, cancellation);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, e);
        }
    }

    /// <summary>Makes a file or folder of this machine available in the scratch folder: a file is copied, a folder is linked.</summary>
    /// <param name="path">Where it is now.</param>
    /// <param name="name">Its path in the scratch folder; folders are made as needed.</param>
    /// <returns>Whether it is there and may be read.</returns>
    /// <exception cref="ActionException">It is a pipe, a socket or a device (exit 2).</exception>
    public bool BringToScratch(string path, string name)
    {
        var (full, target) = (Path.GetFullPath(path), Path.Combine(Scratch, name));
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        try
        {
            using var held = HeldPath.Open(full);
            if (held?.Kind == PathKind.Special)
                throw ActionException.BadInput(
                    $"The file '{PlainText.Inert(path)}' is not a regular file", "Replace the pipe, socket or device by a file");
            if (held?.Kind == PathKind.Folder) Directory.CreateSymbolicLink(target, full);
            if (held?.Kind == PathKind.File) File.Copy(held.Name, target);
            return held is not null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
