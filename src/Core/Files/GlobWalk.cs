using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Files;

/// <summary>Collects what globs match. It enters no <c>.git</c>, and a link only inside the workspace.</summary>
internal sealed class GlobWalk(WorkspaceReader workspace)
{
    // Ten times what a release may have. Beyond, the glob is a mistake, and looking at each file would take long.
    private const int MostFiles = 10_000;

    private readonly HashSet<(string Folder, int Part)> _visited = [];
    private readonly SortedSet<string> _files = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _folders = new(StringComparer.Ordinal);
    private string[] _parts = [];
    private bool _isLiteral;

    /// <summary>The files that were matched, relative to the workspace, in ordinal order.</summary>
    public IReadOnlyCollection<string> Files => _files;

    /// <summary>The folders that were matched by their own names.</summary>
    public IReadOnlyCollection<string> Folders => _folders;

    /// <summary>Whether <c>.git</c> was reached, which is never published.</summary>
    public bool ReachesGit { get; private set; }

    /// <summary>Collects what a glob matches.</summary>
    /// <param name="folder">Where it starts: a plain path, relative to the workspace.</param>
    /// <param name="glob">Relative to the folder.</param>
    /// <param name="isLiteral">Whether it is a plain path too.</param>
    /// <exception cref="ActionException">It matches more than ten thousand files, or a folder cannot be read (exit 2).</exception>
    public void Run(string folder, string glob, bool isLiteral)
    {
        _visited.Clear();
        (_parts, _isLiteral) = (glob.Split('/', StringSplitOptions.RemoveEmptyEntries), isLiteral);
        Walk(folder == "." ? "" : folder, 0);
    }

    private void Walk(string folder, int part)
    {
        if (!_visited.Add((folder, part))) return;
        var (word, isLast) = (_parts[part], part == _parts.Length - 1);
        var isAny = !_isLiteral && word == Glob.AnyFolders;
        if (isAny && !isLast) Walk(folder, part + 1);
        foreach (var entry in EntriesOf(folder, word))
        {
            if (!isAny && !_isLiteral && !Glob.Matches(word, entry.Name)) continue;
            var path = folder.Length == 0 ? entry.Name : $"{folder}/{entry.Name}";
            if (GitFolder.IsName(entry.Name)) ReachesGit = true;
            else if (entry is not DirectoryInfo inner) Add(path, isLast);
            else if (isLast && !isAny) _folders.Add(path);
            else if (workspace.MayEnter(inner)) Walk(path, isAny ? part : part + 1);
        }
    }

    private void Add(string file, bool isLast)
    {
        if (!isLast || !_files.Add(file) || _files.Count <= MostFiles) return;
        throw ActionException.BadInput(
            $"The glob '{string.Join('/', _parts)}' matches more than {MostFiles:#,0} files", "Narrow it: a release has at most 1,000");
    }

    private FileSystemInfo[] EntriesOf(string folder, string word)
    {
        var full = new DirectoryInfo(Path.Combine(workspace.Root, folder));
        try
        {
            if (!_isLiteral && (word == Glob.AnyFolders || Glob.IsPattern(word))) return full.Exists ? full.GetFileSystemInfos() : [];
            // A plain name is looked up: the folder may be one that must not be listed.
            var path = Path.Combine(full.FullName, word);
            return Directory.Exists(path) ? [new DirectoryInfo(path)] : IsThere(new FileInfo(path)) ? [new FileInfo(path)] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ActionException.BadInput(
                $"The folder '{PlainText.Inert(folder)}' cannot be read: {PlainText.Inert(e.Message)}",
                "Grant the step read access, or narrow the glob");
        }
    }

    // A link that leads nowhere is there too.
    private static bool IsThere(FileInfo file) => file.Exists || file.LinkTarget is not null;
}
