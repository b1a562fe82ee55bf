using System.Buffers;
using Markdig;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ReleaseActions.Core.Text;

/// <summary>
/// Markdown, parsed on demand: headings and link definitions at once, the blocks of a part and the inlines of a block when they are asked
/// for. A caller who wants one section of ten thousand does not pay for the others.
/// </summary>
public sealed partial class MarkdownText
{
    private const int MostLinksWithoutSpace = 1_000;
    private const int MostOpenTags = 1_000;

    // What begins HTML without being an element, and what ends it; Markdig looks for the end in all of the paragraph, for each of them.
    private static readonly (string Open, string Close)[] Tags = [("<?", "?>"), ("<!--", "-->"), ("<![CDATA[", "]]>"), ("<!", ">")];

    // The largest lists at the foot of a changelog have some hundred.
    private const int MostDefinitionsInARow = 20_000;

    // Every character that char.IsWhiteSpace knows.
    private static readonly SearchValues<char> Spaces = SearchValues.Create(
        "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000");

    private static readonly MarkdownPipelineBuilder Language =
        new MarkdownPipelineBuilder().UsePreciseSourceLocation().UseYamlFrontMatter();
    private static readonly MarkdownPipeline Whole = Language.Build();

    // A release's page knows no front matter: what is between two rules there is text.
    private static readonly MarkdownPipeline Notes = new MarkdownPipelineBuilder().UsePreciseSourceLocation().Build();
    private static readonly InlineParserList InlineParsers = new(Language.InlineParsers);

    private readonly string _parsed;
    private readonly InlineProcessor _inlines;

    private MarkdownText(string text, string parsed, MarkdownDocument document)
    {
        (Text, _parsed, Document) = (text, parsed, document);
        _inlines = new InlineProcessor(document, InlineParsers, preciseSourcelocation: true, context: null);
    }

    /// <summary>The text, without a byte order mark.</summary>
    public string Text { get; }

    /// <summary>How its lines end.</summary>
    public string Newline => field ??= Text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n"
        : Text.Contains('\r', StringComparison.Ordinal) && !Text.Contains('\n', StringComparison.Ordinal) ? "\r" : "\n";

    /// <summary>The blocks parsed so far: all headings, all link definitions, and the text that is not quiet.</summary>
    internal MarkdownDocument Document { get; }

    /// <summary>The link definitions, in the order of the file.</summary>
    internal IReadOnlyList<LinkReferenceDefinition> Links =>
        field ??= [.. Document.Descendants<LinkReferenceDefinition>().Where(l => l.Span.Length > 0).OrderBy(l => l.Span.Start)];

    /// <summary>Parses headings and link definitions.</summary>
    internal static MarkdownText Read(string text) => Guarded(text, parsed =>
    {
        var markdown = new MarkdownText(text, parsed, []);
        var blocks = NewProcessor(markdown.Document, line: 0);
        for (var at = 0; at < parsed.Length;) at = markdown.ReadPart(blocks, at);
        blocks.Close(markdown.Document);
        return markdown;
    });

    /// <summary>Parses everything.</summary>
    internal static MarkdownText ReadWhole(string text) =>
        new(text, text.Replace('\0', '\ufffd'), Guarded(text, parsed => Markdig.Markdown.Parse(parsed, Whole)));

    /// <summary>Parses the text of a release's page.</summary>
    /// <exception cref="ActionException">Quotes, lists or brackets are nested more than a hundred levels deep (exit 2).</exception>
    public static MarkdownDocument Parse(string text) => Guarded(text, parsed => Markdig.Markdown.Parse(parsed, Notes));

    /// <summary>The HTML of a document that <see cref="Parse"/> returned.</summary>
    /// <exception cref="ActionException">Emphasis is nested more than a hundred levels deep (exit 2).</exception>
    // A renderer that is used again keeps what it had open when a page stopped it, so each page has its own.
    internal static string Html(MarkdownDocument document) => Guarded("", _ =>
    {
        using var page = new StringWriter();
        var renderer = new HtmlRenderer(page);
        Notes.Setup(renderer);
        renderer.Render(document);
        return page.ToString();
    });

    /// <summary>The blocks of a part of the text, with their places and lines in the whole.</summary>
    /// <param name="begin">Where the part begins.</param>
    /// <param name="end">Where it ends, exclusively.</param>
    /// <param name="line">The line where it begins, counted from 0.</param>
    internal IReadOnlyList<Block> Blocks(int begin, int end, int line) => Guarded("", _ =>
    {
        var document = new MarkdownDocument();
        var blocks = NewProcessor(document, line);
        ReadLines(blocks, begin, end);
        blocks.Close(document);
        return (List<Block>)[.. document];
    });

    /// <summary>The inlines of a block: links, emphasis, code; null where it has none.</summary>
    internal ContainerInline? InlinesOf(LeafBlock leaf)
    {
        if (leaf.Inline is not null || leaf is not (HeadingBlock or ParagraphBlock) || leaf.Lines.Lines is null) return leaf.Inline;
        return Guarded("", _ =>
        {
            _inlines.ProcessInlineLeaf(leaf);
            return leaf.Inline;
        });
    }

    /// <summary>The end of a section's text when the link definitions at its foot, which belong to no section, are left out.</summary>
    internal int WithoutLinksAtTheEnd(int begin, int end)
    {
        var (low, high) = (0, Links.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Links[middle].Span.Start < end) low = middle + 1;
            else high = middle;
        }

        for (var i = low - 1; i >= 0 && Links[i].Span.Start >= begin && Links[i].Span.End < end; i--)
        {
            if (!Text.AsSpan(Links[i].Span.End + 1, end - Links[i].Span.End - 1).IsWhiteSpace()) break;
            end = Links[i].Span.Start;
        }

        return end;
    }

    /// <summary>Where the line after a place begins, or the text ends.</summary>
    public int LineAfter(int at) => at >= Text.Length ? Text.Length : LineAt(Text, at).Next;

    /// <summary>Where the text of the line at a place ends. A carriage return alone ends a line too, as in CommonMark.</summary>
    public int EndOfLine(int at) => LineAt(Text, at).Stop;

    private static BlockProcessor NewProcessor(MarkdownDocument document, int line) =>
        new(document, new BlockParserList(Language.BlockParsers), context: null) { LineIndex = line };

    private int ReadPart(BlockProcessor blocks, int at)
    {
        var (isHeading, line, (_, below)) = (IsHeading(_parsed.AsSpan(at)), blocks.LineIndex, LineAt(_parsed, at));
        ReadLines(blocks, at, below);
        // In a fence or a comment it is no heading.
        if (!isHeading || Document.LastChild is not HeadingBlock { Line: var found } || found != line) return below;
        var (end, lines, isQuiet) = UpToHeading(_parsed, below);
        if (!isQuiet) ReadLines(blocks, below, end);
        else blocks.LineIndex += lines;

        return end;
    }

    private void ReadLines(BlockProcessor blocks, int begin, int end)
    {
        for (var at = begin; at < end;)
        {
            var (stop, next) = LineAt(_parsed, at);
            var newline = (next - stop) switch
            {
                0 => NewLine.None,
                2 => NewLine.CarriageReturnLineFeed,
                _ => _parsed[stop] == '\r' ? NewLine.CarriageReturn : NewLine.LineFeed,
            };
            blocks.ProcessLine(new StringSlice(_parsed, at, stop - 1, newline));
            at = next;
        }
    }

    private static T Guarded<T>(string text, Func<string, T> parse)
    {
        if (HasEndlessLinks(text))
            throw ActionException.BadInput(
                "The text has thousands of links without a space between them", "Look for a line of `[` and `(` that no person wrote");
        if (HasOpenTags(text))
            throw ActionException.BadInput(
                "The text has thousands of `<?` or `<!` without an end", "Look for a line of them that no person wrote");
        if (HasEndlessDefinitions(text))
            throw ActionException.BadInput(
                $"The text has more than {MostDefinitionsInARow:#,0} link definitions in a row",
                "Look for lines of `[name]: address` that are repeated, or put a blank line between two of them");
        try
        {
            return parse(text.Replace('\0', '\ufffd'));
        }
        catch (ArgumentException e) when (e.Message.Contains("depth limit", StringComparison.Ordinal))
        {
            throw ActionException.BadInput(
                "The text nests quotes, lists or brackets more than a hundred levels deep",
                "Look for a line of `>` or `[` that no person wrote");
        }
    }

    // Markdig looks for the end of each link up to the next space, which takes quadratic time.
    private static bool HasEndlessLinks(ReadOnlySpan<char> text)
    {
        for (var (at, links) = (0, 0); text[at..].IndexOf("](") is >= 0 and var next; at += next + 2)
        {
            links = text.Slice(at, next).ContainsAny(Spaces) ? 1 : links + 1;
            if (links > MostLinksWithoutSpace) return true;
        }

        return false;
    }

    // A loop, because a query would make garbage for each of thousands of headings.
    private static bool HasOpenTags(string text)
    {
        foreach (var (open, close) in Tags)
            if (HasOpenTags(text, open, close)) return true;
        return false;
    }

    // Each of them that has an end takes it, and a blank line ends all.
    private static bool HasOpenTags(ReadOnlySpan<char> text, string open, string close)
    {
        for (var (at, count) = (0, 0); text[at..].IndexOf(open, StringComparison.Ordinal) is >= 0 and var next; at += next + open.Length)
        {
            var between = text.Slice(at, next);
            var isOver = between.Contains(close, StringComparison.Ordinal) || between.Contains("\n\n", StringComparison.Ordinal)
                || between.Contains("\n\r\n", StringComparison.Ordinal);
            count = isOver ? 1 : count + 1;
            if (count > MostOpenTags) return true;
        }

        return false;
    }

    // After each link definition Markdig copies the rest of its paragraph, which takes quadratic time.
    private static bool HasEndlessDefinitions(string text)
    {
        if (text.AsSpan().Count("]:") <= MostDefinitionsInARow) return false;
        var definitions = 0;
        for (var at = 0; at < text.Length && definitions <= MostDefinitionsInARow;)
        {
            var (stop, next) = LineAt(text, at);
            var line = text.AsSpan(at, stop - at);
            definitions = line.IndexOfAnyExcept(' ', '\t') < 0 ? 0 : definitions + line.Count("]:");
            at = next;
        }

        return definitions > MostDefinitionsInARow;
    }
}
