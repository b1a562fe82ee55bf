using ReleaseActions.Core.Versions;

namespace ReleaseActions.Core.Changelogs;

/// <summary>One section of a changelog: what changed in one version. What stands in it is read when it is asked for.</summary>
public sealed class ChangelogSection
{
    private readonly VersionHeading _heading;
    private readonly Lazy<SectionDoubt?> _doubt;
    private readonly Lazy<bool> _isEmpty;

    internal ChangelogSection(VersionHeading heading, int line, SectionSlice slice, SectionDoubt? doubt)
    {
        (_heading, Line, Slice) = (heading, line, slice);
        _doubt = new(() => doubt ?? slice.Doubt);
        _isEmpty = new(() => slice.IsEmpty);
    }

    /// <summary>The heading's text, without Markdown's own characters around it.</summary>
    public string Heading => _heading.Text;

    /// <summary>The version it is about; null for <c>Unreleased</c>.</summary>
    public SemanticVersion? Version => _heading.Version;

    /// <summary>What stands before the version in the heading, or before <c>unreleased</c>, such as <c>shop</c> in <c>shop@1.2.3</c>; null where nothing does.</summary>
    public string? Product => _heading.Product;

    /// <summary>The date in the heading; null where it has none that names one day.</summary>
    public DateOnly? Date => _heading.Date?.Date;

    /// <summary>What has the form of a date in the heading, also where it names no day; null where nothing has.</summary>
    public string? DateText => _heading.Date?.Text;

    /// <summary>Whether the heading says <c>[YANKED]</c>.</summary>
    public bool IsYanked => _heading.IsYanked;

    /// <summary>The heading's line, counted from 1.</summary>
    public int Line { get; }

    /// <summary>What stands below the heading, sliced from the file as it is, without blank lines at its ends; link definitions it uses come after it.</summary>
    public string Body => field ??= Slice.Body;

    /// <summary>Whether there is nothing to tell: no text but headings and comments.</summary>
    public bool IsEmpty => _isEmpty.Value;

    /// <summary>The section's place in the file.</summary>
    public SectionSlice Slice { get; }

    /// <summary>The link in the heading, with its address there; null where there is none.</summary>
    internal Markdig.Syntax.Inlines.LinkInline? Link => Slice.Link;

    /// <summary>Why it is not sure where the section ends; null where it is.</summary>
    public SectionDoubt? Doubt => _doubt.Value;

    /// <summary>The headings inside the section, each with its line and whether nothing stands below it.</summary>
    public IReadOnlyList<InnerHeading> Headings => field ??= Slice.Headings;
}

/// <summary>A heading inside a section.</summary>
/// <param name="Text">As a reader sees it.</param>
/// <param name="Level">Its rank, 1 to 6.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="IsEmpty">Whether nothing stands below it.</param>
public sealed record InnerHeading(string Text, int Level, int Line, bool IsEmpty);

/// <summary>Why it is not sure where a section ends. Notes that are silently short are worse than a question.</summary>
/// <param name="Line">Where to look, counted from 1.</param>
/// <param name="Message">What stands there.</param>
/// <param name="Remedy">What makes it sure.</param>
public sealed record SectionDoubt(int Line, string Message, string Remedy);
