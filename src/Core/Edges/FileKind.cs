using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace ReleaseActions.Core.Edges;

/// <summary>Asks the kernel what kind of file a path is. .NET calls pipes and devices files too, and opening a pipe waits for ever.</summary>
internal static class FileKind
{
    private const int CurrentFolder = -100;
    private const uint TypeAndMode = 0x1;
    // struct statx has one layout on every architecture: 256 bytes, stx_mode at 28 (linux/stat.h).
    private const int SizeOfStatx = 256;
    private const int PlaceOfMode = 28;
    private const int TypeBits = 0xF000;
    private const int Regular = 0x8000;

    /// <summary>Whether a path, links followed, is a regular file that is there.</summary>
    public static bool IsRegular(string path)
    {
        if (!File.Exists(path)) return false;
        // Elsewhere than on Linux programs run on a laptop, over files of its own user.
        return !OperatingSystem.IsLinux() || (ModeOf(path) is { } mode && (mode & TypeBits) == Regular);
    }

    private static int? ModeOf(string path)
    {
        var answer = new byte[SizeOfStatx];
        return Statx(CurrentFolder, Encoding.UTF8.GetBytes(path + "\0"), 0, TypeAndMode, answer) == 0
            ? BinaryPrimitives.ReadUInt16LittleEndian(answer.AsSpan(PlaceOfMode))
            : null;
    }

    [DllImport("libc", EntryPoint = "statx", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int folder, byte[] path, int flags, uint mask, byte[] answer);
}
