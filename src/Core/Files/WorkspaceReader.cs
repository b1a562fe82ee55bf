using System.Text;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Files;

/// <summary>The files of the checkout, for reading, and a scratch folder that is deleted with the program.</summary>
/// <param name="root">The checkout, absolute.</param>
/// <param name="temporary">Where the scratch folder is made.</param>
public partial class WorkspaceReader(string root, string temporary) : IDisposable
{
    // No reader takes more than twelve times the bytes of its text (ReaderMemoryTests), and so none takes 200 MB.
    private const int MostBytesOfText = 16 * 1024 * 1024;

    private PrivateFolder? _private;
    private string? _realRoot;

    /// <summary>The checkout, absolute.</summary>
    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>A folder for temporary files, readable by this user only; made on first use and deleted at the end.</summary>
    /// <exception cref="ActionException">The disk refuses (exit 4).</exception>
    public string Scratch => (_private ??= PrivateFolder.MakeIn(Path.GetFullPath(temporary))).Path;

    /// <summary>The absolute path of a file named relative to the workspace.</summary>
    /// <exception cref="ActionException">It is outside the workspace or git's, or a link that leads there (exit 2).</exception>
    public string Resolve(string path)
    {
        if (path.Contains('\0', StringComparison.Ordinal))
            throw ActionException.BadInput($"The path '{PlainText.Inert(path)}' has a null character", "Name a file inside the checkout");
        var full = Path.GetFullPath(path, Root);
        // `link/..` is one folder to us and another one to the kernel, and so to the programs that get the path: both must be fine.
        if (!IsInside(full)) throw Outside(path);
        RequireInside(path, RealPath.Of(full));
        RequireInside(path, RealPath.Of(Path.Combine(Root, path)));
        return full;
    }

    /// <summary>The text of a file, or null where there is none.</summary>
    /// <param name="path">The file, relative to the workspace.</param>
    /// <param name="mostBytes">The bytes that it may have: 16 MiB, or less where such a file is always small.</param>
    /// <exception cref="ActionException">It has more bytes, or may not be read (exit 2).</exception>
    public string? ReadText(string path, int mostBytes = MostBytesOfText)
    {
        using var held = Hold(path);
        if (held is null or { Kind: PathKind.Folder }) return null;
        if (held.Size > mostBytes)
            throw ActionException.BadInput(
                $"The file '{PlainText.Inert(path)}' has {held.Size:#,0} bytes, and may have {mostBytes:#,0}",
                "Name the right file, or shorten this one");
        try
        {
            using var stream = held.Read();
            var bytes = new byte[held.Size];
            var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return Decoded(bytes.AsSpan(0, count).ToArray());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, HeldPath.ReasonOf(e, path));
        }
    }

    /// <summary>Whether there is a file.</summary>
    /// <exception cref="ActionException">There is a pipe, a socket or a device (exit 2).</exception>
    public bool HasFile(string path)
    {
        using var held = Hold(path);
        return held?.Kind == PathKind.File;
    }

    /// <summary>Whether there is a folder.</summary>
    public bool HasFolder(string path) => Directory.Exists(Resolve(path));

    /// <summary>Whether the folder is empty, or missing.</summary>
    public bool IsEmpty => !Directory.Exists(Root) || !Directory.EnumerateFileSystemEntries(Root).Any();

    /// <summary>The size in bytes of a file that is no link, or null where there is none. Nothing is opened.</summary>
    /// <param name="path">Relative to the workspace, as a commit has it.</param>
    public long? SizeOfEntry(string path) =>
        new FileInfo(Path.Combine(Root, path)) is { Exists: true, LinkTarget: null } file ? file.Length : null;

    /// <summary>The size of a file in bytes; of a link, that of its target.</summary>
    /// <exception cref="ActionException">It does not exist, or may not be read (exit 2).</exception>
    public long SizeOf(string path)
    {
        using var held = RequireFile(path);
        return held.Size;
    }

    /// <summary>Opens a file for reading from its start to its end.</summary>
    /// <exception cref="ActionException">It does not exist, or may not be read (exit 2).</exception>
    public Stream OpenRead(string path)
    {
        var options = new FileStreamOptions { Options = FileOptions.SequentialScan | FileOptions.Asynchronous, BufferSize = 128 * 1024 };
        using var held = RequireFile(path);
        try
        {
            return held.Read(options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, HeldPath.ReasonOf(e, path));
        }
    }

    /// <summary>Writes a text into the scratch folder, for a program that reads files.</summary>
    /// <param name="name">A file name; an earlier file of that name is replaced.</param>
    /// <param name="text">The text.</param>
    /// <returns>The file's absolute path.</returns>
    public string WriteScratch(string name, string text)
    {
        var path = Path.Combine(Scratch, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _private?.Dispose();
    }

    // UTF-8 is decoded in one piece, since the length is known: a reader would collect a second copy.
    private static string Decoded(byte[] bytes)
    {
        var isWide = bytes is [0xfe, 0xff, ..] or [0xff, 0xfe, ..] or [0, 0, 0xfe, 0xff, ..];
        if (!isWide) return Encoding.UTF8.GetString(bytes.AsSpan(bytes is [0xef, 0xbb, 0xbf, ..] ? 3 : 0));
        using var reader = new StreamReader(new MemoryStream(bytes));
        return reader.ReadToEnd();
    }

    private protected static ActionException Unwritable(string path, Exception e) => ActionException.Remote(
        $"The file '{PlainText.Inert(path)}' could not be written: {PlainText.Inert(HeldPath.ReasonOf(e, path))}",
        "Free some space or grant write access, and run it again");

    private static ActionException Unreadable(string path, string reason) => ActionException.BadInput(
        $"The file '{PlainText.Inert(path)}' cannot be read: {PlainText.Inert(reason)}",
        "Check that it exists, and that the step may read it");

    private bool IsInside(string full) => RealPath.IsBelow(full, Root) || (_private is not null && RealPath.IsBelow(full, _private.Path));

    private bool EndsInside(string full) =>
        RealPath.Of(full) is var end && (IsOurs(end) || RealPath.IsBelow(end, _realRoot ??= RealPath.Of(Root)));

    private bool IsOurs(string end) => _private is not null && RealPath.IsBelow(end, RealPath.Of(_private.Path));
}
