namespace ReleaseActions.Core.Files;

/// <summary>
/// A container runs as root in a checkout that belongs to the runner's user. What git wrote there (fetched objects, refs) and
/// what the action wrote is given back: otherwise the runner could not update or remove its own checkout.
/// </summary>
internal static class Ownership
{
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = true,
    };

    /// <summary>Gives root's files in the repository's folder to the owner of the checkout.</summary>
    public static void GiveBackRepository(string workspace)
    {
        var repository = new DirectoryInfo(Path.Combine(workspace, ".git"));
        if (RunnersUser(workspace) is not var (user, group) || repository is not { Exists: true, LinkTarget: null }) return;
        foreach (var path in Directory.EnumerateFileSystemEntries(repository.FullName, "*", Everything))
            if (FileKind.OwnerOf(path) is (0, _)) FileKind.TryGive(path, user, group);
    }

    /// <summary>Gives a file that was written, and the folders that were made for it, to the owner of the checkout.</summary>
    /// <param name="workspace">The checkout, absolute.</param>
    /// <param name="path">A file or a folder, absolute; one outside the checkout is not changed.</param>
    public static void GiveBack(string workspace, string path)
    {
        if (RunnersUser(workspace) is not var (user, group)) return;
        for (var at = path; at is not null && at.StartsWith(workspace + "/", StringComparison.Ordinal); at = Path.GetDirectoryName(at))
            if (FileKind.OwnerOf(at) is (0, _)) FileKind.TryGive(at, user, group);
    }

    // Null where there is nothing to give back: not on Linux, not as root, or root's own checkout.
    private static (uint User, uint Group)? RunnersUser(string workspace) =>
        OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && FileKind.OwnerOf(workspace) is { User: > 0 } owner ? owner : null;
}
