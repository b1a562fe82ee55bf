using ReleaseActions.Core;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.ReleasePublish;

/// <summary>
/// Writes the release: draft, files, verification, tag, and publication last, because a published release may be immutable.
/// State lives in GitHub alone: stopped anywhere, the next run goes on from what is there.
/// </summary>
internal sealed partial class ReleaseWriting(Writers writers, PublishPlan plan)
{
    private const int MostAttempts = 4;

    /// <summary>Writes it.</summary>
    /// <exception cref="ActionException">Another run published the tag first: a conflict, and a fact of the next plan.</exception>
    public async Task<PublicReport> RunAsync(CancellationToken cancellation)
    {
        if (plan.IsReleaseDone) return new PublicReport(plan, plan.Facts.Release!, plan.Facts.Assets);
        var release = plan.Facts.Release ?? await CreateDraftAsync(cancellation);
        try
        {
            return await WriteAsync(release, cancellation);
        }
        catch (ActionException e) when (release.Draft && e.ExitCode is (ExitCode.RemoteFailed or ExitCode.VerificationFailed))
        {
            // Of several runs, one that gives way deletes the draft that this run shared with it.
            if (await FindRivalAsync(release, cancellation) is { } published) throw await GiveWayAsync(release, published, cancellation);
            if (!await IsGoneAsync(release, cancellation)) throw;
            throw ActionException.Conflict(
                $"The draft {release.Id} of '{plan.Tag.Name}' is gone: another run works on an older one",
                "Run it again: it goes on from what is there");
        }
    }

    private async Task<PublicReport> WriteAsync(Release release, CancellationToken cancellation)
    {
        if (plan.Assets.Any(a => a.Verb is AssetVerb.Replace or AssetVerb.Delete)) await RequireOwnDraftAsync(release, cancellation);
        await ChangeAssetsAsync(release, cancellation);
        var assets = await RequireAssetsAsync(release, cancellation);
        var applied = plan;
        if (release.Draft)
        {
            var list = await RequireSharedAsync(release, cancellation);
            if (plan.Publishes) applied = plan.WithPublished(list.Published);
        }

        if (plan.Publishes && plan.MovesTag) await TagMoving.MoveOwnAsync(plan, writers, cancellation);
        if (plan.Publishes) await RequireTagAsync(cancellation);
        if (!plan.Publishes && !plan.ChangesFields)
            return new PublicReport(applied, await RequireReleaseAsync(release.Id, cancellation), assets);
        await RequireOwnDraftAsync(release, cancellation);
        return await ReadBackAsync(await UpdateAsync(release, applied, cancellation), assets, applied, cancellation);
    }

    // A read that fails says nothing about the release: it is public, and tags, state file and channels must follow.
    private async Task<PublicReport> ReadBackAsync(
        Release written, IReadOnlyList<ReleaseAsset> assets, PublishPlan applied, CancellationToken cancellation)
    {
        try
        {
            // Once more: what another run deleted between the first look and the publication must not go unnoticed.
            if (plan.Publishes) assets = await RequireAssetsAsync(written, cancellation);
            return new PublicReport(applied, await RequireReleaseAsync(written.Id, cancellation), assets);
        }
        catch (ActionException e) when (e.ExitCode == ExitCode.RemoteFailed)
        {
            const string Published = "The release is published, and could not be read back";
            var findings = e.Findings.Select(f => f with { Message = $"{Published}: {f.Message}" });
            return new PublicReport(applied, written, assets) { Findings = [.. findings] };
        }
    }

    private async Task ChangeAssetsAsync(Release release, CancellationToken cancellation)
    {
        var upload = new AssetUpload(writers, release);
        // One request for each, two where a file replaces another, three where that is public, and one to publish.
        writers.GitHub.Expect(plan.Assets.Sum(a => a.IsStaged ? 3 : a.Verb == AssetVerb.Replace ? 2 : a.Changes ? 1 : 0) + 1);
        // Of a public release nothing goes before all that is new is there.
        if (release.Draft) await DeleteAsync(upload, cancellation);
        foreach (var step in plan.Assets.Where(a => a.Verb == AssetVerb.Relabel)) await upload.LabelAsync(step, cancellation);
        await UploadAsync(upload, cancellation);
        if (!release.Draft) await ReplaceAsync(release, upload, cancellation);
    }

    private async Task UploadAsync(AssetUpload upload, CancellationToken cancellation)
    {
        var uploads = plan.Assets.Where(a => a.Verb is AssetVerb.Upload or AssetVerb.Replace && !a.IsStaged);
        var options = new ParallelOptions { MaxDegreeOfParallelism = plan.Request.ParallelUploads, CancellationToken = cancellation };
        // The loop's own token is not passed on: where one upload fails, those under way complete and no new one begins.
        await Parallel.ForEachAsync(uploads, options, async (step, _) => await upload.RunAsync(step, cancellation));
    }

    private async Task ReplaceAsync(Release release, AssetUpload upload, CancellationToken cancellation)
    {
        var replacement = new PublicReplacement(writers, plan, upload);
        IReadOnlyList<(AssetStep, ReleaseAsset)> staged;
        try
        {
            staged = await replacement.StageAsync(release, cancellation);
            if (plan.MovesTag) await TagMoving.MoveOwnAsync(plan, writers, cancellation);
        }
        catch (ActionException)
        {
            await replacement.TakeBackAsync(release, cancellation);
            throw;
        }

        await replacement.SwapAsync(staged, cancellation);
        await DeleteAsync(upload, cancellation);
    }

    private async Task DeleteAsync(AssetUpload upload, CancellationToken cancellation)
    {
        foreach (var step in plan.Assets.Where(a => a.Verb == AssetVerb.Delete)) await DeleteAsync(step, upload, cancellation);
    }

    private async Task DeleteAsync(AssetStep step, AssetUpload upload, CancellationToken cancellation)
    {
        if (!step.Remote!.IsWhole)
        {
            await upload.DeleteBrokenAsync(step.Remote, cancellation);
            return;
        }

        await upload.DeleteWholeAsync(step.Remote, cancellation);
        writers.Log.Step("delete", ("asset", step.Name), ("reason", step.Reason), ("status", "ok"));
    }

    /// <summary>The tag points to the commit on origin, now; a missing one is created.</summary>
    private async Task RequireTagAsync(CancellationToken cancellation)
    {
        var (tag, git) = (plan.Tag.Name, writers.Readers.Git);
        if (!(await git.ListRemoteTagsAsync(cancellation)).ContainsKey(tag))
        {
            await writers.GitHub.CreateTagAsync(tag, plan.Commit, cancellation);
            writers.Log.Step("tag", ("tag", tag), ("commit", plan.Commit), ("status", "ok"));
        }

        var tags = await Lag.SettleAsync(git.ListRemoteTagsAsync, shown => shown.ContainsKey(tag), writers.Clock, cancellation);
        if (tags.GetValueOrDefault(tag) == plan.Commit) return;
        throw ActionException.Refused(
            $"The tag '{tag}' does not point to commit {plan.Commit[..12]} on origin",
            "See who moved it; this run has published nothing and leaves its draft unchanged");
    }

    /// <summary>Writes title, notes and flags, and publishes the release where that is planned.</summary>
    private async Task<Release> UpdateAsync(Release release, PublishPlan applied, CancellationToken cancellation)
    {
        var fields = plan.Publishes ? plan.Fields with { TargetCommitish = plan.Commit, MakeLatest = applied.MakeLatest } : plan.Fields;
        try
        {
            var written = await UpdateAsync(release, fields, cancellation);
            writers.Log.Step(plan.Publishes ? "publish" : "update", ("tag", plan.Tag.Name), ("id", release.Id), ("status", "ok"));
            return written;
        }
        catch (ActionException refusal) when (refusal.ExitCode == ExitCode.Refused && plan.Publishes)
        {
            // A tag has one published release; GitHub refuses a second one.
            // Where it says so, there is one, whether it is shown yet or not.
            var isThere = refusal.Message.Contains("already_exists", StringComparison.Ordinal);
            Task<Release?> FindAsync(CancellationToken c) => writers.GitHub.FindPublishedReleaseAsync(plan.Tag.Name, c);
            var published = await Lag.SettleAsync(FindAsync, r => r is not null || !isThere, writers.Clock, cancellation);
            if (published is not null && published.Id != release.Id) throw await GiveWayAsync(release, published, cancellation);
            throw;
        }
    }

    private async Task<Release> UpdateAsync(Release release, ReleaseFields fields, CancellationToken cancellation)
    {
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            if (await writers.GitHub.UpdateReleaseAsync(release.Id, fields, plan.Publishes, cancellation) is { } written) return written;
            if (attempt < MostAttempts) await Lag.WaitAsync(attempt, writers.Clock, cancellation);
        }

        throw ActionException.Remote($"The release {release.Id} of {plan.Tag.Name} is gone", "See who deleted it, then run this again");
    }
}
