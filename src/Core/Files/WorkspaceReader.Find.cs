using Microsoft.Extensions.FileSystemGlobbing;
using Microsoft.Extensions.FileSystemGlobbing.Abstractions;

namespace ReleaseActions.Core.Files;

/// <summary>Finding files, and seeing whether they are still what they were.</summary>
public partial class WorkspaceReader
{
    /// <summary>The files that globs match, relative to the workspace, with forward slashes, in ordinal order; never inside <c>.git</c>.</summary>
    /// <param name="globs">What to find.</param>
    /// <param name="except">What to leave out.</param>
    /// <remarks>A link to a folder is followed inside the workspace only, and never in a circle.</remarks>
    public IReadOnlyList<string> Find(IReadOnlyList<string> globs, IReadOnlyList<string> except)
    {
        var matcher = new Matcher(StringComparison.Ordinal);
        matcher.AddIncludePatterns(globs);
        matcher.AddExcludePatterns(["**/.git/**", ".git/**", .. except]);
        return [.. matcher.Execute(new Folder(new DirectoryInfo(Root), this)).Files.Select(f => f.Path).Order(StringComparer.Ordinal)];
    }

    /// <summary>The size of a file and when it was last written to, links followed: equal twice where nobody wrote in between.</summary>
    /// <exception cref="ActionException">It lies outside the workspace (exit 2).</exception>
    public (long Size, DateTime Modified) Look(string path)
    {
        var file = new FileInfo(FollowLinks(Resolve(path)));
        return file.Exists ? (file.Length, file.LastWriteTimeUtc) : (-1, DateTime.MinValue);
    }

    // The package's own wrapper goes through every link, also out of the checkout and round in circles.
    private sealed class Folder(DirectoryInfo folder, WorkspaceReader workspace) : DirectoryInfoBase
    {
        public override string Name => folder.Name;

        public override string FullName => folder.FullName;

        public override DirectoryInfoBase? ParentDirectory => folder.Parent is { } parent ? new Folder(parent, workspace) : null;

        public override IEnumerable<FileSystemInfoBase> EnumerateFileSystemInfos() => folder.EnumerateFileSystemInfos()
            .Where(entry => entry is not DirectoryInfo inner || MayEnter(inner))
            .Select(entry => entry is DirectoryInfo inner ? (FileSystemInfoBase)new Folder(inner, workspace) : new FileInfoWrapper((FileInfo)entry));

        public override DirectoryInfoBase GetDirectory(string path) => new Folder(new DirectoryInfo(Path.Combine(folder.FullName, path)), workspace);

        public override FileInfoBase GetFile(string path) => new FileInfoWrapper(new FileInfo(Path.Combine(folder.FullName, path)));

        private bool MayEnter(DirectoryInfo inner) =>
            inner.LinkTarget is null || (workspace.EndsInside(inner.FullName) && !IsBelow(FollowLinks(folder.FullName), FollowLinks(inner.FullName)));
    }
}
