namespace ReleaseActions.Sandbox.Web;

/// <summary>A request body that ends early, breaks, or arrives changed.</summary>
internal sealed class FaultyStream(Stream inner) : Stream
{
    private long _read;
    private bool _begun;

    public long Limit { get; init; } = long.MaxValue;

    public bool Breaks { get; init; }

    public bool Corrupts { get; init; }

    /// <summary>Done once, before the first byte is read.</summary>
    public Func<Task>? First { get; init; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_begun && First is not null) await First();
        _begun = true;
        var room = (int)Math.Min(buffer.Length, Limit - _read);
        var count = room == 0 ? 0 : await inner.ReadAsync(buffer[..room], cancellationToken);
        if (count == 0 && Breaks) throw new EndOfStreamException();
        if (count > 0 && _read == 0 && Corrupts) buffer.Span[0] ^= 0xFF;
        _read += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }
}
