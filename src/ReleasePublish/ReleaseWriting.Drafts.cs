using ReleaseActions.Core;
using ReleaseActions.Core.GitHub;

namespace ReleaseActions.ReleasePublish;

/// <summary>The draft: made once, shared with other runs of the tag, and given up where one of them was faster.</summary>
internal sealed partial class ReleaseWriting
{
    // A draft that another run shares may be public by now; then nothing of it is deleted or overwritten, and that run notified everybody.
    private async Task RequireOwnDraftAsync(Release release, CancellationToken cancellation)
    {
        if (release.Draft && await writers.GitHub.FindReleaseAsync(release.Id, cancellation) is { Draft: false } published)
            throw await GiveWayAsync(release, published, cancellation);
    }

    private async Task<Release?> FindRivalAsync(Release release, CancellationToken cancellation)
    {
        try
        {
            var published = await writers.GitHub.FindPublishedReleaseAsync(plan.Tag.Name, cancellation);
            return published?.Id == release.Id ? null : published;
        }
        catch (ActionException)
        {
            // What failed first is what a reader has to know.
            return null;
        }
    }

    /// <summary>Another run published the tag first: our draft goes, and what that run published is compared with the request.</summary>
    private async Task<ActionException> GiveWayAsync(Release ours, Release published, CancellationToken cancellation)
    {
        writers.Log.Step("publish", ("tag", plan.Tag.Name), ("id", published.Id), ("status", "published-by-another-run"));
        if (ours.Id != published.Id && await IsOursAloneAsync(ours.Id, cancellation))
        {
            await writers.GitHub.DeleteDraftAsync(ours.Id, cancellation);
            writers.Log.Step("delete", ("draft", ours.Id), ("reason", "another run published the tag"), ("status", "ok"));
        }

        return ActionException.Conflict(
            $"Another run published '{plan.Tag.Name}' meanwhile", "Run it again: it compares what is published with the request");
    }

    // A draft that holds the work of people stays.
    private async Task<bool> IsOursAloneAsync(long id, CancellationToken cancellation) =>
        await writers.GitHub.FindReleaseAsync(id, cancellation) is { Draft: true } draft && ReleaseCalls.IsOurs(draft, plan.Tag.Name)
        && ReleaseNotes.FindMark(draft.Body) is not { IsEdited: true } && !plan.Assets.Any(a => a.Verb == AssetVerb.LeaveAlone);

    /// <summary>Creates a draft, exactly one: where the answer was lost, our mark finds it.</summary>
    private async Task<Release> CreateDraftAsync(CancellationToken cancellation)
    {
        var fields = plan.Fields with { TargetCommitish = plan.Commit };
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            var release = await writers.GitHub.CreateDraftAsync(fields, cancellation) ?? await FindOursAsync(cancellation);
            if (release is null) continue;
            writers.Log.Step("draft", ("tag", plan.Tag.Name), ("id", release.Id), ("status", "ok"));
            await RequireFirstAsync(release, cancellation);
            return release;
        }

        throw ActionException.Remote(
            $"GitHub did not make a draft release of {plan.Tag.Name} in {MostAttempts} attempts",
            "Run it again: it goes on from what is there");
    }

    // Before anything is sent: where another run made its draft first, this one goes.
    private async Task RequireFirstAsync(Release created, CancellationToken cancellation)
    {
        try
        {
            await RequireSharedAsync(created, cancellation);
        }
        catch (ActionException e) when (e.IsConflict)
        {
            if (await IsOursAloneAsync(created.Id, cancellation)) await writers.GitHub.DeleteDraftAsync(created.Id, cancellation);
            throw;
        }
    }

    private async Task<ReleaseList> RequireSharedAsync(Release release, CancellationToken cancellation)
    {
        var list = await DraftSharing.RequireSharedAsync(release, plan, writers.GitHub, cancellation);
        var published = list.OfTag.FirstOrDefault(r => !r.Draft);
        return published is null || published.Id == release.Id ? list : throw await GiveWayAsync(release, published, cancellation);
    }

    // Asked more than once: a draft that was just created may not be there yet.
    private async Task<bool> IsGoneAsync(Release release, CancellationToken cancellation)
    {
        try
        {
            return await Lag.SettleAsync(
                c => writers.GitHub.FindReleaseAsync(release.Id, c), r => r is not null, writers.Clock, cancellation) is null;
        }
        catch (ActionException)
        {
            // What failed first is what a reader has to know.
            return false;
        }
    }

    // The list lags behind a create: looked at more than once before a second draft is created.
    private async Task<Release?> FindOursAsync(CancellationToken cancellation)
    {
        await Lag.WaitAsync(look: 1, writers.Clock, cancellation);
        var tag = plan.Tag.Name;
        var list = await Lag.SettleAsync(
            c => writers.GitHub.ReadReleasesAsync(tag, c), l => ReleaseCalls.Ours(l.OfTag, tag) is not null, writers.Clock, cancellation);
        return ReleaseCalls.Ours(list.OfTag, tag);
    }
}
