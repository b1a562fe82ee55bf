using ReleaseActions.Core.Edges;
using ReleaseActions.Core.Running;

namespace ReleaseActions.BranchCleanup;

/// <summary>Applies a plan: each branch is deleted only if it still is at the commit that was looked at, and is gone afterwards.</summary>
internal sealed class Deletion(World world)
{
    /// <summary>Deletes the branches of a plan, all that can be; what cannot is told together at the end.</summary>
    /// <exception cref="ActionException">A branch moved since (exit 3), or origin refuses (exit 4), or one is still there (exit 5).</exception>
    public async Task ApplyAsync(CleanupPlan plan, CancellationToken cancellation)
    {
        var moved = new List<Finding>();
        var refused = new List<Finding>();
        foreach (var branch in plan.Deletions.Select(v => v.Branch)) await DeleteAsync(branch, moved, refused, cancellation);
        if (refused.Count > 0) throw new ActionException(ExitCode.RemoteFailed, [.. moved, .. refused]);
        if (moved.Count > 0) throw new ActionException(ExitCode.Refused, moved);
        await RequireGoneAsync(plan, cancellation);
    }

    private async Task DeleteAsync(BranchFacts branch, List<Finding> moved, List<Finding> refused, CancellationToken cancellation)
    {
        var words = await world.Git.DeleteRemoteBranchAsync(branch.Name, branch.Commit!, cancellation);
        // git answers alike where a branch moved and where it is gone; the remote's list tells which, and whether an answer was lost.
        var now = words is null ? null : (await world.Git.ListRemoteBranchesAsync(cancellation)).GetValueOrDefault(branch.Name);
        var status = words is null ? "ok" : now is null ? "gone" : now != branch.Commit ? "moved" : "refused";
        world.Log.Step("delete", ("branch", branch.Name), ("commit", branch.Commit), ("status", status));
        if (status == "moved")
            moved.Add(new Finding($"The branch '{branch.Name}' moved from {branch.Commit![..12]} to {now![..12]} while it was looked at", "Run it again: the new commits are looked at then"));
        if (status == "refused")
            refused.Add(new Finding($"origin does not let the branch '{branch.Name}' be deleted: {words}", "Grant the job `contents: write`, or let its token pass the repository's rules"));
    }

    private async Task RequireGoneAsync(CleanupPlan plan, CancellationToken cancellation)
    {
        if (plan.Deletions.Count == 0) return;
        var remote = await world.Git.ListRemoteBranchesAsync(cancellation);
        var left = plan.Deletions.Select(v => v.Branch.Name).Where(remote.ContainsKey).ToList();
        if (left.Count > 0) throw ActionException.Verification($"Deleted, and there again: {string.Join(", ", left)}", "See who pushed it again");
    }
}
