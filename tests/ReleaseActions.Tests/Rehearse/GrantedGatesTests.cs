using ReleaseActions.Core;
using ReleaseActions.Core.Policy;
using ReleaseActions.Rehearse;
using ReleaseActions.VersionValidate;

namespace ReleaseActions.Tests.Rehearse;

/// <summary>A policy with gates can be rehearsed: what only GitHub knows is taken for granted.</summary>
public sealed class GrantedGatesTests
{
    private const string Gates = """
        gates:
          checks: [build]
          blocking-labels: [critical]
          environments: [live]
          approvals: [{team: platform}, {team: security, members: [grace]}, {team: board, members: [eve], major-only: true}]
        """;

    [Fact]
    public async Task Version_validate_passes_every_gate_and_none_without_the_grant()
    {
        await using var ground = await ReleaseGround.NewAsync();
        ground.Checkout.Policy(Gates);

        var before = await RunAsync(ground);
        var granted = Grant(ground, Gates);
        var after = await RunAsync(ground);

        before.Errors.Should().HaveCount(5);
        granted.Should().BeTrue();
        after.ExitCode.Should().Be(ExitCode.Done, after.Log);
        after.Summary.Should().Contain("| approval of security | grace, on environment live | ✅ |");
    }

    [Fact]
    public async Task Without_gates_in_the_policy_nothing_is_granted()
    {
        await using var ground = await ReleaseGround.NewAsync();

        Grant(ground, policy: "").Should().BeFalse();
    }

    private static bool Grant(ReleaseGround ground, string policy)
    {
        var facts = new RehearseFacts("acme/shop", "v1.0.0", ground.Checkout.Head, ReleasePolicy.Read(policy, "policy"));
        return Playing.Grant(ground.GitHub, facts, Stage.RunId);
    }

    private static Task<RunResult> RunAsync(ReleaseGround ground) => ground.Rig().OnBranch("main")
        .With("GITHUB_RUN_ID", $"{Stage.RunId}").Input("version", "1.0.0").Input("team-token", "sandbox-organization-token")
        .RunAsync(new VersionValidateAction());
}
