using System.Text;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Files;

/// <summary>The files of the checkout, for reading, and a scratch folder that is deleted with the program.</summary>
/// <param name="root">The checkout, absolute.</param>
/// <param name="temporary">Where the scratch folder is made.</param>
public partial class WorkspaceReader(string root, string temporary) : IDisposable
{
    private const long MostBytesOfText = 100L * 1024 * 1024;

    private string? _scratch;
    private string? _realRoot;

    /// <summary>The checkout, absolute.</summary>
    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>A folder for temporary files, readable by this user only; made on first use and deleted at the end.</summary>
    public string Scratch => _scratch ??= NewPrivateFolder(Path.Combine(Path.GetFullPath(temporary), $"release-actions-{Guid.NewGuid():n}"));

    /// <summary>The absolute path of a file named relative to the workspace.</summary>
    /// <exception cref="ActionException">It lies outside the workspace, or is a link that leads outside (exit 2).</exception>
    public string Resolve(string path)
    {
        if (path.Contains('\0', StringComparison.Ordinal)) throw ActionException.BadInput($"The path '{PlainText.Inert(path)}' is no path", "Name a file inside the checkout");
        var full = Path.GetFullPath(path, Root);
        if (!IsInside(full) || !EndsInside(full))
            throw ActionException.BadInput($"The path '{PlainText.Inert(path)}' resolves outside the workspace", "Name a file inside the checkout");
        return full;
    }

    /// <summary>The text of a file, or null where there is none.</summary>
    /// <exception cref="ActionException">It is larger than 100 MiB, or may not be read (exit 2).</exception>
    public string? ReadText(string path)
    {
        var file = new FileInfo(FollowLinks(Resolve(path)));
        if (!file.Exists) return null;
        if (!FileKind.IsRegular(file.FullName)) throw ActionException.BadInput($"The file '{PlainText.Inert(path)}' is not a regular file", "Name a file: no pipe, no socket and no device");
        if (file.Length > MostBytesOfText) throw ActionException.BadInput($"The file '{PlainText.Inert(path)}' has {file.Length:#,0} bytes", "A text that is read whole has at most 100 MiB");
        try
        {
            return Decoded(File.ReadAllBytes(file.FullName));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    /// <summary>Whether there is a regular file.</summary>
    public bool HasFile(string path) => File.Exists(Resolve(path));

    /// <summary>Whether there is a folder.</summary>
    public bool HasFolder(string path) => Directory.Exists(Resolve(path));

    /// <summary>The size of a file in bytes.</summary>
    public long SizeOf(string path) => new FileInfo(Resolve(path)).Length;

    /// <summary>Opens a file for reading from its start to its end.</summary>
    /// <exception cref="ActionException">It is not there, or may not be read (exit 2).</exception>
    public Stream OpenRead(string path)
    {
        try
        {
            return new FileStream(Resolve(path), new FileStreamOptions { Options = FileOptions.SequentialScan | FileOptions.Asynchronous, BufferSize = 128 * 1024 });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    /// <summary>Writes a text into the scratch folder, for a program that reads files.</summary>
    /// <param name="name">A file name; what is there under it is replaced.</param>
    /// <param name="text">The text.</param>
    /// <returns>The file's absolute path.</returns>
    public string WriteScratch(string name, string text)
    {
        var path = Path.Combine(Scratch, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>The files that a glob matches, relative to the workspace, with forward slashes, in ordinal order; never inside <c>.git</c>.</summary>
    public IReadOnlyList<string> Find(string glob) => Find([glob], []);

    /// <inheritdoc/>
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        if (_scratch is not null && Directory.Exists(_scratch)) Directory.Delete(_scratch, recursive: true);
    }

    // At once, since the length is known: a reader would collect a second copy piece by piece.
    private static string Decoded(byte[] bytes)
    {
        if (bytes is not ([0xfe, 0xff, ..] or [0xff, 0xfe, ..] or [0, 0, 0xfe, 0xff, ..])) return Encoding.UTF8.GetString(bytes.AsSpan(bytes is [0xef, 0xbb, 0xbf, ..] ? 3 : 0));
        using var reader = new StreamReader(new MemoryStream(bytes));
        return reader.ReadToEnd();
    }

    private static ActionException Unreadable(string path, Exception e) =>
        ActionException.BadInput($"The file '{PlainText.Inert(path)}' cannot be read: {PlainText.Inert(e.Message)}", "See that it is there, and that the step may read it");

    private static string NewPrivateFolder(string path) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(path).FullName
        : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;

    private bool EndsInside(string full) => FollowLinks(full) is var end && (IsBelow(end, _realRoot ??= FollowLinks(Root)) || (_scratch is not null && IsBelow(end, FollowLinks(_scratch))));

    private bool IsInside(string full) => IsBelow(full, Root) || (_scratch is not null && IsBelow(full, _scratch));

    // Where a path ends once every link on the way is followed, as the kernel walks it: `..` after a link is the link's own parent.
    private static string FollowLinks(string full)
    {
        var ahead = new Stack<string>(full.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        var (place, links) = ("/", 0);
        while (ahead.TryPop(out var part))
        {
            if (part == ".") continue;
            var next = part == ".." ? Path.GetDirectoryName(place) ?? "/" : Path.Combine(place, part);
            if (part == ".." || new FileInfo(next).LinkTarget is not { } target)
            {
                place = next;
                continue;
            }

            // The kernel gives up after 40 links too; a way without an end leads nowhere inside.
            if (++links > 40) return "/";
            if (target.StartsWith('/')) place = "/";
            foreach (var step in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse()) ahead.Push(step);
        }

        return place;
    }

    private static bool IsBelow(string full, string folder) => full == folder || full.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);
}
