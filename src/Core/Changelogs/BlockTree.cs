using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ReleaseActions.Core.Changelogs;

/// <summary>
/// Markdown, read as far as somebody asks. Headings and link definitions are read at once, the other blocks of quiet text when they are asked
/// for, and what stands inside a block likewise: who wants one section of ten thousand needs no more of the others.
/// </summary>
public sealed class BlockTree
{
    private const int MostLinksWithoutSpace = 1_000;

    // Every character that char.IsWhiteSpace knows.
    private static readonly System.Buffers.SearchValues<char> Spaces =
        System.Buffers.SearchValues.Create("\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000");

    private static readonly Markdig.MarkdownPipeline Whole = BlockReader.Language.Build();
    private static readonly InlineParserList InlineParsers = new(BlockReader.Language.InlineParsers);

    private readonly string _text;
    private readonly InlineProcessor _inlines;
    private readonly Dictionary<Block, (int Begin, int End, int Line)> _unread = [];

    private BlockTree(string text, MarkdownDocument document)
    {
        (_text, Document) = (text, document);
        _inlines = new InlineProcessor(document, InlineParsers, preciseSourcelocation: true, context: null);
    }

    /// <summary>The blocks that were read: all headings, all link definitions, and the text that is not quiet.</summary>
    public MarkdownDocument Document { get; }

    /// <summary>Reads a text as far as it must be.</summary>
    /// <exception cref="ActionException">Quotes or lists are nested more than a hundred levels deep (exit 2).</exception>
    public static BlockTree Of(string text) => Guarded(text, plain =>
    {
        var reader = new BlockReader(plain);
        var tree = new BlockTree(plain, reader.Document);
        for (var at = 0; at < plain.Length;) at = tree.ReadPart(reader, at);
        reader.End();
        return tree;
    });

    /// <summary>Reads all of a text.</summary>
    public static BlockTree OfWhole(string text) => new(text, ParseWhole(text));

    /// <summary>All of a text, for notes, which are short.</summary>
    /// <exception cref="ActionException">Quotes, lists or brackets are nested more than a hundred levels deep (exit 2).</exception>
    public static MarkdownDocument ParseWhole(string text) => Guarded(text, plain => Markdig.Markdown.Parse(plain, Whole));

    /// <summary>The blocks at the given places, and what was not read below the headings among them.</summary>
    public IEnumerable<Block> Blocks(Range places)
    {
        for (var n = Math.Max(0, places.Start.Value - 1); n < places.End.Value; n++)
        {
            if (n >= places.Start.Value) yield return Document[n];
            if (!_unread.TryGetValue(Document[n], out var part)) continue;
            foreach (var block in Guarded("", _ => Unread(part))) yield return block;
        }
    }

    /// <summary>What stands inside a block: links, emphasis, code; null where it is no text.</summary>
    /// <exception cref="ActionException">Brackets are nested more than a hundred levels deep (exit 2).</exception>
    public ContainerInline? Read(LeafBlock leaf)
    {
        if (leaf.Inline is null && leaf is HeadingBlock or ParagraphBlock) Guarded("", _ => { _inlines.ProcessInlineLeaf(leaf); return leaf; });
        return leaf.Inline;
    }

    private int ReadPart(BlockReader reader, int at)
    {
        var (isHeading, line, (_, below)) = (QuietText.IsHeading(_text.AsSpan(at)), reader.Line, BlockReader.LineAt(_text, at));
        reader.Read(at, below);
        // In a fence or a comment it is no heading.
        if (!isHeading || Document.LastChild is not HeadingBlock heading || heading.Line != line) return below;
        var part = QuietText.From(_text, below);
        if (!part.IsQuiet) reader.Read(below, part.End);
        else if (part.Lines > 0)
        {
            _unread.Add(heading, (below, part.End, reader.Line));
            reader.Skip(part.Lines);
        }

        return part.End;
    }

    private MarkdownDocument Unread((int Begin, int End, int Line) part)
    {
        var reader = new BlockReader(_text, part.Line);
        reader.Read(part.Begin, part.End);
        return reader.End();
    }

    private static T Guarded<T>(string text, Func<string, T> parse)
    {
        if (HasEndlessLinks(text)) throw ActionException.BadInput("The changelog has thousands of links without a space between them", "Look for a line of `[` and `(` that no person wrote");
        try
        {
            return parse(text.Replace('\0', '\ufffd'));
        }
        catch (ArgumentException e) when (e.Message.Contains("depth limit", StringComparison.Ordinal))
        {
            throw ActionException.BadInput("The changelog nests quotes, lists or brackets more than a hundred levels deep", "Look for a line of `>` or `[` that no person wrote");
        }
    }

    // Markdig looks for the end of each link up to the next space, and so needs the square of their number.
    private static bool HasEndlessLinks(ReadOnlySpan<char> text)
    {
        for (var (at, links) = (0, 0); text[at..].IndexOf("](") is >= 0 and var next; at += next + 2)
        {
            links = text.Slice(at, next).ContainsAny(Spaces) ? 1 : links + 1;
            if (links > MostLinksWithoutSpace) return true;
        }

        return false;
    }
}
