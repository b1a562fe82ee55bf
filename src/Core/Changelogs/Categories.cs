namespace ReleaseActions.Core.Changelogs;

/// <summary>The headings that group changes inside a section.</summary>
public static class Categories
{
    /// <summary>Keep a Changelog's categories, and the two that people add, in the order in which notes tell them.</summary>
    public static IReadOnlyList<string> InOrder { get; } = ["Breaking", "Added", "Changed", "Deprecated", "Removed", "Fixed", "Security", "Dependencies"];

    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["added"] = "Added", ["new"] = "Added", ["features"] = "Added", ["feature"] = "Added", ["new features"] = "Added", ["additions"] = "Added", ["enhancements"] = "Changed",
        ["changed"] = "Changed", ["changes"] = "Changed", ["improvements"] = "Changed", ["improved"] = "Changed", ["performance improvements"] = "Changed", ["performance"] = "Changed", ["minor changes"] = "Changed", ["major changes"] = "Breaking",
        ["deprecated"] = "Deprecated", ["deprecations"] = "Deprecated", ["removed"] = "Removed", ["removals"] = "Removed", ["reverts"] = "Removed", ["fixed"] = "Fixed", ["fixes"] = "Fixed", ["bug fixes"] = "Fixed", ["bugfixes"] = "Fixed",
        ["patch changes"] = "Fixed", ["security"] = "Security", ["security fixes"] = "Security", ["breaking"] = "Breaking", ["breaking changes"] = "Breaking",
        ["dependencies"] = "Dependencies", ["dependency updates"] = "Dependencies", ["dependency upgrades"] = "Dependencies",
    };

    private static readonly HashSet<string> Others = new(StringComparer.OrdinalIgnoreCase)
    {
        "contributors", "credits", "thanks", "highlights", "notes", "upgrade notes", "upgrading", "migration", "known issues", "documentation", "docs", "miscellaneous", "misc", "internal", "other", "other changes", "tests", "chores",
    };

    /// <summary>Keep a Changelog's name of a category, or <c>Breaking</c> or <c>Dependencies</c>; null where the heading is none of those that are known.</summary>
    /// <param name="heading">The heading's text; emoji and punctuation around it do not count.</param>
    public static string? Of(string heading) => Names.GetValueOrDefault(Bare(heading));

    /// <summary>Whether a heading is one that people write inside a section, a category or another.</summary>
    public static bool IsKnown(string heading) => Of(heading) is not null || Others.Contains(Bare(heading));

    private static string Bare(string heading) => heading.Trim([' ', '\t', ':', '!', '*', '_', '⚠', '-', '.', HeadingText.LinkBegin, HeadingText.LinkEnd]);
}
