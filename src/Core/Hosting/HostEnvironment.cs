namespace ReleaseActions.Core.Hosting;

/// <summary>What the host runs an action in: the process's own in production, a test's in tests.</summary>
/// <param name="Variables">The environment variables.</param>
/// <param name="Output">Where the log goes.</param>
/// <param name="Clock">The time.</param>
/// <param name="Transport">What HTTP goes through; a new one where null.</param>
public sealed record HostEnvironment(
    IReadOnlyDictionary<string, string> Variables, TextWriter Output, TimeProvider Clock, HttpMessageHandler? Transport = null)
{
    /// <summary>Whether the output is a terminal.</summary>
    public bool IsTerminal { get; private init; }

    /// <summary>The name under which the program was started, without its folder; empty in tests.</summary>
    public string ProgramName { get; private init; } = "";

    /// <summary>The process's own environment, standard output and clock.</summary>
    public static HostEnvironment FromProcess()
    {
        var variables = new Dictionary<string, string>();
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        return new HostEnvironment(variables, Console.Out, TimeProvider.System)
        {
            IsTerminal = !Console.IsOutputRedirected,
            ProgramName = Path.GetFileName(Environment.GetCommandLineArgs()[0]),
        };
    }
}
