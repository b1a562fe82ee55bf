using Markdig.Syntax;

namespace ReleaseActions.Core.Changelogs;

/// <summary>How a heading is written.</summary>
internal enum HeadingForm
{
    /// <summary>A heading by the format's rules: number signs, an underline, HTML.</summary>
    Title,

    /// <summary>A line in bold.</summary>
    Bold,

    /// <summary>An item of a list, with what changed below it.</summary>
    Item,

    /// <summary>A line that holds a version and nothing else.</summary>
    Line,

    /// <summary>What its writer may have meant as a heading, and the format does not read as one.</summary>
    Broken,
}

/// <summary>A heading of the document, in any of the ways people write one.</summary>
/// <param name="Begin">Where it begins in the file.</param>
/// <param name="End">Where it ends, exclusively, without the end of its line.</param>
/// <param name="Line">Its line, counted from 1.</param>
/// <param name="Form">How it is written.</param>
/// <param name="Rank">1 is the highest. Forms that have no rank have 7.</param>
/// <param name="Text">As <see cref="VersionHeading.TextOf"/> returns it.</param>
internal sealed record DocumentHeading(int Begin, int End, int Line, HeadingForm Form, int Rank, string Text)
{
    /// <summary>The rank of forms that have none.</summary>
    public const int NoRank = 7;

    /// <summary>Markdown's block, where it is a heading of Markdown.</summary>
    public HeadingBlock? Block { get; init; }

    /// <summary>What it says about a version, or null.</summary>
    public VersionHeading? Version { get; } = VersionHeading.Read(Text);

    /// <summary>Where the text below it begins; null for the line after it.</summary>
    public int? BodyBegin { get; init; }

    /// <summary>How many of its lines are above the one with the text.</summary>
    public int LinesAbove { get; init; }

    /// <summary>Whether the format's rules make it a heading.</summary>
    public bool IsTitle => Form == HeadingForm.Title;

    /// <summary>Whether two are written in the same way.</summary>
    public bool IsWrittenLike(DocumentHeading other) => Form == other.Form && Rank == other.Rank;
}
