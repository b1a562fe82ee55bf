using System.Text;

namespace ReleaseActions.Core.Changelogs;

/// <summary>Notes from a folder with one file for each change, such as <c>changes/123.fixed.md</c>: the pull request or issue, the category, the text.</summary>
public static class Fragments
{
    /// <summary>The notes, grouped as Keep a Changelog groups them; empty where there is no fragment.</summary>
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
        var number = int.TryParse(parts[0], System.Globalization.NumberStyles.None, null, out var found) ? found : (int?)null;
        var text = file.Text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Trim();
        var problem = category is null ? new Finding($"The fragment '{file.Path}' names no category", $"Name it NUMBER.CATEGORY.md with one of: {string.Join(", ", Categories.InOrder).ToLowerInvariant()}", file.Path, 1)
            : text.Length == 0 ? new Finding($"The fragment '{file.Path}' is empty", "Write what changed, or delete it", file.Path, 1) : null;
        return (category, number, Item(text, number), problem);
    }

    private static string Item(string text, int? number)
    {
        if (text.StartsWith("- ", StringComparison.Ordinal) || text.StartsWith("* ", StringComparison.Ordinal)) return text;
        var shown = number is null || text.Contains($"#{number}", StringComparison.Ordinal) ? text
            : text.Contains('\n', StringComparison.Ordinal) ? text.Insert(text.IndexOf('\n', StringComparison.Ordinal), $" (#{number})") : $"{text} (#{number})";
        return "- " + shown.Replace("\n", "\n  ", StringComparison.Ordinal).Replace("\n  \n", "\n\n", StringComparison.Ordinal);
    }
}
