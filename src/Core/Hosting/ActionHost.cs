using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Hosting;

/// <summary>
/// Runs an action: reads its inputs, takes it through its steps, writes outputs and summary, and turns failures into exit codes.
/// </summary>
public static class ActionHost
{
    private const int MostCharactersOfAText = 100;

    /// <summary>The whole of a program's <c>Main</c>: the process's environment, standard output and signals.</summary>
    public static async Task<int> RunAsync(ReleaseAction action, string[] arguments)
    {
        using var stop = new CancellationTokenSource();
        void Stop(PosixSignalContext signal)
        {
            // Cancelled by us in order, not killed by the signal: the action stops where a rerun can continue.
            signal.Cancel = true;
            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return (int)await RunAsync(action, arguments, HostEnvironment.FromProcess(), stop.Token);
    }

    /// <summary>The same over any environment: what tests call.</summary>
    /// <param name="action">The action.</param>
    /// <param name="arguments">Flags such as <c>--dry-run</c>; each one overrides the <c>INPUT_*</c> variable of its name.</param>
    /// <param name="environment">Environment, output and clock.</param>
    /// <param name="cancellation">Stops the action (exit 130).</param>
    public static async Task<ExitCode> RunAsync(
        ReleaseAction action, string[] arguments, HostEnvironment environment, CancellationToken cancellation)
    {
        var flags = CommandLine.Parse(action, arguments, environment.Output);
        if (flags.ExitCode is { } ended) return ended;

        string? Lookup(string name) => flags.Value(name) ?? environment.Variables.GetValueOrDefault(VariableOf(name));
        var declared = Manual.Of(action).Inputs.Select(i => i.Name).ToHashSet(StringComparer.Ordinal);
        Clients? clients = null;
        var inputs = new Inputs(Lookup, new RunnerContext(environment.Variables), secret => clients?.Log.Hide(secret));
        string? Given(string name) => declared.Contains(name) && Lookup(name)?.Trim() is { Length: > 0 } value ? value : null;
        var standard = new StandardInputs(inputs, action, Given);
        inputs.IsDryRun = standard.DryRun;
        using (clients = new Clients(environment, standard))
        {
            foreach (var secret in inputs.Secrets) clients.Log.Hide(secret);
            var outputs = new Outputs();
            var session = new ActionSession(clients, inputs, outputs, standard);
            var exitCode = await RunAsync(action, session, clients, cancellation);
            return Finish(clients, outputs, exitCode);
        }
    }

    /// <summary>The variable that the runner puts an input into: upper case, spaces as underscores, hyphens kept.</summary>
    public static string VariableOf(string input) => $"INPUT_{input.ToUpperInvariant().Replace(' ', '_')}";

    private static async Task<ExitCode> RunAsync(
        ReleaseAction action, ActionSession session, Clients clients, CancellationToken cancellation)
    {
        try
        {
            await action.RunAsync(session, cancellation);
            return ExitCode.Done;
        }
        catch (ActionException e)
        {
            foreach (var finding in e.Findings) clients.Log.Error(finding);
            return e.ExitCode;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            clients.Log.Error(new Finding("Cancelled", "Run it again: it continues from what is there"));
            return ExitCode.Cancelled;
        }
        catch (RegexMatchTimeoutException e)
        {
            var text = PlainText.Inert(PlainText.Cut(e.Input, MostCharactersOfAText));
            clients.Log.Error(new Finding($"A text takes too long to search: '{text}'", "Shorten it; no person wrote all of it"));
            return ExitCode.BadInput;
        }
#pragma warning disable CA1031 // The last line of defence: whatever was not foreseen is exit code 1 with its stack trace, not a crash dump.
        catch (Exception e)
#pragma warning restore CA1031
        {
            var message = $"A defect in the action: {e.GetType().Name}: {e.Message}";
            clients.Log.Error(new Finding(message, "Please report it with the stack trace below"));
            using (clients.Log.Group("Stack trace")) clients.Log.Line(e.ToString());
            return ExitCode.Defect;
        }
    }

    private static ExitCode Finish(Clients clients, Outputs outputs, ExitCode exitCode)
    {
        try
        {
            CommandFiles.Write(clients.Runner, clients.Log, outputs, clients.Summary);
            return exitCode;
        }
        catch (ActionException e)
        {
            foreach (var finding in e.Findings) clients.Log.Error(finding);
            return exitCode == ExitCode.Done ? e.ExitCode : exitCode;
        }
    }
}
