using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Files;

/// <summary>The files that a release publishes.</summary>
public partial class WorkspaceReader
{
    /// <summary>The files that a list names.</summary>
    /// <exception cref="ActionException">
    /// A file is outside the workspace, is not a regular file, or would have the name of another one; a line names several files, or none
    /// where that is an error (exit 2, all problems at once).
    /// </exception>
    public FoundFiles FindFiles(FileList list)
    {
        if (list.Folder != "." && !HasFolder(list.Folder))
        {
            throw ActionException.BadInput(
                $"The folder '{PlainText.Inert(list.Folder)}' of `working-directory` does not exist", "Name a folder of the checkout");
        }

        return new FileSearch(this, list).Run();
    }

    /// <summary>Why a file must not be published, or null.</summary>
    internal Finding? ProblemOf(string path)
    {
        var full = Path.GetFullPath(path, Root);
        if (!EndsInside(full)) return FileSearch.OutsideOf(path);
        if (GitFolder.Contains(RealPath.Of(full), _realRoot ??= RealPath.Of(Root)))
            return new Finding($"asset '{path}' leads into .git ({FileSearch.GitIsOmitted})", "Remove the link, or narrow the glob");
        if (!FileKind.IsRegular(full))
            return new Finding($"asset '{path}' is not a regular file", "Publish files only: no folders, pipes, sockets or devices");
        var shown = PlainText.Printable(path).Replace("\t", "\\x09", StringComparison.Ordinal);
        return shown == path ? null : new Finding(
            $"asset '{shown}' has invisible characters in its name", "Rename the file; letters, digits and . _ - are safe everywhere");
    }

    /// <summary>Whether a folder may be walked into: a link only where it stays in the workspace, and leads to no folder above.</summary>
    internal bool MayEnter(DirectoryInfo folder)
    {
        if (folder.LinkTarget is null) return true;
        var leadsUp = RealPath.IsBelow(RealPath.Of(folder.Parent!.FullName), RealPath.Of(folder.FullName));
        return EndsInside(folder.FullName) && !leadsUp;
    }
}
