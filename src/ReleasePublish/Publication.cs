using ReleaseActions.Core;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.ReleasePublish;

/// <summary>
/// Applies a plan: draft, files, verification, tag, and publication last, because a published release may be immutable.
/// State lives in GitHub alone: stopped anywhere, the next run goes on from what is there.
/// </summary>
internal sealed class Publication(World world, PublishPlan plan)
{
    private const int MostAttempts = 4;
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(2);

    private bool _hasGivenWay;

    /// <summary>Applies it, or gives way where another run was first.</summary>
    public async Task<PublishOutcome> ApplyAsync(CancellationToken cancellation)
    {
        var release = plan.Facts.Release ?? await CreateAsync(cancellation);
        try
        {
            return await ApplyToAsync(release, cancellation);
        }
        catch (ActionException e) when (release.Draft && !_hasGivenWay && e.ExitCode is (ExitCode.RemoteFailed or ExitCode.VerificationFailed))
        {
            if (await FindSuccessorAsync(release, cancellation) is { } published) return await GiveWayAsync(release, published, cancellation);
            throw;
        }
    }

    // Of several runs, one that gives way takes the draft along that this run shared with it.
    private async Task<Release?> FindSuccessorAsync(Release release, CancellationToken cancellation)
    {
        try
        {
            return await world.GitHub.FindPublishedReleaseAsync(plan.Wish.Tag.Name, cancellation) is { } published && published.Id != release.Id ? published : null;
        }
        catch (ActionException)
        {
            // What failed first is what a reader has to know.
            return null;
        }
    }

    private async Task<PublishOutcome> ApplyToAsync(Release release, CancellationToken cancellation)
    {
        if (plan.Assets.Any(a => a.Verb is AssetVerb.Replace or AssetVerb.Delete) && await IsPublishedSinceAsync(release, cancellation) is { } early) return await GiveWayAsync(release, early, cancellation);
        await ChangeAssetsAsync(release, cancellation);
        var assets = await new Verification(world, plan).RequireAssetsAsync(release, cancellation);
        var applied = plan.Publishes ? plan.WithTags(await RequireTagAsync(cancellation), world.Policy.Version.TagPrefix) : plan;
        if ((plan.Publishes || plan.ChangesFields) && await IsPublishedSinceAsync(release, cancellation) is { } late) return await GiveWayAsync(release, late, cancellation);
        if (!plan.Publishes && !plan.ChangesFields) return new PublishOutcome(await new Verification(world, plan).RequireReleaseAsync(release.Id, cancellation), assets, applied);
        var written = await WriteAsync(release, applied.Wish.MakeLatest, cancellation);
        return written.Id == release.Id ? await ReadBackAsync(written, assets, applied, cancellation) : await GiveWayAsync(release, written, cancellation);
    }

    // A read that fails tells nothing about the release: it is public, and tags, state file and channels must hear of it.
    private async Task<PublishOutcome> ReadBackAsync(Release written, IReadOnlyList<ReleaseAsset> assets, PublishPlan applied, CancellationToken cancellation)
    {
        try
        {
            // Once more: what another run took away between the first look and the publication must not go unnoticed.
            if (plan.Publishes) assets = await new Verification(world, plan).RequireAssetsAsync(written, cancellation);
            return new PublishOutcome(await new Verification(world, plan).RequireReleaseAsync(written.Id, cancellation), assets, applied) { IsNew = plan.Publishes };
        }
        catch (ActionException e) when (e.ExitCode == ExitCode.RemoteFailed)
        {
            return new PublishOutcome(written, assets, applied) { IsNew = plan.Publishes, Findings = [.. e.Findings.Select(f => f with { Message = $"The release is published, and could not be read back: {f.Message}" })] };
        }
    }

    // A draft that another run shares may be public by now; then nothing of it is taken away or written over, and that run told the channels.
    private async Task<Release?> IsPublishedSinceAsync(Release release, CancellationToken cancellation) =>
        release.Draft && await world.GitHub.FindReleaseAsync(release.Id, cancellation) is { Draft: false } published ? published : null;

    /// <summary>Another run published the tag first: what it published is held against what is meant here, as if it had been there from the start.</summary>
    private async Task<PublishOutcome> GiveWayAsync(Release ours, Release published, CancellationToken cancellation)
    {
        _hasGivenWay = true;
        world.Log.Step("publish", ("tag", plan.Wish.Tag.Name), ("id", published.Id), ("status", "published-by-another-run"));
        if (ours.Id != published.Id && await world.GitHub.FindReleaseAsync(ours.Id, cancellation) is { Draft: true } draft && !HoldsWorkOfPeople(draft))
        {
            await world.GitHub.DeleteReleaseAsync(ours.Id, cancellation);
            world.Log.Step("delete", ("draft", ours.Id), ("reason", "another run published the tag"), ("status", "ok"));
        }

        var assets = await Digests.CompleteAsync(world, await world.GitHub.ListAssetsAsync(published.Id, cancellation), plan.Facts.Files, cancellation);
        var now = PublishPlan.For(plan.Wish, plan.Facts with { Release = published, Strangers = [], Assets = assets }, world.Policy.Version.TagPrefix);
        if (now.Refusals.Count > 0) throw new ActionException(ExitCode.Refused, now.Refusals);
        return (now.IsReleaseDone ? new PublishOutcome(published, assets, now) : await new Publication(world, now).ApplyAsync(cancellation)) with { IsNew = true };
    }

    private bool HoldsWorkOfPeople(Release draft) => ReleaseNotes.FindMark(draft.Body) is { IsEdited: true } || plan.Assets.Any(a => a.Verb == AssetVerb.LeaveAlone);

    /// <summary>Makes a draft, exactly one: where the answer was lost, our mark finds it.</summary>
    private async Task<Release> CreateAsync(CancellationToken cancellation)
    {
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            var release = await world.GitHub.CreateDraftAsync(plan.Fields with { TargetCommitish = plan.Wish.Commit }, cancellation) ?? await FindOursAsync(cancellation);
            if (release is null) continue;
            world.Log.Step("draft", ("tag", plan.Wish.Tag.Name), ("id", release.Id), ("status", "ok"));
            return release;
        }

        throw ActionException.Remote($"GitHub did not make a draft release of {plan.Wish.Tag.Name} in {MostAttempts} attempts", "Run it again: it goes on from what is there");
    }

    // The list lags behind a create: looked at more than once before a second draft is made.
    private async Task<Release?> FindOursAsync(CancellationToken cancellation)
    {
        for (var look = 1; look <= 3; look++)
        {
            await Task.Delay(Lag * look, world.Clock, cancellation);
            if (Drafts.Ours(await world.GitHub.FindReleasesAsync(plan.Wish.Tag.Name, cancellation), plan.Wish.Tag.Name) is { } ours) return ours;
        }

        return null;
    }

    private async Task ChangeAssetsAsync(Release release, CancellationToken cancellation)
    {
        var upload = new AssetUpload(world, release);
        // One request for each, two where a file goes and another comes, and one to publish.
        world.GitHub.Expect(plan.Assets.Sum(a => a.Verb == AssetVerb.Replace ? 2 : a.Changes ? 1 : 0) + 1);
        foreach (var step in plan.Assets.Where(a => a.Verb == AssetVerb.Delete))
        {
            if (!step.Remote!.IsWhole)
            {
                await upload.ClearAsync(step.Remote, cancellation);
                continue;
            }

            await upload.TakeAwayAsync(step.Remote, cancellation);
            world.Log.Step("delete", ("asset", step.Name), ("reason", step.Reason), ("status", "ok"));
        }

        foreach (var step in plan.Assets.Where(a => a.Verb == AssetVerb.Relabel))
        {
            await world.GitHub.LabelAssetAsync(step.Remote!.Id, step.Local!.File.Label!, cancellation);
            world.Log.Step("label", ("asset", step.Name), ("label", step.Local.File.Label), ("status", "ok"));
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = plan.Wish.ParallelUploads, CancellationToken = cancellation };
        // The loop's own token is not handed on: where one upload fails, those under way end well and no new one begins.
        await Parallel.ForEachAsync(
            plan.Assets.Where(a => a.Verb is AssetVerb.Upload or AssetVerb.Replace), options, async (step, _) => await upload.RunAsync(step, cancellation));
    }

    /// <summary>The tag leads to the commit on origin, now; a missing one is made.</summary>
    /// <returns>The names of the tags on origin.</returns>
    private async Task<IEnumerable<string>> RequireTagAsync(CancellationToken cancellation)
    {
        var tag = plan.Wish.Tag.Name;
        if (!(await world.Git.ListRemoteTagsAsync(cancellation)).ContainsKey(tag))
        {
            await world.GitHub.CreateTagAsync(tag, plan.Wish.Commit, cancellation);
            world.Log.Step("tag", ("tag", tag), ("commit", plan.Wish.Commit), ("status", "ok"));
        }

        var tags = await world.Git.ListRemoteTagsAsync(cancellation);
        if (tags.GetValueOrDefault(tag) == plan.Wish.Commit) return tags.Keys;
        throw ActionException.Refused($"The tag '{tag}' does not lead to commit {plan.Wish.Commit[..12]} on origin", "See who moved it; this run has published nothing and leaves its draft as it is");
    }

    /// <summary>Writes title, notes and flags, and makes the release public where that is planned.</summary>
    /// <returns>The release as it is now, or the one that another run published for the tag meanwhile.</returns>
    private async Task<Release> WriteAsync(Release release, bool makeLatest, CancellationToken cancellation)
    {
        var fields = plan.Publishes ? plan.Fields with { TargetCommitish = plan.Wish.Commit, MakeLatest = makeLatest } : plan.Fields;
        Release? written;
        try
        {
            for (var attempt = 1; (written = await world.GitHub.UpdateReleaseAsync(release.Id, fields, plan.Publishes ? false : null, cancellation)) is null; attempt++)
            {
                if (attempt == MostAttempts) throw ActionException.Remote($"The release {release.Id} of {plan.Wish.Tag.Name} is gone", "See who deleted it, then run this again");
                await Task.Delay(Lag * attempt, world.Clock, cancellation);
            }
        }
        catch (ActionException refusal) when (refusal.ExitCode == ExitCode.Refused && plan.Publishes)
        {
            // A tag has one published release; GitHub refuses a second one.
            if (await world.GitHub.FindPublishedReleaseAsync(plan.Wish.Tag.Name, cancellation) is { } rival && rival.Id != release.Id) return rival;
            throw;
        }

        world.Log.Step(plan.Publishes ? "publish" : "update", ("tag", plan.Wish.Tag.Name), ("id", release.Id), ("status", "ok"));
        return written;
    }
}
