using System.Text.RegularExpressions;
using ReleaseActions.Core;

namespace ReleaseActions.Tests.Support;

/// <summary>Plays the suite's own steps of a workflow file in their order, with the inputs that it gives them and the outputs of the steps before. What other programs do is the test's to arrange.</summary>
public sealed class WorkflowPlay(string file, Func<Rig> rig)
{
    private static readonly Regex Expression = new(@"\$\{\{ (?<words>.+?) \}\}", RegexOptions.ExplicitCapture);

    private readonly House.WorkflowText _workflow = House.WorkflowText.OfFile(file);

    /// <summary>The action after which the play ends; null for all of them.</summary>
    public string? Until { get; init; }

    /// <summary>Runs the steps; a step that fails ends it, as on a runner.</summary>
    /// <param name="values">What expressions such as <c>inputs.version</c> stand for; others that no step answers are empty.</param>
    /// <returns>The runs by the action's name.</returns>
    public async Task<IReadOnlyDictionary<string, RunResult>> RunAsync(params (string Name, string Value)[] values)
    {
        var (known, runs) = (values.ToDictionary(v => v.Name, v => v.Value), new Dictionary<string, RunResult>());
        foreach (var step in _workflow.Steps.Where(s => s.OwnAction is not null))
        {
            string Filled(string text) => Expression.Replace(text, m => known.GetValueOrDefault(m.Groups["words"].Value, ""));
            var run = await step.With.Aggregate(rig(), (r, input) => r.Input(input.Key, Filled(input.Value))).RunAsync(AllActions.Named(step.OwnAction!));
            runs.Add(step.OwnAction!, run);
            if (run.ExitCode != ExitCode.Done || step.OwnAction == Until) break;
            foreach (var (name, value) in run.Outputs) known[$"steps.{step.Id}.outputs.{name}"] = value;
        }

        return runs;
    }
}
