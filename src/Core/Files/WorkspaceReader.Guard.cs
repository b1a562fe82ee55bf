using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Files;

/// <summary>The one check that every path passes: inside the workspace, and in nothing that belongs to git.</summary>
public partial class WorkspaceReader
{
    /// <summary>Holds what is at a path; null where there is nothing.</summary>
    /// <exception cref="ActionException">It is outside, git's, or no file that can be read to its end (exit 2).</exception>
    private protected HeldPath? Hold(string path) => Hold(path, Resolve(path));

    /// <summary>Requires that a file can be made, or replaced, at a path. Asked before anything is written.</summary>
    /// <exception cref="ActionException">A folder is there, or a file is where a folder is needed (exit 2).</exception>
    public void RequirePlace(string path)
    {
        var full = Resolve(path);
        if (full == Root)
            throw ActionException.BadInput($"The path '{PlainText.Inert(path)}' is the checkout itself", "Name a file in it");
        if (Directory.Exists(full))
            throw ActionException.BadInput($"'{PlainText.Inert(path)}' is a folder, and a file is to be written there", "Name a file");
        for (var above = Path.GetDirectoryName(full)!; above.Length > Root.Length; above = Path.GetDirectoryName(above)!)
        {
            if (!File.Exists(above)) continue;
            throw ActionException.BadInput(
                $"'{PlainText.Inert(path)}' cannot be written: '{PlainText.Inert(Path.GetRelativePath(Root, above))}' is a file, not a folder",
                "Name another file, or rename the one that is there");
        }
    }

    private protected HeldPath? Hold(string path, string full)
    {
        HeldPath? held = null;
        try
        {
            held = HeldPath.Open(full);
            if (held is null) return null;
            // Again, because it may have been replaced since its path was looked at.
            RequireInside(path, held.End);
            if (held.Kind != PathKind.Special) return held;
            throw ActionException.BadInput(
                $"The file '{PlainText.Inert(path)}' is not a regular file", "Name a file, not a pipe, a socket or a device");
        }
        catch (Exception e)
        {
            held?.Dispose();
            if (e is IOException or UnauthorizedAccessException) throw Unreadable(path, HeldPath.ReasonOf(e, path));
            throw;
        }
    }

    private HeldPath RequireFile(string path)
    {
        var held = Hold(path) ?? throw Unreadable(path, "there is no such file");
        if (held.Kind == PathKind.File) return held;
        held.Dispose();
        throw Unreadable(path, "it is a folder");
    }

    private void RequireInside(string path, string end)
    {
        if (IsOurs(end)) return;
        var top = _realRoot ??= RealPath.Of(Root);
        if (!RealPath.IsBelow(end, top)) throw Outside(path);
        if (!GitFolder.Contains(end, top)) return;
        throw ActionException.BadInput(
            $"The path '{PlainText.Inert(path)}' leads into .git, which has credentials and belongs to git",
            "Name a file of the checkout, outside .git and every other folder of git; remove a link that leads there");
    }

    private static ActionException Outside(string path) =>
        ActionException.BadInput($"The path '{PlainText.Inert(path)}' resolves outside the workspace", "Name a file inside the checkout");
}
