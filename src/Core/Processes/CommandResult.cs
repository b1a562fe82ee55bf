
namespace ReleaseActions.Core.Processes;

/// <summary>What a finished program left behind.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output, as UTF-8 text.</param>
/// <param name="Error">Its standard error, as UTF-8 text.</param>
public sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>Whether it exited with 0.</summary>
    public bool Succeeded => ExitCode == 0;

    /// <summary>The lines of its standard output, without empty ones.</summary>
    public IEnumerable<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The last thing it said on standard error (or else on standard output), for an error message.</summary>
    public string LastWords =>
        (Error.Trim().Length > 0 ? Error : Output).Trim().Split('\n') is [.., var last] ? last.Trim() : "";
}
