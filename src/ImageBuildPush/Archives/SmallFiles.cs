using ReleaseActions.Core.Text;

namespace ReleaseActions.ImageBuildPush.Archives;

/// <summary>Reads the documents of an archive into memory, which layers never are.</summary>
internal static class SmallFiles
{
    // Registries refuse larger manifests; a configuration of that size would be no configuration.
    private const long MostBytes = 4 * 1024 * 1024;

    /// <summary>A whole document.</summary>
    /// <exception cref="FormatException">It is not there, or too large to be one.</exception>
    public static async Task<byte[]> ReadAsync(this IArchiveFiles files, string name, CancellationToken cancellation)
    {
        var size = files.SizeOf(name) ?? throw new FormatException($"it lacks '{name}'");
        if (size > MostBytes) throw new FormatException($"'{name}' has {size} bytes, and a document has at most {MostBytes}");
        var bytes = new byte[size];
        await using var stream = files.Open(name);
        await stream.ReadExactlyAsync(bytes, cancellation);
        return bytes;
    }

    /// <summary>The digest of a file, read once.</summary>
    public static async Task<string> DigestAsync(this IArchiveFiles files, string name, CancellationToken cancellation)
    {
        await using var stream = files.Open(name);
        return await ContentDigest.OfAsync(stream, cancellation);
    }
}
