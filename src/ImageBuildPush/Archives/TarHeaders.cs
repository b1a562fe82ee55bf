namespace ReleaseActions.ImageBuildPush.Archives;

/// <summary>
/// A tar on its way to the reader of .NET, which takes the size of a long name or of PAX attributes from the header and makes room for
/// all of it: a header of 512 bytes could claim two gigabytes.
/// </summary>
internal sealed class TarHeaders(Stream tar) : ReadOnlyStream(tar)
{
    private const int HeaderLength = 512;

    // Names have at most 4,096 bytes; an extended attribute of a file has at most 64 KiB.
    private const int MostBytesOfMetadata = 1024 * 1024;

    public override bool CanSeek => true;

    public override long Length => Inner.Length;

    public override long Position { get => Inner.Position; set => Inner.Position = value; }

    public override long Seek(long offset, SeekOrigin origin) => Inner.Seek(offset, origin);

    /// <inheritdoc/>
    /// <exception cref="FormatException">A long name or attributes are larger than any tool writes.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length > MostBytesOfMetadata) throw TooLarge();
        var count = await Inner.ReadAsync(buffer, cancellationToken);
        if (count == HeaderLength && ClaimsTooMuch(buffer.Span[..count])) throw TooLarge();
        return count;
    }

    private static FormatException TooLarge() =>
        new($"a name or the attributes of a file in it have more than {MostBytesOfMetadata:#,0} bytes");

    // The type: PAX attributes of a file (x, X) or of all (g), GNU's long name (L) or target (K). The size: octal, or binary with a
    // mark in the first bit; every allowed size is short enough for eight octal digits.
    private static bool ClaimsTooMuch(ReadOnlySpan<byte> header)
    {
        if (header[156] is not ((byte)'x' or (byte)'X' or (byte)'g' or (byte)'L' or (byte)'K')) return false;
        var size = header.Slice(124, 12);
        if ((size[0] & 0x80) != 0) return true;
        var digits = size.Trim(" \0"u8);
        var value = 0L;
        foreach (var digit in digits) value = value * 8 + (digit - '0');
        return value > MostBytesOfMetadata;
    }
}
