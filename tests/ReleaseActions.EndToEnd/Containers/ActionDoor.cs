using YamlDotNet.RepresentationModel;

namespace ReleaseActions.EndToEnd.Containers;

/// <summary>What the runner reads of an action: its <c>action.yml</c>.</summary>
/// <param name="Image">The image, as <c>docker://…</c>.</param>
/// <param name="Entrypoint">The program in it.</param>
/// <param name="Inputs">Every input with its default, empty where there is none.</param>
/// <param name="Runs">The keys under <c>runs:</c>.</param>
internal sealed record ActionDoor(string Image, string Entrypoint, IReadOnlyDictionary<string, string> Inputs, IReadOnlyList<string> Runs)
{
    private const string PublishedImage = "docker://ghcr.io/org/release-actions:main";

    /// <summary>The action of this project, or that of another folder of actions.</summary>
    public static ActionDoor Of(string action, string? folder = null)
    {
        var yaml = new YamlStream();
        using var text = File.OpenText(Path.Combine(folder ?? Path.Combine(Golden.Root, "actions"), action, "action.yml"));
        yaml.Load(text);
        var root = (YamlMappingNode)yaml.Documents[0].RootNode;
        var runs = (YamlMappingNode)root["runs"];
        var inputs = ((YamlMappingNode)root["inputs"]).Children.ToDictionary(i => ((YamlScalarNode)i.Key).Value!,
            i => DefaultOf((YamlMappingNode)i.Value));
        return new ActionDoor(Text(runs["image"]), Text(runs["entrypoint"]), inputs, [.. runs.Children.Keys.Select(Text)]);
    }

    /// <summary>A released image; on main, what <c>scripts/build-images</c> made in its place.</summary>
    public string LocalImage =>
        Image.StartsWith(PublishedImage, StringComparison.Ordinal) ? Machine.Images + Image[PublishedImage.Length..]
        : Image.Contains("@sha256:", StringComparison.Ordinal) ? Image["docker://".Length..]
        : throw new InvalidOperationException($"'{Image}' is no image of the suite");

    /// <summary>An input's default, empty where it has none.</summary>
    public static string DefaultOf(YamlMappingNode input) => input.Children.TryGetValue("default", out var value) ? Text(value) : "";

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value ?? "";
}
