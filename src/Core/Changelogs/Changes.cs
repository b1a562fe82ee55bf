using System.Text.Json;
using System.Text.RegularExpressions;
using Markdig.Syntax;

namespace ReleaseActions.Core.Changelogs;

/// <summary>One entry of the notes.</summary>
/// <param name="Category">Keep a Changelog's name of its category, the heading above it where that is another, or <c>Other</c>.</param>
/// <param name="Text">The entry in Markdown, without its bullet.</param>
/// <param name="Pulls">The numbers of pull requests and issues in it.</param>
/// <param name="Authors">The names after <c>@</c> in it.</param>
public sealed record Change(string Category, string Text, IReadOnlyList<int> Pulls, IReadOnlyList<string> Authors);

/// <summary>Notes as a list of their entries.</summary>
public static partial class Changes
{
    private const string Other = "Other";

    /// <summary>The entries in the order of the notes: the items of lists, and paragraphs beside them.</summary>
    public static IReadOnlyList<Change> In(string notes)
    {
        var (changes, category) = (new List<Change>(), Other);
        foreach (var block in BlockTree.ParseWhole(notes))
        {
            if (block is HeadingBlock heading && HeadingText.Of(heading.Inline) is var text) category = Categories.Of(text) ?? (text.Length == 0 ? Other : text);
            else if (block is ListBlock list) changes.AddRange(list.OfType<ListItemBlock>().Where(i => i.Count > 0).Select(i => Entry(category, Slice(notes, i[0].Span.Start, i.Span.End))));
            else if (block is ParagraphBlock) changes.Add(Entry(category, Slice(notes, block.Span.Start, block.Span.End)));
        }

        return changes;
    }

    /// <summary>The entries as JSON: <c>{"Added": [{"text": "…", "pulls": [12], "authors": ["ada"]}]}</c>.</summary>
    public static string ToJson(IEnumerable<Change> changes)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            foreach (var group in changes.GroupBy(c => c.Category))
            {
                json.WriteStartArray(group.Key);
                foreach (var change in group) Write(json, change);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void Write(Utf8JsonWriter json, Change change)
    {
        json.WriteStartObject();
        json.WriteString("text", change.Text);
        json.WriteStartArray("pulls");
        foreach (var pull in change.Pulls) json.WriteNumberValue(pull);
        json.WriteEndArray();
        json.WriteStartArray("authors");
        foreach (var author in change.Authors) json.WriteStringValue(author);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static Change Entry(string category, string text) => new(
        category, text,
        [.. Number().Matches(text).Select(m => int.TryParse(m.Groups["number"].ValueSpan, out var number) ? number : 0).Where(n => n > 0).Distinct()],
        [.. Mention().Matches(text).Select(m => m.Groups["name"].Value).Distinct(StringComparer.OrdinalIgnoreCase)]);

    private static string Slice(string notes, int start, int end) => end < start || start < 0 ? "" : notes[start..Math.Min(end + 1, notes.Length)].TrimEnd();

    [GeneratedRegex(@"(?:(?<![\w&/#])#|/(?:pull|issues)/)(?<number>\d{1,9})\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"(?<![\w@/.`])@(?<name>[A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))(?![\w/@])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Mention();
}
