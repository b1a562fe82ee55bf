using System.Text;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.Processes;
using ReleaseActions.Core.Runner;

namespace ReleaseActions.Core.Git;

/// <summary>
/// The repository of the run and its remote, through the git program. On a runner it is an <see cref="OwnRepository"/>, and the workspace's
/// <c>.git</c> is never read; on a laptop it is the checkout, with the user's own configuration and credentials.
/// </summary>
public sealed partial class GitRepository
{
    private static readonly TimeSpan LimitOfNetwork = TimeSpan.FromMinutes(15);

    private readonly CommandRunner _commands;
    private readonly RunnerContext _runner;
    private readonly Secret? _token;
    private readonly WorkspaceReader _files;
    private readonly Func<IReadOnlyDictionary<string, string>> _network;

    private OwnRepository? Own { get; init; }

    // Null is the workspace.
    private string? Folder { get; init; }

    private bool MayWrite { get; init; }

    /// <summary>Whether refs may be made in it at will: it goes away with the run.</summary>
    private bool IsApart { get; init; }

    private GitRepository(
        CommandRunner commands, RunnerContext runner, Secret? token, WorkspaceReader files,
        Func<IReadOnlyDictionary<string, string>> network) =>
        (_commands, _runner, _token, _files, _network) = (commands, runner, token, files, network);

    /// <summary>The repository of a run. What gathers facts has no other: it reads, and fetches.</summary>
    public static GitRepository Open(
        CommandRunner commands, RunnerContext runner, Secret? token, WorkspaceReader files,
        Func<IReadOnlyDictionary<string, string>> network) =>
        new(commands, runner, token, files, network)
        {
            Own = runner.IsRunner ? new OwnRepository("own", runner, token, files, network) : null, IsApart = runner.IsRunner,
        };

    /// <summary>The remote, as git's commands name it.</summary>
    internal string Remote => Own?.Remote ?? "origin";

    /// <summary>
    /// A repository in another folder, absolute, that belongs to whoever runs the program. It may be written; it gets no token.
    /// </summary>
    public GitRepository In(string other) => new(_commands, _runner, null, _files, _network) { Folder = other, MayWrite = true };

    // What reads, and what fills this repository's own store from the remote.
    private static readonly HashSet<string> Reading = new(StringComparer.Ordinal)
    {
        "cat-file", "diff", "diff-tree", "fetch", "for-each-ref", "log", "ls-remote", "ls-tree", "merge-base", "merge-tree", "rev-list",
        "rev-parse", "show", "status",
    };

    // Commands that read or write by their arguments, and --output, by which those that read write a file.
    private static bool IsReading(IReadOnlyList<string> arguments) =>
        !arguments.Any(a => a == "-o" || a.StartsWith("--output", StringComparison.Ordinal)) && arguments switch
        {
            ["config", ..] => arguments.Any(a => a is "--get" or "--get-all" or "--get-regexp" or "--list"),
            ["remote", "get-url", ..] => true,
            ["symbolic-ref", "--quiet", _] => true,
            ["hash-object", ..] => !arguments.Contains("-w"),
            _ => Reading.Contains(arguments[0]),
        };

    /// <summary>Runs git and returns what it said, whatever its exit code. Over a checkout only what reads is run.</summary>
    /// <param name="arguments">The command and its arguments.</param>
    /// <param name="cancellation">Stops git.</param>
    /// <param name="input">What git reads on standard input.</param>
    /// <param name="variables">Variables on top of the ones that guard git.</param>
    /// <param name="encoding">How bytes and text belong together; UTF-8 where null.</param>
    public Task<CommandResult> TryAsync(
        IReadOnlyList<string> arguments, CancellationToken cancellation, string? input = null,
        IReadOnlyDictionary<string, string>? variables = null, Encoding? encoding = null) =>
        (MayWrite || IsReading(arguments)) && arguments[0] != "push"
            ? StartAsync(arguments, cancellation, input, variables, encoding)
            : throw new InvalidOperationException(
                $"`git {arguments[0]}` changes the checkout or the remote: it needs a {nameof(GitWriter)}");

    internal Task<CommandResult> StartAsync(
        IReadOnlyList<string> arguments, CancellationToken cancellation, string? input = null,
        IReadOnlyDictionary<string, string>? variables = null, Encoding? encoding = null)
    {
        var isNetwork = arguments[0] is "ls-remote" or "fetch" or "push";
        var environment = Own is null ? UsersEnvironment([]) : isNetwork ? Own.NetworkEnvironment() : Own.Environment();
        foreach (var (name, value) in variables ?? new Dictionary<string, string>()) environment[name] = value;
        var options = new CommandOptions
        {
            Folder = Own?.Folder ?? Folder,
            Environment = environment,
            IsWholeEnvironment = true,
            StandardInput = input,
            Encoding = encoding,
        };
        if (isNetwork) options = options with { Timeout = LimitOfNetwork };
        return _commands.RunAsync("git", arguments, options, cancellation);
    }

    /// <summary>Runs git as <see cref="TryAsync"/> does; failure is an error with git's own reason (exit 4).</summary>
    public async Task<CommandResult> RunAsync(
        IReadOnlyList<string> arguments, CancellationToken cancellation, string? input = null,
        IReadOnlyDictionary<string, string>? variables = null, Encoding? encoding = null) =>
        GitFailure.Require(arguments, await TryAsync(arguments, cancellation, input, variables, encoding));
}
