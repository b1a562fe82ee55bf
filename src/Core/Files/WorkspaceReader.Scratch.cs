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
    public bool BringToScratch(string path, string name)
    {
        var (full, target) = (Path.GetFullPath(path), Path.Combine(Scratch, name));
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        try
        {
            if (Directory.Exists(full)) Directory.CreateSymbolicLink(target, full);
            else if (File.Exists(full)) File.Copy(full, target);
            else return false;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
