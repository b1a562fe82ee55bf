namespace ReleaseActions.Core.Changelogs;

/// <summary>The headings that group changes inside a section.</summary>
public static class Categories
{
    /// <summary>Keep a Changelog's categories, and the two that people add, in the order in which notes list them.</summary>
    public static IReadOnlyList<string> InOrder { get; } =
        ["Breaking", "Added", "Changed", "Deprecated", "Removed", "Fixed", "Security", "Dependencies"];

    private static readonly Dictionary<string, string> Names = Named(
        ("Breaking", ["breaking", "breaking changes", "major changes"]),
        ("Added", ["added", "new", "features", "feature", "new features", "additions"]),
        ("Changed",
        [
            "changed", "changes", "improvements", "improved", "performance improvements", "performance", "minor changes", "enhancements",
        ]),
        ("Deprecated", ["deprecated", "deprecations"]),
        ("Removed", ["removed", "removals", "reverts"]),
        ("Fixed", ["fixed", "fixes", "bug fixes", "bugfixes", "patch changes"]),
        ("Security", ["security", "security fixes"]),
        ("Dependencies", ["dependencies", "dependency updates", "dependency upgrades"]));

    private static readonly HashSet<string> Others = new(StringComparer.OrdinalIgnoreCase)
    {
        "contributors", "credits", "thanks", "highlights", "notes", "upgrade notes", "upgrading", "migration", "known issues",
        "documentation", "docs", "miscellaneous", "misc", "internal", "other", "other changes", "tests", "chores",
    };

    /// <summary>A category's name, one of <see cref="InOrder"/>; null where the heading is no known category.</summary>
    /// <param name="heading">The heading's text; emoji and punctuation around it do not count.</param>
    public static string? Of(string heading) => Names.GetValueOrDefault(Bare(heading));

    /// <summary>Whether a heading is one that people write inside a section, a category or another.</summary>
    public static bool IsKnown(string heading) => Of(heading) is not null || Others.Contains(Bare(heading));

    private static string Bare(string heading) =>
        heading.Trim([' ', '\t', ':', '!', '*', '_', '⚠', '-', '.', VersionHeading.LinkBegin, VersionHeading.LinkEnd]);

    private static Dictionary<string, string> Named(params (string Category, string[] Headings)[] categories) =>
        categories.SelectMany(c => c.Headings.Select(heading => (Heading: heading, c.Category)))
            .ToDictionary(c => c.Heading, c => c.Category, StringComparer.OrdinalIgnoreCase);
}
