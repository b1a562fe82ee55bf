using YamlDotNet.RepresentationModel;

namespace ReleaseActions.EndToEnd.Containers;

/// <summary>
/// Another project's action that does the same job as one of ours under Node, from the folder with its <c>action.yml</c>.
/// </summary>
/// <param name="Action">Ours.</param>
/// <param name="Name">How people refer to it: the folder's name.</param>
/// <param name="Main">The script that Node starts, absolute.</param>
/// <param name="Inputs">Its inputs: those of the duty, and its own defaults for the rest.</param>
internal sealed record Peer(string Action, string Name, string Main, IReadOnlyDictionary<string, string> Inputs)
{
    // The same task under every name that actions of this duty have for it; an action does not see inputs that it does not declare.
    private static readonly Dictionary<string, (string Name, string Value)[]> Duties = new()
    {
        ["version-validate"] = [("images", "acme/shop"), ("tags", "type=semver,pattern={{version}}")],
        ["changelog-extract"] = [("path", "CHANGELOG.md"), ("version", "1.0.0")],
        ["image-build-push"] = [],
        ["sbom-checksum"] = [],
        ["release-publish"] = [("tag_name", "v1.0.0"), ("tag", "v1.0.0"), ("files", "dist/tool.txt"), ("artifacts", "dist/tool.txt"),
        ("allowUpdates", "true")],
        ["branch-cleanup"] = [("branches", "release/1.0.0"), ("soft_fail", "true")],
    };

    /// <summary>The peers of a text such as <c>release-publish=/folder</c>, one a line.</summary>
    public static IReadOnlyList<Peer> Given(string lines) =>
        [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('=', 2))
        .Select(l => Of(l[0], Path.GetFullPath(l[1])))];

    private static Peer Of(string action, string folder)
    {
        var yaml = new YamlStream();
        using (var text = File.OpenText(Path.Combine(folder, "action.yml"))) yaml.Load(text);
        var root = (YamlMappingNode)yaml.Documents[0].RootNode;
        var inputs = ((YamlMappingNode)root["inputs"]).Children.ToDictionary(i => ((YamlScalarNode)i.Key).Value!,
            i => ActionDoor.DefaultOf((YamlMappingNode)i.Value));
        foreach (var (name, value) in Duties[action])
            if (inputs.ContainsKey(name)) inputs[name] = value;
        foreach (var name in inputs.Keys.Where(n => n is "token" or "github_token" or "github-token").ToArray())
            inputs[name] = ContainerJob.Token;
        return new Peer(action, Path.GetFileName(folder),
            Path.Combine(folder, ((YamlScalarNode)((YamlMappingNode)root["runs"])["main"]).Value!), inputs);
    }
}
