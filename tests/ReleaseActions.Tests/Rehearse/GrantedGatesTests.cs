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
    public async Task Version_validate_passes_every_gate_and_not_one_without_the_grant()
    {
        await using var ground = await ReleaseGround.NewAsync();
        ground.Checkout.Policy(Gates);

        var before = await RunAsync(ground);
        var granted = GrantedGates.Grant(ground.GitHub, new RehearsalFacts("acme/shop", "v1.0.0", ground.Checkout.Head, ReleasePolicy.Read(Gates, "policy"), ""), Stage.RunId);
        var after = await RunAsync(ground);

        before.Errors.Should().HaveCount(5);
        granted.Should().BeTrue();
        after.ExitCode.Should().Be(ExitCode.Done, after.Log);
        after.Summary.Should().Contain("| approval of security | grace, on environment live | ✅ |");
    }

    [Fact]
    public async Task Where_the_policy_has_no_gates_nothing_is_granted()
    {
        await using var ground = await ReleaseGround.NewAsync();

        GrantedGates.Grant(ground.GitHub, new RehearsalFacts("acme/shop", "v1.0.0", ground.Checkout.Head, ReleasePolicy.Read("", "policy"), ""), Stage.RunId).Should().BeFalse();
    }

    private static Task<RunResult> RunAsync(ReleaseGround ground) => ground.Rig().OnBranch("main").With("GITHUB_RUN_ID", $"{Stage.RunId}")
        .Input("version", "1.0.0").Input("team-token", "sandbox-organization-token").RunAsync(new VersionValidateAction());
}
