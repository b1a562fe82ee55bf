using System.Buffers;
using System.Text;

namespace ReleaseActions.Core.Processes;

/// <summary>Collects what a program prints, up to a limit. Output that is watched line by line may be longer: only its end is kept.</summary>
internal sealed class CappedOutput(CommandOptions options, CancellationTokenSource stop)
{
    private const int ChunkBytes = 64 * 1024;
    // Nobody reads a longer line, and one without an end must not fill the memory.
    private const int MostCharactersOfALine = 64 * 1024;
    private const int MostCharactersKept = 1024 * 1024;

    private readonly Encoding _encoding = options.Encoding ?? new UTF8Encoding(false);
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly StringBuilder _lines = new();

    /// <summary>Whether it was more than the limit; then the program is stopped.</summary>
    public bool IsOverLimit { get; private set; }

    /// <summary>All of it, or the last lines of what was watched.</summary>
    public string ToText() => options.OnLine is null ? _encoding.GetString(_bytes.WrittenSpan) : _lines.ToString();

    /// <summary>Reads a program's output to its end.</summary>
    public async Task ReadAsync(Stream stream, CancellationToken cancellation)
    {
        if (options.OnLine is not null)
        {
            await WatchAsync(stream, options.OnLine, cancellation);
            return;
        }

        var chunk = new byte[ChunkBytes];
        for (int count; (count = await stream.ReadAsync(chunk, cancellation)) > 0;)
        {
            if (_bytes.WrittenCount + count > options.MostOutput)
            {
                IsOverLimit = true;
                await stop.CancelAsync();
                return;
            }

            _bytes.Write(chunk.AsSpan(0, count));
        }
    }

    private async Task WatchAsync(Stream stream, Action<string> onLine, CancellationToken cancellation)
    {
        using var reader = new StreamReader(stream, _encoding, leaveOpen: true);
        var (chunk, line) = (new char[ChunkBytes / 4], new StringBuilder());
        for (int count; (count = await reader.ReadAsync(chunk, cancellation)) > 0;)
        {
            foreach (var c in chunk.AsSpan(0, count))
            {
                if (c != '\n') line.Append(c);
                if (c == '\n' || line.Length >= MostCharactersOfALine) End(line, onLine);
            }
        }

        if (line.Length > 0) End(line, onLine);
    }

    private void End(StringBuilder line, Action<string> onLine)
    {
        var text = line.ToString().TrimEnd('\r');
        line.Clear();
        if (_lines.Length > MostCharactersKept) _lines.Remove(0, _lines.Length / 2);
        _lines.Append(text).Append('\n');
        onLine(text);
    }
}
