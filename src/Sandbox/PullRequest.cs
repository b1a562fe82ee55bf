namespace ReleaseActions.Sandbox;

/// <summary>A pull request that a test puts into the repository.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Head">The branch it comes from.</param>
/// <param name="Base">The branch it goes to.</param>
public sealed record PullRequest(int Number, string Head, string Base = "main")
{
    /// <summary>Its title.</summary>
    public string Title { get; init; } = "A change";

    /// <summary>Its text.</summary>
    public string? Body { get; init; }

    /// <summary>Still open.</summary>
    public bool Open { get; init; } = true;

    /// <summary>The account of the fork it comes from; null for the repository itself.</summary>
    public string? HeadOwner { get; init; }

    /// <summary>Who opened it.</summary>
    public string User { get; init; } = "octocat";

    /// <summary>The commit that brought it into the base branch; null where it was not merged.</summary>
    public string? MergeCommitSha { get; init; }

    /// <summary>The commit that it ended with, where it does not follow its branch any more; that of its branch where null.</summary>
    public string? HeadSha { get; init; }

    /// <summary>When anything about it last changed; now where null.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The names of its labels.</summary>
    public string[] Labels { get; init; } = [];
}
