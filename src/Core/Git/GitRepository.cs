using System.Text;
using ReleaseActions.Core.Processes;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Git;

/// <summary>
/// The repository in the workspace (or in <c>folder</c>) and its remote <c>origin</c>, through the git program.
/// A stranger's <c>.git/config</c> can name programs to run; every call here switches that off.
/// </summary>
public sealed partial class GitRepository(
    CommandRunner commands, RunnerContext runner, Secret? token, string? folder = null, bool mayWrite = true, bool mayPush = true)
{
    // Settings of the repository that start programs, and the ways in which git would ask a person.
    private static readonly (string Key, string Value)[] Hardening =
    [
        ("core.fsmonitor", "false"), ("core.hooksPath", "/dev/null"), ("core.sshCommand", "ssh"), ("core.askPass", ""),
        ("core.editor", "true"), ("core.pager", "cat"), ("credential.helper", ""), ("diff.external", ""), ("protocol.ext.allow", "never"),
        ("gc.auto", "0"),
        ("maintenance.auto", "false"), ("core.alternateRefsCommand", "true"), ("advice.detachedHead", "false"), ("tag.gpgSign", "false"),
        ("commit.gpgSign", "false"), ("push.gpgSign", "false"),
        ("log.showSignature", "false"), ("submodule.recurse", "false"),
    ];

    private IReadOnlyDictionary<string, string>? _environment;

    /// <summary>
    /// The same for the repository in another folder, absolute. What is there may be written; what gathers facts cannot push it.
    /// </summary>
    public GitRepository In(string other) => new(commands, runner, token, other, mayPush: mayPush && mayWrite);

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
        (mayWrite || IsReading(arguments)) && (mayPush || arguments[0] != "push")
            ? StartAsync(arguments, cancellation, input, variables, encoding)
            : throw new InvalidOperationException(
                $"`git {arguments[0]}` changes the checkout or the remote: it needs a {nameof(GitWriter)}");

    internal Task<CommandResult> StartAsync(
        IReadOnlyList<string> arguments, CancellationToken cancellation, string? input = null,
        IReadOnlyDictionary<string, string>? variables = null, Encoding? encoding = null)
    {
        var environment = new Dictionary<string, string>(_environment ??= Environment([]));
        foreach (var (name, value) in variables ?? new Dictionary<string, string>()) environment[name] = value;
        return commands.RunAsync(
            "git", Guarded(arguments),
            new CommandOptions { Folder = folder, Environment = environment, StandardInput = input, Encoding = encoding }, cancellation);
    }

    /// <summary>Runs git as <see cref="TryAsync"/> does; failure is an error with git's own reason (exit 4).</summary>
    public async Task<CommandResult> RunAsync(
        IReadOnlyList<string> arguments, CancellationToken cancellation, string? input = null,
        IReadOnlyDictionary<string, string>? variables = null, Encoding? encoding = null)
    {
        return Require(arguments, await TryAsync(arguments, cancellation, input, variables, encoding));
    }

    internal static CommandResult Require(IReadOnlyList<string> arguments, CommandResult result) => result.Succeeded
        ? result
        : throw ActionException.Remote(
        $"`git {arguments[0]}` failed with exit code {result.ExitCode}: {PlainText.Inert(LastWords(result))}", RemedyFor(result));

    // remote.origin.uploadpack and receivepack of .git/config are programs, and the first one that is set wins: only the command
    // line stands above them.
    private static IReadOnlyList<string> Guarded(IReadOnlyList<string> arguments) => arguments[0] switch
    {
        "ls-remote" or "fetch" => [arguments[0], "--upload-pack=git-upload-pack", .. arguments.Skip(1)],
        "push" => [arguments[0], "--receive-pack=git-receive-pack", .. arguments.Skip(1)],
        _ => arguments,
    };

    // git explains at length after it has said what is fatal.
    private static string LastWords(CommandResult result) =>
        result.Error.Split('\n').FirstOrDefault(l => l.StartsWith("fatal: ", StringComparison.Ordinal)) is { } fatal
        ? fatal["fatal: ".Length..].Trim() : result.LastWords;

    private static string RemedyFor(CommandResult result) =>
        result.Error.Contains("not a git repository", StringComparison.Ordinal)
        ? "Check the repository out first (actions/checkout), and run this in it"
        : result.Error.Contains("No such remote", StringComparison.Ordinal) ? "Add it: git remote add origin ADDRESS"
        : result.Error.Contains("does not appear to be a git repository", StringComparison.Ordinal)
        ? "Check the repository out first (actions/checkout); it needs a remote named origin"
        : "Run the same command in the checkout to see more";

    /// <summary>The variables that guard git, with more settings.</summary>
    /// <param name="more">Keys as <c>git config</c> names them, each with its value.</param>
    public IReadOnlyDictionary<string, string> Environment(IReadOnlyList<(string Key, string Value)> more)
    {
        // The runner's workspace belongs to another user than the container's root; git would call it dubious.
        var settings = Hardening.Append(("safe.directory", "*")).Concat(more).ToList();
        // The empty one takes back what actions/checkout left in the settings: a request with two tokens is refused.
        if (token is not null)
            settings.AddRange(
                [($"http.{runner.ServerUrl}/.extraheader", ""),
                ($"http.{runner.ServerUrl}/.extraheader", $"AUTHORIZATION: basic {Basic(token)}")]);
        var environment = new Dictionary<string, string>
        {
            ["GIT_TERMINAL_PROMPT"] = "0",
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_OPTIONAL_LOCKS"] = "0",
            // core.gitProxy names a program for git:// addresses, and the first one that is set wins; empty means none.
            ["GIT_PROXY_COMMAND"] = "",
            // A missing object would be asked from any remote that .git/config calls a promisor, by the program it names.
            ["GIT_NO_LAZY_FETCH"] = "1",
            ["LC_ALL"] = "C.UTF-8",
            ["GIT_CONFIG_COUNT"] = $"{settings.Count}",
        };
        foreach (var (index, (key, value)) in settings.Index())
        {
            environment[$"GIT_CONFIG_KEY_{index}"] = key;
            environment[$"GIT_CONFIG_VALUE_{index}"] = value;
        }

        return environment;
    }

    private static string Basic(Secret token) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"x-access-token:{token.Reveal()}"));
}
