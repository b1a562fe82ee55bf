namespace ReleaseActions.Core.Policy;

/// <summary>How release-prepare cuts a release.</summary>
public sealed record PreparePolicy
{
    internal PreparePolicy(PolicyMap map)
    {
        Flow = map.Text("flow", "tag: one commit and its tag, pushed together. branch: a release branch with a pull request for the version and the changelog.", "tag", "tag", "branch");
        From = map.OptionalText("from", "The branch that a release is cut from, such as develop; the production branch where absent.");
        Metadata = map.Texts("metadata", "Files that belong to the version beside the manifests and the changelog; promotion takes them over too.");
        CommitMessage = map.Text("commit-message", "The commit's message, and the title of its pull request. {version}, {tag} and {product} are replaced.", "Release {version}");
        TagMessage = map.Text("tag-message", "The message of the annotated tag. {version}, {tag}, {product} and {description} are replaced.", "Release {tag}");
        PromoteMessage = map.Text("promote-message", "The message of a promotion, and the title of its pull request. {version}, {tag} and {product} are replaced.", "Promote {version}");
        BreakingBelow1 = map.Text("breaking-below-1", "What a breaking change does to a version below 1.0.0.", "minor", "minor", "major");
    }

    /// <summary><c>tag</c> or <c>branch</c>.</summary>
    public string Flow { get; }

    /// <summary>The branch that a release is cut from; null for the production branch.</summary>
    public string? From { get; }

    /// <summary>Further files of the version.</summary>
    public IReadOnlyList<string> Metadata { get; }

    /// <summary>The commit's message.</summary>
    public string CommitMessage { get; }

    /// <summary>The tag's message.</summary>
    public string TagMessage { get; }

    /// <summary>The message of a promotion.</summary>
    public string PromoteMessage { get; }

    /// <summary><c>minor</c> or <c>major</c>.</summary>
    public string BreakingBelow1 { get; }
}
