using System.Text;
using System.Text.Json.Nodes;
using ReleaseActions.Core;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ImageBuildPush;

/// <summary>
/// Our own configuration folder for docker: <c>docker login</c> writes into it and not into the user's, and it is deleted at the end of
/// the program. The user's builders, plugins, contexts and accounts for base images still apply.
/// </summary>
internal sealed class DockerConfiguration
{
    private readonly JsonObject? _users;

    public DockerConfiguration(WorkspaceReader files, RunnerContext runner)
    {
        var name = $"docker-{Guid.NewGuid():n}";
        var users = runner.Variables.GetValueOrDefault("DOCKER_CONFIG") is { Length: > 0 } set
            ? set
            : Path.Combine(runner.Variables.GetValueOrDefault("HOME") ?? "/", ".docker");
        // Without a link buildx keeps its state in our folder: in a user's HOME that has none, it would leave files that belong to root.
        foreach (var folder in (string[])["cli-plugins", "contexts", "buildx"])
            files.BringToScratch(Path.Combine(users, folder), Path.Combine(name, folder));

        Folder = Path.Combine(files.Scratch, name);
        var file = Path.Combine(name, "config.json");
        var hasUsers = files.BringToScratch(Path.Combine(users, "config.json"), file);
        if (hasUsers) _users = Parse(files.ReadText(Path.Combine(files.Scratch, file))!);
        // With a credential store configured, `docker login` would write our token into the user's keychain, where it would stay.
        _users?.Remove("credsStore");
        _users?.Remove("credHelpers");
        files.WriteScratch(file, _users?.ToJsonString() ?? "{}");

        var builders = runner.Variables.GetValueOrDefault("BUILDX_CONFIG") is { Length: > 0 } own ? own : Path.Combine(Folder, "buildx");
        Variables = new Dictionary<string, string>
        {
            ["DOCKER_CONFIG"] = Folder,
            ["BUILDX_CONFIG"] = builders,
            ["BUILDX_NO_DEFAULT_ATTESTATIONS"] = "1",
        };
    }

    /// <summary>The folder, absolute.</summary>
    public string Folder { get; }

    /// <summary>The variables that make docker use it.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; }

    /// <summary>The account that the user's configuration holds for a registry, or null; a keychain is not asked.</summary>
    public RegistryAccount? FindAccount(string domain)
    {
        var key = domain == "docker.io" ? "https://index.docker.io/v1/" : domain;
        if (_users?["auths"] is not JsonObject accounts || accounts[key] is not JsonObject account) return null;
        if (account["auth"] is not JsonValue value || !value.TryGetValue<string>(out var text)) return null;
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var count)) return null;
        return Encoding.UTF8.GetString(bytes, 0, count).Split(':', 2) is [{ Length: > 0 } user, { Length: > 0 } password]
            ? new RegistryAccount(user, new Secret(password))
            : null;
    }

    private static JsonObject Parse(string json)
    {
        try
        {
            return BoundedJson.ReadObject(json);
        }
        catch (FormatException e)
        {
            throw ActionException.BadInput(
                $"docker's configuration, config.json in DOCKER_CONFIG or ~/.docker, cannot be read: {PlainText.Inert(e.Message)}",
                "Correct the file, or delete it and sign in again with `docker login`");
        }
    }
}
