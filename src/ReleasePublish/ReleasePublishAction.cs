using System.Text.Json.Nodes;
using ReleaseActions.Core;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Hosting;
using ReleaseActions.ReleasePublish.Figures;

namespace ReleaseActions.ReleasePublish;

/// <summary>Publishes a GitHub Release with its files, all of it or nothing.</summary>
internal sealed class ReleasePublishAction : IAction
{
    public string Name => "release-publish";

    public string Description => "Publishes a GitHub Release with verified files: as a draft first, public only when every byte is there.";

    public IReadOnlyList<string> Permissions => ["contents: write"];

    public ActionRun Bind(Inputs inputs, Outputs outputs)
    {
        var (given, results) = (new ReleasePublishInputs(inputs), new ReleasePublishOutputs(outputs));
        return (world, cancellation) => RunAsync(given, results, world, cancellation);
    }

    private static async Task RunAsync(ReleasePublishInputs inputs, ReleasePublishOutputs outputs, World world, CancellationToken cancellation)
    {
        world.RequireTrustedRun(inputs.AllowFork, inputs.DryRun);
        var notifications = new Notifications(world);
        var reading = new FactsReading(inputs, world);
        var wish = await reading.ReadWishAsync(cancellation);
        var plan = PublishPlan.For(wish, await reading.ReadFactsAsync(wish, cancellation), world.Policy.Version.TagPrefix);
        world.Summary.Add(plan.ToMarkdown());
        if (plan.Refusals.Count > 0 && !inputs.DryRun) throw new ActionException(ExitCode.Refused, plan.Refusals);
        foreach (var refusal in plan.Refusals) world.Log.Warning(refusal);
        world.Log.Step("plan", ("tag", wish.Tag.Name), ("commit", wish.Commit), ("uploads", plan.Assets.Count(a => a.Changes)), ("status", plan.Refusals.Count > 0 ? "refused" : plan.IsDone ? "nothing-to-do" : "ok"));
        SetOutputs(outputs, plan, plan.Facts.Release, plan.Facts.Assets);
        if (inputs.DryRun) outputs.IsLatest.Set(plan.IsPublished ? await new LatestReading(world, plan).ReadAsync(plan.Facts.Release!, isNew: false, cancellation) is true : plan.Publishes && plan.Wish.MakeLatest);
        else await ApplyAsync(inputs, outputs, plan, notifications, world, cancellation);
    }

    private static async Task ApplyAsync(ReleasePublishInputs inputs, ReleasePublishOutputs outputs, PublishPlan plan, Notifications notifications, World world, CancellationToken cancellation)
    {
        var outcome = plan.IsReleaseDone ? new PublishOutcome(plan.Facts.Release!, plan.Facts.Assets, plan) : await new Publication(world, plan).ApplyAsync(cancellation);
        SetOutputs(outputs, outcome.Plan, outcome.Release, outcome.Assets);
        var finishing = new Finishing(world, outcome, notifications);
        var report = await finishing.RunAsync(cancellation) with { Images = inputs.Images };
        if (report.IsLatest is { } isLatest) outputs.IsLatest.Set(isLatest);
        outputs.DiscussionUrl.Set(report.Discussion ?? "");
        outputs.MovingTags.Set(report.TagMoves.Where(m => m.Leads).Select(m => m.Tag.Name));
        world.Summary.Add(report.ToMarkdown());
        if ((inputs.Figures ?? world.Policy.Release.Figures) && await new FiguresReading(world, outcome.Plan.TagsAfterwards).ReadAsync(outcome.Release, cancellation) is { } figures) world.Summary.Add(figures.ToMarkdown());
        if (finishing.Findings.Count > 0) throw new ActionException(ExitCode.RemoteFailed, finishing.Findings);
    }

    private static void SetOutputs(ReleasePublishOutputs outputs, PublishPlan plan, Release? release, IReadOnlyList<ReleaseAsset> assets)
    {
        outputs.Tag.Set(plan.Wish.Tag.Name);
        outputs.IsNew.Set(!plan.IsPublished);
        if (release is null) return;
        outputs.Id.Set($"{release.Id}");
        outputs.Url.Set(release.HtmlUrl);
        outputs.UploadUrl.Set(release.UploadUrl);
        outputs.Assets.Set(new JsonObject(assets.Select(a => KeyValuePair.Create(a.Name, (JsonNode?)new JsonObject
        {
            ["url"] = a.BrowserDownloadUrl,
            ["digest"] = a.Digest,
            ["size"] = a.Size,
        }))).ToJsonString());
    }
}
