
namespace ReleaseActions.Core;

/// <summary>The one way an action fails on purpose. The host prints its findings and turns it into an exit code.</summary>
public sealed class ActionException : Exception
{
    /// <summary>Several things are wrong, and all of them are reported at once.</summary>
    /// <param name="exitCode">The cause; never <see cref="ExitCode.Done"/>.</param>
    /// <param name="findings">At least one finding.</param>
    public ActionException(ExitCode exitCode, IReadOnlyList<Finding> findings)
        : base(string.Join("\n", findings.Select(f => $"{f.Message}. {f.Remedy}")))
    {
        ExitCode = exitCode;
        Findings = findings;
    }

    private ActionException(ExitCode exitCode, string message, string remedy) : this(exitCode, [new Finding(message, remedy)])
    {
    }

    /// <summary>The cause, which is also the exit code of the program.</summary>
    public ExitCode ExitCode { get; }

    /// <summary>What is wrong, one or many, in the order they are shown.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Whether the outside changed while a plan was applied: the host gathers and plans again.</summary>
    public bool IsConflict { get; private init; }

    /// <summary>An input or a file is wrong (exit 2).</summary>
    public static ActionException BadInput(string message, string remedy) => new(ExitCode.BadInput, message, remedy);

    /// <summary>A rule or a conflicting state forbids it (exit 3).</summary>
    public static ActionException Refused(string message, string remedy) => new(ExitCode.Refused, message, remedy);

    /// <summary>Something changed since the facts were gathered (exit 3, unless planning again resolves it).</summary>
    public static ActionException Conflict(string message, string remedy) => new(ExitCode.Refused, message, remedy) { IsConflict = true };

    /// <summary>A remote or a tool failed after retries (exit 4).</summary>
    public static ActionException Remote(string message, string remedy) => new(ExitCode.RemoteFailed, message, remedy);

    /// <summary>A check after the fact failed (exit 5).</summary>
    public static ActionException Verification(string message, string remedy) => new(ExitCode.VerificationFailed, message, remedy);
}
