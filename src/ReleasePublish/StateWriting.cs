using ReleaseActions.Core;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.ReleasePublish;

/// <summary>Writes the state file, as a commit on top of the one that was read. Where the branch moved on meanwhile, it is read and decided again.</summary>
internal sealed class StateWriting(World world, PublishPlan plan)
{
    private const int MostAttempts = 3;

    /// <summary>What became of it, and what is wrong where it could not be written; null where there is no state file.</summary>
    public async Task<(StateUpdate? Update, IReadOnlyList<Finding> Findings)> RunAsync(Release release, CancellationToken cancellation)
    {
        try
        {
            var (update, finding) = await WriteAsync(release, cancellation);
            return (update, finding is null ? [] : [finding]);
        }
        catch (ActionException e)
        {
            // Where the branch cannot even be read, nobody knows whether a push came through.
            return (plan.State! with { Reason = "⚠️ may not have been written" }, e.Findings);
        }
    }

    private async Task<(StateUpdate? Update, Finding? Finding)> WriteAsync(Release release, CancellationToken cancellation)
    {
        var (update, refusal) = (plan.State, (string?)null);
        for (var attempt = 1; update is { Writes: true, Problem: null } && attempt <= MostAttempts; attempt++)
        {
            var text = update.Written(plan.Wish.Tag.Version, release.PublishedAt ?? world.Clock.GetUtcNow());
            refusal = text is null ? "it cannot be written where it stands" : await world.Git.PushFileAsync(update.File, text, $"Record the release {plan.Wish.Tag.Name}", cancellation);
            if (refusal is null)
            {
                world.Log.Step("state", ("file", update.File.Path), ("branch", update.File.Branch), ("version", plan.Wish.Tag.Version), ("status", "ok"));
                return (update with { Writes = false, Reason = $"says {plan.Wish.Tag.Version} in phase {update.Policy.Phase} now" }, null);
            }

            update = StateUpdate.For(await world.Git.ReadRemoteFileAsync(update.File.Branch, update.File.Path, cancellation), update.Policy, plan.Wish, isPublished: true);
        }

        if (update is not { Writes: true }) return (update, null);
        return (update with { Reason = "was not written" }, new Finding(
            $"The release is published, and '{update.File.Path}' on '{update.File.Branch}' was not written: {update.Problem?.Message ?? refusal}",
            update.Problem?.Remedy ?? "Let the job's token push to the branch, or name another with `state.branch`; then run it again: it writes the file and nothing else"));
    }
}
