using System.Text.RegularExpressions;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Core.Changelogs;

/// <summary>One section of a changelog: what changed in one version. Its text is parsed when it is asked for.</summary>
public sealed partial class ChangelogSection
{
    // A line takes two kilobytes when it is parsed. No section that a person wrote has as many, nor does a release show them.
    private const int MostLines = 50_000;

    private readonly Changelog _changelog;
    private readonly MarkdownText _file;
    private readonly VersionHeading _about;
    private readonly DocumentHeading? _heading;
    private readonly SectionPlace? _place;
    private readonly Lazy<Finding?> _refusal;
    private readonly Lazy<bool> _isEmpty;

    /// <summary>The section of a heading that names a version or <c>Unreleased</c>.</summary>
    internal ChangelogSection(Changelog changelog, SectionPlace place)
        : this(changelog, place.Heading.Version!)
    {
        (_heading, Line) = (place.Heading, place.Heading.Line);
        Begin = Math.Min(_heading.BodyBegin ?? LineHeadings.LineAt(_file.Text, _heading.End).Next, _file.Text.Length);
        End = Math.Max(Begin, place.End);
        _place = place;
        if (place.Refusal is { } refusal) _refusal = new(refusal);
    }

    /// <summary>A whole file without headings of versions, below its front matter, as the section of one version.</summary>
    internal ChangelogSection(Changelog changelog, ReleaseVersion version)
        : this(changelog, new VersionHeading(version.Text, [WrittenVersion.Of(version.Text)!], null) { Certainty = Certainty.Bare })
    {
        var above = _file.Document.FirstOrDefault() as YamlFrontMatterBlock;
        (Line, Begin, End) = (1, above is null ? 0 : _file.LineAfter(above.Span.End), _file.Text.Length);
    }

    private ChangelogSection(Changelog changelog, VersionHeading about)
    {
        (_changelog, _file, _about) = (changelog, changelog.File, about);
        _refusal = new(() => PendingInText() ?? (!changelog.IsMarkdown ? null
            : Blocks.Select(b => RefusalOf(b, _file.Text)).FirstOrDefault(r => r is not null)));
        _isEmpty = new(() => Blocks.All(IsSilent));
    }

    /// <summary>What says that the section begins where it does, and ends where it does.</summary>
    public (string Start, string Stop) Evidence
    {
        get
        {
            if (_place is null) return ("the file is about one version, and no heading in it names another", "the file ends");
            var start = _place.Evidence?.ToString() ?? "a name of what is not released";
            if (_place.Next is not { } next) return (start, "the file ends");
            return (start, $"'{VersionHeading.WithoutMarks(next.Text)}' on line {next.Line} begins");
        }
    }

    /// <summary>The heading's text, without Markdown's own characters around it.</summary>
    public string Heading => _about.Text;

    /// <summary>The version it is about; null for <c>Unreleased</c>.</summary>
    public ReleaseVersion? Version => Versions.Count == 0 ? null : _changelog.Read(Versions[0]);

    /// <summary>The versions that it is about, as they are written; none for <c>Unreleased</c>.</summary>
    internal IReadOnlyList<WrittenVersion> Versions => IsUnreleased ? [] : _about.Versions;

    /// <summary>The version as the heading writes it, such as <c>1.4</c>; empty for <c>Unreleased</c>.</summary>
    public string VersionText => Versions.Count == 0 ? "" : Versions[0].Text;

    /// <summary>Whether it is about what is not released yet, by any of the names that people give it.</summary>
    public bool IsUnreleased => _about.IsUnreleased;

    /// <summary>The version that is not released yet, as in <c>1.1.0 (unreleased)</c>; null where none is named.</summary>
    internal WrittenVersion? Pending => IsUnreleased && _about.Versions.Count > 0 ? _about.Versions[0] : null;

    /// <summary>Whether the version itself says that it is in development, as in <c>1.1.0-dev</c>.</summary>
    internal bool IsInDevelopment => Pending?.IsInDevelopment == true;

    /// <summary>
    /// The text before the version or <c>unreleased</c> in the heading, such as <c>shop</c> in <c>shop@1.2.3</c>; or null.
    /// </summary>
    public string? Product => _about.Product;

    /// <summary>The date in the heading; null where it has none that names one day.</summary>
    public DateOnly? Date => _about.Date;

    /// <summary>What has the form of a date in the heading, even where it names no day; null where nothing has.</summary>
    public string? DateText => _about.DateText;

    /// <summary>Whether the heading says <c>[YANKED]</c>.</summary>
    public bool IsYanked => _about.IsYanked;

    /// <summary>The heading's line, counted from 1.</summary>
    public int Line { get; }

    /// <summary>The heading's level, 1 to 6; 7 for a line in bold, 0 where the whole file is one section.</summary>
    public int Level => _heading?.Rank ?? 0;

    /// <summary>Where the heading begins in the file.</summary>
    public int HeadingBegin => _heading?.Begin ?? Begin;

    /// <summary>The heading as it is written in the file, without the end of its last line.</summary>
    public string HeadingSource => _heading is null ? "" : _file.Text[_heading.Begin.._heading.End];

    /// <summary>The links in the heading that have their address there.</summary>
    public IReadOnlyList<LinkInline> HeadingLinks => _heading?.Block is not { } block ? []
        : [.. (_file.InlinesOf(block)?.Descendants<LinkInline>() ?? []).Where(l => l is { Reference: null, IsAutoLink: false })];

    /// <summary>Where the text below the heading begins.</summary>
    public int Begin { get; }

    /// <summary>Where its own text ends: before the link definitions at the file's foot.</summary>
    public int TextEnd => _file.WithoutLinksAtTheEnd(Begin, End);

    /// <summary>Where the next section begins, or the file ends.</summary>
    public int End { get; }

    /// <summary>Whether there is no text except headings and comments.</summary>
    public bool IsEmpty => _isEmpty.Value;

    /// <summary>Why it is unclear where the section ends, with the line and no file; null where it is clear.</summary>
    public Finding? Refusal => _refusal.Value;

    /// <summary>The headings inside the section.</summary>
    public IReadOnlyList<InnerHeading> Headings => field ??=
        [.. Blocks.Index().Where(b => b.Item is HeadingBlock).Select(b => Inner((HeadingBlock)b.Item, Blocks.Skip(b.Index + 1)))];

    /// <summary>
    /// The text below the heading, unchanged, without blank lines at its ends; then the link definitions from elsewhere that it uses.
    /// </summary>
    public string Body => field ??= ReadBody();

    private List<Block> Blocks => field ??= [.. AllBlocks().Where(b => b is not LinkReferenceDefinitionGroup)];

    // What is not written in Markdown is read as the Markdown that it becomes.
    private IReadOnlyList<Block> AllBlocks()
    {
        var text = _file.Text.AsSpan(Begin, End - Begin);
        if (Math.Max(text.Count('\n'), text.Count('\r')) is > MostLines and var lines)
            throw ActionException.BadInput(
                $"The section in line {Line} has {lines:#,0} lines, more than the {MostLines:#,0} that are read",
                "Shorten it, or see whether the heading of the next version is missing");
        if (!_changelog.IsMarkdown) return [.. MarkdownText.ReadWhole(PlainBody()).Document];
        var line = _heading is null ? Line : Line - _heading.LinesAbove + LineHeadings.LinesIn(_file.Text, _heading.Begin, Begin);
        return _file.Blocks(Begin, End, line - 1);
    }

    /// <summary>The section in a file of its own: where no other version is in it, all of the file is about this one.</summary>
    internal ChangelogSection UpToTheEnd(bool isOnly) => !isOnly || _place is null ? this
        : new ChangelogSection(_changelog, _place with { End = _file.Text.Length, Refusal = null, Next = null });

    private string PlainBody() => BodyText.WithMarkdownHeadings(BodyText.WithoutBlankLines(_file.Text[Begin..End]));

    private string ReadBody()
    {
        if (!_changelog.IsMarkdown) return BodyText.WithoutIndent(PlainBody());
        var last = TextEnd;
        // A rule at the end separates this section from the next and belongs to neither.
        for (var i = Blocks.Count - 1; i >= 0 && Blocks[i] is ThematicBreakBlock; i--) last = Math.Clamp(Blocks[i].Span.Start, Begin, last);
        var body = AnchorAtEnd().Replace(BodyText.WithoutBlankLines(_file.Text[Begin..last]), "").TrimEnd('\r', '\n', ' ', '\t');
        if (_heading?.Form == HeadingForm.Item) body = BodyText.WithoutIndent(body);
        var used = UsedLinks().Where(l => l.Span.Start < Begin || l.Span.Start >= last).Distinct().ToList();
        if (used.Count == 0) return body;
        var definitions = used.Select(l => _file.Text.Substring(l.Span.Start, l.Span.Length));
        return body + _file.Newline + _file.Newline + string.Join(_file.Newline, definitions);
    }

    private InnerHeading Inner(HeadingBlock heading, IEnumerable<Block> after) => new(
        VersionHeading.TextOf(_file.InlinesOf(heading)), heading.Level, heading.Line + 1,
        after.TakeWhile(b => b is not HeadingBlock h || h.Level > heading.Level).All(IsSilent));

    private static bool IsSilent(Block block) => block is HeadingBlock or HtmlBlock { Type: HtmlBlockType.Comment }
        or LinkReferenceDefinition or LinkReferenceDefinitionGroup or ThematicBreakBlock;

    private IEnumerable<LinkReferenceDefinition> UsedLinks()
    {
        if (_file.Links.Count == 0) return [];
        // The inlines of a text take thirty times its size: they are made where a link may be, and not kept.
        return LeavesOf(Blocks).Where(MayRefer).SelectMany(ReferencesIn).Where(l => l.Span.Length > 0);
    }

    // `[text](address)` has its address there.
    private bool MayRefer(LeafBlock leaf)
    {
        if (leaf.Span.Start < 0 || leaf.Span.End >= _file.Text.Length) return true;
        var text = _file.Text.AsSpan(leaf.Span.Start, Math.Max(0, leaf.Span.Length));
        for (int at; (at = text.IndexOf(']')) >= 0; text = text[(at + 1)..])
            if (at + 1 == text.Length || text[at + 1] != '(') return true;
        return false;
    }

    private List<LinkReferenceDefinition> ReferencesIn(LeafBlock leaf)
    {
        var isKept = leaf.Inline is not null;
        var links = _file.InlinesOf(leaf)?.Descendants<LinkInline>().Select(l => l.Reference).OfType<LinkReferenceDefinition>().ToList();
        if (!isKept) leaf.Inline = null;
        return links ?? [];
    }

    private static IEnumerable<LeafBlock> LeavesOf(IEnumerable<Block> blocks) =>
        blocks.SelectMany(b => b is ContainerBlock container ? container.Descendants<LeafBlock>() : b is LeafBlock leaf ? [leaf] : []);

    // `<a name="1.2.2"></a>` above the next heading belongs to that heading.
    private const string AnchorLine = """(?:^|\n)[ \t]*<a\s+(?:name|id)=["'][^"'\n]*["']\s*>\s*</a>[ \t]*\r?$""";

    [GeneratedRegex(AnchorLine, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex AnchorAtEnd();
}

/// <summary>A heading inside a section.</summary>
/// <param name="Text">As a reader sees it.</param>
/// <param name="Level">Its level, 1 to 6.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="IsEmpty">Whether there is no text below it.</param>
public sealed record InnerHeading(string Text, int Level, int Line, bool IsEmpty);
