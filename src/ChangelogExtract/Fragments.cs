using System.Globalization;
using System.Text;
using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;

namespace ReleaseActions.ChangelogExtract;

/// <summary>
/// Notes from a folder with one file for each change, such as <c>changes/123.fixed.md</c>: pull request or issue, category, text. Pure.
/// </summary>
internal static class Fragments
{
    /// <summary>The notes, in Keep a Changelog's categories; empty where there is no fragment.</summary>
    /// <param name="files">Each file's path and text.</param>
    /// <exception cref="ActionException">A category is unknown, or a file is empty (exit 3, all at once).</exception>
    public static string Write(IEnumerable<(string Path, string Text)> files)
    {
        var fragments = files.Select(Read).ToList();
        var problems = fragments.Select(f => f.Problem).OfType<Finding>().ToList();
        if (problems.Count > 0) throw new ActionException(ExitCode.Refused, problems);
        var notes = new StringBuilder();
        foreach (var group in Categories.InOrder.Join(fragments.GroupBy(f => f.Category!), c => c, g => g.Key, (_, g) => g))
        {
            notes.Append($"### {group.Key}\n\n");
            foreach (var (_, _, item, _) in group.OrderBy(f => f.Number ?? int.MaxValue)) notes.Append(item).Append('\n');
            notes.Append('\n');
        }

        return notes.ToString().TrimEnd('\n');
    }

    private static (string? Category, int? Number, string Item, Finding? Problem) Read((string Path, string Text) file)
    {
        // `123.fixed.md`, `123.fixed.1.md` where one change has two fragments, `+name.fixed.md` where it has no number.
        var parts = file.Path[(file.Path.LastIndexOf('/') + 1)..].Split('.');
        var category = parts.Length > 2 ? Categories.Of(parts[1]) : null;
        var number = int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var found) ? found : (int?)null;
        var text = file.Text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Trim();
        return (category, number, Item(text, number), ProblemOf(file.Path, category, text));
    }

    private static Finding? ProblemOf(string path, string? category, string text)
    {
        var known = string.Join(", ", Categories.InOrder).ToLowerInvariant();
        if (category is null)
            return new Finding($"The fragment '{path}' names no category", $"Name it NUMBER.CATEGORY.md with one of: {known}", path, 1);
        return text.Length > 0 ? null : new Finding($"The fragment '{path}' is empty", "Write what changed, or delete it", path, 1);
    }

    private static string Item(string text, int? number)
    {
        if (text.StartsWith("- ", StringComparison.Ordinal) || text.StartsWith("* ", StringComparison.Ordinal)) return text;
        var numbered = number is null || text.Contains($"#{number}", StringComparison.Ordinal) ? text : WithNumber(text, number.Value);
        return "- " + numbered.Replace("\n", "\n  ", StringComparison.Ordinal).Replace("\n  \n", "\n\n", StringComparison.Ordinal);
    }

    // At the end of the first line.
    private static string WithNumber(string text, int number)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return text.Insert(end < 0 ? text.Length : end, $" (#{number})");
    }
}
