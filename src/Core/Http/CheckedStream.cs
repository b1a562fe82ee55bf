using System.Security.Cryptography;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Http;

/// <summary>Content on its way out: counted and hashed as it is read, so that nothing but what was announced is ever sent whole.</summary>
/// <param name="content">The content.</param>
/// <param name="size">How many bytes were announced.</param>
/// <param name="digest">The digest that was announced.</param>
/// <param name="refuse">Makes the error where it is something else, of what was found.</param>
public sealed class CheckedStream(Stream content, long size, string digest, Func<string, ActionException> refuse) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _read;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => size;

    /// <inheritdoc/>
    public override long Position { get => _read; set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await content.ReadAsync(buffer, cancellationToken);
        return Count(buffer.Span[..count]);
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Count(buffer.AsSpan(offset, content.Read(buffer, offset, count)));

    /// <inheritdoc/>
    public override void Flush() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    // Checked with the last bytes in hand and not after them: they are held back where the content is not what it should be.
    private int Count(ReadOnlySpan<byte> bytes)
    {
        var before = _read;
        _hash.AppendData(bytes);
        _read += bytes.Length;
        if (_read > size || (bytes.Length == 0 && _read < size)) throw refuse($"{_read} bytes of {size}");
        if (_read == size && before < _read && ContentDigest.Of(_hash) is var found && found != digest) throw refuse(found);
        return bytes.Length;
    }
}
