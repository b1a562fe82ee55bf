using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Processes;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ImageBuildPush;

/// <summary>What the docker on this machine can do.</summary>
/// <param name="Problem">Why it cannot build; null where it can.</param>
/// <param name="BuildsSeveralPlatforms">Whether one build can make an image for several platforms.</param>
internal sealed record DockerFacts(Finding? Problem, bool BuildsSeveralPlatforms = false);

/// <summary>The docker program with its buildx plugin, which runs with a <see cref="DockerConfiguration"/> of this action.</summary>
internal sealed class Docker(Readers readers)
{
    private const string Otherwise = "or let another build system make the image and give it as `archive`, which needs no docker";

    // The length of a build is the user's business; a hosted job ends after six hours.
    private static readonly TimeSpan LongestBuild = TimeSpan.FromHours(6);

    private readonly Lazy<DockerConfiguration> _configuration = new(() => new DockerConfiguration(readers));

    /// <summary>Finds out what docker can do here.</summary>
    public async Task<DockerFacts> InspectAsync(CancellationToken cancellation)
    {
        if (!readers.Programs.IsInstalled("docker"))
            return CannotBuild("There is no docker on this machine to build images with", "Install docker, use a runner that has it");
        WarnOfUnusedEngine();
        var engine = await RunAsync(["info", "--format", "{{.ServerVersion}} {{.DriverStatus}}"], cancellation);
        if (!engine.Succeeded || engine.Output.StartsWith(' '))
            return CannotBuild(
                $"The docker engine does not answer: {PlainText.Inert(engine.LastWords)}", "Start docker, use a runner that has it");
        var builder = await RunAsync(["buildx", "inspect"], cancellation);
        if (!builder.Succeeded)
            return CannotBuild($"`docker buildx` does not work: {PlainText.Inert(builder.LastWords)}", "Install the buildx plugin");

        var driver = builder.Lines.FirstOrDefault(l => l.StartsWith("Driver:", StringComparison.Ordinal))?["Driver:".Length..].Trim();
        // The engine's own builder needs containerd's image store for this.
        var storesIndexes = engine.Output.Contains("io.containerd.snapshotter", StringComparison.Ordinal);
        return new DockerFacts(null, driver is not (null or "docker") || storesIndexes);
    }

    /// <summary>Builds the images of a plan in one go, and pushes or keeps them as requested. Docker's output goes to the log.</summary>
    /// <returns>The JSON that buildx wrote about the images, by target.</returns>
    /// <exception cref="ActionException">Signing in, the build or the push failed (exit 4).</exception>
    public async Task<string> BakeAsync(ImagePlan plan, CancellationToken cancellation)
    {
        foreach (var (domain, account) in plan.Facts.Accounts) await SignInAsync(domain, account, cancellation);
        var metadata = Path.Combine(_configuration.Value.Folder, "metadata.json");
        string[] destination = plan.Request.Push ? ["--push"] : plan.Request.Load ? ["--load"] : ["--set", "*.output=type=cacheonly"];
        // Without provenance, one platform gives a plain manifest, whose digest does not depend on the time of the build.
        string[] build = ["buildx", "bake", "--file", "-", "--progress", "plain", "--provenance=false"];
        string[] arguments = [.. build, "--metadata-file", metadata, .. destination];
        using var group = readers.Log.Group("docker buildx bake");
        var options = Options(BakeFile.Write(plan)) with { Timeout = LongestBuild, OnLine = readers.Log.Line };
        var result = await readers.Programs.RunAsync("docker", arguments, options, cancellation);
        if (result.Succeeded) return readers.Files.ReadText(metadata) ?? "{}";
        throw ActionException.Remote(
            $"`docker buildx bake` failed with exit code {result.ExitCode}: {PlainText.Inert(result.LastWords)}",
            "The lines above say where; run the same build on a laptop with --push false");
    }

    /// <summary>The account that this machine's user gave to <c>docker login</c> for a registry, or null.</summary>
    public RegistryAccount? FindAccount(string domain) => _configuration.Value.FindAccount(domain);

    private async Task SignInAsync(string domain, RegistryAccount account, CancellationToken cancellation)
    {
        string[] arguments = ["login", "--username", account.User, "--password-stdin", domain];
        var options = Options(account.Password.Reveal()) with { InputIsSecret = true };
        var result = await readers.Programs.RunAsync("docker", arguments, options, cancellation);
        if (result.Succeeded) return;
        throw ActionException.Remote(
            $"Signing in to {domain} as '{PlainText.Inert(account.User)}' failed: {PlainText.Inert(result.LastWords)}",
            "Give a `username` and a `password` that the registry knows");
    }

    private Task<CommandResult> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation) =>
        readers.Programs.RunAsync("docker", arguments, Options(null), cancellation);

    private CommandOptions Options(string? input) => new() { Environment = _configuration.Value.Variables, StandardInput = input };

    private void WarnOfUnusedEngine()
    {
        if (readers.Runner.DockerHost is not null) return;
        if (readers.Runner.Variables.GetValueOrDefault("DOCKER_HOST") is not { Length: > 0 } host) return;
        readers.Log.Warning(new Finding(
            $"DOCKER_HOST is '{PlainText.Inert(host)}' and is not used: an earlier step of the job can have set it",
            "On a runner, docker's own socket is used, or a socket outside the folders that all steps share"));
    }

    private static DockerFacts CannotBuild(string problem, string remedy) => new(new Finding(problem, $"{remedy}, {Otherwise}"));
}
