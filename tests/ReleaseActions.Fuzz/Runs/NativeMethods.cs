using System.Runtime.InteropServices;

namespace ReleaseActions.Fuzz.Runs;

/// <summary>What only the C library can do.</summary>
internal static class NativeMethods
{
    public const uint Fifo = 0x1000;
    public const uint CharacterDevice = 0x2000;

    [DllImport("libc", EntryPoint = "kill", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Kill(int process, int signal);

    /// <summary>Makes a FIFO or, as root, a device.</summary>
    public static bool MakeNode(string path, uint kind, ulong device = 0) =>
        MakeNodeAt(System.Text.Encoding.UTF8.GetBytes(path + '\0'), kind | 0x1B6 /* rw-rw-rw- */, device) == 0;

    [DllImport("libc", EntryPoint = "mknod", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int MakeNodeAt(byte[] path, uint mode, ulong device);
}
