using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.BranchCleanup;

/// <summary>Deletes the branch of a finished release, on proof that production holds all of it.</summary>
internal sealed class BranchCleanupAction : IAction
{
    public string Name => "branch-cleanup";

    public string Description => "Deletes a release branch after the release, only on proof that the production branch holds all of its content.";

    public IReadOnlyList<string> Permissions => ["contents: write", "pull-requests: read"];

    public ActionRun Bind(Inputs inputs, Outputs outputs)
    {
        var (given, results) = (new BranchCleanupInputs(inputs), new BranchCleanupOutputs(outputs));
        return (world, cancellation) => RunAsync(given, results, world, cancellation);
    }

    private static async Task RunAsync(BranchCleanupInputs inputs, BranchCleanupOutputs outputs, World world, CancellationToken cancellation)
    {
        var plan = CleanupPlan.For(await new FactsReading(inputs, world).ReadAsync(cancellation));
        world.Summary.Add(plan.ToMarkdown());
        foreach (var verdict in plan.Verdicts) world.Log.Step("plan", ("branch", verdict.Branch.Name), ("commit", verdict.Branch.Commit), ("what", verdict.Deletes ? "delete" : "keep"));
        if (inputs.DryRun)
        {
            foreach (var refusal in plan.Refusals) world.Log.Warning(refusal);
            SetOutputs(outputs, plan);
            return;
        }

        await ApplyAsync(plan, outputs, world, cancellation);
        if (plan.Refusals.Count > 0) throw new ActionException(ExitCode.Refused, plan.Refusals);
    }

    // However it ends, the outputs tell what became of each branch.
    private static async Task ApplyAsync(CleanupPlan plan, BranchCleanupOutputs outputs, World world, CancellationToken cancellation)
    {
        var deletion = new Deletion(world, plan);
        try
        {
            await deletion.ApplyAsync(cancellation);
        }
        finally
        {
            var outcome = plan.Without(deletion.Failures);
            SetOutputs(outputs, outcome);
            if (deletion.Failures.Count > 0) world.Summary.Add($"### Not deleted\n\n{outcome.ToTable(deletion.Failures.Keys)}");
        }
    }

    private static void SetOutputs(BranchCleanupOutputs outputs, CleanupPlan plan)
    {
        outputs.Deleted.Set(plan.Deletions.Select(v => v.Branch.Name));
        outputs.Kept.Set(plan.Verdicts.Where(v => !v.Deletes && v.Branch.Commit is not null).Select(v => v.Branch.Name));
        outputs.Report.Set(plan.ToJson());
    }
}
