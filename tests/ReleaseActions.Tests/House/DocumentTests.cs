using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Manifests;
using ReleaseActions.Core.Policy;
using ReleaseActions.Matrix;

namespace ReleaseActions.Tests.House;

/// <summary>What documents and examples say of the actions is true: names, inputs, outputs, permissions, policies, rows.</summary>
public sealed class DocumentTests
{
    private static readonly Regex OutputUse = new(@"steps\.(?<id>[\w-]+)\.outputs\.(?<output>[\w-]+)", RegexOptions.ExplicitCapture);
    private static readonly Regex Row = new(@"^\| (?<cells>.*) \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture);

    public static TheoryData<WorkflowText> Copied =>
        [.. WorkflowText.Files.Select(f => WorkflowText.OfFile(f.Data))
        .Concat(WorkflowText.Documents.SelectMany(d => WorkflowText.OfDocument(d.Data)))];

    [Theory]
    [MemberData(nameof(Copied), DisableDiscoveryEnumeration = true)]
    public void Every_input_that_a_step_gives_is_declared(WorkflowText workflow)
    {
        foreach (var step in workflow.Steps.Where(s => s.OwnAction is not null))
            step.InputNames.Should()
                .BeSubsetOf(Manual.Of(AllActions.Named(step.OwnAction!)).Inputs.Select(i => i.Name), "{0} gives them to {1}", workflow,
                step.OwnAction);
    }

    [Theory]
    [MemberData(nameof(Copied), DisableDiscoveryEnumeration = true)]
    public void Every_output_that_is_read_is_declared(WorkflowText workflow)
    {
        var byId = workflow.Steps.Where(s => s.Id is not null).ToDictionary(s => s.Id!, s => s);
        foreach (Match use in OutputUse.Matches(workflow.Text))
        {
            byId.Should().ContainKey(use.Groups["id"].Value, "{0} reads {1}", workflow, use.Value);
            // Another project's action declares its outputs itself.
            if (byId[use.Groups["id"].Value] is { OwnAction: null, Uses: not null }) continue;
            // A script declares nothing; it writes to GITHUB_OUTPUT.
            if (byId[use.Groups["id"].Value] is { OwnAction: null, Run: var script })
                script.Should().MatchRegex($"{use.Groups["output"].Value}(=|<<)", "{0} reads {1}", workflow, use.Value);
            else Manual.Of(AllActions.Named(byId[use.Groups["id"].Value].OwnAction!)).Outputs.Select(o => o.Name).Should()
            .Contain(use.Groups["output"].Value, "{0} reads {1}", workflow, use.Value);
        }
    }

    [Fact]
    [Trait("Row", "S36")]
    public void An_action_takes_no_arguments_because_they_can_be_injected_into()
    {
        foreach (var action in AllActions.List)
        {
            var runs = WorkflowText.OfFile($"actions/{action.Name}/action.yml")["runs"];
            WorkflowText.Find(runs, "using")?.ToString().Should().Be("docker", action.Name);
            WorkflowText.Find(runs, "args").Should().BeNull(action.Name);
        }
    }

    [Fact]
    public void The_README_has_one_row_for_each_action() =>
        RowsOf("README.md", "| action | what it does |").Select(r => r[0]).Should()
        .BeEquivalentTo(AllActions.List.Select(a => $"[{a.Name}](actions/{a.Name}/README.md)"));

    [Fact]
    public void The_README_tells_the_permissions_that_the_actions_declare() =>
        RowsOf("README.md", "| action | permissions |").Select(r => string.Join(" | ", r)).Should()
            .BeEquivalentTo(AllActions.List.Select(a => $"{a.Name} | {string.Join(", ", a.Permissions.Select(p => $"`{p}`"))}"));

    [Fact]
    public void The_README_tells_every_exit_code() =>
        RowsOf("README.md", "| exit code | meaning |").Select(r => r[0]).Should()
        .Equal(Enum.GetValues<ExitCode>().Select(c => $"{(int)c}"));

    [Fact]
    public void Every_policy_that_is_shown_can_be_read()
    {
        var shown = WorkflowText.Documents.SelectMany(d => WorkflowText.OfDocument(d.Data)).Where(IsPolicy)
            .Concat(WorkflowText.Examples.Append(".github/release-actions.yml").Select(WorkflowText.OfFile)).ToList();

        shown.Should().HaveCountGreaterThan(2);
        foreach (var policy in shown)
            FluentActions.Invoking(() => ReleasePolicy.Read(policy.Text, policy.Place)).Should().NotThrow(policy.Place);
    }

    [Fact]
    public void The_suite_says_its_own_version_where_its_own_policy_looks()
    {
        var policy = ReleasePolicy.Read(WorkflowText.OfFile(".github/release-actions.yml").Text, "policy");

        foreach (var place in policy.Version.Manifests.Select(ManifestPlace.Parse))
            place.Read(File.ReadAllText(Path.Combine(Golden.Root, place.File))).Should()
                .OnlyContain(v => v.Version == SuiteVersion.Text && v.Problem == null);
    }

    [Theory]
    [InlineData("SECURITY.md", "Row")]
    [InlineData("workflows-examples/aof/README.md", "Rule")]
    [InlineData("workflows-examples/aegis/README.md", "Rule")]
    [InlineData("workflows-examples/ops/README.md", "Rule")]
    [InlineData("workflows-examples/orchestrator/README.md", "Rule")]
    [InlineData("workflows-examples/dojo/README.md", "Rule")]
    public void Every_guarantee_of_a_document_has_a_test(string document, string trait)
    {
        var tests = string.Concat(
            Directory.EnumerateFiles(Path.Combine(Golden.Root, "tests"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        var guaranteed = Regex.Matches(
            File.ReadAllText(Path.Combine(Golden.Root, document)), trait == "Row" ? @"\b[SFLB]\d\d?\b" : @"\b[A-Z]{3}-\d\d\b")
            .Select(m => m.Value).Distinct().ToList();

        guaranteed.Should().HaveCountGreaterThan(2);
        guaranteed.Where(id => !tests.Contains($"Trait(\"{trait}\", \"{id}\")", StringComparison.Ordinal)).Should()
            .BeEmpty("{0} lists them", document);
    }

    [Fact]
    public void The_security_document_has_each_row_of_security_once()
    {
        var text = File.ReadAllText(Path.Combine(Golden.Root, "SECURITY.md"));

        Regex.Matches(text, @"^\| (?<id>S\d\d) \|", RegexOptions.Multiline).Select(m => m.Groups["id"].Value).Should()
            .BeEquivalentTo(Guarantee.All.Select(g => g.Id).Where(id => Regex.IsMatch(id, @"^S\d\d$")));
    }

    private static bool IsPolicy(WorkflowText yaml) =>
        JsonNode.Parse(ReleasePolicy.Schema())!["properties"]!.AsObject().Any(k => yaml[k.Key] is not null);

    private static IEnumerable<string[]> RowsOf(string path, string header)
    {
        var text = File.ReadAllText(Path.Combine(Golden.Root, path));
        text.Should().Contain(header);
        var table = text[text.IndexOf(header, StringComparison.Ordinal)..].Split("\n\n")[0];
        return Row.Matches(table).Skip(2).Select(m => m.Groups["cells"].Value.Split(" | "));
    }
}
