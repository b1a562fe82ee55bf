using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ReleaseActions.Core.Files;

/// <summary>
/// Asks the kernel for the kind of a file and its owner. To .NET, pipes and devices are files too, and opening a pipe waits forever.
/// </summary>
internal static class FileKind
{
    private const int CurrentFolder = -100;
    private const int OfTheHandle = 0x1000;
    private const uint TypeAndSize = 0x1 | 0x200;
    private const uint Owner = 0x18;
    // struct statx has one layout on every architecture: 256 bytes, stx_mode at 28 (linux/stat.h).
    private const int SizeOfStatx = 256;
    private const int PlaceOfUser = 20;
    private const int PlaceOfGroup = 24;
    private const int PlaceOfMode = 28;
    private const int PlaceOfSize = 40;
    private const int TypeBits = 0xF000;
    private const int Folder = 0x4000;
    private const int Regular = 0x8000;

    // Files of /proc and /sys are regular by their mode: some have no end, some wait until something happens.
    private static readonly string[] MadeUp = ["/proc", "/sys", "/dev"];

    /// <summary>Whether a path, links followed, is a regular file.</summary>
    public static bool IsRegular(string path)
    {
        using var held = HeldPath.Open(path);
        return held?.Kind == PathKind.File;
    }

    /// <summary>What an open handle leads to, and its size.</summary>
    public static (PathKind Kind, long Size) Of(SafeFileHandle handle, string end)
    {
        var answer = Ask((int)handle.DangerousGetHandle(), "", OfTheHandle, TypeAndSize)
            ?? throw new IOException(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
        var size = BinaryPrimitives.ReadInt64LittleEndian(answer.AsSpan(PlaceOfSize));
        return ((BinaryPrimitives.ReadUInt16LittleEndian(answer.AsSpan(PlaceOfMode)) & TypeBits) switch
        {
            Folder => PathKind.Folder,
            Regular when !MadeUp.Any(f => RealPath.IsBelow(end, f) && !RealPath.IsBelow(end, "/dev/shm")) => PathKind.File,
            _ => PathKind.Special,
        }, size);
    }

    /// <summary>The same for a path, where there are no handles to ask.</summary>
    public static (PathKind Kind, long Size) Guess(string path) =>
        Directory.Exists(path) ? (PathKind.Folder, 0) : (PathKind.File, new FileInfo(path).Length);

    /// <summary>The user and the group that a path belongs to, or null if it does not exist.</summary>
    public static (uint User, uint Group)? OwnerOf(string path)
    {
        if (Ask(CurrentFolder, path, 0, Owner) is not { } answer) return null;
        var user = BinaryPrimitives.ReadUInt32LittleEndian(answer.AsSpan(PlaceOfUser));
        return (user, BinaryPrimitives.ReadUInt32LittleEndian(answer.AsSpan(PlaceOfGroup)));
    }

    /// <summary>Gives a path to a user and a group; a link itself, not its target.</summary>
    public static bool TryGive(string path, uint user, uint group) =>
        ChangeOwner(Encoding.UTF8.GetBytes(path + "\0"), user, group) == 0;

    private static byte[]? Ask(int folder, string path, int flags, uint what)
    {
        var answer = new byte[SizeOfStatx];
        return Statx(folder, Encoding.UTF8.GetBytes(path + "\0"), flags, what, answer) == 0 ? answer : null;
    }

    [DllImport("libc", EntryPoint = "lchown", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ChangeOwner(byte[] path, uint user, uint group);

    [DllImport("libc", EntryPoint = "statx", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int folder, byte[] path, int flags, uint mask, byte[] answer);
}
