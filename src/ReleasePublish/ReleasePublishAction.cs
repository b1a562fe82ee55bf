using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;
using ReleaseActions.ReleasePublish.Metrics;

namespace ReleaseActions.ReleasePublish;

/// <summary>Publishes a GitHub Release with its files, all or nothing.</summary>
internal sealed class ReleasePublishAction : ReleaseAction<PublishRequest, PublishFacts, PublishPlan, PublishOutputs>
{
    // Then a release that this run finds published is as new as one of its own.
    private bool _wasOvertaken;

    public override string Name => "release-publish";

    public override string Description =>
        "Publishes a GitHub Release with verified files: as a draft first, public only when every byte is there.";

    public override IReadOnlyList<string> Permissions => ["contents: write"];

    protected override Changes Changes => Changes.Releases | Changes.Refs | Changes.Channels;

    protected override PublishOutputs Declare(Outputs outputs) => new(outputs);

    protected override PublishRequest Read(Inputs inputs, ReleasePolicy policy) => new(inputs, policy);

    protected override Task<PublishFacts> GatherAsync(PublishRequest request, Readers readers, CancellationToken cancellation) =>
        new PublishGathering(request, readers).RunAsync(cancellation);

    protected override PublishPlan Plan(PublishRequest request, PublishFacts facts) => PublishPlan.For(request, facts);

    protected override void Report(PublishPlan plan, PublishOutputs outputs)
    {
        outputs.Tag.Set(plan.Tag.Name);
        outputs.IsNew.Set(!plan.IsPublished);
        if (plan.Request.IsDryRun) outputs.IsLatest.Set(plan.IsPublished ? plan.Facts.IsLatest : plan.Publishes && plan.MakeLatest);
        if (plan.Facts.Release is { } release) outputs.Set(release, plan.Facts.Assets);
    }

    protected override async Task ApplyAsync(PublishPlan plan, PublishOutputs outputs, Writers writers, CancellationToken cancellation)
    {
        var report = await WriteReleaseAsync(plan, writers, cancellation);
        outputs.Set(report.Release, report.Assets);
        report = await DraftSharing.DeleteOthersAsync(report, writers, cancellation);
        report = await ImmutableCheck.RunAsync(report, writers, cancellation);
        var isNew = plan.Publishes || plan.Fields.MakeLatest is not null || _wasOvertaken;
        report = await new LatestCheck(isNew).RunAsync(report, writers, cancellation);
        report = await DiscussionStart.RunAsync(report, writers, cancellation);
        report = await TagMoving.RunAsync(report, writers, cancellation);
        report = await StateWriting.RunAsync(report, writers, cancellation);
        report = await ReadBranchesAsync(report, writers.Readers, cancellation);
        report = await Notifications.RunAsync(report, writers, cancellation);

        if (report.IsLatest is { } isLatest) outputs.IsLatest.Set(isLatest);
        outputs.Immutable.Set(report.Release.Immutable);
        outputs.DiscussionUrl.Set(report.Discussion ?? "");
        outputs.MovingTags.Set(report.TagMoves.Where(m => m.PointsHere).Select(m => m.Name));
        writers.Summary.Add(report.ToMarkdown());
        if (plan.Request.ShowsMetrics && await MetricsReading.RunAsync(report, writers.Readers, cancellation) is { } metrics)
            writers.Summary.Add(metrics.ToMarkdown());
        if (report.Findings.Count > 0) throw new ActionException(ExitCode.RemoteFailed, report.Findings);
    }

    private async Task<PublicReport> WriteReleaseAsync(PublishPlan plan, Writers writers, CancellationToken cancellation)
    {
        try
        {
            return await new ReleaseWriting(writers, plan).RunAsync(cancellation);
        }
        catch (ActionException e) when (e.IsConflict)
        {
            _wasOvertaken = true;
            throw;
        }
    }

    // What the policy's pattern has before the version: release/ in release/{version}.
    private static async Task<PublicReport> ReadBranchesAsync(PublicReport report, Readers readers, CancellationToken cancellation)
    {
        var pattern = report.Plan.Request.ReleaseBranches;
        var (before, after) = pattern.Split("{version}") is [var b, var a] ? (b, a) : (pattern, "");
        bool IsOfRelease(string name) =>
            before.Length > 0 && name.StartsWith(before, StringComparison.Ordinal) && name.EndsWith(after, StringComparison.Ordinal);
        try
        {
            var names = (await readers.Git.ListRemoteBranchesAsync(cancellation)).Keys;
            return report with { Branches = [.. names.Where(IsOfRelease).Order(StringComparer.Ordinal)] };
        }
        catch (ActionException e)
        {
            return report.With(e.Findings);
        }
    }
}
