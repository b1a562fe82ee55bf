namespace ReleaseActions.Core.Files;

/// <summary>
/// A container runs as root in a checkout that belongs to the runner's user. What git wrote on the way (fetched objects, refs) and
/// what the action wrote itself is given back, or the runner could not update or remove its own checkout afterwards.
/// </summary>
internal static class Ownership
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };

    /// <summary>Gives what belongs to root in the repository's own folder to the owner of the checkout; nothing where they are the same.</summary>
    public static void GiveBackRepository(string workspace)
    {
        var repository = Path.Combine(workspace, ".git");
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || new DirectoryInfo(repository) is not { Exists: true, LinkTarget: null }) return;
        if (FileKind.OwnerOf(workspace) is not var (user, group) || user == 0) return;
        foreach (var path in Directory.EnumerateFileSystemEntries(repository, "*", Everything))
            if (FileKind.OwnerOf(path) is (0, _)) FileKind.TryGive(path, user, group);
    }

    /// <summary>Gives a file that was written, and the folders above it that were made for it, to the owner of the checkout.</summary>
    /// <param name="workspace">The checkout, absolute.</param>
    /// <param name="path">A file or a folder in it, absolute; one outside stays as it is.</param>
    public static void GiveBack(string workspace, string path)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || FileKind.OwnerOf(workspace) is not var (user, group) || user == 0) return;
        for (var at = path; at is not null && at.StartsWith(workspace + "/", StringComparison.Ordinal); at = Path.GetDirectoryName(at))
            if (FileKind.OwnerOf(at) is (0, _)) FileKind.TryGive(at, user, group);
    }
}
