namespace ReleaseActions.Core.Policy;

/// <summary>How release-prepare prepares a release.</summary>
public sealed class PreparePolicy(PolicyMap map)
{
    /// <summary><c>tag</c> or <c>branch</c>.</summary>
    public string Flow { get; } = map.Text("flow",
        "tag: one commit and its tag, pushed together. branch: a release branch with a pull request for the version and the changelog.",
        "tag", "tag", "branch");

    /// <summary><c>auto</c> or <c>patch</c>.</summary>
    public string Bump { get; } = map.Text(
        "bump", "Which number goes up where nobody asks for another one: auto decides by what changed, patch is always a patch.", "auto",
        "auto", "patch");

    /// <summary>The branch that a release starts from; null for the production branch.</summary>
    public string? From { get; } = map.OptionalText(
        "from", "The branch that a release starts from, such as develop; the production branch where absent.");

    /// <summary>Further files of the version.</summary>
    public IReadOnlyList<string> Metadata { get; } = map.Texts(
        "metadata", "Files that belong to the version, beside the manifests and the changelog.");

    /// <summary>The commit's message.</summary>
    public string CommitMessage { get; } = map.Text("commit-message",
        "The commit's message, and the title of its pull request. {version}, {tag}, {product} and {description} are"
        + " replaced.", "Release {version}");

    /// <summary>The tag's message.</summary>
    public string TagMessage { get; } = map.Text("tag-message",
        "The message of the annotated tag. {version}, {tag}, {product} and {description} are replaced.", "Release {tag}");

    /// <summary>The message of a promotion.</summary>
    public string PromoteMessage { get; } = map.Text("promote-message",
        "The message of a promotion, and the title of its pull request. {version}, {tag} and {product} are replaced.", "Promote {version}");

    /// <summary><c>minor</c> or <c>major</c>.</summary>
    public string BreakingBelow1 { get; } = map.Text(
        "breaking-below-1", "The part of a version below 1.0.0 that a breaking change increases.", "minor", "minor", "major");
}
