using System.Text.Json;
using System.Text.Json.Nodes;
using ReleaseActions.Core.Running;

namespace ReleaseActions.Core.Edges;

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
        _own = runner.Variables.GetValueOrDefault("DOCKER_CONFIG") is { Length: > 0 } set
            ? set
            : Path.Combine(runner.Variables.GetValueOrDefault("HOME") ?? "/", ".docker");
        foreach (var folder in (string[])["cli-plugins", "contexts"]) Link(folder);
        if (ReadOwn() is { } settings) File.WriteAllText(Path.Combine(Folder, "config.json"), settings.ToJsonString());
        Variables = new Dictionary<string, string>
        {
            ["DOCKER_CONFIG"] = Folder,
            // Which builder is in use is kept there; ours has none.
            ["BUILDX_CONFIG"] = runner.Variables.GetValueOrDefault("BUILDX_CONFIG") is { Length: > 0 } buildx ? buildx : Path.Combine(_own, "buildx"),
            ["BUILDX_NO_DEFAULT_ATTESTATIONS"] = "1",
        };
    }

    /// <summary>The folder, absolute.</summary>
    public string Folder { get; }

    /// <summary>The variables that make docker use it.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private void Link(string folder)
    {
        var target = Path.Combine(_own, folder);
        if (Directory.Exists(target)) Directory.CreateSymbolicLink(Path.Combine(Folder, folder), Path.GetFullPath(target));
    }

    private JsonObject? ReadOwn()
    {
        try
        {
            var file = Path.Combine(_own, "config.json");
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
