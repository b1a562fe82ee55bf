using System.Text;
using System.Text.Json.Nodes;
using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ImageBuildPush;

/// <summary>
/// Our own configuration folder for docker: <c>docker login</c> writes into it and not into the user's, and it is deleted at the end of
/// the program. On a laptop the user's builders, plugins, contexts and accounts for base images still apply. On a runner nothing is taken
/// over: an earlier step may have written it.
/// </summary>
internal sealed class DockerConfiguration
{
    private readonly JsonObject? _users;

    public DockerConfiguration(Readers readers)
    {
        var name = $"docker-{Guid.NewGuid():n}";
        Folder = Path.Combine(readers.Files.Scratch, name);
        if (readers.Runner.IsRunner) BringPlugin(readers, name);
        else _users = BringUsers(readers, name);
        readers.Files.WriteScratch(Path.Combine(name, "config.json"), _users?.ToJsonString() ?? "{}");

        var variables = new Dictionary<string, string> { ["DOCKER_CONFIG"] = Folder, ["BUILDX_NO_DEFAULT_ATTESTATIONS"] = "1" };
        // In our folder too, because in a user's HOME buildx would leave files that belong to root.
        var isUsers = !readers.Runner.IsRunner && VariableOf(readers, "BUILDX_CONFIG") is not null;
        if (!isUsers) variables["BUILDX_CONFIG"] = Path.Combine(Folder, "buildx");
        if (readers.Runner.DockerHost is { } host) variables["DOCKER_HOST"] = host;
        Variables = variables;
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

    // docker looks for plugins in its own folders and in those of the system; PATH names another one.
    private static void BringPlugin(Readers readers, string name)
    {
        if (readers.Programs.Find("docker-buildx") is { } plugin)
            readers.Files.BringToScratch(Path.GetDirectoryName(plugin)!, Path.Combine(name, "cli-plugins"));
    }

    private static JsonObject? BringUsers(Readers readers, string name)
    {
        var files = readers.Files;
        var users = VariableOf(readers, "DOCKER_CONFIG") ?? Path.Combine(VariableOf(readers, "HOME") ?? "/", ".docker");
        foreach (var folder in (string[])["cli-plugins", "contexts", "buildx"])
            files.BringToScratch(Path.Combine(users, folder), Path.Combine(name, folder));

        var file = Path.Combine(name, "config.json");
        if (!files.BringToScratch(Path.Combine(users, "config.json"), file)) return null;
        var settings = Parse(files.ReadText(Path.Combine(files.Scratch, file))!);
        // With a credential store configured, `docker login` would write our token into the user's keychain, where it would stay.
        settings.Remove("credsStore");
        settings.Remove("credHelpers");
        return settings;
    }

    private static string? VariableOf(Readers readers, string name) =>
        readers.Runner.Variables.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

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
