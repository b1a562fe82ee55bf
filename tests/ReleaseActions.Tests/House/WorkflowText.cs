using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace ReleaseActions.Tests.House;

/// <summary>A workflow of this repository, of an example, or of a fenced block in a document, as its tests need to see it.</summary>
/// <param name="Place">Where it stands, for messages.</param>
/// <param name="Text">The YAML.</param>
public sealed record WorkflowText(string Place, string Text)
{
    private static readonly Regex Fence = new("^```yaml\n(?<text>.*?)^```",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture);

    private readonly YamlMappingNode _root = Parse(Text) as YamlMappingNode ?? [];

    /// <summary>Every workflow file of the repository and of its examples, relative to the root.</summary>
    public static TheoryData<string> Files =>
        [.. FilesBelow(".github").Concat(FilesBelow("workflows-examples")).Where(f => f.Contains("/workflows/", StringComparison.Ordinal))];

    /// <summary>Every document with YAML in it that people copy from.</summary>
    public static TheoryData<string> Documents =>
        [.. FilesBelow("actions", "README.md"), .. FilesBelow("workflows-examples", "README.md"), "README.md", "CONTRIBUTING.md"];

    public static IReadOnlyList<string> Examples =>
        [.. FilesBelow("workflows-examples").Where(f => f.EndsWith("/.github/release-actions.yml", StringComparison.Ordinal))];

    public YamlNode? this[string key] => Find(_root, key);

    /// <summary>The jobs by name; a fragment of steps is one job without a name.</summary>
    public IReadOnlyList<(string Name, YamlMappingNode Node)> Jobs =>
        this["jobs"] is YamlMappingNode jobs ? [.. jobs.Children.Select(j => (j.Key.ToString(), (YamlMappingNode)j.Value))]
        : Parse(Text) is YamlSequenceNode steps ? [("", new YamlMappingNode("steps", steps))] : [];

    public IReadOnlyList<StepText> Steps => [.. Jobs.SelectMany(j => StepsOf(j.Node))];

    public static WorkflowText OfFile(string path) => new(path, File.ReadAllText(Path.Combine(Golden.Root, path)));

    /// <summary>The fenced YAML of a document.</summary>
    public static IReadOnlyList<WorkflowText> OfDocument(string path) =>
        [.. Fence.Matches(File.ReadAllText(Path.Combine(Golden.Root, path)))
        .Select((m, i) => new WorkflowText($"{path}, YAML block {i + 1}", m.Groups["text"].Value))];

    public static IReadOnlyList<StepText> StepsOf(YamlMappingNode job) =>
        Find(job, "steps") is YamlSequenceNode steps ? [.. steps.OfType<YamlMappingNode>().Select(s => new StepText(s))] : [];

    public static YamlNode? Find(YamlNode? node, string key) =>
        (node as YamlMappingNode)?.Children.FirstOrDefault(c => c.Key.ToString() == key).Value;

    public override string ToString() => Place;

    private static YamlNode? Parse(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return yaml.Documents.Count == 0 ? null : yaml.Documents[0].RootNode;
    }

    private static IEnumerable<string> FilesBelow(string folder, string pattern = "*.yml") =>
        Directory.EnumerateFiles(
        Path.Combine(Golden.Root, folder), pattern,
        new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.System })
            .Select(f => Path.GetRelativePath(Golden.Root, f)).Order(StringComparer.Ordinal);
}

/// <summary>One step. An action of the suite is used by <c>uses:</c>, or its program is started by <c>run:</c> with flags.</summary>
public sealed class StepText(YamlMappingNode node)
{
    private static readonly Regex OwnUse = new("^org/release-actions/(?<name>[a-z-]+)@v1$", RegexOptions.ExplicitCapture);
    private static readonly Regex OwnProgram = new("^\"\\$PROGRAMS/(?<name>[a-z-]+)\"", RegexOptions.ExplicitCapture);
    private static readonly Regex Flag = new("(?<= --)[a-z-]+");

    public string? Id => WorkflowText.Find(node, "id")?.ToString();

    public string? Uses => WorkflowText.Find(node, "uses")?.ToString();

    /// <summary>The action of the suite that the step uses, or null.</summary>
    public string? OwnAction =>
        OwnUse.Match(Uses ?? "") is { Success: true } use ? use.Groups["name"].Value
        : OwnProgram.Match(Run) is { Success: true } program ? program.Groups["name"].Value : null;

    /// <summary>What stands under <c>with:</c>.</summary>
    public IReadOnlyDictionary<string, string> With =>
        (WorkflowText.Find(node, "with") as YamlMappingNode)?.Children.ToDictionary(c => c.Key.ToString(), c => c.Value.ToString()) ?? [];

    /// <summary>The inputs it gives, by <c>with:</c> or as flags.</summary>
    public IEnumerable<string> InputNames => Uses is null ? Flag.Matches(Run).Select(m => m.Value) : With.Keys;

    public string Run => WorkflowText.Find(node, "run")?.ToString() ?? "";
}
