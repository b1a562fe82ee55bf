using System.Text.RegularExpressions;
using ReleaseActions.Core.Policy;
using YamlDotNet.RepresentationModel;

namespace ReleaseActions.Tests.House;

/// <summary>The rules that workflows of this repository, and those that people copy from it, keep.</summary>
[Trait("Row", "S37")]
public sealed class WorkflowTests
{
    private static readonly Regex Pinned = new("^[^@]+@[0-9a-f]{40}$");
    private static readonly Regex UsesLine = new(@"^\s*-?\s*uses: (?<what>\S+)(?<comment> # v\d+\.\d+\.\d+)?$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture);

    public static TheoryData<WorkflowText> Whole =>
        [.. WorkflowText.Files.Select(f => WorkflowText.OfFile(f.Data))
        .Concat(WorkflowText.OfDocument("README.md").Where(w => w.Jobs.Count > 0))];

    [Theory]
    [MemberData(nameof(Whole), DisableDiscoveryEnumeration = true)]
    public void Every_action_is_pinned_to_a_commit_and_says_which_version_that_is(WorkflowText workflow)
    {
        foreach (Match uses in UsesLine.Matches(workflow.Text)
            .Where(m => !m.Groups["what"].Value.StartsWith("org/release-actions/", StringComparison.Ordinal)))
        {
            Pinned.IsMatch(uses.Groups["what"].Value).Should().BeTrue("{0} uses {1}", workflow, uses.Value.Trim());
            uses.Groups["comment"].Success.Should().BeTrue("{0} says after {1} which version that is", workflow, uses.Value.Trim());
        }

        UsesLine.Count(workflow.Text).Should()
            .Be(workflow.Steps.Count(s => s.Uses is not null), "{0} writes each `uses:` on a line of its own", workflow);
    }

    [Theory]
    [MemberData(nameof(Whole), DisableDiscoveryEnumeration = true)]
    public void No_permission_is_given_to_a_whole_workflow(WorkflowText workflow)
    {
        workflow["permissions"].Should().BeOfType<YamlMappingNode>(workflow.Place).Which.Children.Should().BeEmpty(workflow.Place);
        workflow.Jobs.Should().OnlyContain(j => WorkflowText.Find(j.Node, "permissions") is YamlMappingNode, workflow.Place);
    }

    [Theory]
    [MemberData(nameof(Whole), DisableDiscoveryEnumeration = true)]
    public void A_job_has_exactly_the_permissions_that_its_actions_declare(WorkflowText workflow)
    {
        foreach (var (name, job) in workflow.Jobs)
        {
            // A checkout needs to read; what may write may read.
            var needed = WorkflowText.StepsOf(job).Select(s => s.OwnAction).OfType<string>()
                .SelectMany(a => AllActions.Named(a).Permissions)
                .Append("contents: read")
                .Concat(WorkflowText.StepsOf(job).Any(s => s.Run.Contains("gh release create", StringComparison.Ordinal))
                    ? ["contents: write"] : [])
                .Concat(WorkflowText.StepsOf(job).Any(s => s.Run.Contains("skopeo copy", StringComparison.Ordinal))
                    ? ["packages: write"] : [])
                .Concat(WorkflowText.StepsOf(job).Any(s => s.Uses?.StartsWith("NuGet/login@", StringComparison.Ordinal) == true)
                    ? ["id-token: write"] : [])
                .Concat(WorkflowText.StepsOf(job).SelectMany(s => GatePermissions(workflow, s))).ToHashSet();
            needed.RemoveWhere(
                p => needed.Contains(p.Replace(": read", ": write", StringComparison.Ordinal)) && p.EndsWith(
                ": read", StringComparison.Ordinal));
            var given = ((YamlMappingNode)WorkflowText.Find(job, "permissions")!).Children.Select(p => $"{p.Key}: {p.Value}");
            given.Should().BeEquivalentTo(needed, "{0}, job {1}", workflow, name);
        }
    }

    [Theory]
    [MemberData(nameof(Whole), DisableDiscoveryEnumeration = true)]
    public void A_checkout_leaves_no_credentials_behind(WorkflowText workflow) =>
        workflow.Steps.Where(s => s.Uses?.StartsWith("actions/checkout@", StringComparison.Ordinal) == true)
            .Should()
            .NotBeEmpty(workflow.Place).And.OnlyContain(s => s.With.GetValueOrDefault("persist-credentials") == "false", workflow.Place);

    [Theory]
    [MemberData(nameof(Whole), DisableDiscoveryEnumeration = true)]
    public void Nothing_runs_on_what_a_stranger_proposes_with_a_token_that_writes(WorkflowText workflow) =>
        workflow.Text.Should().NotContain("pull_request_target", workflow.Place).And.NotContain("workflow_run", workflow.Place);

    [Theory]
    [MemberData(nameof(Whole), DisableDiscoveryEnumeration = true)]
    public void A_job_that_publishes_restores_no_cache(WorkflowText workflow)
    {
        foreach (var (_, job) in workflow.Jobs.Where(j => Writes(j.Node)))
            WorkflowText.StepsOf(job).Should().NotContain(
                s => s.Uses != null
                && (s.Uses.StartsWith("actions/cache", StringComparison.Ordinal)
                || s.With.Keys.Any(k => k.StartsWith("cache", StringComparison.Ordinal))), workflow.Place);
    }

    [Theory]
    [MemberData(nameof(Whole), DisableDiscoveryEnumeration = true)]
    [Trait("Rule", "DOJ-09")]
    public void A_release_runs_once_at_a_time_and_is_never_cancelled(WorkflowText workflow)
    {
        if (!workflow.Jobs.Any(j => Writes(j.Node))) return;
        WorkflowText.Find(workflow["concurrency"], "group").Should().NotBeNull(workflow.Place);
        WorkflowText.Find(workflow["concurrency"], "cancel-in-progress").Should().BeNull(workflow.Place);
    }

    [Theory]
    [MemberData(nameof(Whole), DisableDiscoveryEnumeration = true)]
    public void No_script_is_written_by_an_expression(WorkflowText workflow) =>
        workflow.Steps.Should()
        .OnlyContain(s => !s.Run.Contains("${{", StringComparison.Ordinal), "{0}: a value goes into a script as a variable", workflow);

    // What the gates of an example's policy ask for, by the list on version-validate's page.
    private static string[] GatePermissions(WorkflowText workflow, StepText step)
    {
        var file = workflow.Place.Replace("workflows/" + Path.GetFileName(workflow.Place), "release-actions.yml", StringComparison.Ordinal);
        if (!WorkflowText.Examples.Contains(file)) return [];
        var policy = ReleasePolicy.Read(File.ReadAllText(Path.Combine(Golden.Root, file)), file);
        var gates = policy.Gates;
        string[] ofChecks = gates.Checks.Count > 0 ? ["checks: read", "statuses: read"] : [];
        // A release branch is cut where they are green.
        if (step.OwnAction == "release-prepare") return policy.Prepare.Flow == "branch" ? ofChecks : [];
        if (step.OwnAction != "version-validate") return [];
        var isLastLook = step.With.ContainsKey("strict") && step.With.ContainsKey("version");
        return [
            .. ofChecks, .. isLastLook ? ["pull-requests: read"] : (string[])[],
            .. gates.BlockingLabels.Count > 0 ? ["issues: read"] : (string[])[],
            .. gates.Approvals.Count > 0 ? ["pull-requests: read", "actions: read"] : (string[])[]];
    }

    private static bool Writes(YamlMappingNode job) =>
        WorkflowText.Find(job, "permissions") is YamlMappingNode permissions
        && permissions.Children.Values.Any(p => p.ToString() == "write");
}
