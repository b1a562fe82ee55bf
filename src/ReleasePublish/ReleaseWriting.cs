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
    private const int MostLooks = 3;
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(2);

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
            throw;
        }
    }

    private async Task<PublicReport> WriteAsync(Release release, CancellationToken cancellation)
    {
        if (plan.Assets.Any(a => a.Verb is AssetVerb.Replace or AssetVerb.Delete)) await RequireOwnDraftAsync(release, cancellation);
        await ChangeAssetsAsync(release, cancellation);
        var assets = await RequireAssetsAsync(release, cancellation);
        var applied = plan.Publishes ? plan.WithTags(await new TagCreation(writers, plan).RunAsync(cancellation)) : plan;
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
        await writers.GitHub.FindReleaseAsync(id, cancellation) is { Draft: true } draft
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
            return release;
        }

        throw ActionException.Remote(
            $"GitHub did not make a draft release of {plan.Tag.Name} in {MostAttempts} attempts",
            "Run it again: it goes on from what is there");
    }

    // The list lags behind a create: looked at more than once before a second draft is created.
    private async Task<Release?> FindOursAsync(CancellationToken cancellation)
    {
        for (var look = 1; look <= MostLooks; look++)
        {
            await Task.Delay(Lag * look, writers.Clock, cancellation);
            var releases = await writers.GitHub.FindReleasesAsync(plan.Tag.Name, cancellation);
            if (ReleaseCalls.Ours(releases, plan.Tag.Name) is { } ours) return ours;
        }

        return null;
    }

    private async Task ChangeAssetsAsync(Release release, CancellationToken cancellation)
    {
        var upload = new AssetUpload(writers, release);
        // One request for each, two where a file replaces another, and one to publish.
        writers.GitHub.Expect(plan.Assets.Sum(a => a.Verb == AssetVerb.Replace ? 2 : a.Changes ? 1 : 0) + 1);
        foreach (var step in plan.Assets.Where(a => a.Verb == AssetVerb.Delete)) await DeleteAsync(step, upload, cancellation);
        foreach (var step in plan.Assets.Where(a => a.Verb == AssetVerb.Relabel)) await upload.LabelAsync(step, cancellation);
        var uploads = plan.Assets.Where(a => a.Verb is AssetVerb.Upload or AssetVerb.Replace);
        var options = new ParallelOptions { MaxDegreeOfParallelism = plan.Request.ParallelUploads, CancellationToken = cancellation };
        // The loop's own token is not passed on: where one upload fails, those under way complete and no new one begins.
        await Parallel.ForEachAsync(uploads, options, async (step, _) => await upload.RunAsync(step, cancellation));
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
            var published = await writers.GitHub.FindPublishedReleaseAsync(plan.Tag.Name, cancellation);
            if (published is not null && published.Id != release.Id) throw await GiveWayAsync(release, published, cancellation);
            throw;
        }
    }

    private async Task<Release> UpdateAsync(Release release, ReleaseFields fields, CancellationToken cancellation)
    {
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            if (await writers.GitHub.UpdateReleaseAsync(release.Id, fields, plan.Publishes, cancellation) is { } written) return written;
            if (attempt < MostAttempts) await Task.Delay(Lag * attempt, writers.Clock, cancellation);
        }

        throw ActionException.Remote($"The release {release.Id} of {plan.Tag.Name} is gone", "See who deleted it, then run this again");
    }
}
