using ReleaseActions.Core;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.ReleasePublish;

/// <summary>Brings one file to a release and knows afterwards that it is there. A failed upload may have left anything: it looks before it sends again.</summary>
internal sealed class AssetUpload(World world, Release release)
{
    private const int MostAttempts = 4;
    private const int MostLooks = 6;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    public async Task RunAsync(AssetStep step, CancellationToken cancellation)
    {
        var local = step.Local!;
        // What is public is taken away only for bytes that are still there to be sent.
        if (step.Remote is not null) await RequireUnchangedAsync(local, null, cancellation);
        if (step.Remote is { IsWhole: true } old) await TakeAwayAsync(old, cancellation);
        if (step.Remote is { IsWhole: false } && await LookAsync(local, isOurs: false, replaced: null, cancellation) is not null) return;
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            var (sent, isNameTaken) = await world.GitHub.UploadAssetAsync(release, local.File, local.Sha256, () => world.Workspace.OpenRead(local.File.Path), cancellation);
            if ((sent ?? await LookAsync(local, isOurs: !isNameTaken, replaced: step.Remote?.Id, cancellation)) is { } asset)
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

    /// <summary>Deletes a whole file. Of a draft that another run has published since, it is public, and stays: hours may lie between plan and upload.</summary>
    /// <exception cref="ActionException">The release began as a draft, and is public by now (exit 3).</exception>
    public async Task TakeAwayAsync(ReleaseAsset whole, CancellationToken cancellation)
    {
        if (release.Draft && await world.GitHub.FindReleaseAsync(release.Id, cancellation) is { Draft: false })
            throw ActionException.Refused($"Another run published '{release.TagName}' meanwhile, and its file '{whole.Name}' is public: it is not taken away", "Release under the next version; or say `on-existing: update`, or `on-existing: keep`, and run it again");
        await world.GitHub.DeleteAssetAsync(whole.Id, cancellation);
    }

    /// <summary>Deletes a broken upload of a file that this run does not have, unless another run ends it meanwhile.</summary>
    public async Task ClearAsync(ReleaseAsset broken, CancellationToken cancellation)
    {
        for (var look = 1; look < MostLooks; look++)
        {
            var now = (await world.GitHub.ListAssetsAsync(release.Id, cancellation)).FirstOrDefault(a => a.Id == broken.Id);
            if (now is null or { IsWhole: true }) return;
            await Task.Delay(BetweenLooks, world.Clock, cancellation);
        }

        await DeleteAsync(broken, cancellation);
    }

    /// <summary>What is there of a file: the file where it is whole, else null, and what is broken is deleted.</summary>
    /// <param name="local">The file.</param>
    /// <param name="isOurs">Whether this run left it; what another run may be sending at this moment is given time to end.</param>
    /// <param name="replaced">What this run deleted for it, which a list that lags may still show.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ActionException">Another run sent other bytes under the name (exit 3).</exception>
    private async Task<ReleaseAsset?> LookAsync(LocalFile local, bool isOurs, long? replaced, CancellationToken cancellation)
    {
        for (var look = 1; ; look++)
        {
            var found = AssetStep.Counterpart(local, await world.GitHub.ListAssetsAsync(release.Id, cancellation));
            if (found is null) return null;
            if (found.IsWhole && found.Digest is null && found.Size == local.File.Size) found = found with { Digest = $"sha256:{await world.GitHub.Sha256OfAssetAsync(found, cancellation)}" };
            if (AssetStep.IsEqual(local, found)) return found;
            // It may be public by now, and is not ours to take away.
            if (found.IsWhole && !isOurs && found.Id != replaced)
                throw ActionException.Refused($"Another run sent other bytes as '{found.Name}' meanwhile", "Let one run release a tag at a time (`concurrency`), then run it again: it compares what is there");
            if (found.IsWhole || isOurs || look == MostLooks)
            {
                await DeleteAsync(found, cancellation);
                return null;
            }

            await Task.Delay(BetweenLooks, world.Clock, cancellation);
        }
    }

    private async Task DeleteAsync(ReleaseAsset asset, CancellationToken cancellation)
    {
        await (asset.IsWhole ? TakeAwayAsync(asset, cancellation) : world.GitHub.DeleteAssetAsync(asset.Id, cancellation));
        world.Log.Step("delete", ("asset", asset.Name), ("state", asset.State), ("size", asset.Size), ("reason", asset.IsWhole ? "other bytes" : "broken upload"), ("status", "ok"));
    }

    // The digest of the plan was taken before the upload; a file that was swapped since must not be published.
    private async Task RequireUnchangedAsync(LocalFile local, ReleaseAsset? asset, CancellationToken cancellation)
    {
        if (asset is { Digest: null } || (asset is not null && AssetStep.IsEqual(local, asset))) return;
        if ((await world.Workspace.HashAsync(local.File.Path, cancellation)).Sha256 == local.Sha256) return;
        throw GitHubClient.Changed(local.File);
    }
}
