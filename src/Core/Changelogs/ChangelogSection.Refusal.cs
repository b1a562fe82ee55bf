using System.Text.RegularExpressions;
using Markdig.Syntax;

namespace ReleaseActions.Core.Changelogs;

/// <summary>What Markdown does not read as a heading but a person may have meant as one: rather no notes than half of them.</summary>
public sealed partial class ChangelogSection
{
    private const int LongestHeading = 200;

    // Below `## 8.5.0`, the first line is `Unreleased`, or `Release date: TBD`.
    private Finding? PendingInText()
    {
        if (IsUnreleased) return null;
        for (var at = Begin; at < End;)
        {
            var (stop, next) = LineHeadings.LineAt(_file.Text, at);
            var line = _file.Text.AsSpan(at, Math.Min(stop, End) - at).Trim();
            if (!line.IsEmpty)
                return line.Length <= LongestHeading && VersionHeading.SaysPending(line.ToString()) ? Pended(line.ToString(), at) : null;
            at = next;
        }

        return null;
    }

    private Finding Pended(string line, int at) => new(
        $"'{line}' says that {VersionText} is not released", "Write its date, or remove what says so",
        Line: Line + LineHeadings.LinesIn(_file.Text, HeadingBegin, at));

    private static Finding? RefusalOf(Block block, string text)
    {
        var length = Math.Min(block.Span.Length, text.Length - block.Span.Start);
        var source = length <= 0 ? [] : text.AsSpan(block.Span.Start, length);
        return block switch
        {
            // A fence that is never closed has no end of its own; it runs to the end of the file.
            FencedCodeBlock { ClosingFencedCharCount: 0 } when HeadingIn(text.AsSpan(block.Span.Start)) is not null => new(
                "A code fence is opened here and never closed, and it contains a version's heading", "Close the fence on a separate line",
                Line: block.Line + 1),
            HtmlBlock { Type: HtmlBlockType.Comment } when IsOpen(source) && HeadingIn(source) is not null => new(
                "A comment is opened here and never closed, and it contains a version's heading", "Close it with -->",
                Line: block.Line + 1),
            CodeBlock or HtmlBlock or LinkReferenceDefinitionGroup or HeadingBlock => null,
            _ when HeadingIn(source) is var (line, heading) && !HoldsCode(block) => new(
                $"'{heading}' looks like a version's heading, but Markdown reads it as text",
                "Write a blank line before it, and a space after #", Line: block.Line + 1 + line),
            _ => null,
        };
    }

    private static bool IsOpen(ReadOnlySpan<char> comment) => !comment.Contains("-->", StringComparison.Ordinal);

    private static bool HoldsCode(Block block) => block is ContainerBlock container && container.Descendants<FencedCodeBlock>().Any();

    // `##1.2.3` without a space, `1.2.3` over `====` right below a list: text to Markdown, a heading to the person who wrote it.
    private static (int Line, string Text)? HeadingIn(ReadOnlySpan<char> source)
    {
        var (line, before, isBeforeVersion) = (0, "", false);
        foreach (var part in source.EnumerateLines())
        {
            var trimmed = part.TrimEnd();
            if (trimmed.Length is > 0 and < LongestHeading)
            {
                if (Hashes().IsMatch(trimmed)) return (line, trimmed.ToString());
                if (isBeforeVersion && Underline().IsMatch(trimmed)) return (line - 1, before);
            }

            isBeforeVersion = trimmed.Length is > 0 and < LongestHeading && AVersion().IsMatch(trimmed);
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
