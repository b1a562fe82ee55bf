using System.Text.Json.Nodes;
using ReleaseActions.Core.Edges;
using ReleaseActions.Core.Running;

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
        RequireTrustedRun(inputs, world.Runner);
        var reading = new FactsReading(inputs, world);
        var wish = await reading.ReadWishAsync(cancellation);
        var plan = PublishPlan.For(wish, await reading.ReadFactsAsync(wish, cancellation));
        world.Summary.Add(plan.ToMarkdown());
        if (plan.Refusals.Count > 0 && !inputs.DryRun) throw new ActionException(ExitCode.Refused, plan.Refusals);
        foreach (var refusal in plan.Refusals) world.Log.Warning(refusal);
        world.Log.Step("plan", ("tag", wish.Tag.Name), ("commit", wish.Commit), ("uploads", plan.Assets.Count(a => a.Changes)), ("status", plan.Refusals.Count > 0 ? "refused" : plan.IsDone ? "nothing-to-do" : "ok"));
        if (inputs.DryRun || plan.IsDone)
        {
            SetOutputs(outputs, plan, plan.Facts.Release, plan.Facts.Assets);
            return;
        }

        var (release, assets) = await new Publication(world, plan).ApplyAsync(cancellation);
        world.Summary.Add(DoneMarkdown(plan, release, assets));
        SetOutputs(outputs, plan, release, assets);
    }

    private static void RequireTrustedRun(ReleasePublishInputs inputs, RunnerContext runner)
    {
        if (runner.EventName == "pull_request_target")
            throw ActionException.Refused("refusing to publish from pull_request_target: it runs with a write token on what a stranger proposes", "Publish on a pushed tag or by workflow_dispatch");
        if (!inputs.AllowFork && runner.IsOfFork)
            throw ActionException.Refused($"refusing to publish from a run of a fork ({Log.Inert(runner.Repository ?? "")}, event {Log.Inert(runner.EventName ?? "")})", "Publish from the repository itself; or, in a fork that has releases of its own, set `allow-fork: true`");
    }

    private static string DoneMarkdown(PublishPlan plan, Release release, IReadOnlyList<ReleaseAsset> assets)
    {
        var rows = assets.Select(a => (string[])[Markdown.Code(a.Name), Markdown.Size(a.Size), Markdown.Code(a.Digest?.Replace("sha256:", "", StringComparison.Ordinal) ?? ""), StateOf(plan, a)]);
        return $"""
            ### {(release.Draft ? "Draft" : "Published")}: [{Markdown.Text(release.Name ?? release.TagName)}]({release.HtmlUrl})

            {(assets.Count == 0 ? "No files." : Markdown.Table(["asset", "size", "sha256", "state"], rows))}
            A release made with the job's own token starts no other workflow.
            """;
    }

    private static string StateOf(PublishPlan plan, ReleaseAsset asset)
    {
        var step = plan.Assets.FirstOrDefault(s => s.Remote?.Id == asset.Id) ?? plan.Assets.FirstOrDefault(s => s.Local is { } local && AssetStep.Counterpart(local, [asset]) is not null);
        return step?.Verb switch { AssetVerb.Upload or AssetVerb.Replace => "uploaded, verified", AssetVerb.Skip => "there already, verified", _ => "left alone" };
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
