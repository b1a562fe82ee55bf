using System.Text.RegularExpressions;
using Markdig.Syntax;

namespace ReleaseActions.Core.Changelogs;

/// <summary>Looks into a section for what Markdown does not read as a heading but a person may have meant as one.</summary>
internal static partial class SectionDoubts
{
    /// <summary>The first thing that makes the section's end doubtful, or null.</summary>
    /// <param name="blocks">The section's blocks.</param>
    /// <param name="text">The whole file.</param>
    public static SectionDoubt? Find(IEnumerable<Block> blocks, string text) => blocks.Select(b => Of(b, text)).FirstOrDefault(d => d is not null);

    private static SectionDoubt? Of(Block block, string text)
    {
        var span = block.Span.Length <= 0 ? [] : text.AsSpan(block.Span.Start, Math.Min(block.Span.Length, text.Length - block.Span.Start));
        return block switch
        {
            // A fence that nothing closes has no end of its own; it runs on to the end of the file.
            FencedCodeBlock { ClosingFencedCharCount: 0 } when HeadingLike(text.AsSpan(block.Span.Start)) is not null =>
                new SectionDoubt(block.Line + 1, "A code fence is opened here and never closed, and a version's heading lies in it", "Close the fence with a line of its own"),
            HtmlBlock { Type: HtmlBlockType.Comment } when !span.EndsWith("-->") && !span.Contains("-->", StringComparison.Ordinal) && HeadingLike(span) is not null =>
                new SectionDoubt(block.Line + 1, "A comment is opened here and never closed, and a version's heading lies in it", "Close it with -->"),
            CodeBlock or HtmlBlock or LinkReferenceDefinitionGroup => null,
            HeadingBlock => null,
            _ => NotAHeading(block, span),
        };
    }

    // `##1.2.3` without a space, `1.2.3` over `====` right below a list: text to Markdown, a heading to the person who wrote it.
    private static SectionDoubt? NotAHeading(Block block, ReadOnlySpan<char> span)
    {
        if (HeadingLike(span) is not { } found || IsCode(block)) return null;
        return new SectionDoubt(
            block.Line + 1 + found.Line, $"'{found.Text}' looks like a version's heading, but Markdown reads it as text", "Write a blank line before it, and a space after #");
    }

    private static bool IsCode(Block block) => block is ContainerBlock container && container.Descendants<FencedCodeBlock>().Any();

    private static (int Line, string Text)? HeadingLike(ReadOnlySpan<char> span)
    {
        var (line, before, isBeforeVersion) = (0, "", false);
        foreach (var part in span.EnumerateLines())
        {
            var trimmed = part.TrimEnd();
            if (trimmed.Length is > 0 and < 200)
            {
                if (Hashes().IsMatch(trimmed)) return (line, trimmed.ToString());
                if (isBeforeVersion && Underline().IsMatch(trimmed)) return (line - 1, before);
            }

            isBeforeVersion = trimmed.Length is > 0 and < 200 && AVersion().IsMatch(trimmed);
            before = isBeforeVersion ? trimmed.ToString() : "";
            line++;
        }

        return null;
    }

    [GeneratedRegex(@"^ {0,3}#{1,6}\s*\[?[vV]?\d+\.\d+\.\d+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Hashes();

    [GeneratedRegex(@"^ {0,3}\[?[vV]?\d+\.\d+\.\d+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex AVersion();

    [GeneratedRegex(@"^ {0,3}(?:={3,}|-{3,}|~{3,}|\^{3,})$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Underline();
}
