namespace ReleaseActions.Core.Policy;

/// <summary>Which labels of a pull request put its commits under which heading of the notes.</summary>
public sealed class LabelPolicy
{
    // The first matching category counts.
    private readonly IReadOnlyList<(string Category, IReadOnlyList<string> Labels)> _categories;
    private readonly IReadOnlyList<string> _skip;

    internal LabelPolicy(PolicyMap map)
    {
        string[] breaking = ["breaking", "breaking change", "breaking-change", "semver: major", "major"];
        string[] added = ["feature", "new feature", "type: feature", "enhancement"];
        _categories =
        [
            ("Breaking", map.Texts("breaking", "Labels of changes that break existing uses.", breaking)),
            ("Security", map.Texts("security", "Labels of changes that fix a vulnerability.", "security")),
            ("Deprecated", map.Texts("deprecated", "Labels of changes that announce a removal.", "deprecated", "deprecation")),
            ("Removed", map.Texts("removed", "Labels of changes that remove something.", "removed", "removal")),
            ("Dependencies", map.Texts("dependencies", "Labels of changes of dependencies.", "dependencies")),
            ("Added", map.Texts("added", "Labels of new features.", added)),
            ("Fixed", map.Texts("fixed", "Labels of fixes.", "bug", "bugfix", "fix", "type: bug")),
            ("Changed", map.Texts("changed", "Labels of other changes.", "improvement", "performance", "refactoring")),
        ];
        _skip = map.Texts("skip", "Labels of changes that the notes omit.", "skip-changelog", "no-changelog", "ignore-for-release");
    }

    /// <summary>The heading that labels ask for, or null.</summary>
    public string? CategoryOf(IReadOnlyList<string> labels) => _categories.FirstOrDefault(c => AnyOf(c.Labels, labels)).Category;

    /// <summary>Whether labels keep a change out of the notes.</summary>
    public bool IsSkipped(IReadOnlyList<string> labels) => AnyOf(_skip, labels);

    private static bool AnyOf(IReadOnlyList<string> some, IReadOnlyList<string> labels) =>
        labels.Any(l => some.Contains(l, StringComparer.OrdinalIgnoreCase));
}
