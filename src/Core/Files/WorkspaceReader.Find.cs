using Microsoft.Extensions.FileSystemGlobbing;
using Microsoft.Extensions.FileSystemGlobbing.Abstractions;

namespace ReleaseActions.Core.Files;

/// <summary>Finding files by globs.</summary>
public partial class WorkspaceReader
{
    /// <summary>The files that a glob matches, relative to the workspace, with forward slashes, in ordinal order.</summary>
    /// <remarks>Never inside <c>.git</c>.</remarks>
    public IReadOnlyList<string> Find(string glob) => Find([glob], []);

    /// <summary>The files that globs match, relative to the workspace, with forward slashes, in ordinal order.</summary>
    /// <param name="globs">What to find.</param>
    /// <param name="except">Globs of what to omit; <c>.git</c> always is.</param>
    /// <remarks>A link to a folder is followed only inside the workspace, and never in a circle.</remarks>
    public IReadOnlyList<string> Find(IReadOnlyList<string> globs, IReadOnlyList<string> except)
    {
        var matcher = new Matcher(StringComparison.Ordinal);
        matcher.AddIncludePatterns(globs);
        matcher.AddExcludePatterns(except);
        return [.. matcher.Execute(new Folder(new DirectoryInfo(Root), this)).Files.Select(f => f.Path).Order(StringComparer.Ordinal)];
    }

    // The package's own wrapper follows every link, even out of the checkout or in a circle.
    private sealed class Folder(DirectoryInfo folder, WorkspaceReader workspace) : DirectoryInfoBase
    {
        public override string Name => folder.Name;

        public override string FullName => folder.FullName;

        public override DirectoryInfoBase? ParentDirectory =>
            folder.Parent is { } parent ? new Folder(parent, workspace) : null;

        public override IEnumerable<FileSystemInfoBase> EnumerateFileSystemInfos() => folder.EnumerateFileSystemInfos()
            .Where(entry => !GitFolder.IsName(entry.Name) && (entry is not DirectoryInfo inner || workspace.MayEnter(inner)))
            .Select(Wrapped);

        public override DirectoryInfoBase GetDirectory(string path) =>
            new Folder(new DirectoryInfo(Path.Combine(folder.FullName, path)), workspace);

        public override FileInfoBase GetFile(string path) => new FileInfoWrapper(new FileInfo(Path.Combine(folder.FullName, path)));

        private FileSystemInfoBase Wrapped(FileSystemInfo entry) =>
            entry is DirectoryInfo inner ? new Folder(inner, workspace) : new FileInfoWrapper((FileInfo)entry);
    }
}
