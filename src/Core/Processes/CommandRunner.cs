using System.ComponentModel;
using System.Text;
using Medallion.Shell;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Processes;

/// <summary>Starts programs: always with a list of arguments, never through a shell, never with a secret in the arguments.</summary>
public sealed class CommandRunner(RunnerContext runner)
{
    private static readonly TimeSpan GraceToStop = TimeSpan.FromSeconds(2);

    /// <summary>Runs a program to its end and returns what it said, whatever its exit code.</summary>
    /// <param name="program">A name found on PATH, or an absolute path.</param>
    /// <param name="arguments">The arguments, each handed over as it is.</param>
    /// <param name="options">Folder, environment, standard input and time limit.</param>
    /// <param name="cancellation">Stops the program: SIGTERM, two seconds, SIGKILL.</param>
    /// <exception cref="ActionException">The program is not installed (exit 4), or took longer than its limit (exit 4).</exception>
    public async Task<CommandResult> RunAsync(
        string program, IReadOnlyList<string> arguments, CommandOptions? options, CancellationToken cancellation)
    {
        options ??= new CommandOptions();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(options.Timeout);
        using var command = Start(program, arguments, options);
        var output = Collect(command.StandardOutput, options.OnLine);
        var error = Collect(command.StandardError, options.OnLine);
        await FeedAsync(command, options.StandardInput);
        if (!await EndsAsync(command.Task, timeout.Token))
        {
            await StopAsync(command);
            cancellation.ThrowIfCancellationRequested();
            throw ActionException.Remote(
                $"'{program} {(arguments.Count > 0 ? arguments[0] : "")}' did not end within {options.Timeout.TotalSeconds:0} s", "Run it again; if it hangs again, run the command by hand to see why");
        }

        return new CommandResult(command.Result.ExitCode, await output, await error);
    }

    /// <summary>Whether a program is on PATH.</summary>
    public bool IsInstalled(string program) => Find(program) is not null;

    private Command Start(string program, IReadOnlyList<string> arguments, CommandOptions options)
    {
        try
        {
            return Command.Run(Locate(program), arguments, start =>
            {
                start.WorkingDirectory(options.Folder ?? runner.Workspace).ThrowOnError(false).DisposeOnExit(false).Encoding(options.Encoding ?? new UTF8Encoding(false));
                start.StartInfo(info =>
                {
                    info.Environment.Clear();
                    foreach (var (name, value) in runner.Variables.Where(v => !v.Key.StartsWith("INPUT_", StringComparison.Ordinal))) info.Environment[name] = value;
                    foreach (var (name, value) in options.Environment) info.Environment[name] = value;
                });
            });
        }
        catch (FileNotFoundException)
        {
            throw ActionException.Remote($"'{program}' could not be started", $"Install {program} and see that it is on PATH");
        }
        catch (Exception e) when ((e as Win32Exception ?? e.InnerException as Win32Exception) is not null)
        {
            var reason = e as Win32Exception ?? (Win32Exception)e.InnerException!;
            throw ActionException.Remote(
                $"'{program}' is there and could not be started: {PlainText.Inert(reason.Message)}", $"See that the file may be run, is made for this kind of machine, and that what it needs is installed ({PlainText.Inert(Find(program) ?? program)})");
        }
    }

    // By PATH alone. Left to itself, .NET looks into the current folder first, and in a container that is the checkout: a file
    // named `git` in a stranger's repository would run, with the token in its environment.
    private string Locate(string program)
    {
        if (Path.IsPathRooted(program)) return program;
        return Find(program) ?? throw new FileNotFoundException(program);
    }

    private string? Find(string program) => runner.Variables.GetValueOrDefault("PATH", "").Split(Path.PathSeparator)
        .Where(Path.IsPathRooted).Select(f => Path.Combine(f, program)).FirstOrDefault(File.Exists);

    private static async Task<bool> EndsAsync(Task task, CancellationToken cancellation)
    {
        var never = Task.Delay(System.Threading.Timeout.Infinite, cancellation);
        return await Task.WhenAny(task, never) == task;
    }

    private static async Task StopAsync(Command command)
    {
        // SIGTERM first, so that docker and git can take back what they began.
        await command.TrySignalAsync(CommandSignal.FromSystemValue(15));
        if (await Task.WhenAny(command.Task, Task.Delay(GraceToStop)) != command.Task) command.Kill();
    }

    private static async Task FeedAsync(Command command, string? text)
    {
        try
        {
            if (text is not null) await command.StandardInput.WriteAsync(text);
            command.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended without reading its input; its exit code tells what that means.
        }
    }

    private static async Task<string> Collect(TextReader reader, Action<string>? onLine)
    {
        if (onLine is null) return await reader.ReadToEndAsync();
        var text = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line)
        {
            text.Append(line).Append('\n');
            onLine(line);
        }

        return text.ToString();
    }
}
