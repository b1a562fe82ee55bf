using ReleaseActions.Core.Edges;
using ReleaseActions.Core.Running;

namespace ReleaseActions.ReleasePublish;

/// <summary>
/// Applies a plan: draft, files, verification, tag, and publication last, because a published release may be immutable.
/// State lives in GitHub alone: stopped anywhere, the next run goes on from what is there.
/// </summary>
internal sealed class Publication(World world, PublishPlan plan)
{
    private const int UploadsAtOnce = 4;
    private const int MostAttempts = 4;
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(2);

    /// <summary>The release as GitHub shows it afterwards, and its files.</summary>
    public async Task<(Release Release, IReadOnlyList<ReleaseAsset> Assets)> ApplyAsync(CancellationToken cancellation)
    {
        var release = plan.Facts.Release ?? await CreateAsync(cancellation);
        await ChangeAssetsAsync(release, cancellation);
        var assets = await new Verification(world, plan).RequireAssetsAsync(release, cancellation);
        if (plan.Publishes) await RequireTagAsync(cancellation);
        if (plan.Publishes || plan.ChangesFields) await WriteAsync(release, cancellation);
        return (await new Verification(world, plan).RequireReleaseAsync(release.Id, cancellation), assets);
    }

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
        foreach (var step in plan.Assets.Where(a => a.Verb == AssetVerb.Delete))
        {
            await world.GitHub.DeleteAssetAsync(step.Remote!.Id, cancellation);
            world.Log.Step("delete", ("asset", step.Name), ("reason", step.Reason), ("status", "ok"));
        }

        foreach (var step in plan.Assets.Where(a => a.Verb == AssetVerb.Relabel))
        {
            await world.GitHub.LabelAssetAsync(step.Remote!.Id, step.Local!.File.Label!, cancellation);
            world.Log.Step("label", ("asset", step.Name), ("label", step.Local.File.Label), ("status", "ok"));
        }

        var upload = new AssetUpload(world, release);
        var options = new ParallelOptions { MaxDegreeOfParallelism = UploadsAtOnce, CancellationToken = cancellation };
        // The loop's own token is not handed on: where one upload fails, those under way end well and no new one begins.
        await Parallel.ForEachAsync(
            plan.Assets.Where(a => a.Verb is AssetVerb.Upload or AssetVerb.Replace), options, async (step, _) => await upload.RunAsync(step, cancellation));
    }

    /// <summary>The tag leads to the commit on origin, now; a missing one is made.</summary>
    private async Task RequireTagAsync(CancellationToken cancellation)
    {
        var tag = plan.Wish.Tag.Name;
        if (await TagCommitAsync(tag, cancellation) is null)
        {
            await world.GitHub.CreateTagAsync(tag, plan.Wish.Commit, cancellation);
            world.Log.Step("tag", ("tag", tag), ("commit", plan.Wish.Commit), ("status", "ok"));
        }

        if (await TagCommitAsync(tag, cancellation) is { } at && at == plan.Wish.Commit) return;
        throw ActionException.Refused($"The tag '{tag}' does not lead to commit {plan.Wish.Commit[..12]} on origin", "See who moved it; the draft is kept, and nothing was published");
    }

    private async Task<string?> TagCommitAsync(string tag, CancellationToken cancellation) => (await world.Git.ListRemoteTagsAsync(cancellation)).GetValueOrDefault(tag);

    private async Task WriteAsync(Release release, CancellationToken cancellation)
    {
        var fields = plan.Publishes ? plan.Fields with { TargetCommitish = plan.Wish.Commit, MakeLatest = plan.Wish.MakeLatest } : plan.Fields;
        for (var attempt = 1; await world.GitHub.UpdateReleaseAsync(release.Id, fields, plan.Publishes ? false : null, cancellation) is null; attempt++)
        {
            if (attempt == MostAttempts) throw ActionException.Remote($"The release {release.Id} of {plan.Wish.Tag.Name} is gone", "See who deleted it, then run this again");
            await Task.Delay(Lag * attempt, world.Clock, cancellation);
        }

        world.Log.Step(plan.Publishes ? "publish" : "update", ("tag", plan.Wish.Tag.Name), ("id", release.Id), ("status", "ok"));
    }
}
