using System.Text.Json;
using System.Text.RegularExpressions;
using Markdig.Syntax;

namespace ReleaseActions.Core.Changelogs;

/// <summary>One entry of the notes.</summary>
/// <param name="Category">Keep a Changelog's name of its category, the heading above it where that is another, or <c>Other</c>.</param>
/// <param name="Text">The entry in Markdown, without its bullet.</param>
/// <param name="Pulls">The numbers of pull requests and issues in it.</param>
/// <param name="Authors">The names after <c>@</c> in it, and who is known to have made it.</param>
public sealed record Change(string Category, string Text, IReadOnlyList<int> Pulls, IReadOnlyList<string> Authors)
{
    /// <summary>Of a contributor: whether it is their first contribution; null of anything else.</summary>
    public bool? IsFirstTime { get; init; }
}

/// <summary>Notes as a list of their entries.</summary>
public static partial class ChangeList
{
    /// <summary>The category of those who contributed.</summary>
    public const string OfContributors = "Contributors";

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

    /// <summary>The same with what the history tells: who made each change, and all contributors in a category of their own.</summary>
    /// <param name="notes">The notes.</param>
    /// <param name="commits">The commits of the release, with their pull requests where these are known.</param>
    /// <param name="contributors">Those who contributed.</param>
    public static IReadOnlyList<Change> In(string notes, IReadOnlyList<Commit> commits, IReadOnlyList<Contributor> contributors)
    {
        var accounts = Contributors.Accounts(commits);
        var byPull = commits.Where(c => c.Pull?.Author is not null).ToLookup(c => c.Pull!.Number, c => c.Pull!.Author!);
        var byCommit = commits.ToLookup(c => c.Sha[..Math.Min(7, c.Sha.Length)], c => accounts.GetValueOrDefault(c.Email, c.Author));
        IEnumerable<string> Known(Change change) => change.Pulls.SelectMany(p => byPull[p]).Concat(Short().Matches(change.Text).SelectMany(m => byCommit[m.Groups["commit"].Value]));
        var entries = In(notes).Where(c => c.Category != OfContributors).Select(c => c with { Authors = [.. c.Authors.Concat(Known(c)).Distinct(StringComparer.OrdinalIgnoreCase)] });
        return [.. entries, .. contributors.Select(c => new Change(OfContributors, c.Text, c.Pulls, [c.Name.TrimStart('@')]) { IsFirstTime = c.IsFirstTime })];
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
        if (change.IsFirstTime is { } isFirstTime) json.WriteBoolean("first-time", isFirstTime);
        json.WriteEndObject();
    }

    private static Change Entry(string category, string text) => new(
        category, text,
        [.. Number().Matches(text).Select(m => int.TryParse(m.Groups["number"].ValueSpan, out var number) ? number : 0).Where(n => n > 0).Distinct()],
        [.. Mention().Matches(text).Select(m => m.Groups["name"].Value).Distinct(StringComparer.OrdinalIgnoreCase)]);

    private static string Slice(string notes, int start, int end) => end < start || start < 0 ? "" : notes[start..Math.Min(end + 1, notes.Length)].TrimEnd();

    [GeneratedRegex(@"(?:(?<![\w&/#])#|/(?:pull|issues)/)(?<number>\d{1,9})\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Number();

    // `(f5c06cd)`, as notes from commits end an entry.
    [GeneratedRegex(@"\((?<commit>[0-9a-f]{7})\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Short();

    [GeneratedRegex(@"(?<![\w@/.`])@(?<name>[A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))(?![\w/@])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Mention();
}
