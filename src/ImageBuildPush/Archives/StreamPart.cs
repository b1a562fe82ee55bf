namespace ReleaseActions.ImageBuildPush.Archives;

/// <summary>A part of a file, read from start to end; closing it closes the file.</summary>
internal sealed class StreamPart : Stream
{
    private readonly Stream _whole;
    private readonly long _end;

    public StreamPart(Stream whole, long offset, long size)
    {
        _whole = whole;
        _end = offset + size;
        Length = size;
        whole.Position = offset;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position { get => Length - Left; set => throw new NotSupportedException(); }

    private long Left => Math.Max(0, _end - _whole.Position);

    public override int Read(byte[] buffer, int offset, int count) => _whole.Read(buffer, offset, (int)Math.Min(count, Left));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _whole.ReadAsync(buffer[..(int)Math.Min(buffer.Length, Left)], cancellationToken);

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _whole.Dispose();
        base.Dispose(disposing);
    }
}
