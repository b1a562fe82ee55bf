using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Win32.SafeHandles;

namespace ReleaseActions.Core.Files;

/// <summary>
/// A file or folder that is held and not opened: nothing waits for a pipe, and what was checked is what is used, whatever is put in its
/// place meanwhile.
/// </summary>
internal sealed partial class HeldPath : IDisposable
{
    // fcntl-linux.h; both have these values on x64 and arm64.
    private const int HoldOnly = 0x200000;
    private const int CloseOnExec = 0x80000;
    private const int NoSuchFile = 2;
    private const int NotAFolder = 20;

    private readonly SafeFileHandle? _handle;

    private HeldPath(string path, SafeFileHandle? handle)
    {
        _handle = handle;
        // On other systems than Linux the programs run on a laptop, over the user's own files.
        Name = handle is null ? path : $"/proc/self/fd/{handle.DangerousGetHandle()}";
        End = handle is null ? RealPath.Of(path)
            : new FileInfo(Name).LinkTarget ?? throw new IOException("/proc is not there, and without it no file can be checked");
        (Kind, Size) = handle is null ? FileKind.Guess(path) : FileKind.Of(handle, End);
    }

    /// <summary>A path that leads to it and to nothing else.</summary>
    public string Name { get; }

    /// <summary>Where it is, every link followed.</summary>
    public string End { get; }

    /// <summary>What it is.</summary>
    public PathKind Kind { get; }

    /// <summary>The size of a file in bytes.</summary>
    public long Size { get; }

    /// <summary>Holds what is at a path, links followed; null where there is nothing.</summary>
    /// <exception cref="IOException">It may not be looked at, or links lead in a circle.</exception>
    public static HeldPath? Open(string path)
    {
        if (!OperatingSystem.IsLinux()) return Path.Exists(path) ? new HeldPath(path, null) : null;
        var number = OpenPath(Encoding.UTF8.GetBytes(path + "\0"), HoldOnly | CloseOnExec);
        var error = Marshal.GetLastPInvokeError();
        if (number >= 0) return Checked(path, new SafeFileHandle(number, ownsHandle: true));
        return error is NoSuchFile or NotAFolder ? null : throw new IOException(Marshal.GetPInvokeErrorMessage(error));
    }

    /// <summary>Opens the file.</summary>
    /// <exception cref="IOException">It may not be opened.</exception>
    public FileStream Read(FileStreamOptions? options = null) => new(Name, options ?? new FileStreamOptions());

    /// <summary>Why a held path could not be used, with the path that a reader knows.</summary>
    public static string ReasonOf(Exception e, string path) => HeldName().Replace(e.Message, _ => path);

    /// <inheritdoc/>
    public void Dispose() => _handle?.Dispose();

    private static HeldPath Checked(string path, SafeFileHandle handle)
    {
        try
        {
            return new HeldPath(path, handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    [GeneratedRegex("/proc/self/fd/[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex HeldName();

    [DllImport("libc", EntryPoint = "open", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenPath(byte[] path, int flags);
}

/// <summary>What is at a path.</summary>
internal enum PathKind
{
    /// <summary>A file with content of its own.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A pipe, a socket, a device, or a file whose content the kernel makes up: reading it may never end.</summary>
    Special,
}
