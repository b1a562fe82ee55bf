using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ReleaseActions.Core.Registries;
using ReleaseActions.Core.Runner;

namespace ReleaseActions.Core.Processes;

/// <summary>
/// A folder of docker settings of our own: signing in writes into it and not into the user's, and it goes away with what was
/// written. The user's builders, plugins, contexts and sign-ins for base images stay in sight.
/// </summary>
internal sealed class DockerSettings : IDisposable
{
    private readonly string _own;

    public DockerSettings(string scratch, RunnerContext runner)
    {
        Folder = Path.Combine(scratch, $"docker-{Guid.NewGuid():n}");
        Directory.CreateDirectory(Folder);
        _own = OwnFolder(runner);
        foreach (var folder in (string[])["cli-plugins", "contexts"]) Link(folder);
        if (ReadOwn(_own) is { } settings) File.WriteAllText(Path.Combine(Folder, "config.json"), settings.ToJsonString());
        Variables = new Dictionary<string, string>
        {
            ["DOCKER_CONFIG"] = Folder,
            ["BUILDX_CONFIG"] = BuildersOf(runner),
            ["BUILDX_NO_DEFAULT_ATTESTATIONS"] = "1",
        };
    }

    /// <summary>The folder, absolute.</summary>
    public string Folder { get; }

    /// <summary>The variables that make docker use it.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Folder, recursive: true);

    // Which builder is in use is kept there. Where the user has no such folder, buildx would make one and leave it in HOME, as root.
    private string BuildersOf(RunnerContext runner)
    {
        if (runner.Variables.GetValueOrDefault("BUILDX_CONFIG") is { Length: > 0 } set) return set;
        var own = Path.Combine(_own, "buildx");
        return Directory.Exists(own) ? own : Path.Combine(Folder, "buildx");
    }

    private void Link(string folder)
    {
        var target = Path.Combine(_own, folder);
        if (Directory.Exists(target)) Directory.CreateSymbolicLink(Path.Combine(Folder, folder), Path.GetFullPath(target));
    }

    /// <summary>The account that the user's own settings hold for a registry, or null.</summary>
    public static RegistryAccount? FindAccount(RunnerContext runner, string domain)
    {
        var key = domain == "docker.io" ? "https://index.docker.io/v1/" : domain;
        if (ReadOwn(OwnFolder(runner))?["auths"] is not JsonObject accounts || accounts[key] is not JsonObject account) return null;
        if (account["auth"] is not JsonValue value || !value.TryGetValue<string>(out var text)) return null;
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var count)) return null;
        return Encoding.UTF8.GetString(bytes, 0, count).Split(':', 2) is [{ Length: > 0 } user, { Length: > 0 } password] ? new RegistryAccount(user, new Secret(password)) : null;
    }

    private static string OwnFolder(RunnerContext runner) => runner.Variables.GetValueOrDefault("DOCKER_CONFIG") is { Length: > 0 } set
        ? set
        : Path.Combine(runner.Variables.GetValueOrDefault("HOME") ?? "/", ".docker");

    private static JsonObject? ReadOwn(string folder)
    {
        try
        {
            var file = Path.Combine(folder, "config.json");
            if (!File.Exists(file) || JsonNode.Parse(File.ReadAllText(file)) is not JsonObject settings) return null;
            // With a store of credentials set, `docker login` would write our token into the user's keychain, to stay there.
            settings.Remove("credsStore");
            settings.Remove("credHelpers");
            return settings;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
