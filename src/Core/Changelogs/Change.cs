using System.Text.RegularExpressions;
using Markdig.Syntax;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Changelogs;

/// <summary>One entry of the notes.</summary>
/// <param name="Category">Keep a Changelog's name of its category, the heading above it if that is another, or <c>Other</c>.</param>
/// <param name="Text">The entry in Markdown, without its bullet.</param>
/// <param name="Pulls">The numbers of pull requests and issues in it.</param>
/// <param name="Authors">The names after <c>@</c> in it, and who is known to have made it.</param>
public sealed partial record Change(string Category, string Text, IReadOnlyList<int> Pulls, IReadOnlyList<string> Authors)
{
    private const string Other = "Other";

    /// <summary>Of a contributor: whether it is their first contribution; null of anything else.</summary>
    public bool? IsFirstTime { get; init; }

    /// <summary>The entries of notes in their order: the items of lists, and paragraphs beside them.</summary>
    public static IReadOnlyList<Change> In(string notes)
    {
        var (changes, category) = (new List<Change>(), Other);
        foreach (var block in MarkdownText.Parse(notes))
        {
            if (block is HeadingBlock heading) category = CategoryOf(VersionHeading.TextOf(heading.Inline));
            else if (block is ListBlock list) changes.AddRange(ItemsOf(list).Select(i => Entry(category, notes, i.Begin, i.End)));
            else if (block is ParagraphBlock) changes.Add(Entry(category, notes, block.Span.Start, block.Span.End));
        }

        return changes;
    }

    // Without their bullets.
    private static IEnumerable<(int Begin, int End)> ItemsOf(ListBlock list) =>
        list.OfType<ListItemBlock>().Where(i => i.Count > 0).Select(i => (i[0].Span.Start, i.Span.End));

    private static string CategoryOf(string heading) => Categories.Of(heading) ?? (heading.Length == 0 ? Other : heading);

    private static Change Entry(string category, string notes, int start, int end)
    {
        var text = end < start || start < 0 ? "" : notes[start..Math.Min(end + 1, notes.Length)].TrimEnd();
        var numbers = Number().Matches(text).Select(m => int.TryParse(m.Groups["number"].ValueSpan, out var number) ? number : 0);
        var names = Mention().Matches(text).Select(m => m.Groups["name"].Value);
        return new Change(category, text, [.. numbers.Where(n => n > 0).Distinct()], [.. names.Distinct(StringComparer.OrdinalIgnoreCase)]);
    }

    [GeneratedRegex(@"(?:(?<![\w&/#])#|/(?:pull|issues)/)(?<number>\d{1,9})\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"(?<![\w@/.`])@(?<name>[A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))(?![\w/@])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Mention();
}
