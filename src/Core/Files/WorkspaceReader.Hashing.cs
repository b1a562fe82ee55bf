using System.Buffers;
using System.Security.Cryptography;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Files;

/// <summary>Digests of files.</summary>
public partial class WorkspaceReader
{
    private const int ChunkBytes = 1024 * 1024;

    /// <summary>Hashes files, as many at a time as there are cores. Each is read once.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="secrets">What none of them may have in it, where they are about to be published; null looks for nothing.</param>
    /// <returns>The files in the order of <paramref name="paths"/>.</returns>
    /// <exception cref="ActionException">
    /// A file changed meanwhile (exit 5), cannot be read (exit 2), or has a secret in it (exit 3).
    /// </exception>
    public async Task<IReadOnlyList<HashedFile>> HashAsync(
        IReadOnlyList<string> paths, CancellationToken cancellation, KnownSecrets? secrets = null)
    {
        var hashed = new HashedFile[paths.Count];
        await Parallel.ForEachAsync(
            paths.Index(), cancellation, async (entry, stop) => hashed[entry.Index] = await HashAsync(entry.Item, stop, secrets));
        return hashed;
    }

    /// <summary>Hashes one file, a piece at a time.</summary>
    /// <exception cref="ActionException">
    /// It changed meanwhile (exit 5), cannot be read (exit 2), or has a secret in it (exit 3).
    /// </exception>
    public async Task<HashedFile> HashAsync(string path, CancellationToken cancellation, KnownSecrets? secrets = null)
    {
        var before = Look(path);
        // A secret may lie across two pieces: so much of the one is looked at again with the next.
        var overlap = secrets?.LongestInBytes ?? 0;
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes + overlap);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long size = 0;
        try
        {
            await using var stream = OpenRead(path);
            var kept = 0;
            for (int count; (count = await stream.ReadAsync(buffer.AsMemory(kept, ChunkBytes), cancellation)) > 0; size += count)
            {
                hash.AppendData(buffer, kept, count);
                if (secrets?.IsIn(buffer.AsSpan(0, kept + count)) == true) throw HasSecret(path);
                var end = kept + count;
                kept = Math.Min(end, overlap);
                buffer.AsSpan(end - kept, kept).CopyTo(buffer);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, HeldPath.ReasonOf(e, path));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (before != Look(path) || size != before.Size)
            throw ActionException.Verification(
                $"The file '{PlainText.Inert(path)}' changed while it was hashed", "Let the build end before this step, and run it again");
        return new HashedFile(path, Path.GetFileName(path), size, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static ActionException HasSecret(string path) => ActionException.Refused(
        $"The file '{PlainText.Inert(path)}' has a secret of this run in it",
        "Nothing was published: remove the secret from the build, and replace it if others could read it");

    // Size and time of the last write, links followed: equal twice where nobody wrote in between.
    private (long Size, DateTime Modified) Look(string path)
    {
        var file = new FileInfo(RealPath.Of(Resolve(path)));
        return file.Exists ? (file.Length, file.LastWriteTimeUtc) : (-1, DateTime.MinValue);
    }
}

/// <summary>A file and its digest.</summary>
/// <param name="Path">Relative to the workspace, as it was given.</param>
/// <param name="Name">The last part of the path, or what a user downloads it as.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Its SHA-256, 64 lower-case hex digits.</param>
public sealed record HashedFile(string Path, string Name, long Size, string Sha256);
