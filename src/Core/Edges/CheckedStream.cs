using System.Security.Cryptography;
using ReleaseActions.Core.Images;
using ReleaseActions.Core.Running;

namespace ReleaseActions.Core.Edges;

/// <summary>Content on its way out: counted and hashed as it is read, so that nothing but what the descriptor says is ever sent whole.</summary>
internal sealed class CheckedStream(Stream content, ImageDescriptor expected) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => expected.Size;

    public override long Position { get => _read; set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await content.ReadAsync(buffer, cancellationToken);
        return Count(buffer.Span[..count]);
    }

    public override int Read(byte[] buffer, int offset, int count) => Count(buffer.AsSpan(offset, content.Read(buffer, offset, count)));

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

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
        if (_read > expected.Size || (bytes.Length == 0 && _read < expected.Size)) throw Other($"{_read} bytes of {expected.Size}");
        if (_read == expected.Size && before < _read && ContentDigest.Of(_hash) is var digest && digest != expected.Digest) throw Other(digest);
        return bytes.Length;
    }

    private ActionException Other(string found) =>
        ActionException.Verification($"The content of {expected.Digest} is not what its name says: {found}", "The archive is damaged; make it again");
}
