using ReleaseActions.Core.Text;

namespace ReleaseActions.ImageBuildPush.Archives;

/// <summary>
/// What a compressed archive unpacks to, read up to a bound: 64 times its own size, at least 64 MiB and at most 32 GiB. A file of a
/// megabyte could fill the disk otherwise.
/// </summary>
internal sealed class UnpackedSize(Stream unpacked, long packed) : ReadOnlyStream(unpacked)
{
    // Images compress to a half or a third. gzip can reach 1,032 to 1.
    private const int MostTimes = 64;
    private const long LeastBound = 64L * 1024 * 1024;
    private const long MostBytes = 32L * 1024 * 1024 * 1024;

    private long _count;

    private long Bound { get; } = Math.Clamp(packed * MostTimes, LeastBound, MostBytes);

    /// <inheritdoc/>
    /// <exception cref="FormatException">It unpacks to more than the bound.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await Inner.ReadAsync(buffer, cancellationToken);
        _count += count;
        return _count <= Bound ? count : throw new FormatException(
            $"its {Markdown.Size(packed)} unpack to more than {Markdown.Size(Bound)}; decompress it first if that is meant");
    }
}
