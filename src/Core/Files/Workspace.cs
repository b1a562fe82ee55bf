using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Files;

/// <summary>The files of the checkout, for reading and writing.</summary>
/// <param name="root">The checkout, absolute.</param>
/// <param name="temporary">Where the scratch folder is made.</param>
public sealed class Workspace(string root, string temporary) : WorkspaceReader(root, temporary)
{
    private readonly string _temporary = temporary;

    /// <summary>Writes a file whole or not at all: under a temporary name first, then renamed. Folders are made as needed.</summary>
    /// <exception cref="ActionException">It is not below the checkout (exit 2), or the disk refuses (exit 4).</exception>
    public void WriteText(string path, string text)
    {
        var full = Resolve(path);
        if (full == Root || Path.GetRelativePath(Root, full).Split('/').Contains(".git"))
            throw ActionException.BadInput(
                $"The path '{PlainText.Inert(path)}' must not be written to", "Name a file of the checkout, outside .git");
        var beside = $"{full}.{Guid.NewGuid():n}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(beside, text);
            File.Move(beside, full, overwrite: true);
            Ownership.GiveBack(Root, full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, e);
        }
        finally
        {
            if (File.Exists(beside)) File.Delete(beside);
        }
    }

    /// <summary>Gives a file that a program wrote to the owner of the checkout.</summary>
    public void GiveBack(string path) => Ownership.GiveBack(Root, Resolve(path));

    /// <summary>Another workspace, at a folder named relative to this one or absolutely; it is made if it does not exist.</summary>
    public Workspace At(string folder) => new(Directory.CreateDirectory(Path.GetFullPath(folder, Root)).FullName, _temporary);

    /// <summary>Makes a folder, with those above it, and returns its absolute path.</summary>
    public string MakeFolder(string path) => Directory.CreateDirectory(Resolve(path)).FullName;

    /// <summary>Deletes a folder with everything in it, if it exists.</summary>
    public void DeleteFolder(string path)
    {
        if (Directory.Exists(Resolve(path))) Directory.Delete(Resolve(path), recursive: true);
    }

    /// <summary>Copies a file from anywhere on the machine into the workspace; an existing file is replaced.</summary>
    public void CopyIn(string from, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Resolve(path))!);
        File.Copy(from, Resolve(path), overwrite: true);
    }

    /// <summary>Writes a file from a stream; folders are made as needed.</summary>
    /// <exception cref="ActionException">The disk refuses (exit 4).</exception>
    public async Task WriteAsync(string path, Stream content, CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Resolve(path))!);
            await using (var file = File.Create(Resolve(path))) await content.CopyToAsync(file, cancellation);
            Ownership.GiveBack(Root, Resolve(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, e);
        }
    }

    /// <summary>The bytes of a file.</summary>
    public byte[] ReadBytes(string path) => File.ReadAllBytes(Resolve(path));

}
