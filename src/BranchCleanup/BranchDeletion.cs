using ReleaseActions.Core;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.Runner;

namespace ReleaseActions.BranchCleanup;

/// <summary>Deletes each branch of a plan only if it still is at the commit that was looked at, and checks that it is gone.</summary>
internal sealed class BranchDeletion(CleanupPlan plan, GitWriter git, Log log)
{
    private const int BranchesAPush = 100;
    private const string RunAgain = "Run it again: it continues from what is there";

    private readonly Dictionary<string, (ExitCode Code, Finding Finding)> _failures = plan.Deletions.ToDictionary(
        v => v.Branch.Name,
        v => (ExitCode.RemoteFailed, new Finding($"The branch '{v.Branch.Name}' was not deleted: the run ended before", RunAgain)),
        StringComparer.Ordinal);

    /// <summary>The branches of the plan that are not deleted at this moment, each with the reason.</summary>
    public IReadOnlyDictionary<string, Finding> Failures =>
        _failures.ToDictionary(f => f.Key, f => f.Value.Finding, StringComparer.Ordinal);

    /// <summary>Deletes all branches that can be deleted, and reports the others together at the end.</summary>
    /// <exception cref="ActionException">A branch moved (exit 3), origin refuses (exit 4), or one is there again (exit 5).</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        IReadOnlyList<BranchFacts> branches = [.. plan.Deletions.Select(v => v.Branch)];
        foreach (var chunk in branches.Chunk(BranchesAPush)) await DeleteAsync(chunk, cancellation);
        // One by one: a repository may limit how many branches one push changes, and one that is gone stops the whole push.
        if (branches.Count > 1) foreach (var branch in branches.Where(Failed)) await DeleteAsync([branch], cancellation);
        await RequireGoneAsync(branches, cancellation);
        var deleted = branches.Where(b => !_failures.ContainsKey(b.Name));
        foreach (var branch in deleted.Where(b => b.IsLocalDeleted)) await DeleteLocalAsync(branch, cancellation);
        if (_failures.Count == 0) return;
        var worst = (ExitCode[])[ExitCode.RemoteFailed, ExitCode.VerificationFailed, ExitCode.Refused];
        var code = worst.First(w => _failures.Values.Any(f => f.Code == w));
        throw new ActionException(code, [.. _failures.Values.Select(f => f.Finding)]);
    }

    private bool Failed(BranchFacts branch) =>
        _failures.TryGetValue(branch.Name, out var failure) && failure.Code == ExitCode.RemoteFailed;

    private async Task DeleteAsync(IReadOnlyList<BranchFacts> branches, CancellationToken cancellation)
    {
        // From here on a deletion may have happened even if its answer was lost.
        foreach (var branch in branches)
        {
            var message = $"It is not known whether the branch '{branch.Name}' was deleted: the run ended before git reported it";
            Fail(branch, ExitCode.RemoteFailed, message, RunAgain);
        }

        var pushed = await git.DeleteRemoteBranchesAsync([.. branches.Select(b => (b.Name, b.Commit!))], cancellation);
        foreach (var (branch, outcome) in branches.Zip(pushed)) Judge(branch, outcome);
    }

    private void Judge(BranchFacts branch, PushedRef outcome)
    {
        var status = outcome.Status == PushStatus.There ? "gone" : outcome.Word;
        log.Step("delete", ("branch", branch.Name), ("commit", branch.Commit), ("status", status));
        if (outcome.IsDone)
        {
            _failures.Remove(branch.Name);
        }
        else if (outcome.Status == PushStatus.Moved)
        {
            var message = $"The branch '{branch.Name}' moved from {branch.Commit![..12]} to {outcome.Now[..12]} while it was looked at";
            Fail(branch, ExitCode.Refused, message, "Run it again: then the new commits are looked at");
        }
        else if (outcome.Status == PushStatus.Unknown)
        {
            var message = $"It is not known whether the branch '{branch.Name}' was deleted: {outcome.Reason}; origin does not answer";
            Fail(branch, ExitCode.RemoteFailed, message, RunAgain);
        }
        else if (outcome.Status == PushStatus.Failed)
        {
            Fail(branch, ExitCode.RemoteFailed, $"origin did not delete the branch '{branch.Name}': {outcome.Reason}", RunAgain);
        }
        else
        {
            var message = $"origin does not let the branch '{branch.Name}' be deleted: {outcome.Reason}";
            Fail(branch, ExitCode.RemoteFailed, message, "Grant the job `contents: write`, or let its token pass the repository's rules");
        }
    }

    // git keeps a branch that somebody works on, also during a rebase. In any case origin's is deleted.
    private async Task DeleteLocalAsync(BranchFacts branch, CancellationToken cancellation)
    {
        var reason = await git.DeleteLocalBranchAsync(branch.Name, cancellation);
        log.Step("delete", ("branch", branch.Name), ("where", "checkout"), ("status", reason is null ? "ok" : "refused"));
        if (reason is null) return;
        log.Warning(new Finding(
            $"The branch '{branch.Name}' is deleted on origin, but the local branch is not: {reason}",
            $"Delete it manually: `git branch -D {branch.Name}`"));
    }

    private void Fail(BranchFacts branch, ExitCode code, string message, string remedy) =>
        _failures[branch.Name] = (code, new Finding(message, remedy));

    private async Task RequireGoneAsync(IReadOnlyList<BranchFacts> branches, CancellationToken cancellation)
    {
        if (branches.Count == 0) return;
        var remote = await git.Repository.ListRemoteBranchesAsync(cancellation);
        foreach (var branch in branches.Where(b => remote.ContainsKey(b.Name) && !_failures.ContainsKey(b.Name)))
        {
            var message = $"The branch '{branch.Name}' was deleted, and is there again";
            Fail(branch, ExitCode.VerificationFailed, message, "Find out who pushed it again");
        }
    }
}
