using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Rehearse;

/// <summary>Plays a whole release on this machine, so that nobody has to release in order to test a release.</summary>
/// <param name="assembly">The assembly that has all actions; null where a folder of programs is beside this one.</param>
internal sealed class RehearseAction(string? assembly = null) : ReleaseAction<RehearseRequest, RehearseFacts, RehearsePlan, Outputs>
{
    public override string Name => "rehearse";

    public override string Description =>
        "Plays the release of a repository on this machine, against a sandbox of GitHub and a registry. Nothing leaves the machine.";

    public override IReadOnlyList<string> Permissions => [];

    protected override Changes Changes => Changes.Files;

    // The policy that applies is the one of the released commit, which need not be that of the folder where this is run.
    protected override bool UsesPolicyOfWorkspace => false;

    protected override Outputs Declare(Outputs outputs) => outputs;

    protected override RehearseRequest Read(Inputs inputs, ReleasePolicy policy) => new(inputs);

    protected override async Task<RehearseFacts> GatherAsync(RehearseRequest request, Readers readers, CancellationToken cancellation)
    {
        using var gathering = new RehearseGathering(request, readers);
        return await gathering.GatherAsync(cancellation);
    }

    protected override RehearsePlan Plan(RehearseRequest request, RehearseFacts facts) => RehearsePlan.For(request, facts);

    protected override void Report(RehearsePlan plan, Outputs outputs)
    {
    }

    protected override async Task ApplyAsync(RehearsePlan plan, Outputs outputs, Writers writers, CancellationToken cancellation)
    {
        using var folder = writers.Files.At(plan.Request.Output);
        var stage = new Stage(folder, writers);
        var played = plan with { Facts = await stage.SetAsync(plan, cancellation) };
        await using var sandbox = await stage.StartSandboxAsync(played.Facts);

        var screen = new Screen(writers.Log, writers.IsTerminal);
        var runner = new StepRunner(played, stage, sandbox, writers, assembly);
        await runner.PrepareAsync(cancellation);
        var results = await new Playing(played, stage, sandbox, screen, writers).RunAsync(runner, cancellation);
        screen.Table(results, await new PublicFolder(folder, sandbox, played.Facts, runner.Registry).WriteAsync(results, cancellation));
        if (results.FirstOrDefault(r => r.ExitCode != ExitCode.Done) is not { } failed) return;
        var problem = $"The step {failed.Step.Action} ended with exit code {(int)failed.ExitCode}";
        throw new ActionException(failed.ExitCode, [new Finding(problem, "Its log above says why, and what to do")]);
    }
}
