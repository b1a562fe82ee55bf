namespace ReleaseActions.Core.Policy;

/// <summary>Which labels of a pull request put its commits under which heading of the notes.</summary>
public sealed record LabelPolicy
{
    // The first category that fits counts.
    private readonly IReadOnlyList<(string Category, IReadOnlyList<string> Labels)> _categories;
    private readonly IReadOnlyList<string> _skip;

    internal LabelPolicy(PolicyMap map)
    {
        _categories =
        [
            ("Breaking", map.Texts("breaking", "Labels of changes that break what worked.", "breaking", "breaking change", "breaking-change", "semver: major", "major")),
            ("Security", map.Texts("security", "Labels of changes that close a hole.", "security")),
            ("Deprecated", map.Texts("deprecated", "Labels of changes that announce a removal.", "deprecated", "deprecation")),
            ("Removed", map.Texts("removed", "Labels of changes that take something away.", "removed", "removal")),
            ("Dependencies", map.Texts("dependencies", "Labels of changes of dependencies.", "dependencies")),
            ("Added", map.Texts("added", "Labels of new features.", "feature", "new feature", "type: feature", "enhancement")),
            ("Fixed", map.Texts("fixed", "Labels of corrections.", "bug", "bugfix", "fix", "type: bug")),
            ("Changed", map.Texts("changed", "Labels of other changes.", "improvement", "performance", "refactoring")),
        ];
        _skip = map.Texts("skip", "Labels of changes that the notes leave out.", "skip-changelog", "no-changelog", "ignore-for-release");
    }

    /// <summary>The heading that labels ask for, or null.</summary>
    public string? CategoryOf(IReadOnlyList<string> labels) => _categories.FirstOrDefault(c => Fits(c.Labels, labels)).Category;

    /// <summary>Whether labels keep a change out of the notes.</summary>
    public bool IsSkipped(IReadOnlyList<string> labels) => Fits(_skip, labels);

    private static bool Fits(IReadOnlyList<string> some, IReadOnlyList<string> labels) => labels.Any(l => some.Contains(l, StringComparer.OrdinalIgnoreCase));
}
