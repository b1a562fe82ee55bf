namespace ReleaseActions.Core.Changelogs;

/// <summary>A commit, as far as notes are concerned.</summary>
/// <param name="Sha">40 hex digits.</param>
/// <param name="Subject">The first line of its message.</param>
/// <param name="Body">The rest of its message.</param>
/// <param name="Author">The author's name, by the repository's .mailmap.</param>
public sealed record Commit(string Sha, string Subject, string Body, string Author = "")
{
    /// <summary>The author's address, by the repository's .mailmap.</summary>
    public string Email { get; init; } = "";

    /// <summary>Its parents; two or more where it is a merge.</summary>
    public IReadOnlyList<string> Parents { get; init; } = [];

    /// <summary>When it was committed.</summary>
    public DateTimeOffset Date { get; init; }

    /// <summary>The pull request that brought it, where that is known.</summary>
    public Pull? Pull { get; init; }
}

/// <summary>A merged pull request, as far as notes are concerned.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Author">The account that opened it; null where it is gone.</param>
/// <param name="Labels">The names of its labels.</param>
/// <param name="MergeCommit">The commit that brought it in: a merge, the squashed one, or the last of those that were rebased.</param>
public sealed record Pull(int Number, string? Author, IReadOnlyList<string> Labels, string MergeCommit);
