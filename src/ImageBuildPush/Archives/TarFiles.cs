using System.Formats.Tar;
using System.IO.Compression;
using ReleaseActions.Core.Files;

namespace ReleaseActions.ImageBuildPush.Archives;

/// <summary>
/// The files of a tar, by their offsets. Nothing is unpacked, so no name in it can lead anywhere; a compressed tar is decompressed
/// into the scratch folder first, within <see cref="UnpackedSize"/>, because its files are read in another order than they are stored.
/// </summary>
internal sealed class TarFiles : ArchiveFiles
{
    // An image has a few files for each layer, and at most a few hundred layers.
    private const int MostEntries = 100_000;
    private const int MostLinks = 8;

    // Of all names together: they are in memory.
    private const int MostCharactersOfNames = 16 * 1024 * 1024;

    private readonly Dictionary<string, (long Offset, long Size)> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _repeated = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);
    private readonly string _path;
    private readonly WorkspaceReader _workspace;

    private TarFiles(string path, WorkspaceReader workspace)
    {
        _path = path;
        _workspace = workspace;
    }

    /// <summary>Reads the list of files.</summary>
    /// <exception cref="FormatException">It is not a tar.</exception>
    public static async Task<TarFiles> ReadAsync(string path, WorkspaceReader workspace, CancellationToken cancellation)
    {
        var files = new TarFiles(await PlainAsync(path, workspace, cancellation), workspace);
        try
        {
            await files.ListAsync(cancellation);
            return files;
        }
        catch (Exception e)
            when (e is InvalidDataException or EndOfStreamException or ArgumentException or NotSupportedException or OverflowException)
        {
            throw new FormatException($"it is not a tar: {e.Message}", e);
        }
    }

    public override long? SizeOf(string name) => Find(name)?.Size;

    public override Stream Open(string name)
    {
        var (offset, size) = Find(name) ?? throw new FormatException($"it lacks '{name}'");
        return new StreamPart(_workspace.OpenRead(_path), offset, size);
    }

    private (long Offset, long Size)? Find(string name)
    {
        // Docker stores a layer that occurs twice once, and links to it.
        for (var i = 0; i <= MostLinks; i++)
        {
            if (_repeated.Contains(name)) throw new FormatException($"it holds '{name}' twice, and programs differ in which they read");
            if (!_links.TryGetValue(name, out var target)) return _files.TryGetValue(name, out var place) ? place : null;
            name = target;
        }

        return null;
    }

    private async Task ListAsync(CancellationToken cancellation)
    {
        await using var stream = new TarHeaders(_workspace.OpenRead(_path));
        await using var tar = new TarReader(stream);
        var (entries, characters) = (0, 0L);
        while (await tar.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
        {
            if (++entries > MostEntries) throw new FormatException($"it holds more than {MostEntries:#,0} entries");
            characters += entry.Name.Length + entry.LinkName.Length;
            if (characters > MostCharactersOfNames)
                throw new FormatException($"the names in it have more than {MostCharactersOfNames:#,0} characters");
            Add(entry, stream.Length);
        }
    }

    private void Add(TarEntry entry, long whole)
    {
        var name = Plain(entry.Name);
        if (entry.EntryType != TarEntryType.Directory && (_files.ContainsKey(name) || _links.ContainsKey(name))) _repeated.Add(name);
        switch (entry.EntryType)
        {
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile:
                RequireWhole(entry, name, whole);
                _files[name] = (entry.DataOffset, entry.Length);
                break;
            case TarEntryType.SymbolicLink: _links[name] = Plain($"{Path.GetDirectoryName(name)}/{entry.LinkName}"); break;
            case TarEntryType.HardLink: _links[name] = Plain(entry.LinkName); break;
        }
    }

    private static void RequireWhole(TarEntry entry, string name, long whole)
    {
        // What is stored are the pieces that are not empty, and a map of them: not the file.
        if (entry is PaxTarEntry { ExtendedAttributes: var more } && more.Keys.Any(IsOfSparseFile))
            throw new FormatException($"'{name}' is stored as a sparse file, which registries do not know");
        if (entry.Length > 0 && (entry.DataOffset < 0 || entry.DataOffset > whole - entry.Length))
            throw new FormatException($"it ends in the middle of '{name}'");
    }

    private static bool IsOfSparseFile(string attribute) =>
        attribute.StartsWith("GNU.sparse.", StringComparison.Ordinal) || attribute == "SCHILY.realsize";

    /// <summary>A name without <c>.</c> and <c>..</c>; only ever a key to look up.</summary>
    private static string Plain(string name)
    {
        var parts = new List<string>();
        foreach (var part in name.Split('/'))
        {
            if (part == ".." && parts.Count > 0) parts.RemoveAt(parts.Count - 1);
            else if (part is not ("" or "." or "..")) parts.Add(part);
        }

        return string.Join('/', parts);
    }

    private static async Task<string> PlainAsync(string path, WorkspaceReader workspace, CancellationToken cancellation)
    {
        await using var stream = workspace.OpenRead(path);
        var compression = await CompressionOfAsync(stream, cancellation);
        if (compression is null) return path;
        if (compression != "gzip")
            throw new FormatException($"it is compressed with {compression}; decompress it, or compress it with gzip");
        stream.Position = 0;
        try
        {
            await using var gzip = new UnpackedSize(new GZipStream(stream, CompressionMode.Decompress), stream.Length);
            return await workspace.WriteScratchAsync($"{Guid.NewGuid():n}.tar", gzip, cancellation);
        }
        catch (InvalidDataException e)
        {
            throw new FormatException($"its compression is damaged: {e.Message}", e);
        }
    }
}
