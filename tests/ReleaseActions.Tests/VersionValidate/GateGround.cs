using ReleaseActions.Core;
using ReleaseActions.VersionValidate;

namespace ReleaseActions.Tests.VersionValidate;

/// <summary>What tests of version-validate repeat: a policy, a run, and the result of one rule.</summary>
internal static class GateGround
{
    /// <summary>Runs the action for a pushed tag.</summary>
    public static Task<RunResult> ValidateTagAsync(this Checkout checkout, string tag, params (string Name, string Value)[] inputs) =>
        inputs.Aggregate(
            new Rig(checkout).OnTag(tag), (rig, input) => rig.Input(input.Name, input.Value)).RunAsync(new VersionValidateAction());

    /// <summary>Runs the action manually on main.</summary>
    public static Task<RunResult> ValidateAsync(this Checkout checkout, string version, params (string Name, string Value)[] inputs) =>
        inputs.Aggregate(
            new Rig(checkout).OnBranch("main").Input("version", version),
            (rig, input) => rig.Input(input.Name, input.Value)).RunAsync(new VersionValidateAction());

    /// <summary>The only error of a refused run.</summary>
    public static string Refusal(this RunResult run, ExitCode exitCode = ExitCode.Refused)
    {
        run.ExitCode.Should().Be(exitCode, run.Log);
        return run.Errors.Should().ContainSingle().Subject;
    }

    /// <summary>The summary of a run that must succeed.</summary>
    public static string Content(this RunResult run)
    {
        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        return run.Summary;
    }
}
