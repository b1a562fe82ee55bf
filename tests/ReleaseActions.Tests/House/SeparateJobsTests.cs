using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace ReleaseActions.Tests.House;

/// <summary>
/// In each workflow of this repository, and in those that people copy from it, the job that runs the repository's code cannot write and
/// sees no secret, and the job that can write runs none of that code.
/// </summary>
[Trait("Row", "S50")]
public sealed class SeparateJobsTests
{
    // Programs of the runner that read the files handed over as data. Git has no checkout here, and so no hook and no filter.
    private static readonly string[] Harmless = ["gh", "git", "sha256sum", "skopeo", "test", PushPackage];
    private const string PushPackage = "dotnet-nuget-push";
    private static readonly Regex CommandWord = new(@"(?:^|\$\(|[|;&`(])\s*(?<word>[^\s|;&)]+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture);
    private static readonly Regex HandedOver = new(@"^\$\{\{ needs\.(?<job>[\w-]+)\.outputs\.(?<output>[\w-]+) \}\}$",
        RegexOptions.ExplicitCapture);

    public static TheoryData<WorkflowText> Whole => WorkflowTests.Whole;

    [Theory]
    [MemberData(nameof(Whole), DisableDiscoveryEnumeration = true)]
    public void A_job_that_can_write_runs_no_code_of_the_repository(WorkflowText workflow) =>
        Problems(workflow).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Whole), DisableDiscoveryEnumeration = true)]
    public void A_job_that_runs_code_of_the_repository_sees_no_secret(WorkflowText workflow)
    {
        foreach (var (name, job) in workflow.Jobs.Where(j => !CanWrite(j.Node) && WorkflowText.StepsOf(j.Node).Any(s => s.Run.Length > 0)))
            Scalars(job).Should().NotContain(s => s.Contains("secrets.", StringComparison.Ordinal), "{0}, job {1}", workflow, name);
    }

    [Theory]
    [MemberData(nameof(Whole), DisableDiscoveryEnumeration = true)]
    public void What_a_job_downloads_is_what_the_job_before_it_uploaded_and_goes_into_a_folder_of_its_own(WorkflowText workflow)
    {
        foreach (var (name, job) in workflow.Jobs)
        {
            foreach (var step in WorkflowText.StepsOf(job).Where(s => IsUse(s, "actions/download-artifact")))
            {
                // By its number: another job cannot replace it under the same name. The action compares the digest.
                var from = HandedOver.Match(step.With.GetValueOrDefault("artifact-ids", ""));
                from.Success.Should().BeTrue("{0}, job {1}", workflow, name);
                Scalars(WorkflowText.Find(job, "needs")!).Should().Contain(from.Groups["job"].Value, "{0}, job {1}", workflow, name);
                step.With.GetValueOrDefault("path", ".").Should().MatchRegex("^[a-z]+$", "{0}: not over the checkout", workflow);
                step.With.Keys.Should().BeEquivalentTo(["artifact-ids", "path"], workflow.Place);
            }
        }
    }

    [Theory]
    [InlineData("{run: make}", "make")]
    [InlineData("{run: ./publish}", "./publish")]
    [InlineData("{run: 'test \"$(./publish)\" = x'}", "./publish")]
    [InlineData("{run: \"gh release view &&\\n  files/x\"}", "files/x")]
    [InlineData("{run: \"sha256sum x | sh\"}", "sh")]
    [InlineData("{run: 'TOKEN=x make'}", "TOKEN=x")]
    [InlineData("{uses: ./actions/x}", "./actions/x")]
    [InlineData("{uses: docker://alpine}", "docker://alpine")]
    [InlineData("{uses: actions/setup-node@0123456789012345678901234567890123456789}", "actions/setup-node")]
    [InlineData("{uses: actions/checkout@0123456789012345678901234567890123456789}, {run: gh release view}", "a script over a checkout")]
    public void The_rule_finds_code_of_the_repository(string steps, string problem)
    {
        var workflow = new WorkflowText("test", $"jobs: {{x: {{permissions: {{contents: write}}, steps: [{steps}]}}}}");

        Problems(workflow).Should().ContainSingle().Which.Should().Contain(problem);
    }

    [Theory]
    [InlineData("container: alpine")]
    [InlineData("services: {db: {image: x}}")]
    [InlineData("uses: ./.github/workflows/x.yml")]
    [InlineData("defaults: {run: {shell: ./x}}")]
    public void The_rule_finds_a_job_that_runs_elsewhere(string key) =>
        Problems(new WorkflowText("test", $"jobs: {{x: {{permissions: {{packages: write}}, {key}}}}}")).Should().ContainSingle();

    private static IEnumerable<string> Problems(WorkflowText workflow) =>
        from job in workflow.Jobs
        where CanWrite(job.Node)
        from problem in ProblemsOf(job.Node)
        select $"{workflow}, job {job.Name}: {problem}";

    private static IEnumerable<string> ProblemsOf(YamlMappingNode job)
    {
        var steps = WorkflowText.StepsOf(job);
        foreach (var key in (string[])["container", "services", "uses", "defaults"])
            if (WorkflowText.Find(job, key) is not null) yield return key;
        foreach (var step in steps.Where(s => s.Uses is not null && s.OwnAction is null && !IsData(s.Uses)))
            yield return $"uses {step.Uses}";
        foreach (var word in steps.SelectMany(s => CommandsOf(s.Run)).Except(Harmless)) yield return $"runs {word}";
        if (steps.Any(s => s.Run.Length > 0) && steps.Any(s => IsUse(s, "actions/checkout")))
            yield return "a script over a checkout";
    }

    // They fetch files or a token, and run nothing that they fetch.
    private static bool IsData(string uses) =>
        uses.Split('@')[0] is "actions/checkout" or "actions/download-artifact" or "NuGet/login";

    private static bool IsUse(StepText step, string action) => step.Uses?.Split('@')[0] == action;

    private static IEnumerable<string> CommandsOf(string script) =>
        // Of dotnet only this: it reads packages, and builds nothing.
        CommandWord.Matches(script.Replace("\\\n", " ", StringComparison.Ordinal)
            .Replace("dotnet nuget push ", $"{PushPackage} ", StringComparison.Ordinal)).Select(m => m.Groups["word"].Value);

    private static bool CanWrite(YamlMappingNode job) =>
        WorkflowText.Find(job, "permissions") is not YamlMappingNode permissions
        || permissions.Children.Values.Any(p => p.ToString() is not ("read" or "none"));

    private static IEnumerable<string> Scalars(YamlNode node) => node.AllNodes.OfType<YamlScalarNode>().Select(s => s.Value ?? "");
}
