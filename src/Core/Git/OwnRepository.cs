using System.Text;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Git;

/// <summary>
/// The bare repository that git works in on a runner. A stranger may have written everything in the workspace's <c>.git</c>, objects among
/// it, and an earlier step may have set any variable: git gets its objects from the remote, its configuration from here, and an
/// environment that is built from nothing.
/// </summary>
/// <param name="name">What it is called among the repositories of the run.</param>
/// <param name="runner">Where the remote is.</param>
/// <param name="token">What the remote is asked with; null asks without.</param>
/// <param name="files">Where the repository is made.</param>
/// <param name="network">The variables for the network that the step states.</param>
internal sealed class OwnRepository(
    string name, RunnerContext runner, Secret? token, WorkspaceReader files, Func<IReadOnlyDictionary<string, string>> network)
{
    private string? _folder;
    private Uri? _remote;

    /// <summary>Where it is, absolute. It is made on first use.</summary>
    public string Folder => _folder ??= Make();

    /// <summary>The remote's address.</summary>
    /// <exception cref="ActionException">The runner's variables name none that a token may be sent to (exit 2).</exception>
    public string Remote => (_remote ??= RemoteAddress.Of(runner)).AbsoluteUri;

    /// <summary>How much was fetched so far; null before the first fetch.</summary>
    public FetchScope? Fetched { get; private set; }

    /// <summary>The ids that were fetched, to that extent.</summary>
    public HashSet<string> Ids { get; } = new(StringComparer.Ordinal);

    /// <summary>Notes what a fetch brought. One that brought more than the earlier ones brought it for its own ids alone.</summary>
    public void Note(FetchScope scope, IEnumerable<string> ids)
    {
        if (Fetched < scope) Ids.Clear();
        Fetched = scope;
        Ids.UnionWith(ids);
    }

    /// <summary>All variables that git gets, for a command that stays on this machine.</summary>
    public Dictionary<string, string> Environment() => new()
    {
        ["PATH"] = "/usr/bin:/bin",
        ["HOME"] = Home,
        ["XDG_CONFIG_HOME"] = Home,
        ["TMPDIR"] = files.Scratch,
        ["LC_ALL"] = "C",
        ["GIT_DIR"] = Folder,
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        ["GIT_CONFIG_SYSTEM"] = "/dev/null",
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_ATTR_NOSYSTEM"] = "1",
        ["GIT_NO_REPLACE_OBJECTS"] = "1",
        ["GIT_NO_LAZY_FETCH"] = "1",
        ["GIT_TERMINAL_PROMPT"] = "0",
        ["GIT_ASKPASS"] = "/bin/false",
        ["GIT_ALLOW_PROTOCOL"] = "none",
        ["GIT_OPTIONAL_LOCKS"] = "0",
        ["GIT_ALLOC_LIMIT"] = "2g",
    };

    /// <summary>
    /// The same for a command that asks the remote. Only such a command gets the token, and for the remote's address alone.
    /// </summary>
    public Dictionary<string, string> NetworkEnvironment()
    {
        var environment = Environment();
        foreach (var (variable, value) in network()) environment[variable] = value;
        environment["GIT_ALLOW_PROTOCOL"] = new Uri(Remote).Scheme;
        var settings = new List<(string Key, string Value)>();
        // The repository's own setting, which is empty, goes before the variable.
        if (environment.TryGetValue("https_proxy", out var proxy)) settings.Add(("http.proxy", proxy));
        if (token is not null) settings.Add(($"http.{Remote}.extraHeader", BasicHeader(token)));
        environment["GIT_CONFIG_COUNT"] = $"{settings.Count}";
        foreach (var (index, (key, value)) in settings.Index())
            (environment[$"GIT_CONFIG_KEY_{index}"], environment[$"GIT_CONFIG_VALUE_{index}"]) = (key, value);
        return environment;
    }

    /// <summary>The header by which GitHub takes a token from git.</summary>
    public static string BasicHeader(Secret token) =>
        $"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"x-access-token:{token.Reveal()}"))}";

    private string Home => Path.Combine(files.Scratch, "git-home");

    // By hand: `git init` would need a configuration before there is one.
    private string Make()
    {
        var folder = Path.Combine(files.Scratch, $"{name}.git");
        string[] parts = [Home, Path.Combine(folder, "objects"), Path.Combine(folder, "refs")];
        foreach (var part in parts) Directory.CreateDirectory(part);
        File.WriteAllText(Path.Combine(folder, "HEAD"), "ref: refs/heads/none\n");
        // The only file of the workspace that git gets to see here, by its bytes: it says who the authors are.
        File.WriteAllText(Path.Combine(folder, "mailmap"), files.ReadText(".mailmap"));
        File.WriteAllText(Path.Combine(folder, "config"), Configuration(new Uri(Remote).Scheme));
        return folder;
    }

    // The exceptions of fsck are what old versions of git wrote: histories on GitHub have them.
    private static string Configuration(string scheme) =>
        $"""
        [core]
            repositoryFormatVersion = 0
            bare = true
            hooksPath = /dev/null
            fsmonitor = false
            untrackedCache = false
            attributesFile = /dev/null
            excludesFile = /dev/null
            commitGraph = false
            multiPackIndex = false
            alternateRefsCommand = true
        [http]
            followRedirects = false
            sslVerify = true
            proxy =
            lowSpeedLimit = 1000
            lowSpeedTime = 30
        [credential]
            helper =
        [protocol]
            allow = never
        [protocol "{scheme}"]
            allow = always
        [transfer]
            fsckObjects = true
        [fetch]
            recurseSubmodules = false
        [fetch "fsck"]
            zeroPaddedFilemode = ignore
            badTimezone = ignore
            badEmail = ignore
            missingEmail = ignore
            missingNameBeforeEmail = ignore
            missingSpaceBeforeEmail = ignore
            missingSpaceBeforeDate = ignore
        [push]
            recurseSubmodules = no
            followTags = false
            default = nothing
        [submodule]
            recurse = false
        [gc]
            auto = 0
        [maintenance]
            auto = false
        [log]
            mailmap = false
            showSignature = false
        [mailmap]
            file = mailmap

        """;
}
