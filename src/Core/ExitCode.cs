namespace ReleaseActions.Core;

/// <summary>How a program of the suite ends: one number a cause, the same in every action, so that a workflow can branch on it.</summary>
public enum ExitCode
{
    /// <summary>Everything asked for is done, or was done already.</summary>
    Done = 0,

    /// <summary>A defect of ours; the log holds a stack trace in a collapsed group.</summary>
    Defect = 1,

    /// <summary>An input, the policy file or a file named by them is wrong.</summary>
    BadInput = 2,

    /// <summary>A rule of the policy, or the state of the repository or of a release, forbids it.</summary>
    Refused = 3,

    /// <summary>GitHub, a registry or a tool failed, and went on failing when asked again.</summary>
    RemoteFailed = 4,

    /// <summary>What was published or signed is not what was meant.</summary>
    VerificationFailed = 5,

    /// <summary>SIGINT or SIGTERM: 128 + 2, as shells report an interrupt.</summary>
    Cancelled = 130,
}
