using System.Text.RegularExpressions;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;
using ReleaseActions.Rehearse;

namespace ReleaseActions.Tests.House;

/// <summary>What <c>rehearse</c> plays is what the workflows do: the same actions in the same order with the same inputs.</summary>
public sealed class ExampleTests
{
    private static readonly Regex OutputUse = new(@"^\$\{\{ steps\.(?<id>[\w-]+)\.outputs\.(?<output>[\w-]+) \}\}$",
        RegexOptions.ExplicitCapture);

    [Fact]
    public void The_AOF_example_does_what_a_rehearsal_plays() =>
        PlayedBy(WorkflowText.OfFile("workflows-examples/aof/.github/workflows/release.yml"))
            .Should().Equal(Rehearsed(WorkflowText.OfFile("workflows-examples/aof/.github/release-actions.yml").Text));

    [Fact]
    public void The_workflow_of_the_README_does_what_a_rehearsal_plays()
    {
        var yaml = WorkflowText.OfDocument("README.md");

        PlayedBy(yaml.Single(y => y["jobs"] is not null)).Should().Equal(Rehearsed(yaml.Single(y => y["images"] is not null).Text));
    }

    [Fact]
    [Trait("Rule", "ORC-06")]
    public void The_orchestrators_example_reaches_production_only_over_staging_and_an_environment_that_people_guard()
    {
        var jobs = WorkflowText.OfFile("workflows-examples/orchestrator/.github/workflows/release.yml").Jobs;

        jobs.Select(j => (j.Name, WorkflowText.Find(j.Node, "environment")?.ToString(), WorkflowText.Find(j.Node, "needs")?.ToString()))
            .Should().Equal([("staging", "staging", null), ("production", "production", "staging"), ("release", null, "production")]);
        jobs.Take(2).SelectMany(j => WorkflowText.StepsOf(j.Node)).Select(s => s.OwnAction).OfType<string>().Should()
            .Equal(["version-validate"], "nothing is published before production");
    }

    private static IEnumerable<string> PlayedBy(WorkflowText workflow)
    {
        var steps = workflow.Steps.Where(s => s.OwnAction is not null).ToList();
        var byId = steps.Where(s => s.Id is not null).ToDictionary(s => s.Id!, s => s.OwnAction!);
        string ByAction(string value) =>
            OutputUse.Replace(value, m => $"${{{{ {byId[m.Groups["id"].Value]}.{m.Groups["output"].Value} }}}}");
        // A rehearsal is a pushed tag; the version that a person types is for runs by hand.
        return steps.Select(
            s => Shown(s.OwnAction!,
            s.With.Where(w => w.Value != "${{ inputs.version }}").Select(w => KeyValuePair.Create(w.Key, ByAction(w.Value)))));
    }

    private static IEnumerable<string> Rehearsed(string policy)
    {
        var facts = new RehearseFacts("acme/shop", "v1.0.0", new string('a', 40), ReleasePolicy.Read(policy, "policy"));
        var steps = RehearsePlan.For(new RehearseRequest(Inputs.ForDocumentation()), facts).Steps;
        steps.Should().OnlyContain(s => s.Skipped == null);
        // A rehearsal pushes to a registry of its own; in a workflow the policy names it.
        return steps.Select(s => Shown(s.Action, s.Inputs.Where(i => i.Key != "registry")));
    }

    private static string Shown(string action, IEnumerable<KeyValuePair<string, string>> inputs) =>
        $"{action}: {string.Join(", ", inputs.OrderBy(i => i.Key, StringComparer.Ordinal).Select(i => $"{i.Key}={i.Value}"))}";
}
