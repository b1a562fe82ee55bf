namespace ReleaseActions.ImageBuildPush.Archives;

/// <summary>A part of a file, read from start to end; closing it closes the file.</summary>
internal sealed class StreamPart : ReadOnlyStream
{
    private readonly long _end;

    public StreamPart(Stream whole, long offset, long size) : base(whole)
    {
        _end = offset + size;
        Length = size;
        whole.Position = offset;
    }

    public override long Length { get; }

    public override long Position { get => Length - Left; set => throw new NotSupportedException(); }

    private long Left => Math.Max(0, _end - Inner.Position);

    public override int Read(byte[] buffer, int offset, int count) => Inner.Read(buffer, offset, (int)Math.Min(count, Left));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Inner.ReadAsync(buffer[..(int)Math.Min(buffer.Length, Left)], cancellationToken);
}
