using ReleaseActions.Core.Hosting;

namespace ReleaseActions.ImageBuildPush;

/// <summary>Sends the images that archives hold, without docker. No tag moves yet.</summary>
internal static class ArchivePush
{
    public static async Task SendAsync(ImagePlan plan, Writers writers, CancellationToken cancellation)
    {
        foreach (var image in plan.Images.Where(i => i.Work == ImageWork.Send))
        {
            var archive = image.State.Archive!;
            var sent = 0;
            foreach (var (descriptor, open) in archive.Blobs)
            {
                var blob = image.Repository.WithDigest(descriptor.Digest);
                if (await writers.Registry.PushBlobAsync(blob, descriptor.Size, open, cancellation)) sent++;
            }

            foreach (var manifest in archive.Manifests)
                await writers.Registry.PushManifestAsync(image.Repository.WithDigest(manifest.Digest), manifest, cancellation);
            writers.Log.Step(
                "send", ("registry", image.Repository.Domain), ("image", image.Repository.Path),
                ("blobs", archive.Blobs.Count), ("sent", sent), ("digest", image.Digest), ("status", "ok"));
        }
    }
}
