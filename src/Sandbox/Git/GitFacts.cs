namespace ReleaseActions.Sandbox.Git;

/// <summary>A ref and what it points at: a commit, or the tag object of an annotated tag.</summary>
internal sealed record GitRef(string Name, string Sha, string Type, string Commit)
{
    /// <summary>The branch's or tag's own name.</summary>
    public string ShortName => Name.Split('/', 3)[^1];
}

internal sealed record GitPerson(string Name, string Email, DateTimeOffset Date);

internal sealed record GitCommit(string Sha, string Tree, string[] Parents, GitPerson Author, GitPerson Committer, string Message);

/// <summary>One file of a comparison, in GitHub's words for its status.</summary>
internal sealed record GitChange(string Path, string? PreviousPath, string Status, string Sha, int Additions, int Deletions);

/// <summary>A three-dot comparison, as GitHub's compare makes it.</summary>
internal sealed record GitComparison(
    GitCommit Base, GitCommit MergeBase, int AheadBy, int BehindBy, GitCommit[] Commits, GitChange[] Files)
{
    public string Status => (AheadBy, BehindBy) switch
    {
        (0, 0) => "identical",
        (_, 0) => "ahead",
        (0, _) => "behind",
        _ => "diverged",
    };
}
