namespace ReleaseActions.Core.Git;

/// <summary>What became of a ref that was to be changed on the remote.</summary>
public enum PushStatus
{
    /// <summary>The remote reported that it changed it.</summary>
    Ok,

    /// <summary>It is as it should be, and the answer that should have said so did not come.</summary>
    AnswerLost,

    /// <summary>It is as it should be: somebody else did it.</summary>
    There,

    /// <summary>It is where it was: the remote refuses.</summary>
    Refused,

    /// <summary>It is where it was: the remote fails, however often it is asked.</summary>
    Failed,

    /// <summary>It is somewhere else.</summary>
    Moved,

    /// <summary>The answer did not come, and the remote cannot be asked.</summary>
    Unknown,
}

/// <summary>A ref after a push.</summary>
/// <param name="Ref">Its full name.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Reason">git's own reason where it is not done, safe to print.</param>
/// <param name="Now">Where it is now, where it was looked at; empty where there is none.</param>
public sealed record PushedRef(string Ref, PushStatus Status, string Reason = "", string Now = "")
{
    /// <summary>Whether the ref is as it should be.</summary>
    public bool IsDone => Status is PushStatus.Ok or PushStatus.AnswerLost or PushStatus.There;

    /// <summary>What to do where it is refused for a reason that is known by GitHub's words; null where it is not.</summary>
    public string? Remedy => Status != PushStatus.Refused || !Reason.Contains("`workflows` permission", StringComparison.Ordinal) ? null
        : "The commit changes workflow files, which a job's own token may not push, whatever `permissions:` says: give `token` that of a "
        + "GitHub App with the permission `workflows: write`, or a personal access token with the scope `workflow`";

    /// <summary>The status as a word of the log.</summary>
    public string Word => Status switch
    {
        PushStatus.Ok => "ok", PushStatus.AnswerLost => "answer-lost", PushStatus.There => "there", PushStatus.Moved => "moved",
        PushStatus.Unknown => "unknown", PushStatus.Failed => "failed", _ => "refused",
    };
}
