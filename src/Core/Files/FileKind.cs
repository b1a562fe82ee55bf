using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace ReleaseActions.Core.Files;

/// <summary>
/// Asks the kernel for the kind of a file and its owner. To .NET, pipes and devices are files too, and opening a pipe waits forever.
/// </summary>
internal static class FileKind
{
    private const int CurrentFolder = -100;
    private const uint TypeAndMode = 0x1;
    private const uint Owner = 0x18;
    // struct statx has one layout on every architecture: 256 bytes, stx_mode at 28 (linux/stat.h).
    private const int SizeOfStatx = 256;
    private const int PlaceOfUser = 20;
    private const int PlaceOfGroup = 24;
    private const int PlaceOfMode = 28;
    private const int TypeBits = 0xF000;
    private const int Regular = 0x8000;

    /// <summary>Whether a path, links followed, is a regular file.</summary>
    public static bool IsRegular(string path)
    {
        if (!File.Exists(path)) return false;
        // On other systems the programs run on a laptop, over the user's own files.
        return !OperatingSystem.IsLinux() || (ModeOf(path) is { } mode && (mode & TypeBits) == Regular);
    }

    /// <summary>The user and the group that a path belongs to, or null if it does not exist.</summary>
    public static (uint User, uint Group)? OwnerOf(string path)
    {
        if (Ask(path, Owner) is not { } answer) return null;
        var user = BinaryPrimitives.ReadUInt32LittleEndian(answer.AsSpan(PlaceOfUser));
        return (user, BinaryPrimitives.ReadUInt32LittleEndian(answer.AsSpan(PlaceOfGroup)));
    }

    /// <summary>Gives a path to a user and a group; a link itself, not its target.</summary>
    public static bool TryGive(string path, uint user, uint group) =>
        ChangeOwner(Encoding.UTF8.GetBytes(path + "\0"), user, group) == 0;

    private static int? ModeOf(string path) =>
        Ask(path, TypeAndMode) is { } answer ? BinaryPrimitives.ReadUInt16LittleEndian(answer.AsSpan(PlaceOfMode)) : null;

    private static byte[]? Ask(string path, uint what)
    {
        var answer = new byte[SizeOfStatx];
        return Statx(CurrentFolder, Encoding.UTF8.GetBytes(path + "\0"), 0, what, answer) == 0 ? answer : null;
    }

    [DllImport("libc", EntryPoint = "lchown", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ChangeOwner(byte[] path, uint user, uint group);

    [DllImport("libc", EntryPoint = "statx", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int folder, byte[] path, int flags, uint mask, byte[] answer);
}
