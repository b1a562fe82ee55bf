using System.Text.RegularExpressions;
using ReleaseActions.Core;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Runner;

namespace ReleaseActions.Tests.Support;

/// <summary>Runs an action in this process as a runner would: environment, command files, and what came of it.</summary>
public sealed class Rig(Checkout checkout)
{
    private const string GitHub = "https://github.com";

    private readonly string _server = GitServer.Serve(checkout.Origin);
    private readonly Dictionary<string, string> _variables = new()
    {
        ["PATH"] = Programs.Path,
        ["HOME"] = checkout.Aside("home"),
        ["GITHUB_ACTIONS"] = "true",
        ["GITHUB_WORKSPACE"] = checkout.Root,
        ["GITHUB_REPOSITORY"] = "acme/shop",
        ["GITHUB_SERVER_URL"] = GitServer.Serve(checkout.Origin),
        ["GITHUB_EVENT_NAME"] = "workflow_dispatch",
        ["RUNNER_TEMP"] = checkout.Aside("temp"),
    };

    /// <summary>What HTTP goes through; the machine's network where null.</summary>
    /// <remarks>Where a test gives no address of GitHub, the default branch has no policy.</remarks>
    public HttpMessageHandler? Transport { get; init; }

    /// <summary>What waits are measured by.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The file that outputs are appended to; a new one where null.</summary>
    public string? OutputFile { get; init; }

    /// <summary>The file that the job summary is appended to; a new one where null.</summary>
    public string? SummaryFile { get; init; }

    /// <summary>Stops the run, as a signal would.</summary>
    public CancellationToken Cancellation { get; init; } = TestContext.Current.CancellationToken;

    /// <summary>Sets a variable of the environment.</summary>
    public Rig With(string name, string value)
    {
        _variables[name] = value;
        return this;
    }

    /// <summary>Sets an input, in the variable that the runner uses for it.</summary>
    public Rig Input(string name, string value) => With($"INPUT_{name.ToUpperInvariant()}", value);

    /// <summary>The run was started by this event, whose file has this text.</summary>
    public Rig OnEvent(string name, string payload)
    {
        var file = Path.Combine(checkout.Aside("events"), $"{Guid.NewGuid():n}.json");
        File.WriteAllText(file, payload);
        return With("GITHUB_EVENT_NAME", name).With("GITHUB_EVENT_PATH", file);
    }

    /// <summary>The run was started by pushing this tag at the checkout's HEAD.</summary>
    public Rig OnTag(string tag) =>
        With("GITHUB_REF", $"refs/tags/{tag}").With("GITHUB_SHA", checkout.Head).With("GITHUB_EVENT_NAME", "push");

    /// <summary>The run was started manually on a branch.</summary>
    public Rig OnBranch(string branch) => With("GITHUB_REF", $"refs/heads/{branch}").With("GITHUB_SHA", checkout.Head)
        .With("GITHUB_EVENT_NAME", "workflow_dispatch");

    /// <summary>The run is on a laptop, in the checkout.</summary>
    public Rig OnLaptop()
    {
        _variables.Remove("GITHUB_ACTIONS");
        return this;
    }

    public async Task<RunResult> RunAsync(ReleaseAction action, params string[] flags)
    {
        var id = Guid.NewGuid().ToString("n");
        var folder = checkout.Aside("files");
        var (outputFile, summaryFile) = (Path.Combine(folder, $"{id}.output"), Path.Combine(folder, $"{id}.md"));
        With("GITHUB_OUTPUT", OutputFile ?? outputFile).With("GITHUB_STEP_SUMMARY", SummaryFile ?? summaryFile);
        if (_variables.ContainsKey("GITHUB_ACTIONS") && !_variables.ContainsKey("GITHUB_SHA")) With("GITHUB_SHA", checkout.Head);
        using var log = new StringWriter();
        var transport = _variables.ContainsKey("GITHUB_API_URL") ? Transport : new WithoutPolicy(Transport);
        var exitCode = await ActionHost.RunAsync(action, flags, new HostEnvironment(_variables, log, Clock, transport), Cancellation);
        var outputs = RunnerModel.ReadOutputs(TextOf(_variables["GITHUB_OUTPUT"])).ToDictionary(o => o.Key, o => Named(o.Value));
        return new RunResult(exitCode, Named(log.ToString()), outputs, Named(TextOf(_variables["GITHUB_STEP_SUMMARY"])));
    }

    // By the name of the server that the tests' own stands for.
    private string Named(string text) => text.Replace(_server, GitHub, StringComparison.Ordinal);

    // What a test puts in the place of a file may be none.
    private static string TextOf(string file) =>
        FileKind.IsRegular(file) && new FileInfo(file).LinkTarget is null ? File.ReadAllText(file) : "";
}

/// <summary>What a run left behind.</summary>
public sealed partial record RunResult(ExitCode ExitCode, string Log, IReadOnlyDictionary<string, string> Outputs, string Summary)
{
    /// <summary>The errors that a reader of the run's page sees.</summary>
    public IReadOnlyList<string> Errors => [
        .. RunnerModel.ReadCommands(Log).Where(c => c.Name == "error").Select(c => c.Message),
        .. Log.Split('\n').Select(l => OnLaptop().Match(l)).Where(m => m.Success).Select(m => m.Groups["message"].Value),
    ];

    // A place comes first where there is one, as `package.json:3`.
    [GeneratedRegex(@"^error: (\S+: )?(?<message>.*?)\r?$")]
    private static partial Regex OnLaptop();
}
