using System.Formats.Tar;
using System.IO.Compression;
using ReleaseActions.Core.Files;

namespace ReleaseActions.ImageBuildPush.Archives;

/// <summary>
/// The files of a tar, by where they begin. Nothing is unpacked, so no name in it can lead anywhere; a compressed tar is
/// decompressed into the scratch folder first, because its files are read in another order than they lie.
/// </summary>
internal sealed class TarFiles : IArchiveFiles
{
    // An image has a few files for each of its at most some hundred layers.
    private const int MostFiles = 100_000;
    private const int MostLinks = 8;

    private readonly Dictionary<string, (long Offset, long Size)> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);
    private readonly string _path;
    private readonly Workspace _workspace;

    private TarFiles(string path, Workspace workspace)
    {
        _path = path;
        _workspace = workspace;
    }

    /// <summary>Reads the list of files.</summary>
    /// <exception cref="FormatException">It is no tar.</exception>
    public static async Task<TarFiles> ReadAsync(string path, Workspace workspace, CancellationToken cancellation)
    {
        var files = new TarFiles(await PlainAsync(path, workspace, cancellation), workspace);
        try
        {
            await files.ListAsync(cancellation);
            return files;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or ArgumentException or NotSupportedException)
        {
            throw new FormatException($"it is no tar: {e.Message}", e);
        }
    }

    public long? SizeOf(string name) => Find(name)?.Size;

    public Stream Open(string name)
    {
        var (offset, size) = Find(name) ?? throw new FormatException($"it lacks '{name}'");
        return new StreamPart(_workspace.OpenRead(_path), offset, size);
    }

    private (long Offset, long Size)? Find(string name)
    {
        // Docker saves a layer that two images share once, and links to it.
        for (var i = 0; i < MostLinks && _links.TryGetValue(name, out var target); i++) name = target;
        return _files.TryGetValue(name, out var place) ? place : null;
    }

    private async Task ListAsync(CancellationToken cancellation)
    {
        await using var stream = _workspace.OpenRead(_path);
        await using var tar = new TarReader(stream);
        while (await tar.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
        {
            if (_files.Count + _links.Count >= MostFiles) throw new FormatException($"it holds more than {MostFiles} files");
            var name = Plain(entry.Name);
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile) _files[name] = (entry.DataOffset, entry.Length);
            else if (entry.EntryType is TarEntryType.SymbolicLink) _links[name] = Plain($"{Path.GetDirectoryName(name)}/{entry.LinkName}");
            else if (entry.EntryType is TarEntryType.HardLink) _links[name] = Plain(entry.LinkName);
        }
    }

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

    private static async Task<string> PlainAsync(string path, Workspace workspace, CancellationToken cancellation)
    {
        await using var stream = workspace.OpenRead(path);
        var head = new byte[6];
        var count = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation);
        switch (Compression.Of(head.AsSpan(0, count)))
        {
            case null: return path;
            case "gzip": return await DecompressAsync(stream, workspace, cancellation);
            case var other: throw new FormatException($"it is compressed with {other}; decompress it, or compress it with gzip");
        }
    }

    private static async Task<string> DecompressAsync(Stream stream, Workspace workspace, CancellationToken cancellation)
    {
        stream.Position = 0;
        try
        {
            await using var gzip = new GZipStream(stream, CompressionMode.Decompress);
            var plain = Path.Combine(workspace.Scratch, $"{Guid.NewGuid():n}.tar");
            await workspace.WriteAsync(plain, gzip, cancellation);
            return plain;
        }
        catch (InvalidDataException e)
        {
            throw new FormatException($"its compression is damaged: {e.Message}", e);
        }
    }
}

/// <summary>How content is compressed, by its first bytes.</summary>
internal static class Compression
{
    /// <summary>The name as media types have it, or null where nothing is known to be compressed.</summary>
    public static string? Of(ReadOnlySpan<byte> head) => head switch
    {
        [0x1f, 0x8b, ..] => "gzip",
        [0x28, 0xb5, 0x2f, 0xfd, ..] => "zstd",
        [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', ..] => "xz",
        [(byte)'B', (byte)'Z', (byte)'h', ..] => "bzip2",
        _ => null,
    };
}
