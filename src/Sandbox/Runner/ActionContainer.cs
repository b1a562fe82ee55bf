namespace ReleaseActions.Sandbox.Runner;

/// <summary>The runner's folders of a job, on the machine, absolute.</summary>
/// <param name="Workspace">The checkout.</param>
/// <param name="Home">What steps in containers see as their home.</param>
/// <param name="Workflow">Holds the event's payload.</param>
/// <param name="FileCommands">Holds the files through which a step talks to the runner.</param>
/// <param name="Temporary">What <c>RUNNER_TEMP</c> names.</param>
public sealed record RunnerFolders(string Workspace, string Home, string Workflow, string FileCommands, string Temporary);

/// <summary>
/// How the runner starts an action that is a container (actions/runner, ContainerActionHandler.cs and DockerCommandManager.cs; seen with
/// a real one): its folders mounted below <c>/github</c>, variables passed by name, root, the engine's socket. One thing is
/// different: the machine's own network, because the sandbox and registries of tests listen on loopback.
/// </summary>
/// <param name="Folders">The job's folders.</param>
/// <param name="Socket">The docker engine's socket.</param>
public sealed record ActionContainer(RunnerFolders Folders, string Socket)
{
    private const string DefaultSocket = "/var/run/docker.sock";

    /// <summary>The socket that <c>DOCKER_HOST</c> names, or docker's default.</summary>
    public static string SocketOf(string? dockerHost) =>
        dockerHost?.StartsWith("unix://", StringComparison.Ordinal) == true ? dockerHost["unix://".Length..] : DefaultSocket;

    /// <summary>The arguments of <c>docker</c>, without the values of variables: whoever lists processes would read the token.</summary>
    /// <param name="image">The image.</param>
    /// <param name="entrypoint">The program, as <c>action.yml</c> names it.</param>
    /// <param name="variables">The names of the variables that the container gets from the client's own environment.</param>
    /// <param name="label">A label to find the container by, or null.</param>
    public IReadOnlyList<string> Arguments(string image, string entrypoint, IEnumerable<string> variables, string? label = null) =>
    [
        "run", "--rm", "--workdir", "/github/workspace", "--network", "host", "--entrypoint", entrypoint,
        .. label is null ? (string[])[] : ["--label", label],
        .. variables.Order(StringComparer.Ordinal).SelectMany(name => (string[])["-e", name]),
        "-v", $"{Socket}:{DefaultSocket}",
        .. Mounts.SelectMany(m => (string[])["-v", $"{m.Outside}:{m.Inside}"]),
        image,
    ];

    /// <summary>The variables with the paths that they have in the container.</summary>
    public IReadOnlyDictionary<string, string> Inside(IReadOnlyDictionary<string, string> variables) =>
        variables.ToDictionary(v => v.Key, v => Inside(v.Value));

    private IEnumerable<(string Outside, string Inside)> Mounts =>
    [
        (Folders.Workspace, "/github/workspace"), (Folders.Home, "/github/home"), (Folders.Workflow, "/github/workflow"),
        (Folders.FileCommands, "/github/file_commands"), (Folders.Temporary, "/github/runner_temp"),
    ];

    private string Inside(string value)
    {
        foreach (var (outside, inside) in Mounts)
            if (value == outside || value.StartsWith(outside + "/", StringComparison.Ordinal)) return inside + value[outside.Length..];
        return value;
    }
}
