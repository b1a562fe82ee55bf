using System.Text;
using System.Text.RegularExpressions;

namespace ReleaseActions.Core.Changelogs;

/// <summary>
/// Notes in a shape of their own: a text with <c>{placeholders}</c>. A heading that has nothing below it but empty placeholders is left out.
/// </summary>
public static partial class NotesTemplate
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

    private static readonly string[] Categorised = [.. Categories.InOrder.Select(c => c.ToLowerInvariant())];

    /// <summary>Fills a template.</summary>
    /// <param name="template">The text with placeholders.</param>
    /// <param name="name">What to call it in a complaint: its file.</param>
    /// <param name="values">Single values, such as <c>version</c> and <c>notes</c>.</param>
    /// <param name="changes">The entries, for the placeholders of categories.</param>
    /// <exception cref="ActionException">A placeholder is unknown (exit 2, with its line).</exception>
    public static string Fill(string template, string name, IReadOnlyDictionary<string, string> values, IReadOnlyList<Change> changes)
    {
        var all = new Dictionary<string, string>(values, StringComparer.Ordinal)
        {
            ["highlights"] = Items(changes.Where(c => c.Category.Equals("highlights", StringComparison.OrdinalIgnoreCase))),
            ["other"] = Items(changes.Where(c => !HasPlace(c.Category))),
            ["contributors"] = ContributorsOf(changes),
        };
        foreach (var category in Categorised) all[category] = Items(changes.Where(c => c.Category.Equals(category, StringComparison.OrdinalIgnoreCase)));
        var lines = template.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        var problems = lines.SelectMany((l, n) => Placeholder().Matches(l).Where(m => !all.ContainsKey(m.Groups["name"].Value)).Select(m => new Finding(
            $"The template has the unknown placeholder '{m.Value}'", $"Use one of: {string.Join(", ", all.Keys)}", name, n + 1))).ToList();
        return problems.Count > 0 ? throw new ActionException(ExitCode.BadInput, problems) : Filled(lines, all);
    }

    private static bool HasPlace(string category) => category.ToLowerInvariant() is "highlights" or "contributors" || Categorised.Contains(category.ToLowerInvariant());

    // Where nobody says who they are: the names in the entries.
    private static string ContributorsOf(IReadOnlyList<Change> changes) => changes.Where(c => c.Category.Equals(ChangeList.OfContributors, StringComparison.OrdinalIgnoreCase)).ToList() is { Count: > 0 } told
        ? Items(told) : string.Join(", ", changes.SelectMany(c => c.Authors).Distinct(StringComparer.OrdinalIgnoreCase).Select(a => $"@{a}"));

    private static string Filled(string[] lines, Dictionary<string, string> values)
    {
        var result = new StringBuilder();
        for (var i = 0; i < lines.Length; i++)
        {
            if (IsHeading(lines[i]) && IsEmptyBelow(lines, i, values)) continue;
            var line = Placeholder().Replace(lines[i], m => values[m.Groups["name"].Value]);
            if (line.Length > 0 || lines[i].Length == 0) result.Append(line).Append('\n');
        }

        return BlankLines().Replace(result.ToString(), "\n\n").Trim('\n');
    }

    private static bool IsEmptyBelow(string[] lines, int heading, Dictionary<string, string> values)
    {
        var below = lines.Skip(heading + 1).TakeWhile(l => !IsHeading(l)).Where(l => l.Trim().Length > 0).ToList();
        return below.Count > 0 && below.All(l => Placeholder().IsMatch(l) && Placeholder().Replace(l, m => values[m.Groups["name"].Value]).Trim().Length == 0);
    }

    private static bool IsHeading(string line) => line.StartsWith('#') && line.TrimStart('#') is [' ', ..];

    private static string Items(IEnumerable<Change> changes) => string.Join('\n', changes.Select(c => $"- {c.Text}"));

    [GeneratedRegex(@"\{(?<name>[a-z][a-z-]*)\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\n{3,}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex BlankLines();
}
