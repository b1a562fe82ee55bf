using System.Text.Json.Nodes;
using ReleaseActions.Core.Edges;
using ReleaseActions.Core.Running;
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
        world.Runner.RequireTrusted(inputs.AllowFork);
        var notifications = new Notifications(world);
        var reading = new FactsReading(inputs, world);
        var wish = await reading.ReadWishAsync(cancellation);
        var plan = PublishPlan.For(wish, await reading.ReadFactsAsync(wish, cancellation), world.Policy.Version.TagPrefix);
        world.Summary.Add(plan.ToMarkdown());
        if (plan.Refusals.Count > 0 && !inputs.DryRun) throw new ActionException(ExitCode.Refused, plan.Refusals);
        foreach (var refusal in plan.Refusals) world.Log.Warning(refusal);
        world.Log.Step("plan", ("tag", wish.Tag.Name), ("commit", wish.Commit), ("uploads", plan.Assets.Count(a => a.Changes)), ("status", plan.Refusals.Count > 0 ? "refused" : plan.IsDone ? "nothing-to-do" : "ok"));
        SetOutputs(outputs, plan, plan.Facts.Release, plan.Facts.Assets);
        if (!inputs.DryRun) await ApplyAsync(inputs, outputs, plan, notifications, world, cancellation);
    }

    private static async Task ApplyAsync(ReleasePublishInputs inputs, ReleasePublishOutputs outputs, PublishPlan plan, Notifications notifications, World world, CancellationToken cancellation)
    {
        var (release, assets, applied) = plan.IsReleaseDone ? (plan.Facts.Release!, plan.Facts.Assets, plan) : await new Publication(world, plan).ApplyAsync(cancellation);
        plan = applied;
        SetOutputs(outputs, plan, release, assets);
        var discussion = await new Discussion(world, plan).StartAsync(release, cancellation);
        var findings = new List<Finding>();
        var (moves, unmoved) = await TriedAsync(() => new TagMoving(world, plan).RunAsync(cancellation), (plan.TagMoves, []), findings);
        findings.AddRange(unmoved);
        var (state, problem) = await TriedAsync(() => new StateWriting(world, plan).RunAsync(release, cancellation), (plan.State, null), findings);
        if (problem is not null) findings.Add(problem);
        outputs.DiscussionUrl.Set(discussion ?? "");
        outputs.MovingTags.Set(moves.Where(m => m.Leads).Select(m => m.Tag.Name));
        var report = new PublicReport(plan, release, assets)
        {
            Discussion = discussion,
            TagMoves = moves,
            State = state,
            Images = inputs.Images,
            Channels = plan.Publishes ? await notifications.SendAsync(new Announcement(plan, release, world.Runner.Repository!, world.Runner.RunUrl, IsWhole: findings.Count == 0), cancellation) : [],
            Branches = await TriedAsync(() => ReadReleaseBranchesAsync(world, cancellation), [], findings),
        };
        world.Summary.Add(report.ToMarkdown());
        if ((inputs.Figures ?? world.Policy.Release.Figures) && await new FiguresReading(world, plan.TagsAfterwards).ReadAsync(release, cancellation) is { } figures) world.Summary.Add(figures.ToMarkdown());
        if (findings.Count > 0) throw new ActionException(ExitCode.RemoteFailed, findings);
    }

    // The release is public: a later step that fails is told at the end, and takes nothing of the report and the announcement with it.
    private static async Task<T> TriedAsync<T>(Func<Task<T>> step, T otherwise, List<Finding> findings)
    {
        try
        {
            return await step();
        }
        catch (ActionException e)
        {
            findings.AddRange(e.Findings);
            return otherwise;
        }
    }

    // What the policy's pattern has before the version: release/ in release/{version}.
    private static async Task<IReadOnlyList<string>> ReadReleaseBranchesAsync(World world, CancellationToken cancellation)
    {
        var pattern = world.Policy.Branches.Release;
        var (before, after) = pattern.Split("{version}") is [var b, var a] ? (b, a) : (pattern, "");
        return [.. (await world.Git.ListRemoteBranchesAsync(cancellation)).Keys.Where(n => before.Length > 0 && n.StartsWith(before, StringComparison.Ordinal) && n.EndsWith(after, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    private static void SetOutputs(ReleasePublishOutputs outputs, PublishPlan plan, Release? release, IReadOnlyList<ReleaseAsset> assets)
    {
        outputs.Tag.Set(plan.Wish.Tag.Name);
        outputs.IsNew.Set(!plan.IsPublished);
        outputs.IsLatest.Set(plan.Wish.MakeLatest);
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
