using ReleaseActions.Core.Files;

namespace ReleaseActions.Core.Runner;

/// <summary>
/// What earlier steps of the job may have left. In a container their variables cannot be told from the owner's, so a variable counts only
/// where it cannot lead to what they wrote.
/// </summary>
public sealed partial class RunnerContext
{
    // What the runner mounts into a container action: the workspace, the home and the temporary folder of the job, and its own files.
    private const string Mounts = "/github";

    private IReadOnlyList<string>? _shared;

    /// <summary>The folders of PATH in which programs are looked for: absolute, and on a runner out of reach of earlier steps.</summary>
    public IReadOnlyList<string> ProgramFolders =>
        [.. variables.GetValueOrDefault("PATH", "").Split(Path.PathSeparator).Where(f => Path.IsPathRooted(f) && !IsInReachOfSteps(f))];

    /// <summary>The address of docker's engine; null for docker's own default.</summary>
    /// <remarks>On a runner, DOCKER_HOST counts only as a socket on this machine that no earlier step can have made.</remarks>
    public string? DockerHost =>
        Get("DOCKER_HOST") is { } host && (!IsRunner || (SocketOf(host) is { } socket && !IsInReachOfSteps(socket))) ? host : null;

    /// <summary>Whether earlier steps of the job can write to a path, links followed; never on a laptop.</summary>
    /// <param name="path">An absolute path.</param>
    public bool IsInReachOfSteps(string path)
    {
        if (!IsRunner) return false;
        var (given, end) = (Path.GetFullPath(path), RealPath.Of(path));
        _shared ??= [.. new[] { Workspace, Temporary, Get("HOME") ?? "", Mounts }.Where(f => f.StartsWith('/') && f != "/")
            .SelectMany(f => new[] { Path.GetFullPath(f), RealPath.Of(f) }).Distinct()];
        return end == "/" || _shared.Any(folder => RealPath.IsBelow(given, folder) || RealPath.IsBelow(end, folder));
    }

    private static string? SocketOf(string host) =>
        host.StartsWith("unix:///", StringComparison.Ordinal) ? host["unix://".Length..] : null;
}
