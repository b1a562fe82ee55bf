using ReleaseActions.Core;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>A job's own token may not make refs at commits that change workflow files; GitHub's refusal does not say so.</summary>
[Trait("Row", "F62")]
public sealed class WorkflowRuleTests
{
    public static TheoryData<string, FaultKind?> Refusals => new()
    {
        { "by the rule of the sandbox, on the tag", null },
        { "POST releases", FaultKind.Reply(403, """{"message":"Resource not accessible by integration"}""") },
        { "POST releases", FaultKind.Reply(404, """{"message":"Not Found"}""") },
        { "PATCH releases/*", FaultKind.Reply(403, """{"message":"Resource not accessible by integration"}""") },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task The_remedy_names_the_workflow_files_and_the_permission_that_is_needed(string request, FaultKind? fault)
    {
        await using var ground = await NewAsync(".github/workflows/ci.yml", request, fault);

        var run = await RunAsync(ground);

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().Contain("changes workflow files: .github/workflows/ci.yml")
            .And.Contain("`workflows: write`").And.NotContain("contents: write");
    }

    [Fact]
    public async Task A_refusal_at_any_other_commit_names_contents_write()
    {
        var refusal = FaultKind.Reply(403, """{"message":"Resource not accessible by integration"}""");
        await using var ground = await NewAsync(".github/dependabot.yml", "POST releases", refusal);

        var run = await RunAsync(ground);

        run.Errors.Should().ContainSingle().Which.Should().Contain("contents: write").And.NotContain("workflow files");
    }

    [Fact]
    public async Task A_tag_that_was_pushed_manually_is_released_without_the_permission()
    {
        await using var ground = await NewAsync(".github/workflows/ci.yml", "", null);
        ground.Checkout.Tag("v1.0.0");

        (await RunAsync(ground)).ExitCode.Should().Be(ExitCode.Done);
    }

    private static async Task<ReleaseGround> NewAsync(string file, string request, FaultKind? fault)
    {
        var ground = await ReleaseGround.NewAsync();
        ground.Checkout.Write("dist/a.tgz", "a").Write(file, "on: push\n").Commit("Change it");
        ground.Checkout.Push();
        ground.GitHub.RefusesWorkflowChanges = true;
        if (fault is not null && request.Split(' ') is [var method, var path]) ground.Fault(method, path, fault, times: 9);
        return ground;
    }

    private static Task<RunResult> RunAsync(ReleaseGround ground) => ground.Rig().OnBranch("main").Input("version", "1.0.0")
        .Input("files", "dist/*").RunAsync(new ReleasePublishAction());
}
