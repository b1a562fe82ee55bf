using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;

namespace ReleaseActions.BranchCleanup;

/// <summary>Deletes the branch of a finished release, on proof that production holds all of it.</summary>
internal sealed class BranchCleanupAction : ReleaseAction<CleanupRequest, CleanupFacts, CleanupPlan, CleanupOutputs>
{
    public override string Name => "branch-cleanup";

    public override string Description =>
        "Deletes a release branch after the release, only on proof that the production branch holds all of its content.";

    public override IReadOnlyList<string> Permissions => ["contents: write", "pull-requests: read"];

    protected override Changes Changes => Changes.Refs;

    protected override CleanupOutputs Declare(Outputs outputs) => new(outputs);

    protected override CleanupRequest Read(Inputs inputs, ReleasePolicy policy) => new(inputs, policy);

    protected override Task<CleanupFacts> GatherAsync(CleanupRequest request, Readers readers, CancellationToken cancellation) =>
        new CleanupGathering(request, readers).GatherAsync(cancellation);

    protected override CleanupPlan Plan(CleanupRequest request, CleanupFacts facts) => CleanupPlan.For(request, facts);

    protected override void Report(CleanupPlan plan, CleanupOutputs outputs) => outputs.Set(plan);

    protected override async Task ApplyAsync(CleanupPlan plan, CleanupOutputs outputs, Writers writers, CancellationToken cancellation)
    {
        var deletion = new BranchDeletion(plan, writers.Git, writers.Log);
        try
        {
            await deletion.RunAsync(cancellation);
        }
        finally
        {
            // However it ends, the outputs say what became of each branch.
            var outcome = plan.Without(deletion.Failures);
            outputs.Set(outcome);
            if (deletion.Failures.Count > 0) writers.Summary.Add($"### Not deleted\n\n{outcome.ToTable(deletion.Failures.Keys)}");
        }
    }
}
