using ReleaseActions.Core;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.ReleasePublish;

/// <summary>Holds what GitHub shows against what was meant.</summary>
internal sealed class Verification(World world, PublishPlan plan)
{
    /// <summary>Every file of the plan is on the release, whole, with its digest.</summary>
    /// <exception cref="ActionException">At least one is not (exit 5); a draft stays one then.</exception>
    public async Task<IReadOnlyList<ReleaseAsset>> RequireAssetsAsync(Release release, CancellationToken cancellation)
    {
        var assets = await Digests.CompleteAsync(world, await world.GitHub.ListAssetsAsync(release.Id, cancellation), plan.Facts.Files, cancellation);
        var wrong = plan.Facts.Files.Where(f => AssetStep.Counterpart(f, assets) is not { } asset || !AssetStep.IsEqual(f, asset)).Select(f => WhatIsWrong(f, AssetStep.Counterpart(f, assets))).ToList();
        return wrong.Count == 0 ? [.. assets.OrderBy(a => a.Name, StringComparer.Ordinal)] : throw new ActionException(ExitCode.VerificationFailed, wrong);
    }

    /// <summary>The release is what it was meant to be.</summary>
    public async Task<Release> RequireReleaseAsync(long id, CancellationToken cancellation)
    {
        var release = await world.GitHub.FindReleaseAsync(id, cancellation);
        if (release is not null && release.TagName == plan.Wish.Tag.Name && (release.Draft == plan.Wish.Draft || plan.IsPublished)) return release;
        throw ActionException.Verification(
            $"The release {id} of {plan.Wish.Tag.Name} reads back as {(release is null ? "absent" : $"tag '{release.TagName}', draft {release.Draft}")}", "See who changed it, then run this again");
    }

    private static Finding WhatIsWrong(LocalFile file, ReleaseAsset? asset) => new(
        asset is null
            ? $"asset '{file.File.Name}' is not on the release after its upload"
            : $"asset '{file.File.Name}' reads back as {asset.Digest ?? "no digest"}, {asset.Size} bytes, state {asset.State}; it should be sha256:{file.Sha256}, {file.File.Size} bytes",
        "Run it again: it goes on from what is there, and uploads the file anew");
}

/// <summary>Digests that a server does not tell, read back.</summary>
internal static class Digests
{
    /// <summary>The files of a release, each with a digest as far as it matters: where a file of this run has its name and size.</summary>
    public static async Task<IReadOnlyList<ReleaseAsset>> CompleteAsync(World world, IReadOnlyList<ReleaseAsset> assets, IReadOnlyList<LocalFile> files, CancellationToken cancellation)
    {
        var complete = assets.ToList();
        foreach (var file in files)
        {
            if (AssetStep.Counterpart(file, complete) is not { Digest: null, IsWhole: true } asset || asset.Size != file.File.Size) continue;
            complete[complete.IndexOf(asset)] = asset with { Digest = $"sha256:{await world.GitHub.Sha256OfAssetAsync(asset, cancellation)}" };
        }

        return complete;
    }
}
