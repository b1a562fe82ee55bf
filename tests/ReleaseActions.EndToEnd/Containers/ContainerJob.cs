using System.Diagnostics;
using System.Globalization;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Sandbox;

namespace ReleaseActions.EndToEnd.Containers;

/// <summary>
/// A job whose steps are containers, started from their <c>action.yml</c> as the runner starts them: over a checkout that belongs to the
/// runner's user (1001), with GitHub behind it in a sandbox. It goes away with the test.
/// </summary>
internal sealed class ContainerJob : IAsyncDisposable
{
    public const string Token = "ghs_t0ken-0f-the-j0b";
    private const string GitConfig = "[user]\n\tname = Runner\n";
    private readonly RunnerFolders _folders;
    private int _steps;

    private ContainerJob(Checkout checkout, SandboxServer gitHub)
    {
        (Checkout, GitHub) = (checkout, gitHub);
        _folders = new RunnerFolders(checkout.Root, checkout.Aside("home"), checkout.Aside("workflow"), checkout.Aside("file_commands"),
            checkout.Aside("temp"));
        File.WriteAllText(Path.Combine(_folders.Home, ".gitconfig"), GitConfig);
        File.WriteAllText(Path.Combine(_folders.Workflow, "event.json"), "{}");
    }

    public Checkout Checkout { get; }

    public SandboxServer GitHub { get; }

    /// <summary>A job over a checkout that <paramref name="prepare"/> writes and whose tag started the run.</summary>
    public static async Task<ContainerJob> OnTagAsync(string tag, Action<Checkout> prepare, bool servesOthers = false)
    {
        Machine.RequireImages();
        var checkout = new Checkout();
        prepare(checkout);
        checkout.Push();
        checkout.Tag(tag);
        var gitHub = await SandboxServer.StartAsync(
            new SandboxOptions { BareRepository = checkout.Origin, StateFolder = checkout.Aside("sandbox"), Token = Token });
        checkout.Git("config", "remote.origin.url", gitHub.GitUrl);
        return new ContainerJob(checkout, gitHub) { Tag = tag, Commit = checkout.Head, ServesOthers = servesOthers };
    }

    public required string Tag { get; init; }

    /// <summary>The commit of the run.</summary>
    public required string Commit { get; set; }

    /// <summary>The branch on which the run was started by hand; null where the tag started it.</summary>
    public string? Branch { get; set; }

    /// <summary>The folder of actions that steps use; null for this project's.</summary>
    public string? Actions { get; set; }

    /// <summary>Whether programs of others call the sandbox too, in ways that ours must not.</summary>
    public bool ServesOthers { get; init; }

    /// <summary>Everything that lies in HOME, RUNNER_TEMP and the container's /tmp but the <c>.gitconfig</c> that was there.</summary>
    public IReadOnlyList<string> LeftBehind =>
        [.. new[] { _folders.Home, _folders.Temporary,
        Checkout.Aside("tmp") }.SelectMany(f => Directory.GetFileSystemEntries(f, "*", SearchOption.AllDirectories))
        .Where(f => f != Path.Combine(_folders.Home, ".gitconfig"))];

    /// <summary>Whether HOME's <c>.gitconfig</c> is as it was.</summary>
    public bool GitConfigIsUntouched => File.ReadAllText(Path.Combine(_folders.Home, ".gitconfig")) == GitConfig;

    /// <summary>A file that a program in the container can write by <c>/github/runner_temp/NAME</c>.</summary>
    public bool HasTemporary(string name) => File.Exists(Path.Combine(_folders.Temporary, name));

    /// <summary>Gives the checkout to the runner's user; only root can, and then a container's root is another user.</summary>
    public void GiveCheckoutToRunner()
    {
        if (!Environment.IsPrivilegedProcess) Assert.Skip("Only root can give the checkout to another user");
        Process.Start("chown", ["-R", "1001:1001", Checkout.Root]).WaitForExit();
    }

    /// <summary>What in the checkout belongs to root, and could not be removed by the runner's user.</summary>
    public IReadOnlyList<string> FilesOfRoot()
    {
        using var find = Process.Start(new ProcessStartInfo("find", [Checkout.Root, "-user", "0"]) { RedirectStandardOutput = true })!;
        return find.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public async Task<ContainerRun> RunAsync(string action, params (string Name, string Value)[] inputs)
    {
        using var step = Start(action, inputs);
        return await step.EndAsync();
    }

    public RunningStep Start(string action, params (string Name, string Value)[] inputs)
    {
        var door = ActionDoor.Of(action, Actions);
        return Start(door, door.Entrypoint, inputs);
    }

    /// <summary>
    /// Starts a program of the machine in the place of an action's own; <c>/bin/true</c> shows what a container costs by itself.
    /// </summary>
    public RunningStep StartInstead(string program, string action)
    {
        var door = ActionDoor.Of(action, Actions);
        return Start(door, "/instead", [], ["-v", $"{program}:/instead:ro"]);
    }

    /// <summary>Starts an action without a container, through a program that takes another as its last argument.</summary>
    public RunningStep StartProgram(string action, IReadOnlyList<string> through, params (string Name, string Value)[] inputs)
    {
        var files = (Output: NewCommandFile("output"), Summary: NewCommandFile("summary"));
        string[] command = [.. through, Path.Combine(Machine.Programs, action)];
        var variables = Variables(ActionDoor.Of(action, Actions).Inputs, inputs, files);
        return new RunningStep(command[0], command[1..], variables, Checkout.Root, files);
    }

    /// <summary>Starts an action in its container through a program of the machine, which takes it as its last argument.</summary>
    public RunningStep StartThrough(
        string program, IReadOnlyList<string> options, string action, params (string Name, string Value)[] inputs)
    {
        var door = ActionDoor.Of(action, Actions);
        return Start(door, "/through", inputs, ["-v", $"{program}:/through:ro"], [.. options, door.Entrypoint]);
    }

    /// <summary>Starts a Node action on the machine, which is where the runner starts those.</summary>
    public RunningStep StartPeer(Peer peer, IReadOnlyList<string> through)
    {
        var files = (Output: NewCommandFile("output"), Summary: NewCommandFile("summary"));
        string[] command = [.. through, "node", peer.Main];
        return new RunningStep(command[0], command[1..], Variables(peer.Inputs, [], files), Checkout.Root, files);
    }

    /// <summary>The peak memory, in kilobytes of 1,024 bytes, of the largest process that a step is.</summary>
    /// <param name="start">Starts it through GNU time, which gets the options.</param>
    public async Task<double> PeakMemoryAsync(Func<string, string[], RunningStep> start)
    {
        const string Name = "memory";
        using var step = start("/usr/bin/time", ["--format", "%M", "--output", Name]);
        (await step.EndAsync()).ExitCode.Should().Be(0);
        var file = Path.Combine(Checkout.Root, Name);
        var kilobytes = double.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture);
        File.Delete(file);
        return kilobytes;
    }

    private RunningStep Start(
        ActionDoor door, string entrypoint, (string Name, string Value)[] inputs, string[]? options = null, string[]? arguments = null)
    {
        var files = (Output: NewCommandFile("output"), Summary: NewCommandFile("summary"));
        var variables = Variables(door.Inputs, inputs, files);
        var container = new ActionContainer(_folders, ActionContainer.SocketOf(Environment.GetEnvironmentVariable("DOCKER_HOST")));
        var run = container.Arguments(door.LocalImage, entrypoint, variables.Keys);
        // A folder of the machine in the place of the container's own /tmp, so that what is left there can be seen.
        return new RunningStep("docker",
            [run[0], "-v", $"{Checkout.Aside("tmp")}:/tmp", .. options ?? [], .. run.Skip(1), .. arguments ?? []],
            container.Inside(variables), Checkout.Root, files);
    }

    public async ValueTask DisposeAsync()
    {
        var violations = GitHub.Violations;
        await GitHub.DisposeAsync();
        Checkout.Dispose();
        if (!ServesOthers) violations.Should().BeEmpty();
    }

    private Dictionary<string, string> Variables(
        IReadOnlyDictionary<string, string> defaults, (string Name, string Value)[] inputs, (string Output, string Summary) files)
    {
        var variables = new Dictionary<string, string>
        {
            ["CI"] = "true",
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_WORKSPACE"] = _folders.Workspace,
            ["GITHUB_REPOSITORY"] = "acme/shop",
            ["GITHUB_REPOSITORY_OWNER"] = "acme",
            ["GITHUB_REF"] = Branch is null ? $"refs/tags/{Tag}" : $"refs/heads/{Branch}",
            ["GITHUB_REF_NAME"] = Branch ?? Tag,
            ["GITHUB_REF_TYPE"] = Branch is null ? "tag" : "branch",
            ["GITHUB_SHA"] = Commit,
            ["GITHUB_EVENT_NAME"] = Branch is null ? "push" : "workflow_dispatch",
            ["GITHUB_EVENT_PATH"] = Path.Combine(_folders.Workflow, "event.json"),
            ["GITHUB_API_URL"] = GitHub.ApiUrl,
            ["GITHUB_SERVER_URL"] = GitHub.ServerUrl,
            ["GITHUB_OUTPUT"] = files.Output,
            ["GITHUB_STEP_SUMMARY"] = files.Summary,
            ["RUNNER_OS"] = "Linux",
            ["RUNNER_TEMP"] = _folders.Temporary,
            ["HOME"] = _folders.Home,
        };
        foreach (var (name, value) in defaults) variables[$"INPUT_{name.ToUpperInvariant()}"] = value.Replace(
            "${{ github.token }}", Token, StringComparison.Ordinal);
        foreach (var (name, value) in inputs) variables[$"INPUT_{name.ToUpperInvariant()}"] = value;
        return variables;
    }

    private string NewCommandFile(string name)
    {
        var path = Path.Combine(_folders.FileCommands, $"{name}_{Interlocked.Increment(ref _steps)}");
        File.WriteAllText(path, "");
        return path;
    }
}
