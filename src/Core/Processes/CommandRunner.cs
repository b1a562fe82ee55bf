using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using CliWrap;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Processes;

/// <summary>
/// Starts programs without a shell. Whatever a program does (never reads its input, ignores SIGTERM, prints without end, leaves children
/// that hold its pipes), it ends within its time limit and in bounded memory. On a runner its environment is built from nothing: a few
/// variables and what the caller adds, so that none that an earlier step left has an effect. On a laptop the user's own applies.
/// </summary>
/// <param name="runner">What the runner said about this run.</param>
/// <param name="privateFolder">On a runner, the home and the temporary folder of each program.</param>
/// <param name="secrets">What may not be in arguments, which all processes can read, nor in input that is not said to be secret.</param>
/// <param name="network">The variables for the network that the step states; none where null.</param>
public sealed class CommandRunner(
    RunnerContext runner, Func<string> privateFolder, KnownSecrets secrets, Func<IReadOnlyDictionary<string, string>>? network = null)
{
    private const int Terminate = 15;
    private static readonly TimeSpan GraceToStop = TimeSpan.FromSeconds(2);

    /// <summary>Runs a program to its end and returns what it printed, whatever its exit code.</summary>
    /// <param name="program">A name found on PATH, or an absolute path.</param>
    /// <param name="arguments">The arguments, each passed unchanged.</param>
    /// <param name="options">Folder, environment, standard input and limits.</param>
    /// <param name="cancellation">Stops the program: SIGTERM, two seconds, SIGKILL for it and its children.</param>
    /// <exception cref="ActionException">
    /// There is a secret in the arguments or the input (exit 3); or the program is not installed, took longer than its limit, or printed
    /// more than its limit (exit 4).
    /// </exception>
    public async Task<CommandResult> RunAsync(
        string program, IReadOnlyList<string> arguments, CommandOptions? options, CancellationToken cancellation)
    {
        options ??= new CommandOptions();
        var text = string.Join('\n', options.InputIsSecret ? arguments : arguments.Append(options.StandardInput ?? ""));
        secrets.Refuse(text, $"What '{Path.GetFileName(program)} {(arguments.Count > 0 ? arguments[0] : "")}' gets");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.Timeout);
        var output = new CappedOutput(options, limit);
        var error = new CappedOutput(options, limit);
        var exitCode = await ExecuteAsync(CommandOf(program, arguments, options, output, error), limit.Token);
        if (exitCode is { } code && !output.IsOverLimit && !error.IsOverLimit)
            return new CommandResult(code, output.ToText(), error.ToText());
        cancellation.ThrowIfCancellationRequested();
        var name = $"'{program} {(arguments.Count > 0 ? arguments[0] : "")}'";
        throw output.IsOverLimit || error.IsOverLimit
            ? ActionException.Remote(
            $"{name} printed more than {options.MostOutput / (1024 * 1024)} MiB and was stopped",
            "Run the command manually to see what it prints")
            : ActionException.Remote(
                $"{name} did not end within {options.Timeout.TotalSeconds:0} s",
                "Run it again; if it hangs again, run the command manually to see why");
    }

    /// <summary>Whether a program is on PATH.</summary>
    public bool IsInstalled(string program) => Find(program) is not null;

    /// <summary>The absolute path of a program on PATH, or null; on a runner, never one that an earlier step can have put there.</summary>
    public string? Find(string program) => runner.ProgramFolders.Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(path => File.Exists(path) && !runner.IsInReachOfSteps(path));

    private Command CommandOf(
        string program, IReadOnlyList<string> arguments, CommandOptions options, CappedOutput output, CappedOutput error)
    {
        var command = Cli.Wrap(Locate(program)).WithArguments(arguments).WithValidation(CommandResultValidation.None)
            .WithWorkingDirectory(options.Folder ?? runner.Workspace).WithEnvironmentVariables(EnvironmentOf(options))
            .WithStandardOutputPipe(PipeTarget.Create(output.ReadAsync)).WithStandardErrorPipe(PipeTarget.Create(error.ReadAsync));
        return options.StandardInput is { } text
            ? command.WithStandardInputPipe(PipeSource.FromBytes((options.Encoding ?? new UTF8Encoding(false)).GetBytes(text)))
            : command;
    }

    /// <summary>Runs a command until it ends or a limit stops it.</summary>
    /// <returns>Its exit code; null where it was stopped.</returns>
    private static async Task<int?> ExecuteAsync(Command command, CancellationToken limit)
    {
        using var kill = new CancellationTokenSource();
        try
        {
            var running = command.ExecuteAsync(kill.Token);
            var limited = Task.Delay(Timeout.Infinite, limit);
            if (await Task.WhenAny(running.Task, limited) == running.Task) return (await running).ExitCode;
            // SIGTERM first, so that docker and git can undo what they began; then SIGKILL, and the pipes are abandoned.
            if (!OperatingSystem.IsWindows()) _ = Signal(running.ProcessId, Terminate);
            if (await Task.WhenAny(running.Task, Task.Delay(GraceToStop, CancellationToken.None)) != running.Task) await kill.CancelAsync();
            await ((Task)running.Task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return null;
        }
        catch (Win32Exception e)
        {
            var path = command.TargetFilePath;
            throw ActionException.Remote(
                $"'{Path.GetFileName(path)}' is there but could not be started: {PlainText.Inert(e.InnerException?.Message ?? e.Message)}",
                $"Check that the file is executable, is made for this kind of machine, and that what it needs is installed "
                + $"({PlainText.Inert(path)})");
        }
    }

    // What this program was started with is removed unless it is passed on.
    private Dictionary<string, string?> EnvironmentOf(CommandOptions options)
    {
        var environment = Environment.GetEnvironmentVariables().Keys.Cast<string>().ToDictionary(name => name, _ => (string?)null);
        IEnumerable<KeyValuePair<string, string>> given = options.IsWholeEnvironment ? [] : runner.IsRunner ? Minimal() : Users();
        foreach (var (name, value) in given) environment[name] = value;
        if (!options.IsWholeEnvironment)
            foreach (var (name, value) in network?.Invoke() ?? new Dictionary<string, string>()) environment[name] = value;
        foreach (var (name, value) in options.Environment) environment[name] = value;
        return environment;
    }

    private IEnumerable<KeyValuePair<string, string>> Users() =>
        runner.Variables.Where(v => !v.Key.StartsWith("INPUT_", StringComparison.Ordinal));

    private Dictionary<string, string> Minimal() => new()
    {
        ["PATH"] = string.Join(Path.PathSeparator, runner.ProgramFolders),
        ["HOME"] = privateFolder(),
        ["TMPDIR"] = privateFolder(),
        ["LC_ALL"] = "C.UTF-8",
    };

    // By PATH alone. Left to itself, .NET looks into the current folder first, and in a container that is the checkout: a file
    // named `git` in a stranger's repository would run, with the token in its environment.
    private string Locate(string program)
    {
        if (Path.IsPathRooted(program)) return program;
        return Find(program) ?? throw ActionException.Remote(
            $"'{program}' could not be started", $"Install {program} and check that it is on PATH");
    }

    [DllImport("libc", EntryPoint = "kill", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
