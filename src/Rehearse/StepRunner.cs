using System.Diagnostics;
using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Processes;
using ReleaseActions.Sandbox;
using ReleaseActions.Sandbox.Runner;

namespace ReleaseActions.Rehearse;

/// <summary>What a step left behind.</summary>
/// <param name="Step">The step.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Outputs">Its outputs, as the runner reads them.</param>
/// <param name="Summary">Its job summary, in Markdown.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record StepResult(
    RehearsalStep Step, ExitCode ExitCode, IReadOnlyDictionary<string, string> Outputs, string Summary, double Seconds)
{
    /// <summary>What it changed, such as <c>+ release v1.0.0</c>; empty where it changed nothing.</summary>
    public string Changed { get; init; } = "";

    /// <summary>How it ended, in a few words.</summary>
    public string Outcome => Step.Skipped is { } why ? $"skipped: {why}"
        : ExitCode != ExitCode.Done ? "failed"
        : Changed.Length > 0 ? Changed
        : "nothing to do";
}

/// <summary>
/// Starts a program of the suite as a runner starts an action: with the environment, the command files, the event payload, one HOME and
/// one temporary folder for all steps, and the outputs of earlier steps.
/// </summary>
internal sealed class StepRunner(RehearsePlan plan, Stage stage, SandboxServer sandbox, Writers writers, string? assembly)
{
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _outputs = [];
    private IReadOnlyDictionary<string, string> _variables = new Dictionary<string, string>();
    private (string Pem, string Password)? _signingKey;

    /// <summary>The registry and path that images go to.</summary>
    public string Registry => plan.Request.Registry ?? $"{sandbox.Registry}/{plan.Facts.Name.Split('/')[0].ToLowerInvariant()}";

    /// <summary>Makes what all steps of the job share.</summary>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        _outputs["sandbox"] = new Dictionary<string, string> { ["registry"] = Registry };
        _variables = stage.Variables(plan.Facts, sandbox.ApiUrl);
        _signingKey = await stage.SigningKeyAsync(cancellation);
        if (_signingKey is null) writers.Log.Line("cosign is not there: the files are not signed");
    }

    /// <summary>Runs one step to its end, and hands each line of its log to <paramref name="onLine"/>.</summary>
    public async Task<StepResult> RunAsync(RehearsalStep step, Action<string> onLine, CancellationToken cancellation)
    {
        var files = stage.CommandFilesOf(step.Action);
        var environment = new Dictionary<string, string>(_variables)
        {
            ["GITHUB_OUTPUT"] = files.Output,
            ["GITHUB_STEP_SUMMARY"] = files.Summary,
            ["GITHUB_ENV"] = files.Environment,
            ["GITHUB_PATH"] = files.Path,
            ["GITHUB_ACTION"] = step.Action,
        };
        environment[ActionHost.VariableOf("policy-file")] = writers.Readers.PolicyFile;
        foreach (var (name, value) in step.Inputs) environment[ActionHost.VariableOf(name)] = FillIn(value);
        foreach (var (name, value) in SecretsOf(step)) environment[ActionHost.VariableOf(name)] = value;

        var watch = Stopwatch.StartNew();
        var exitCode = (ExitCode)(await StartAsync(step.Action, environment, onLine, cancellation)).ExitCode;
        var (outputs, seconds) = (RunnerModel.ReadOutputs(stage.TextOf(files.Output)), watch.Elapsed.TotalSeconds);
        _outputs[step.Action] = outputs;
        return new StepResult(step, exitCode, outputs, stage.TextOf(files.Summary), seconds);
    }

    /// <summary>The image that an action runs in; <c>actions/Dockerfile</c> has a target for each tool.</summary>
    /// <param name="action">The action's name.</param>
    /// <param name="image">The image without tools, with its tag, such as <c>ghcr.io/org/release-actions:main</c>.</param>
    public static string ImageOf(string action, string image) => action switch
    {
        "image-build-push" => $"{image}-docker",
        "sbom-checksum" => $"{image}-cosign",
        _ => image,
    };

    private Task<CommandResult> StartAsync(
        string action, IReadOnlyDictionary<string, string> environment, Action<string> onLine, CancellationToken cancellation)
    {
        var limit = TimeSpan.FromHours(1);
        var options = new CommandOptions { Folder = stage.Work, Environment = environment, OnLine = onLine, Timeout = limit };
        if (plan.Request.ActionImages is not { } images)
        {
            options = options with { Environment = new Dictionary<string, string>(environment) { ["PATH"] = ProgramFolders() } };
            var (program, arguments) = ProgramOf(action);
            return writers.Programs.RunAsync(program, arguments, options, cancellation);
        }

        var socket = ActionContainer.SocketOf(writers.Readers.Runner.DockerHost);
        var container = new ActionContainer(stage.RunnerFolders, socket);
        var words = container.Arguments(ImageOf(action, images), $"/release-actions/{action}", environment.Keys);
        return writers.Programs.RunAsync("docker", words, options with { Environment = container.Inside(environment) }, cancellation);
    }

    private (string Program, IReadOnlyList<string> Arguments) ProgramOf(string action) =>
        plan.Request.Programs is null && assembly is not null
            ? ("dotnet", [assembly, action])
            : (Path.Combine(plan.Request.Programs ?? Path.Combine(AppContext.BaseDirectory, "programs"), action), []);

    // On a runner buildx is where the system has it. On a laptop it is often in the user's own folder, which a step does not read.
    private string ProgramFolders()
    {
        var variables = writers.Readers.Runner.Variables;
        var docker = variables.GetValueOrDefault("DOCKER_CONFIG") is { Length: > 0 } set
            ? set : Path.Combine(variables.GetValueOrDefault("HOME") ?? "/", ".docker");
        return $"{variables.GetValueOrDefault("PATH")}{Path.PathSeparator}{Path.Combine(docker, "cli-plugins")}";
    }

    // What a workflow would fill in from its secrets; worth something in the sandbox alone.
    private IEnumerable<(string Input, string Value)> SecretsOf(RehearsalStep step)
    {
        yield return ("token", Stage.Token);
        if (step.Action == "version-validate") yield return ("team-token", stage.SandboxOf(plan.Facts).OrganizationToken);
        // The sandbox's registry takes the job's token, as GitHub's does; a real one gets no password.
        if (step.Inputs.ContainsKey("registry") && plan.Request.Registry is null) yield return ("password", Stage.Token);
        if (step.Action != "sbom-checksum" || _signingKey is not { } key) yield break;
        yield return ("cosign-key", key.Pem);
        yield return ("cosign-password", key.Password);
    }

    // `${{ step.output }}`, alone: all that the plan writes. An output that is not there is empty, as in a workflow.
    private string FillIn(string value)
    {
        if (!value.StartsWith("${{ ", StringComparison.Ordinal)) return value;
        var words = value[4..^3].Split('.');
        return _outputs.TryGetValue(words[0], out var outputs) ? outputs.GetValueOrDefault(words[1], "") : "";
    }
}
