using ReleaseActions.Core.Files;
using ReleaseActions.Core.Registries;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Processes;

/// <summary>What the docker on this machine can do.</summary>
/// <param name="Driver">The driver of the builder in use: <c>docker</c>, <c>docker-container</c>, <c>kubernetes</c> or <c>remote</c>.</param>
/// <param name="HasContainerdStore">Whether the engine keeps images in containerd, and so can hold one for several platforms.</param>
public sealed record DockerAbilities(string Driver, bool HasContainerdStore)
{
    /// <summary>Whether one build can make an image for several platforms.</summary>
    public bool CanBuildForSeveralPlatforms => Driver != "docker" || HasContainerdStore;
}

/// <summary>Where what <c>docker buildx bake</c> makes goes.</summary>
public enum BakeTarget
{
    /// <summary>Nowhere: it is built to see that it builds.</summary>
    Nowhere,

    /// <summary>To the registry.</summary>
    Registry,

    /// <summary>Into the docker engine.</summary>
    Engine,
}

/// <summary>The docker program with its buildx plugin. Signing in happens in a folder of its own, which is gone when a build ends.</summary>
public sealed class Docker(CommandRunner commands, Workspace workspace, RunnerContext runner, Log log)
{
    // A build takes what it takes; a hosted job ends after six hours.
    private static readonly TimeSpan LongestBuild = TimeSpan.FromHours(6);

    /// <summary>What docker can do here.</summary>
    /// <exception cref="ActionException">There is no docker, no engine behind it, or no buildx (exit 4, with what to do).</exception>
    public async Task<DockerAbilities> RequireAsync(CancellationToken cancellation)
    {
        const string Otherwise = "or let another build system make the image and give it as `archive`, which needs no docker";
        using var settings = new DockerSettings(workspace.Scratch, runner);
        if (!commands.IsInstalled("docker")) throw ActionException.Remote("There is no docker on this machine to build images with", $"Install docker, use a runner that has it, {Otherwise}");
        var engine = await RunAsync(["info", "--format", "{{.ServerVersion}} {{.DriverStatus}}"], settings, cancellation);
        if (!engine.Succeeded || engine.Output.StartsWith(' '))
            throw ActionException.Remote($"The docker engine does not answer: {PlainText.Inert(engine.LastWords)}", $"Start docker, use a runner that has it, {Otherwise}");
        var builder = await RunAsync(["buildx", "inspect"], settings, cancellation);
        if (!builder.Succeeded)
            throw ActionException.Remote($"`docker buildx` does not work: {PlainText.Inert(builder.LastWords)}", $"Install the buildx plugin, {Otherwise}");
        var driver = builder.Lines.FirstOrDefault(l => l.StartsWith("Driver:", StringComparison.Ordinal))?["Driver:".Length..].Trim() ?? "docker";
        return new DockerAbilities(driver, engine.Output.Contains("io.containerd.snapshotter", StringComparison.Ordinal));
    }

    /// <summary>Builds several images in one go. What docker says is shown as it comes.</summary>
    /// <param name="bakeFile">The JSON of a bake file; its paths are relative to the workspace.</param>
    /// <param name="target">Where the images go.</param>
    /// <param name="accounts">The registries that are signed in to while it lasts, by their names.</param>
    /// <param name="cancellation">Stops the build.</param>
    /// <returns>The JSON that buildx wrote about what it made, by target.</returns>
    /// <exception cref="ActionException">The build or the push failed, or signing in did (exit 4).</exception>
    public async Task<string> BakeAsync(string bakeFile, BakeTarget target, IReadOnlyDictionary<string, RegistryAccount> accounts, CancellationToken cancellation)
    {
        using var settings = new DockerSettings(workspace.Scratch, runner);
        foreach (var (domain, account) in accounts) await SignInAsync(domain, account, settings, cancellation);
        var report = Path.Combine(settings.Folder, "metadata.json");
        string[] output = target switch { BakeTarget.Registry => ["--push"], BakeTarget.Engine => ["--load"], _ => ["--set", "*.output=type=cacheonly"] };
        // One platform then gives one plain manifest, whose digest does not hold the moment of the build.
        string[] arguments = ["buildx", "bake", "--file", "-", "--metadata-file", report, "--progress", "plain", "--provenance=false", .. output];
        using var group = log.Group("docker buildx bake");
        var result = await commands.RunAsync("docker", arguments, Options(settings, bakeFile) with { Timeout = LongestBuild, OnLine = log.Line }, cancellation);
        if (result.Succeeded) return File.Exists(report) ? await File.ReadAllTextAsync(report, cancellation) : "{}";
        throw ActionException.Remote($"`docker buildx bake` failed with exit code {result.ExitCode}: {PlainText.Inert(result.LastWords)}", "The lines above say where; run the same build on a laptop with --push false");
    }

    /// <summary>The account that this machine's user signed in to a registry with by <c>docker login</c>, or null; a keychain is not asked.</summary>
    public RegistryAccount? FindAccount(string domain) => DockerSettings.FindAccount(runner, domain);

    private async Task SignInAsync(string domain, RegistryAccount account, DockerSettings settings, CancellationToken cancellation)
    {
        var options = Options(settings, account.Password.Reveal());
        var result = await commands.RunAsync("docker", ["login", "--username", account.User, "--password-stdin", domain], options, cancellation);
        if (!result.Succeeded)
            throw ActionException.Remote($"Signing in to {domain} as '{PlainText.Inert(account.User)}' failed: {PlainText.Inert(result.LastWords)}", "Give a `username` and a `password` that the registry knows");
    }

    private Task<CommandResult> RunAsync(IReadOnlyList<string> arguments, DockerSettings settings, CancellationToken cancellation) =>
        commands.RunAsync("docker", arguments, Options(settings, null), cancellation);

    private static CommandOptions Options(DockerSettings settings, string? input) => new() { Environment = settings.Variables, StandardInput = input };
}
