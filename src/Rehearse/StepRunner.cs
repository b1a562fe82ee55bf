using System.Diagnostics;
using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Processes;
using ReleaseActions.Sandbox.Runner;

namespace ReleaseActions.Rehearse;

/// <summary>What a step left behind.</summary>
/// <param name="Step">The step.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Outputs">Its outputs, as the runner reads them.</param>
/// <param name="Summary">Its job summary, in Markdown.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record StepResult(RehearsalStep Step, ExitCode ExitCode, IReadOnlyDictionary<string, string> Outputs, string Summary, double Seconds);

/// <summary>
/// Starts a program of the suite as a runner starts an action: the environment, the command files, the event payload, one HOME and
/// one temporary folder for all steps, and the outputs of earlier steps handed on.
/// </summary>
/// <param name="world">The world of the rehearsal.</param>
/// <param name="stage">The copy of the repository and the folders around it.</param>
/// <param name="variables">What the runner sets for every step of the job.</param>
/// <param name="programs">The folder with the programs.</param>
/// <param name="images">The image to run them in, with its tag; null to start the programs themselves.</param>
/// <param name="secrets">The job's secrets.</param>
internal sealed class StepRunner(World world, Stage stage, IReadOnlyDictionary<string, string> variables, string programs, string? images, JobSecrets secrets)
{
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _outputs = [];

    public async Task<StepResult> RunAsync(RehearsalStep step, Action<string> onLine, CancellationToken cancellation)
    {
        var files = stage.CommandFilesOf(step.Action);
        var environment = new Dictionary<string, string>(variables)
        {
            ["GITHUB_OUTPUT"] = files.Output,
            ["GITHUB_STEP_SUMMARY"] = files.Summary,
            ["GITHUB_ENV"] = files.Environment,
            ["GITHUB_PATH"] = files.Path,
            ["GITHUB_ACTION"] = step.Action,
        };
        environment[ActionHost.VariableOf("policy-file")] = world.PolicyFile;
        foreach (var (name, value) in step.Inputs) environment[ActionHost.VariableOf(name)] = FillIn(value);
        foreach (var (name, value) in secrets.Of(step)) environment[ActionHost.VariableOf(name)] = value;

        var watch = Stopwatch.StartNew();
        var result = await StartAsync(step.Action, environment, onLine, cancellation);
        _outputs[step.Action] = RunnerModel.ReadOutputs(stage.TextOf(files.Output));
        return new StepResult(step, (ExitCode)result.ExitCode, _outputs[step.Action], stage.TextOf(files.Summary), watch.Elapsed.TotalSeconds);
    }

    private Task<CommandResult> StartAsync(string action, IReadOnlyDictionary<string, string> environment, Action<string> onLine, CancellationToken cancellation)
    {
        var options = new CommandOptions { Folder = stage.Work, Environment = environment, OnLine = onLine, Timeout = TimeSpan.FromHours(1) };
        if (images is null) return world.Commands.RunAsync(Path.Combine(programs, action), [], options, cancellation);
        var container = new ActionContainer(stage.RunnerFolders, ActionContainer.SocketOf(world.Runner.Variables.GetValueOrDefault("DOCKER_HOST")));
        var arguments = container.Arguments(ActionImage.Of(action, images), $"/release-actions/{action}", environment.Keys);
        return world.Commands.RunAsync("docker", arguments, options with { Environment = container.Inside(environment) }, cancellation);
    }

    // `${{ step.output }}`, alone: all that the plan writes. An output that is not there is empty, as in a workflow.
    private string FillIn(string value)
    {
        if (!value.StartsWith("${{ ", StringComparison.Ordinal)) return value;
        var words = value[4..^3].Split('.');
        return _outputs.TryGetValue(words[0], out var outputs) ? outputs.GetValueOrDefault(words[1], "") : "";
    }
}
