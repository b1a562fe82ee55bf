using ReleaseActions.Core.Runner;

namespace ReleaseActions.Core.Hosting;

/// <summary>What an action decided to do, as the host shows it before anything is done.</summary>
public interface IPlan
{
    /// <summary>What forbids the plan; empty where it may be applied. In a dry run each is a warning, unless it is strict.</summary>
    IReadOnlyList<Finding> Refusals { get; }

    /// <summary>How the program ends where something forbids the plan.</summary>
    ExitCode RefusalCode => ExitCode.Refused;

    /// <summary>Whether a dry run ends with an error too where something forbids the plan.</summary>
    bool IsStrict => false;

    /// <summary>The plan as the job summary shows it.</summary>
    string ToMarkdown();

    /// <summary>Writes the plan to the log, a logfmt line for each thing.</summary>
    void WriteTo(Log log);
}
