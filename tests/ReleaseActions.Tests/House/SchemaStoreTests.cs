using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ReleaseActions.Tests.House;

/// <summary>Our action.yml and workflow files against the schemas that editors check them with.</summary>
public sealed class SchemaStoreTests
{
    private const string Folder = "schemastore/src";

    [Theory]
    [Trait("Row", "B14")]
    [InlineData("github-action")]
    [InlineData("github-workflow")]
    public void The_judge_agrees_with_the_files_of_the_schema_s_authors(string kind)
    {
        var schema = JsonSchema.Load(Corpora.Require($"{Folder}/schemas/json/{kind}.json"));
        var (good, bad) = (Directory.GetFiles(Corpora.Require($"{Folder}/test/{kind}")),
            Directory.GetFiles(Corpora.Require($"{Folder}/negative_test/{kind}")));

        good.Should().HaveCountGreaterThanOrEqualTo(3);
        good.Where(f => schema.Errors(Read(f)).Count > 0).Select(Path.GetFileName).Should().BeEmpty();
        bad.Should().HaveCountGreaterThanOrEqualTo(2);
        bad.Where(f => schema.Errors(Read(f)).Count == 0).Select(Path.GetFileName).Should().BeEmpty();
    }

    [Theory]
    [Trait("Row", "B14")]
    [Trait("Row", "S36")]
    [MemberData(nameof(AllActions.Names), MemberType = typeof(AllActions))]
    public void An_action_yml_is_valid_and_takes_no_arguments(string name)
    {
        var action = Read(Path.Combine(Golden.Root, $"actions/{name}/action.yml"));

        JsonSchema.Load(Corpora.Require($"{Folder}/schemas/json/github-action.json")).Errors(action).Should().BeEmpty();
        action.GetProperty("runs").TryGetProperty("args", out _).Should().BeFalse("arguments can be injected into");
    }

    [Fact]
    [Trait("Row", "B14")]
    public void Every_workflow_is_valid()
    {
        var schema = JsonSchema.Load(Corpora.Require($"{Folder}/schemas/json/github-workflow.json"));
        var workflows = ((string[])[".github/workflows", "workflows-examples", "samples"]).Select(f => Path.Combine(Golden.Root, f))
            .Where(Directory.Exists)
            .SelectMany(f => Directory.EnumerateFiles(f, "*.yml", SearchOption.AllDirectories))
            .Where(f => f.Contains("/workflows/", StringComparison.Ordinal));

        workflows.Where(f => schema.Errors(Read(f)).Count > 0).Select(f => Path.GetRelativePath(Golden.Root, f)).Should().BeEmpty();
    }

    internal static IReadOnlyList<string> ErrorsOfAction(string text) =>
        JsonSchema.Load(Corpora.Require($"{Folder}/schemas/json/github-action.json")).Errors(Parse(text));

    private static JsonElement Read(string file) => Parse(File.ReadAllText(file));

    private static JsonElement Parse(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return JsonDocument.Parse(
            yaml.Documents.Count == 0 ? "null" : Json(yaml.Documents[0].RootNode)?.ToJsonString() ?? "null").RootElement;
    }

    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(c => KeyValuePair.Create(((YamlScalarNode)c.Key).Value!, Json(c.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Json)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: var value } => Plain(value ?? ""),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => null,
    };

    // YAML 1.2's core schema.
    private static JsonValue? Plain(string value) => value switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => JsonValue.Create(true),
        "false" or "False" or "FALSE" => JsonValue.Create(false),
        _ when long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
        _ when double.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var number) => JsonValue.Create(number),
        _ => JsonValue.Create(value),
    };
}
