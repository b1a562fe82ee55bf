using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;

namespace ReleaseActions.ImageBuildPush;

/// <summary>Builds the images of a release in one go, or takes them from archives, and publishes them under one version.</summary>
/// <remarks>A rerun continues anywhere: content goes first, then the version of every image, and then <c>latest</c>.</remarks>
internal sealed class ImageBuildPushAction : ReleaseAction<ImageRequest, ImageFacts, ImagePlan, ImageOutputs>
{
    public override string Name => "image-build-push";

    public override string Description =>
        "Builds the images of a release in one go, or takes them from archives, pushes them under one version, and verifies each digest.";

    public override IReadOnlyList<string> Permissions => ["contents: read", "packages: write"];

    protected override Changes Changes => Changes.Images;

    protected override Changes ChangesOf(ImageRequest request) => request.Push ? Changes : Changes.None;

    protected override ImageOutputs Declare(Outputs outputs) => new(outputs);

    protected override ImageRequest Read(Inputs inputs, ReleasePolicy policy) => new(inputs, policy);

    protected override Task<ImageFacts> GatherAsync(ImageRequest request, Readers readers, CancellationToken cancellation) =>
        new ImageGathering(request, readers).GatherAsync(cancellation);

    protected override ImagePlan Plan(ImageRequest request, ImageFacts facts) => ImagePlan.For(request, facts);

    protected override void Report(ImagePlan plan, ImageOutputs outputs) => outputs.Set(plan);

    protected override async Task ApplyAsync(ImagePlan plan, ImageOutputs outputs, Writers writers, CancellationToken cancellation)
    {
        if (plan.Request.Push) await ArchivePush.SendAsync(plan, writers, cancellation);
        var metadata = plan.Builds.Count == 0 ? "{}" : await new Docker(writers.Readers).BakeAsync(plan, cancellation);
        outputs.Metadata.Set(metadata);
        if (!plan.Request.Push)
        {
            foreach (var image in plan.Builds)
                writers.Log.Step("build", ("image", image.Repository.Path), ("tag", image.Tags[0].Name), ("status", "ok"));
            return;
        }

        var report = await new Tagging(plan, writers).GiveTagsAsync(BakeFile.ReadDigests(plan, metadata), cancellation);
        writers.Summary.Add(report.ToMarkdown());
        outputs.Set(report);
    }
}
