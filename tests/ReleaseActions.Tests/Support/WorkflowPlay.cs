using System.Text.RegularExpressions;
using ReleaseActions.Core;

namespace ReleaseActions.Tests.Support;

/// <summary>
/// Plays the steps of a workflow file that use the suite's actions, in order, with the file's inputs and the outputs of earlier steps.
/// The test stands in for all other steps.
/// </summary>
public sealed class WorkflowPlay(string file, Func<Rig> rig)
{
    private static readonly Regex Expression = new(@"\$\{\{ (?<words>.+?) \}\}", RegexOptions.ExplicitCapture);

    private readonly House.WorkflowText _workflow = House.WorkflowText.OfFile(file);

    /// <summary>The action after which the play ends; null for all of them.</summary>
    public string? Until { get; init; }

    /// <summary>Runs the steps; a step that fails ends it, as on a runner.</summary>
    /// <param name="values">The values of expressions such as <c>inputs.version</c>; an expression without a value is empty.</param>
    /// <returns>The runs by the action's name; the last one where several jobs use it.</returns>
    public async Task<IReadOnlyDictionary<string, RunResult>> RunAsync(params (string Name, string Value)[] values)
    {
        var (known, runs) = (values.ToDictionary(v => v.Name, v => v.Value), new Dictionary<string, RunResult>());
        foreach (var step in _workflow.Steps.Where(s => s.OwnAction is not null))
        {
            string Filled(string text) => Expression.Replace(text, m => known.GetValueOrDefault(m.Groups["words"].Value, ""));
            var prepared = step.With.Aggregate(rig(), (r, input) => r.Input(input.Key, Filled(input.Value)));
            var run = await prepared.RunAsync(AllActions.Named(step.OwnAction!));
            runs[step.OwnAction!] = run;
            if (run.ExitCode != ExitCode.Done || step.OwnAction == Until) break;
            foreach (var (name, value) in run.Outputs) known[$"steps.{step.Id}.outputs.{name}"] = value;
        }

        return runs;
    }
}
