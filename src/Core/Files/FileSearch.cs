using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Files;

/// <summary>One search for the files of a list.</summary>
internal sealed class FileSearch(WorkspaceReader workspace, FileList list)
{
    /// <summary>Why files of git are omitted.</summary>
    public const string GitIsOmitted = "skipped: .git is never published";

    // A longer list is not read.
    private const int MostFolders = 10;

    private readonly List<Finding> _problems = [];
    private readonly List<string> _notices = [];
    private readonly Dictionary<string, PublishableFile> _files = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _folders = new(StringComparer.Ordinal);

    /// <summary>Searches.</summary>
    /// <exception cref="ActionException">All problems at once (exit 2).</exception>
    public FoundFiles Run()
    {
        foreach (var line in list.Lines) Find(line);
        var alike = _files.Values.GroupBy(f => f.Name, StringComparer.Ordinal).Where(g => g.Count() > 1);
        _problems.AddRange(alike.Select(DuplicateOf));
        if (_problems.Count > 0) throw new ActionException(ExitCode.BadInput, _problems);
        var omitted = _folders.Where(folder => !_files.Keys.Any(file => RealPath.IsBelow(file, folder)));
        return new FoundFiles([.. _files.Values], [.. _notices, .. omitted.Take(MostFolders).Select(OmittedFolder)]);
    }

    /// <summary>Refuses a file that is elsewhere.</summary>
    public static Finding OutsideOf(string path) => new(
        $"asset '{path}' resolves outside the workspace", "Name files inside the checkout; a link must end inside too");

    private void Find(string line)
    {
        var (walk, isInside) = (new GlobWalk(workspace), false);
        var reading = FileLine.ReadingsOf(line).FirstOrDefault(reading =>
        {
            isInside |= Walk(reading.Path, walk);
            return walk.Files.Count > 0;
        });
        _folders.UnionWith(walk.Folders);
        if (walk.ReachesGit) _notices.Add($"{GitIsOmitted}, although '{FileLine.Meant(line)}' matches it");
        if (!isInside) _problems.Add(OutsideOf(FileLine.Meant(line)));
        else if (walk.Files.Count == 0) AddUnmatched(line, walk);
        foreach (var path in walk.Files.Where(path => !_files.ContainsKey(path)))
        {
            if (workspace.ProblemOf(path) is { } problem) _problems.Add(problem);
            else _files[path] = Publishable(path, reading.Label);
        }
    }

    private PublishableFile Publishable(string path, string? label)
    {
        var file = Path.GetFileName(path);
        var name = AssetName.Of(file);
        return new PublishableFile(path, name, workspace.SizeOf(path), label ?? (name == file ? null : file));
    }

    /// <summary>Collects what a path matches: the file of that name or, where there is none, all that it matches as a glob.</summary>
    /// <returns>Whether it is inside the workspace; nothing outside is looked at.</returns>
    private bool Walk(string path, GlobWalk walk)
    {
        if (RelativeOf(path) is { } file) walk.Run(file.Folder, file.Path, isLiteral: true);
        if (walk.Files.Count > 0) return true;
        var globs = Glob.Expanded(path).Select(RelativeOf).ToList();
        if (globs.Exists(glob => glob is null)) return false;
        foreach (var (folder, rest) in globs.OfType<(string, string)>()) walk.Run(folder, rest, isLiteral: false);
        return true;
    }

    // The folder is a plain path, whatever characters it has; the rest is the glob.
    private (string Folder, string Path)? RelativeOf(string path)
    {
        if (path.Contains('\0', StringComparison.Ordinal)) return null;
        if (list.HostRoot is { } host && RealPath.IsBelow(path, host)) path = workspace.Root + path[host.Length..];
        var folder = Path.GetFullPath(list.Folder, workspace.Root);
        var full = Path.GetFullPath(path, folder);
        if (!RealPath.IsBelow(full, workspace.Root)) return null;
        var start = RealPath.IsBelow(full, folder) ? folder : workspace.Root;
        return (Path.GetRelativePath(workspace.Root, start), Path.GetRelativePath(start, full));
    }

    private void AddUnmatched(string line, GlobWalk walk)
    {
        var parts = FileLine.SeveralIn(line, IsFile);
        var reason = walk.ReachesGit ? $" ({GitIsOmitted})" : "";
        var message = $"The glob '{FileLine.Meant(line)}' matches no file{reason}";
        if (parts.Count > 0) _problems.Add(FileLine.RefuseSeveral(line, parts));
        else if (list.FailOnUnmatched) _problems.Add(new Finding(message, RemedyFor(line, walk.Folders)));
        else _notices.Add(message);
    }

    private bool IsFile(string path)
    {
        var walk = new GlobWalk(workspace);
        Walk(path, walk);
        return walk.Files.Count > 0;
    }

    private string RemedyFor(string line, IReadOnlyCollection<string> folders)
    {
        if (folders.Count > 0) return $"It is a folder: write {folders.First()}/** for everything in it, or put it into an archive";
        if (line.StartsWith("~/", StringComparison.Ordinal)) return "`~` is no home folder here: name a file of the checkout";
        var place = list.Folder == "." ? "the workspace" : $"'{PlainText.Inert(list.Folder)}'";
        return $"Correct the path (it is relative to {place}), or build the file first";
    }

    private static string OmittedFolder(string folder) =>
        $"skipped: '{folder}' is a folder, and a release has only files; write {folder}/** for everything in it, or put it into an archive";

    private static Finding DuplicateOf(IGrouping<string, PublishableFile> same) => new(
        $"duplicate asset name '{same.Key}': {string.Join(", ", same.Select(f => f.Path))}",
        "A release has each name once: rename one of them, or narrow the globs; letters, digits and . _ - are kept unchanged");
}
