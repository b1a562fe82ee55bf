using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Files;

/// <summary>The files of the checkout, for reading and writing.</summary>
/// <param name="root">The checkout, absolute.</param>
/// <param name="temporary">Where the scratch folder is made.</param>
/// <param name="secrets">What may not be in a text that is written.</param>
public sealed class Workspace(string root, string temporary, KnownSecrets? secrets = null) : WorkspaceReader(root, temporary)
{
    private readonly string _temporary = temporary;

    /// <summary>Writes a file whole or not at all: under a temporary name first, then renamed. Folders are made as needed.</summary>
    /// <exception cref="ActionException">
    /// It is not below the checkout (exit 2), there is a secret in the text (exit 3), or the disk refuses (exit 4).
    /// </exception>
    public void WriteText(string path, string text)
    {
        secrets?.Refuse(text, $"The file '{PlainText.Inert(path)}'");
        Replace(path, beside => File.WriteAllText(beside, text));
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
    public void CopyIn(string from, string path) => Replace(path, beside => File.Copy(from, beside));

    /// <summary>Writes a file from a stream; folders are made as needed.</summary>
    /// <exception cref="ActionException">The disk refuses (exit 4).</exception>
    public async Task WriteAsync(string path, Stream content, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellation);
        Replace(path, beside => File.WriteAllBytes(beside, bytes.ToArray()));
    }

    /// <summary>The bytes of a file.</summary>
    public byte[] ReadBytes(string path)
    {
        using var stream = OpenRead(path);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private void Replace(string path, Action<string> write)
    {
        RequirePlace(path);
        var full = Resolve(path);
        try
        {
            var parent = Path.GetDirectoryName(full)!;
            Directory.CreateDirectory(parent);
            // The folder is held: a link that is put in its place meanwhile has no effect.
            using var folder = Hold(path, parent)!;
            Hold(path)?.Dispose();
            Replace($"{folder.Name}/{Path.GetFileName(full)}", $"{folder.Name}/.{Guid.NewGuid():n}.tmp", write);
            Ownership.GiveBack(Root, full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, e);
        }
    }

    private static void Replace(string target, string beside, Action<string> write)
    {
        try
        {
            write(beside);
            File.Move(beside, target, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
