using ReleaseActions.Core.Hosting;

namespace ReleaseActions.BranchCleanup;

internal sealed class CleanupOutputs(Outputs outputs)
{
    private readonly Output _deleted = outputs.Declare(
        "deleted", "The branches that were deleted, one per line; of a dry run, those that would be.");

    private readonly Output _kept = outputs.Declare("kept", "The branches that were kept, one per line.");

    private readonly Output _report = outputs.Declare(
        "report", "Every branch, as a JSON list of {branch, commit, deleted, reason, proof, proved-by, files}.");

    /// <summary>Says of each branch what becomes of it.</summary>
    public void Set(CleanupPlan plan)
    {
        _deleted.Set(plan.Deletions.Select(v => v.Branch.Name));
        _kept.Set(plan.Results.Where(v => !v.Deletes && v.Branch.Commit is not null).Select(v => v.Branch.Name));
        _report.Set(plan.ToJson());
    }
}
