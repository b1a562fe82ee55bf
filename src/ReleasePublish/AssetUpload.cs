using ReleaseActions.Core.Edges;
using ReleaseActions.Core.Running;

namespace ReleaseActions.ReleasePublish;

/// <summary>Brings one file to a release and knows afterwards that it is there. A failed upload may have left anything: it looks before it sends again.</summary>
internal sealed class AssetUpload(World world, Release release)
{
    private const int MostAttempts = 4;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    public async Task RunAsync(AssetStep step, CancellationToken cancellation)
    {
        var local = step.Local!;
        if (step.Remote is { } old)
        {
            // What is public is taken away only for bytes that are still there to be sent.
            await RequireUnchangedAsync(local, null, cancellation);
            await world.GitHub.DeleteAssetAsync(old.Id, cancellation);
        }

        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            var asset = await world.GitHub.UploadAssetAsync(
                release, local.File.Name, local.File.Label, local.File.Size, () => world.Workspace.OpenRead(local.File.Path), cancellation) ?? await LookAsync(local, cancellation);
            if (asset is not null)
            {
                await RequireUnchangedAsync(local, asset, cancellation);
                world.Log.Step("upload", ("asset", asset.Name), ("size", asset.Size), ("sha256", local.Sha256), ("attempt", attempt), ("status", "ok"));
                return;
            }

            await RequireUnchangedAsync(local, null, cancellation);
            await Task.Delay(FirstWait * Math.Pow(2, attempt - 1), world.Clock, cancellation);
        }

        throw ActionException.Remote($"The file '{local.File.Path}' did not reach GitHub in {MostAttempts} attempts", "Run it again: it goes on from what is there");
    }

    /// <summary>What became of an upload without an answer: the file where it is whole, else null, and what is broken is deleted.</summary>
    private async Task<ReleaseAsset?> LookAsync(LocalFile local, CancellationToken cancellation)
    {
        var found = AssetStep.Counterpart(local, await world.GitHub.ListAssetsAsync(release.Id, cancellation));
        if (found is null) return null;
        if (found.IsWhole && found.Digest is null && found.Size == local.File.Size) found = found with { Digest = $"sha256:{await world.GitHub.Sha256OfAssetAsync(found, cancellation)}" };
        if (AssetStep.IsEqual(local, found)) return found;
        world.Log.Step("delete", ("asset", found.Name), ("state", found.State), ("size", found.Size), ("reason", "broken upload"), ("status", "ok"));
        await world.GitHub.DeleteAssetAsync(found.Id, cancellation);
        return null;
    }

    // The digest of the plan was taken before the upload; a file that was swapped since must not be published.
    private async Task RequireUnchangedAsync(LocalFile local, ReleaseAsset? asset, CancellationToken cancellation)
    {
        if (asset is { Digest: null } || (asset is not null && AssetStep.IsEqual(local, asset))) return;
        if ((await world.Workspace.HashAsync(local.File.Path, cancellation)).Sha256 == local.Sha256) return;
        throw ActionException.Verification($"The file '{local.File.Path}' changed while publishing", "Let nothing write to it during the step, then run it again; nothing was published");
    }
}
