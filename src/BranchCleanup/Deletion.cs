using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.BranchCleanup;

/// <summary>Applies a plan: each branch is deleted only if it still is at the commit that was looked at, and is gone afterwards.</summary>
internal sealed class Deletion(World world, CleanupPlan plan)
{
    private const int BranchesAPush = 100;

    private readonly Dictionary<string, (ExitCode Code, Finding Finding)> _failures = plan.Deletions.ToDictionary(
        v => v.Branch.Name, v => (ExitCode.RemoteFailed, new Finding($"The branch '{v.Branch.Name}' was not deleted: the run ended before", "Run it again: it goes on from what is there")), StringComparer.Ordinal);

    /// <summary>The branches of the plan that are not deleted, each with the reason; whenever it is asked.</summary>
    public IReadOnlyDictionary<string, Finding> Failures => _failures.ToDictionary(f => f.Key, f => f.Value.Finding, StringComparer.Ordinal);

    /// <summary>Deletes the branches of a plan, all that can be; what cannot is told together at the end.</summary>
    /// <exception cref="ActionException">A branch moved since (exit 3), or origin refuses (exit 4), or one is there again (exit 5).</exception>
    public async Task ApplyAsync(CancellationToken cancellation)
    {
        IReadOnlyList<BranchFacts> left = [.. plan.Deletions.Select(v => v.Branch)];
        foreach (var chunk in left.Chunk(BranchesAPush)) await DeleteAsync(chunk, cancellation);
        // One by one what did not go together: a repository may bound how many branches one push changes, and one that is gone stops them all.
        if (left.Count > 1) foreach (var branch in left.Where(b => _failures.TryGetValue(b.Name, out var f) && f.Code == ExitCode.RemoteFailed)) await DeleteAsync([branch], cancellation);
        await RequireGoneAsync(left, cancellation);
        foreach (var branch in left.Where(b => b.IsOwnDeleted && !_failures.ContainsKey(b.Name))) await DeleteOwnAsync(branch, cancellation);
        if (_failures.Count == 0) return;
        var worst = (ExitCode[])[ExitCode.RemoteFailed, ExitCode.VerificationFailed, ExitCode.Refused];
        throw new ActionException(worst.First(code => _failures.Values.Any(f => f.Code == code)), [.. _failures.Values.Select(f => f.Finding)]);
    }

    private async Task DeleteAsync(IReadOnlyList<BranchFacts> branches, CancellationToken cancellation)
    {
        // From here on a deletion may have come through, also where its answer was lost.
        foreach (var branch in branches) Fail(branch, ExitCode.RemoteFailed, $"Nobody knows whether the branch '{branch.Name}' was deleted: the run ended before git said so", "Run it again: it goes on from what is there");
        var left = await world.Git.DeleteRemoteBranchesAsync([.. branches.Select(b => (b.Name, b.Commit!))], cancellation);
        // Deleted, whatever becomes of the next question.
        foreach (var branch in branches.Where(b => !left.ContainsKey(b.Name))) _failures.Remove(branch.Name);
        foreach (var branch in branches.Where(b => left.ContainsKey(b.Name)))
            Fail(branch, ExitCode.RemoteFailed, $"git says that it did not delete the branch '{branch.Name}', and origin could not be asked: {left[branch.Name]}", "Run it again: it goes on from what is there");
        // git answers alike where a branch moved and where it is gone; the remote's list tells which, and whether an answer was lost.
        var remote = left.Count == 0 ? left : await world.Git.ListRemoteBranchesAsync(cancellation);
        foreach (var branch in branches)
        {
            var (words, now) = (left.GetValueOrDefault(branch.Name), remote.GetValueOrDefault(branch.Name));
            var status = words is null ? "ok" : now is null ? "gone" : now != branch.Commit ? "moved" : "refused";
            world.Log.Step("delete", ("branch", branch.Name), ("commit", branch.Commit), ("status", status));
            if (status is "ok" or "gone") _failures.Remove(branch.Name);
            if (status == "moved") Fail(branch, ExitCode.Refused, $"The branch '{branch.Name}' moved from {branch.Commit![..12]} to {now![..12]} while it was looked at", "Run it again: the new commits are looked at then");
            if (status == "refused") Fail(branch, ExitCode.RemoteFailed, $"origin does not let the branch '{branch.Name}' be deleted: {words}", "Grant the job `contents: write`, or let its token pass the repository's rules");
        }
    }

    // git keeps a branch that somebody works on, also amid a rebase. Whatever becomes of the copy, origin's branch is deleted.
    private async Task DeleteOwnAsync(BranchFacts branch, CancellationToken cancellation)
    {
        var words = await world.Git.DeleteOwnBranchAsync(branch.Name, cancellation);
        world.Log.Step("delete", ("branch", branch.Name), ("where", "checkout"), ("status", words is null ? "ok" : "refused"));
        if (words is not null) world.Log.Warning(new Finding($"The branch '{branch.Name}' is deleted on origin, and its copy in the checkout is not: {words}", $"Delete it by hand, such as by `git branch -D {branch.Name}`"));
    }

    private void Fail(BranchFacts branch, ExitCode code, string message, string remedy) => _failures[branch.Name] = (code, new Finding(message, remedy));

    private async Task RequireGoneAsync(IReadOnlyList<BranchFacts> branches, CancellationToken cancellation)
    {
        if (branches.Count == 0) return;
        var remote = await world.Git.ListRemoteBranchesAsync(cancellation);
        foreach (var branch in branches.Where(b => remote.ContainsKey(b.Name) && !_failures.ContainsKey(b.Name)))
            Fail(branch, ExitCode.VerificationFailed, $"The branch '{branch.Name}' was deleted, and is there again", "See who pushed it again");
    }
}
