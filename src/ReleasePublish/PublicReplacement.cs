using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ReleaseActions.Core;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.ReleasePublish;

/// <summary>
/// Replaces files of a public release: the new ones come under names of their own first, and an old one goes when all new ones are
/// verified. Stopped in between, the next run takes over what is there, or deletes it.
/// </summary>
internal sealed partial class PublicReplacement(Writers writers, PublishPlan plan, AssetUpload upload)
{
    /// <summary>The name that a new file has until it takes the place of the old one.</summary>
    public static string StagedName(LocalFile file) => $"{file.File.Name}.{file.Sha256[..16]}.new";

    /// <summary>Whether a file of a release has such a name.</summary>
    public static bool IsStaged(string name) => Staged().IsMatch(name);

    /// <summary>Sends the new files, and checks that all are there.</summary>
    /// <returns>The files as GitHub stores them, by the steps of the plan.</returns>
    public async Task<IReadOnlyList<(AssetStep Step, ReleaseAsset Asset)>> StageAsync(Release release, CancellationToken cancellation)
    {
        var steps = plan.Assets.Where(a => a.IsStaged).ToList();
        // What is public is replaced only by bytes that are still there to be sent.
        foreach (var step in steps) await upload.RequireUnchangedAsync(step.Local!, null, cancellation);
        var options = new ParallelOptions { MaxDegreeOfParallelism = plan.Request.ParallelUploads, CancellationToken = cancellation };
        await Parallel.ForEachAsync(steps, options, async (step, _) =>
        {
            if (step.Staged is { } there && AssetStep.IsEqual(step.Local!, there)) return;
            await upload.RunAsync(step with { Local = AsStaged(step.Local!), Remote = step.Staged }, cancellation);
        });
        var files = steps.Select(s => AsStaged(s.Local!)).ToList();
        var assets = await Lag.SettleAsync(
            c => PublishGathering.ReadAssetsAsync(writers.GitHub, release.Id, files, c),
            shown => files.All(f => shown.Any(a => a.Name == f.File.Name && a.IsWhole)), writers.Clock, cancellation);
        return [.. steps.Zip(files, (step, file) => (step, Require(file, assets)))];
    }

    /// <summary>Puts the new files in the place of the old ones.</summary>
    public async Task SwapAsync(IReadOnlyList<(AssetStep Step, ReleaseAsset Asset)> staged, CancellationToken cancellation)
    {
        foreach (var (step, asset) in staged)
        {
            if (step.Remote is { } old) await upload.DeleteWholeAsync(old, cancellation);
            var name = step.Local!.File.Name;
            var address = writers.GitHub.Repository($"/releases/assets/{asset.Id}");
            var request = new ApiRequest(HttpMethod.Patch, address, $"name the file {asset.Id}", ReleaseCalls.Write);
            await writers.GitHub.SendAsync(request with { Body = new JsonObject { ["name"] = name } }, cancellation);
            writers.Log.Step("replace", ("asset", name), ("sha256", step.Local.Sha256), ("status", "ok"));
        }
    }

    /// <summary>Takes back what was sent where the replacement does not come about. Best effort: the next run does it otherwise.</summary>
    public async Task TakeBackAsync(Release release, CancellationToken cancellation)
    {
        var names = plan.Assets.Where(a => a.IsStaged).Select(a => StagedName(a.Local!)).ToHashSet(StringComparer.Ordinal);
        try
        {
            foreach (var asset in await writers.GitHub.ListAssetsAsync(release.Id, cancellation))
                if (names.Contains(asset.Name)) await upload.DeleteWholeAsync(asset, cancellation);
        }
        catch (ActionException)
        {
            // What failed first is what a reader has to know.
        }
    }

    private static LocalFile AsStaged(LocalFile file) => file with { File = file.File with { Name = StagedName(file) } };

    private static ReleaseAsset Require(LocalFile file, IReadOnlyList<ReleaseAsset> assets)
    {
        var asset = assets.FirstOrDefault(a => a.Name == file.File.Name);
        return asset is not null && AssetStep.IsEqual(file, asset) ? asset : throw ActionException.Verification(
            $"The new bytes of '{file.File.Path}' read back as {asset?.Digest ?? "nothing"}; they should be sha256:{file.Sha256}",
            "Run it again: nothing of the release was replaced");
    }

    [GeneratedRegex(@"\.[0-9a-f]{16}\.new\z", RegexOptions.CultureInvariant)]
    private static partial Regex Staged();
}
