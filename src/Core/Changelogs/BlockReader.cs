using Markdig;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;

namespace ReleaseActions.Core.Changelogs;

/// <summary>Hands lines of a text to Markdig's block parsers, some of them if need be; the blocks know their places in the whole text.</summary>
internal sealed class BlockReader
{
    /// <summary>The Markdown that changelogs are read as.</summary>
    public static readonly MarkdownPipelineBuilder Language = new MarkdownPipelineBuilder().UsePreciseSourceLocation().UseYamlFrontMatter();

    private readonly string _text;
    private readonly BlockProcessor _processor;

    /// <summary>A reader of a text.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="line">The number of the first line that will be read, counted from 0.</param>
    public BlockReader(string text, int line = 0)
    {
        _text = text;
        _processor = new BlockProcessor(Document, new BlockParserList(Language.BlockParsers), context: null) { LineIndex = line };
    }

    /// <summary>The blocks so far.</summary>
    public MarkdownDocument Document { get; } = [];

    /// <summary>The number of the next line, counted from 0.</summary>
    public int Line => _processor.LineIndex;

    /// <summary>Reads the lines of a slice.</summary>
    public void Read(int begin, int end)
    {
        for (var at = begin; at < end;)
        {
            var (stop, next) = LineAt(_text, at);
            _processor.ProcessLine(new StringSlice(_text, at, stop - 1, (next - stop) switch { 0 => NewLine.None, 2 => NewLine.CarriageReturnLineFeed, _ => _text[stop] == '\r' ? NewLine.CarriageReturn : NewLine.LineFeed }));
            at = next;
        }
    }

    /// <summary>Passes over lines that change nothing about the blocks to come.</summary>
    public void Skip(int lines) => _processor.LineIndex += lines;

    /// <summary>Closes what is still open, and returns the blocks.</summary>
    public MarkdownDocument End()
    {
        _processor.Close(Document);
        return Document;
    }

    /// <summary>Where a line's text ends, and where the next line begins. A carriage return alone ends a line too, as in CommonMark.</summary>
    public static (int Stop, int Next) LineAt(string text, int at)
    {
        var length = text.AsSpan(at).IndexOfAny('\r', '\n');
        if (length < 0) return (text.Length, text.Length);
        var stop = at + length;
        return (stop, stop + (text[stop] == '\r' && stop + 1 < text.Length && text[stop + 1] == '\n' ? 2 : 1));
    }
}
