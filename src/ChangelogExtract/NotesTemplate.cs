using System.Text;
using System.Text.RegularExpressions;
using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;

namespace ReleaseActions.ChangelogExtract;

/// <summary>
/// Notes in a shape that the team chose: a text with <c>{placeholders}</c>. A heading with only empty placeholders below it is omitted.
/// Pure.
/// </summary>
internal static partial class NotesTemplate
{
    /// <summary>The built-in template: the same headings in every release, whatever the changelog's are.</summary>
    public const string Grouped = """
        ## Highlights

        {highlights}

        ## New Features

        {added}

        ## Improvements

        {changed}

        ## Bug Fixes

        {fixed}

        ## Breaking Changes

        {breaking}

        ## Security

        {security}

        ## Deprecated and Removed

        {deprecated}
        {removed}

        ## Dependencies

        {dependencies}

        ## Other

        {other}

        ## Contributors

        {contributors}

        """;

    // A release shows 125,000; more is a template that repeats its placeholders.
    private const int MostCharacters = 32 * 1024 * 1024;

    private static readonly string[] Categorised = [.. Categories.InOrder.Select(c => c.ToLowerInvariant())];

    /// <summary>Fills a template.</summary>
    /// <param name="template">The text with placeholders.</param>
    /// <param name="name">Its name for messages: its file.</param>
    /// <param name="values">Single values, such as <c>version</c> and <c>notes</c>.</param>
    /// <param name="changes">The entries, for the placeholders of categories.</param>
    /// <exception cref="ActionException">A placeholder is unknown (with its line), or the notes become too long (exit 2).</exception>
    public static string Fill(string template, string name, IReadOnlyDictionary<string, string> values, IReadOnlyList<Change> changes)
    {
        var all = new Dictionary<string, string>(values, StringComparer.Ordinal)
        {
            ["highlights"] = Items(changes.Where(c => Is(c, "highlights"))),
            ["other"] = Items(changes.Where(c => !HasPlace(c.Category))),
            ["contributors"] = ContributorsOf(changes),
        };
        foreach (var category in Categorised) all[category] = Items(changes.Where(c => Is(c, category)));
        var lines = template.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        var unknown = from line in lines.Index()
                      from Match match in Placeholder().Matches(line.Item)
                      where !all.ContainsKey(match.Groups["name"].Value)
                      select Unknown(match.Value, all.Keys, name, line.Index + 1);
        return unknown.ToList() is { Count: > 0 } problems ? throw new ActionException(ExitCode.BadInput, problems) : Filled(lines, all);
    }

    private static Finding Unknown(string placeholder, IEnumerable<string> known, string file, int line) =>
        new($"The template has the unknown placeholder '{placeholder}'", $"Use one of: {string.Join(", ", known)}", file, line);

    private static bool Is(Change change, string category) => change.Category.Equals(category, StringComparison.OrdinalIgnoreCase);

    private static bool HasPlace(string category) =>
        category.ToLowerInvariant() is "highlights" or "contributors" || Categorised.Contains(category.ToLowerInvariant());

    // Where the history was not read: the names in the entries.
    private static string ContributorsOf(IReadOnlyList<Change> changes)
    {
        var known = changes.Where(c => Is(c, History.ContributorsCategory)).ToList();
        if (known.Count > 0) return Items(known);
        return string.Join(", ", changes.SelectMany(c => c.Authors).Distinct(StringComparer.OrdinalIgnoreCase).Select(a => $"@{a}"));
    }

    private static string Filled(string[] lines, Dictionary<string, string> values)
    {
        var result = new StringBuilder();
        var length = lines.Sum(line => Placeholder().Matches(line).Sum(m => (long)values[m.Groups["name"].Value].Length));
        if (length > MostCharacters)
            throw ActionException.BadInput(
                $"The template makes notes of {length:#,0} characters", "Use each placeholder once; a release shows 125,000 characters");
        for (var i = 0; i < lines.Length; i++)
        {
            if (IsHeading(lines[i]) && IsEmptyBelow(lines, i, values)) continue;
            var line = Filled(lines[i], values);
            if (line.Length > 0 || lines[i].Length == 0) result.Append(line).Append('\n');
        }

        return BlankLines().Replace(result.ToString(), "\n\n").Trim('\n');
    }

    private static bool IsEmptyBelow(string[] lines, int heading, Dictionary<string, string> values)
    {
        var below = lines.Skip(heading + 1).TakeWhile(l => !IsHeading(l)).Where(l => l.Trim().Length > 0).ToList();
        return below.Count > 0 && below.All(l => Placeholder().IsMatch(l) && Filled(l, values).Trim().Length == 0);
    }

    private static string Filled(string line, Dictionary<string, string> values) =>
        Placeholder().Replace(line, m => values[m.Groups["name"].Value]);

    private static bool IsHeading(string line) => line.StartsWith('#') && line.TrimStart('#') is [' ', ..];

    private static string Items(IEnumerable<Change> changes) => string.Join('\n', changes.Select(c => $"- {c.Text}"));

    [GeneratedRegex(@"\{(?<name>[a-z][a-z-]*)\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\n{3,}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex BlankLines();
}
