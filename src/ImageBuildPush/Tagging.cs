using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Registries;

namespace ReleaseActions.ImageBuildPush;

/// <summary>Gives images their tags when all content is there, in the order of the plan, and reads each tag back.</summary>
internal sealed class Tagging(ImagePlan plan, Writers writers)
{
    /// <param name="built">The digests that docker pushed, by image.</param>
    /// <param name="cancellation">Stops between two tags.</param>
    /// <exception cref="ActionException">A version was published meanwhile, or the registry serves something else (exit 5).</exception>
    public async Task<PushReport> GiveTagsAsync(IReadOnlyDictionary<string, string> built, CancellationToken cancellation)
    {
        var pushed = new List<PushedTag>();
        foreach (var (image, tag) in plan.TagsInOrder)
        {
            var digest = image.Digest ?? built[image.Name];
            var given = new PushedTag(image, tag.Name, digest, IsNew: image.DigestNow(tag) != digest);
            if (given.IsNew && !image.IsPushedByDocker(tag)) await GiveAsync(given, tag, cancellation);
            await CompareAsync(given, cancellation);
            writers.Log.Step(
                "push", ("registry", image.Repository.Domain), ("image", image.Repository.Path), ("tag", tag.Name), ("digest", digest),
                ("status", given.IsNew ? "ok" : "unchanged"));
            pushed.Add(given);
        }

        return new PushReport(plan.Facts, [.. plan.Images.SelectMany(i => pushed.Where(t => t.Image == i))]);
    }

    private async Task GiveAsync(PushedTag given, ImageTag tag, CancellationToken cancellation)
    {
        // The facts are as old as the build took: what another run published under the version meanwhile must stay.
        if (plan.IsImmutable(tag)
            && await writers.Registry.FindDigestAsync(given.Reference, cancellation) is { } now
            && now != given.Image.DigestNow(tag) && now != given.Digest)
            throw ActionException.Conflict(
                $"{given.Reference} was published as {now} while this run was at work, and this is {given.Digest}",
                "A published version is never moved: release this under the next version");
        await writers.Registry.PushManifestAsync(given.Reference, await ManifestAsync(given, cancellation), cancellation);
    }

    private async Task<RegistryManifest> ManifestAsync(PushedTag given, CancellationToken cancellation)
    {
        if (given.Image.State.Archive is { } archive) return archive.Root;
        var reference = given.Image.Repository.WithDigest(given.Digest);
        return await writers.Registry.FindManifestAsync(reference, cancellation) ?? throw ActionException.Verification(
            $"{reference} was pushed, and the registry does not have it", "Run it again; if it fails again, ask whoever runs the registry");
    }

    private async Task CompareAsync(PushedTag given, CancellationToken cancellation)
    {
        var named = await writers.Registry.FindDigestAsync(given.Reference, cancellation);
        var served = (await writers.Registry.FindManifestAsync(given.Reference, cancellation))?.Digest;
        if (named == given.Digest && served == given.Digest) return;
        throw ActionException.Verification(
            $"{given.Reference} is {served ?? named ?? "not there"} in the registry, and {given.Digest} was pushed",
            "Somebody else pushes this tag, or the registry is at fault: find out before anyone pulls it");
    }
}
