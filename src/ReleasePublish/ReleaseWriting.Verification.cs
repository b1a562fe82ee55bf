using ReleaseActions.Core;
using ReleaseActions.Core.GitHub;

namespace ReleaseActions.ReleasePublish;

/// <summary>Compares what GitHub shows with the plan.</summary>
internal sealed partial class ReleaseWriting
{
    /// <summary>Every file of the plan is on the release, whole, with its digest.</summary>
    /// <exception cref="ActionException">At least one is not (exit 5); a draft stays one then.</exception>
    private async Task<IReadOnlyList<ReleaseAsset>> RequireAssetsAsync(Release release, CancellationToken cancellation)
    {
        Task<IReadOnlyList<ReleaseAsset>> ReadAsync(CancellationToken c) =>
            PublishGathering.ReadAssetsAsync(writers.GitHub, release.Id, plan.Facts.Files, c);
        var assets = await Lag.SettleAsync(ReadAsync, HasSettled, writers.Clock, cancellation);
        var steps = plan.Assets.Where(step => step.Local is not null);
        var wrong = steps.Select(step => ProblemOf(step.Local!, ShownAs(step, assets))).OfType<Finding>().ToList();
        return wrong.Count == 0 ? assets : throw new ActionException(ExitCode.VerificationFailed, wrong);
    }

    // Other bytes under the name, whole, are no lag, unless they are the ones that were replaced.
    private bool HasSettled(IReadOnlyList<ReleaseAsset> assets) => plan.Assets.Where(step => step.Local is not null).All(step =>
        ShownAs(step, assets) is { IsWhole: true } asset
        && (AssetStep.IsEqual(step.Local!, asset) || asset.Id != step.Remote?.Id));

    // What was there already is known by its number, whatever its name is.
    private static ReleaseAsset? ShownAs(AssetStep step, IReadOnlyList<ReleaseAsset> assets) => step.Verb == AssetVerb.Skip
        ? assets.FirstOrDefault(a => a.Id == step.Remote!.Id)
        : AssetStep.Counterpart(step.Local!, assets);

    private async Task<Release> RequireReleaseAsync(long id, CancellationToken cancellation)
    {
        bool IsAsPlanned(Release? shown) => shown?.TagName == plan.Tag.Name && (shown.Draft == plan.Request.Draft || plan.IsPublished);
        var release = await Lag.SettleAsync(c => writers.GitHub.FindReleaseAsync(id, c), IsAsPlanned, writers.Clock, cancellation);
        if (IsAsPlanned(release)) return release!;
        var shown = release is null ? "absent" : $"tag '{release.TagName}', draft {release.Draft}";
        throw ActionException.Verification(
            $"The release {id} of {plan.Tag.Name} reads back as {shown}", "See who changed it, then run this again");
    }

    private static Finding? ProblemOf(LocalFile file, ReleaseAsset? asset)
    {
        const string Remedy = "Run it again: it goes on from what is there, and uploads the file again";
        if (asset is null) return new Finding($"asset '{file.File.Name}' is not on the release after its upload", Remedy);
        if (AssetStep.IsEqual(file, asset)) return null;
        var (name, shown) = (file.File.Name, $"{asset.Digest ?? "no digest"}, {asset.Size} bytes, state {asset.State}");
        return new Finding($"asset '{name}' reads back as {shown}; it should be sha256:{file.Sha256}, {file.File.Size} bytes", Remedy);
    }
}
