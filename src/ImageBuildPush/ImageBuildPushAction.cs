using System.Text.Json.Nodes;
using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Processes;
using ReleaseActions.Core.Registries;

namespace ReleaseActions.ImageBuildPush;

/// <summary>Builds the images of a release in one go, or takes them from archives, and publishes them under one version.</summary>
internal sealed class ImageBuildPushAction : IAction
{
    public string Name => "image-build-push";

    public string Description => "Builds the images of a release in one go, or takes them from archives, pushes them under one version, and reads each back to compare its digest.";

    public IReadOnlyList<string> Permissions => ["contents: read", "packages: write"];

    public ActionRun Bind(Inputs inputs, Outputs outputs)
    {
        var (given, results) = (new ImageBuildPushInputs(inputs), new ImageBuildPushOutputs(outputs));
        return (world, cancellation) => RunAsync(given, results, world, cancellation);
    }

    private static async Task RunAsync(ImageBuildPushInputs inputs, ImageBuildPushOutputs outputs, World world, CancellationToken cancellation)
    {
        if (inputs.Push) world.RequireTrustedRun(inputs.AllowFork, inputs.DryRun);
        var facts = await new FactReading(inputs, world).ReadAsync(cancellation);
        var plan = ImagePlan.For(facts.Release, facts.Images, facts.Tags, inputs.ImmutableTags);
        world.Summary.Add(plan.ToMarkdown());
        outputs.Tags.Set(plan.Images.SelectMany(i => i.Tags.Select(t => i.Repository.WithTag(t.Tag.Name).ToString())));
        if (!Passes(plan, inputs, world)) return;
        await CheckDockerAsync(plan, inputs, world, cancellation);
        if (inputs.Push) await PushAsync(plan, facts, outputs, world, cancellation);
        else await BuildAsync(plan, inputs, outputs, world, cancellation);
    }

    private static bool Passes(ImagePlan plan, ImageBuildPushInputs inputs, World world)
    {
        if (plan.Refusals.Count > 0 && !inputs.DryRun) throw new ActionException(ExitCode.Refused, plan.Refusals);
        foreach (var refusal in plan.Refusals) world.Log.Warning(refusal);
        if (inputs.DryRun) world.Summary.Add("A dry run: nothing was built or pushed.");
        return !inputs.DryRun;
    }

    /// <summary>What a build needs is looked for before anything is changed.</summary>
    private static async Task CheckDockerAsync(ImagePlan plan, ImageBuildPushInputs inputs, World world, CancellationToken cancellation)
    {
        if (plan.Builds.Count == 0) return;
        foreach (var image in plan.Builds.Where(i => !world.Workspace.HasFile(Path.Combine(i.Recipe.Context, i.Recipe.Dockerfile))))
            throw ActionException.BadInput(
                $"The image '{image.Name}' has no '{Path.Combine(image.Recipe.Context, image.Recipe.Dockerfile)}' to be built from", "Set `context` and `dockerfile` in the policy, or the inputs `context` and `file`");
        var docker = await world.Docker.RequireAsync(cancellation);
        if (docker.CanBuildForSeveralPlatforms || plan.Builds.FirstOrDefault(i => i.Recipe.Platforms.Count > 1) is not { } wide) return;
        throw ActionException.Remote(
            $"The image '{wide.Name}' is to be built for {string.Join(", ", wide.Recipe.Platforms)}, and this docker makes images for one platform only",
            "Run docker/setup-buildx-action before (or `docker buildx create --use`), or switch on the engine's containerd image store");
    }

    private static async Task PushAsync(ImagePlan plan, RunFacts facts, ImageBuildPushOutputs outputs, World world, CancellationToken cancellation)
    {
        var publication = new Publication(plan, world);
        await publication.SendArchivesAsync(cancellation);
        var metadata = plan.Builds.Count == 0 ? "{}" : await world.Docker.BakeAsync(BakeFile.Write(plan, isPushed: true), BakeTarget.Registry, facts.Accounts, cancellation);
        var report = await publication.TagAsync(BakeReport.Read(metadata, plan), cancellation);
        world.Summary.Add(report.ToMarkdown());
        outputs.Digest.Set(report.Tags[0].Digest);
        outputs.Digests.Set(report.DigestsJson);
        outputs.Images.Set(report.Tags.Select(t => $"{t.Reference}@{t.Digest}"));
        outputs.Metadata.Set(metadata);
    }

    private static async Task BuildAsync(ImagePlan plan, ImageBuildPushInputs inputs, ImageBuildPushOutputs outputs, World world, CancellationToken cancellation)
    {
        if (plan.Builds.Count == 0) return;
        var metadata = await world.Docker.BakeAsync(BakeFile.Write(plan, isPushed: false), inputs.Load ? BakeTarget.Engine : BakeTarget.Nowhere, new Dictionary<string, RegistryAccount>(), cancellation);
        foreach (var image in plan.Builds) world.Log.Step("build", ("image", image.Repository.Path), ("tag", image.Tags[0].Tag.Name), ("status", "ok"));
        outputs.Metadata.Set(metadata);
    }
}
