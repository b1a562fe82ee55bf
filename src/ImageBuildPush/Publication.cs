using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Registries;

namespace ReleaseActions.ImageBuildPush;

/// <summary>
/// Carries a plan out in an order that a rerun can take up anywhere: content first, then the version of every image, <c>latest</c>
/// when all of them are there and compared.
/// </summary>
internal sealed class Publication(ImagePlan plan, World world)
{
    /// <summary>Sends what archives hold; no tag moves yet.</summary>
    public async Task SendArchivesAsync(CancellationToken cancellation)
    {
        foreach (var image in plan.Images.Where(i => i.Work == ImageWork.Send))
        {
            var sent = 0;
            foreach (var blob in image.Archive!.Blobs)
                if (await world.Registry.PushBlobAsync(image.Repository, blob.Descriptor, blob.Open, cancellation)) sent++;
            foreach (var manifest in image.Archive.Manifests)
                await world.Registry.PushManifestAsync(image.Repository.WithDigest(manifest.Digest), manifest, cancellation);
            world.Log.Step("send", ("registry", image.Repository.Domain), ("image", image.Repository.Path), ("blobs", image.Archive.Blobs.Count), ("sent", sent), ("digest", image.Digest), ("status", "ok"));
        }
    }

    /// <summary>Gives every image its tags and reads each back.</summary>
    /// <param name="built">The digests that docker pushed, by image.</param>
    /// <param name="cancellation">Stops between two tags.</param>
    /// <exception cref="ActionException">The registry serves something else under a tag (exit 5).</exception>
    public async Task<PushReport> TagAsync(IReadOnlyDictionary<string, string> built, CancellationToken cancellation)
    {
        var tags = plan.Images.SelectMany(i => i.Tags.Select((t, index) => (Image: i, Planned: t, IsDockers: index == 0 && i.Work == ImageWork.Build)));
        var pushed = new List<PushedTag>();
        // Channels last: whoever pulls latest of one image gets the same release of all others.
        foreach (var (image, planned, isDockers) in tags.OrderBy(t => t.Planned.Tag.Stands == TagMeaning.Channel).ToList())
        {
            var tag = new PushedTag(image, planned.Tag.Name, image.Digest ?? built[image.Name], IsNew: planned.DigestNow != (image.Digest ?? built[image.Name]));
            if (tag.IsNew && !isDockers) await GiveAsync(tag, planned, cancellation);
            await CompareAsync(tag, cancellation);
            world.Log.Step("push", ("registry", image.Repository.Domain), ("image", image.Repository.Path), ("tag", tag.Tag), ("digest", tag.Digest), ("status", tag.IsNew ? "ok" : "unchanged"));
            pushed.Add(tag);
        }

        return new PushReport(plan.Release, [.. plan.Images.SelectMany(i => pushed.Where(t => t.Image == i))]);
    }

    private async Task GiveAsync(PushedTag tag, PlannedTag planned, CancellationToken cancellation)
    {
        // The plan is as old as the build took: what another run published under the version meanwhile stays.
        if (plan.AreVersionsFixed && planned.Tag.Stands == TagMeaning.Version && await world.Registry.FindDigestAsync(tag.Reference, cancellation) is { } now && now != planned.DigestNow && now != tag.Digest)
            throw ActionException.Refused($"{tag.Reference} was published as {now} while this run was at work, and this is {tag.Digest}", "A published version is never moved: release this under the next version");
        await world.Registry.PushManifestAsync(tag.Reference, await ManifestAsync(tag, cancellation), cancellation);
    }

    private async Task<RegistryManifest> ManifestAsync(PushedTag tag, CancellationToken cancellation) =>
        tag.Image.Archive?.Root
        ?? await world.Registry.FindManifestAsync(tag.Image.Repository.WithDigest(tag.Digest), cancellation)
        ?? throw ActionException.Verification($"{tag.Image.Repository.WithDigest(tag.Digest)} was pushed, and the registry does not have it", "Run it again; if it goes on, ask whoever runs the registry");

    private async Task CompareAsync(PushedTag tag, CancellationToken cancellation)
    {
        var named = await world.Registry.FindDigestAsync(tag.Reference, cancellation);
        var served = (await world.Registry.FindManifestAsync(tag.Reference, cancellation))?.Digest;
        if (named == tag.Digest && served == tag.Digest) return;
        throw ActionException.Verification(
            $"{tag.Reference} is {served ?? named ?? "not there"} in the registry, and {tag.Digest} was pushed", "Somebody else pushes this tag, or the registry is at fault: find out before anyone pulls it");
    }
}
