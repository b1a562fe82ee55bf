using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using ReleaseActions.Core.Edges;
using ReleaseActions.Core.Running;

namespace ReleaseActions.SbomChecksum;

/// <summary>A file that is published, and its digest.</summary>
/// <param name="Path">Where it lies, relative to the workspace.</param>
/// <param name="Name">Its base name: what a user downloads.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hex.</param>
internal sealed record HashedFile(string Path, string Name, long Size, string Sha256);

/// <summary>SHA-256 of many files, and the text that <c>sha256sum -c</c> reads.</summary>
internal static class Checksums
{
    private const int ChunkBytes = 1024 * 1024;

    /// <summary>The digest of a text in UTF-8, lower-case hex.</summary>
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Hashes files, as many at a time as there are cores, each read once from its start to its end.</summary>
    /// <exception cref="ActionException">A file changed meanwhile (exit 5), or cannot be read (exit 2).</exception>
    public static async Task<IReadOnlyList<HashedFile>> HashAsync(IReadOnlyList<string> paths, Workspace workspace, CancellationToken cancellation)
    {
        var hashed = new HashedFile[paths.Count];
        await Parallel.ForEachAsync(paths.Index(), cancellation, async (entry, stop) => hashed[entry.Index] = await HashAsync(entry.Item, workspace, stop));
        return [.. hashed.OrderBy(f => f.Name, StringComparer.Ordinal)];
    }

    /// <summary>The text of <c>checksums.txt</c>: GNU's form, by base name, in ordinal order.</summary>
    public static string Write(IEnumerable<(string Name, string Sha256)> files)
    {
        var text = new StringBuilder();
        foreach (var (name, sha256) in files.OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            // GNU marks a line whose name is escaped with a backslash of its own.
            var isEscaped = name.Contains('\\', StringComparison.Ordinal);
            text.Append(isEscaped ? "\\" : "").Append(sha256).Append("  ").Append(name.Replace("\\", "\\\\", StringComparison.Ordinal)).Append('\n');
        }

        return text.ToString();
    }

    private static async Task<HashedFile> HashAsync(string path, Workspace workspace, CancellationToken cancellation)
    {
        var before = workspace.Look(path);
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long size = 0;
        try
        {
            await using var stream = workspace.OpenRead(path);
            for (int count; (count = await stream.ReadAsync(buffer, cancellation)) > 0; size += count) hash.AppendData(buffer, 0, count);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ActionException.BadInput($"The file '{Log.Inert(path)}' cannot be read: {Log.Inert(e.Message)}", "See that the step may read it");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        var after = workspace.Look(path);
        if (before != after || size != before.Size)
            throw ActionException.Verification($"The file '{Log.Inert(path)}' changed while it was hashed", "Let the build end before this step, and run it again");
        return new HashedFile(path, System.IO.Path.GetFileName(path), size, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
