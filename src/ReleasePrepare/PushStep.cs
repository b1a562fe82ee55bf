using ReleaseActions.Core;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.ReleasePrepare;

/// <summary>Pushes the release: all of its refs, or none. Until origin has taken them, the checkout is unchanged.</summary>
internal sealed class PushStep(PreparePlan plan, Writers writers, Screen screen)
{
    private readonly GitWriter _drafts = writers.Git.Apart;

    /// <exception cref="ActionException">Origin refuses, or cannot be reached (exit 4): nothing is changed then, there and
    /// here.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var changes = plan.Draft.Changes;
        if (changes.Count == 0) return;
        var result = await _drafts.PushAsync([.. changes.Select(c => (c.Ref, c.From, c.To))], isAtomic: true, cancellation);
        if (!result.Succeeded && !await IsThereAsync(cancellation))
            throw ActionException.Remote(
                $"origin did not take the push: {RefChange.ReasonOf(result)}",
                "Nothing was changed, there and here: fix what it names, and run it again");
        foreach (var change in changes) screen.Step("push", ("ref", change.Ref), ("commit", change.To[..12]), ("status", "ok"));
    }

    // A connection may break after origin took the push: what is there counts, not the answer.
    private async Task<bool> IsThereAsync(CancellationToken cancellation)
    {
        try
        {
            var branches = await _drafts.Repository.ListRemoteBranchesAsync(cancellation);
            var tags = await _drafts.Repository.ListRemoteTagsAsync(cancellation);
            bool IsThere(RefChange change) => change.IsTag
                ? tags.GetValueOrDefault(change.Name) == plan.Draft.Commit : branches.GetValueOrDefault(change.Name) == change.To;
            return plan.Draft.Changes.All(IsThere);
        }
        catch (ActionException)
        {
            return false;
        }
    }
}
