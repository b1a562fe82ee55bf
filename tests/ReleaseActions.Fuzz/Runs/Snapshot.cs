namespace ReleaseActions.Fuzz.Runs;

/// <summary>Which files a case has, to see later what was written.</summary>
internal sealed class Snapshot
{
    private readonly Ground _ground;
    private readonly Dictionary<string, string> _files;

    public Snapshot(Ground ground)
    {
        _ground = ground;
        _files = Files(["work", "home", "temp", "tmp", "outside", "workflow"]);
    }

    /// <summary>The files, links and folders of some folders that are new or not as they were.</summary>
    public IEnumerable<string> Changed(string[] folders) =>
        Files(folders).Where(f => _files.GetValueOrDefault(f.Key) != f.Value).Select(f => f.Key);

    private Dictionary<string, string> Files(string[] folders)
    {
        var files = new Dictionary<string, string>();
        foreach (var folder in folders) Add(new DirectoryInfo(_ground[folder]), files);
        return files;
    }

    private void Add(DirectoryInfo folder, Dictionary<string, string> files)
    {
        // A kind may have put something else there.
        if (!folder.Exists || folder.LinkTarget is not null) return;
        foreach (var entry in folder.EnumerateFileSystemInfos())
        {
            var path = Path.GetRelativePath(_ground.Folder, entry.FullName);
            var isLink = entry.LinkTarget is not null;
            files[path] = isLink ? entry.LinkTarget! : entry is FileInfo file ? $"{file.Length} {file.LastWriteTimeUtc.Ticks}" : "folder";
            if (!isLink && entry is DirectoryInfo inner) Add(inner, files);
        }
    }
}
