namespace ReleaseActions.Sandbox;

/// <summary>A check run that a test puts on a commit.</summary>
/// <param name="Sha">The commit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Conclusion">How it ended; null while it runs.</param>
public sealed record CheckRun(string Sha, string Name, string? Conclusion = "success");

/// <summary>A status that a test puts on a commit; a later one of the same context replaces it.</summary>
/// <param name="Sha">The commit.</param>
/// <param name="Context">Its name.</param>
/// <param name="State"><c>success</c>, <c>pending</c>, <c>failure</c> or <c>error</c>.</param>
public sealed record CommitStatus(string Sha, string Context, string State = "success");

/// <summary>An issue that a test puts into the repository. GitHub lists pull requests among them.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Title">Its title.</param>
/// <param name="Labels">The names of its labels.</param>
public sealed record Issue(int Number, string Title, params string[] Labels)
{
    /// <summary>Still open.</summary>
    public bool Open { get; init; } = true;

    /// <summary>Whether it is a pull request.</summary>
    public bool IsPullRequest { get; init; }
}

/// <summary>A review that a test puts on a pull request.</summary>
/// <param name="PullRequest">The pull request's number.</param>
/// <param name="User">Who; null where the account is gone.</param>
/// <param name="State"><c>APPROVED</c>, <c>CHANGES_REQUESTED</c>, <c>COMMENTED</c> or <c>DISMISSED</c>.</param>
public sealed record Review(int PullRequest, string? User, string State = "APPROVED")
{
    /// <summary>The reviewed commit; the pull request's head where null, and one that is gone where empty.</summary>
    public string? Commit { get; init; }
}

/// <summary>An approval or a rejection of a run that waits for an environment.</summary>
/// <param name="Run">The run.</param>
/// <param name="User">Who.</param>
/// <param name="Environment">The environment.</param>
/// <param name="State"><c>approved</c> or <c>rejected</c>.</param>
public sealed record RunApproval(long Run, string User, string Environment, string State = "approved");
