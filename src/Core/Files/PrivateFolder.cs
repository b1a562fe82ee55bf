namespace ReleaseActions.Core.Files;

/// <summary>
/// A folder that only this user can enter, deleted with the program. What a killed program left is deleted by the next one: each holds a
/// lock, which the kernel drops with the process, so that of two steps that run side by side none removes the other's.
/// </summary>
internal sealed class PrivateFolder : IDisposable
{
    private const string Prefix = "release-actions-";
    private const string LockSuffix = ".lock";
    private const int MostAttempts = 5;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly FileStream _lock;

    private PrivateFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    /// <summary>The folder, absolute.</summary>
    public string Path { get; }

    /// <summary>Makes a folder, and deletes those of programs that are gone.</summary>
    /// <exception cref="ActionException">The disk refuses (exit 4).</exception>
    public static PrivateFolder MakeIn(string parent)
    {
        var path = System.IO.Path.Combine(System.IO.Path.GetFullPath(parent), $"{Prefix}{Guid.NewGuid():n}");
        try
        {
            Directory.CreateDirectory(parent);
            DeleteAbandoned(parent);
            // The lock comes first and goes last: a folder without one is never looked at.
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
            var held = Locked(path + LockSuffix, options);
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
            else Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
            return new PrivateFolder(path, held);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ActionException.Remote(
                $"No private folder could be made in '{parent}': {e.Message}", "Free some space, or let the step write to RUNNER_TEMP");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
        File.Delete(Path + LockSuffix);
        _lock.Dispose();
    }

    // Another step may look at the new lock before it is held, and delete it as abandoned.
    private static FileStream Locked(string file, FileStreamOptions options)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var held = new FileStream(file, options);
                if (File.Exists(file)) return held;
                held.Dispose();
                if (attempt == MostAttempts) throw new IOException("another program deletes its lock");
            }
            catch (IOException) when (attempt < MostAttempts)
            {
                File.Delete(file);
            }
        }
    }

    private static void DeleteAbandoned(string parent)
    {
        foreach (var file in Directory.EnumerateFiles(parent, $"{Prefix}*{LockSuffix}"))
        {
            try
            {
                DeleteIfAbandoned(file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Its program is running, or it belongs to another user.
            }
        }
    }

    private static void DeleteIfAbandoned(string file)
    {
        using var held = HeldPath.Open(file);
        if (held?.Kind != PathKind.File || new FileInfo(file).LinkTarget is not null) return;
        var options = new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.ReadWrite, Share = FileShare.None };
        using var lockOfNobody = new FileStream(held.Name, options);
        var folder = file[..^LockSuffix.Length];
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        File.Delete(file);
    }
}
