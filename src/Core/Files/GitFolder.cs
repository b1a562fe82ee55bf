namespace ReleaseActions.Core.Files;

/// <summary>Recognises what belongs to git and not to its user: it has credentials, hooks and refs.</summary>
internal static class GitFolder
{
    /// <summary>Whether a path leads into a folder of git, or is named as one.</summary>
    /// <param name="full">A path without links.</param>
    /// <param name="top">The folder that it is in; only what is below it counts.</param>
    public static bool Contains(string full, string top)
    {
        if (full == top) return false;
        var place = top.TrimEnd('/');
        foreach (var part in full[place.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            place = $"{place}/{part}";
            if (IsName(part) || (place.Length < full.Length && IsRepository(place))) return true;
        }

        return false;
    }

    /// <summary>
    /// Whether some file system takes a name for <c>.git</c>: without regard to case, NTFS without dots and spaces at its end, without a
    /// stream, or by its short name, HFS+ without characters that nobody sees. As git's own <c>is_ntfs_dotgit</c> and
    /// <c>is_hfs_dotgit</c>.
    /// </summary>
    public static bool IsName(string part)
    {
        var name = string.Concat(part.Split(':', '\\')[0].Where(c => !IsIgnoredByHfs(c))).TrimEnd('.', ' ');
        return name.Equals(".git", StringComparison.OrdinalIgnoreCase) || name.Equals("git~1", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsIgnoredByHfs(char c) =>
        c is (>= '\u200c' and <= '\u200f') or (>= '\u202a' and <= '\u202e') or (>= '\u206a' and <= '\u206f') or '\ufeff';

    // A worktree or a submodule may have its repository anywhere, under any name. This is how git recognises one.
    private static bool IsRepository(string folder)
    {
        if (new FileInfo($"{folder}/HEAD") is { Exists: false, LinkTarget: null }) return false;
        return File.Exists($"{folder}/commondir") || (Directory.Exists($"{folder}/objects") && Directory.Exists($"{folder}/refs"));
    }
}
