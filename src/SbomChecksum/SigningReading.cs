using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Processes;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.SbomChecksum;

/// <summary>Looks for a signature that an earlier run made: beside the checksums, or else on the published release.</summary>
internal sealed class SigningReading(World world, MadePaths paths, CosignKey key)
{
    public async Task<SigningFacts> ReadAsync(ReleaseTag? release, CancellationToken cancellation)
    {
        if (!world.Workspace.HasFile(paths.Bundle)) return new SigningFacts(key.PublicKey, false, false, release is null ? null : await FindPublishedAsync(release, cancellation));
        var verifies = world.Workspace.HasFile(paths.Checksums) && await world.Cosign.VerifiesBlobAsync(key.PublicKey, paths.Checksums, paths.Bundle, cancellation);
        return new SigningFacts(key.PublicKey, true, verifies, null);
    }

    private async Task<PublishedSignature?> FindPublishedAsync(ReleaseTag release, CancellationToken cancellation)
    {
        // On a laptop there may be no GitHub to ask.
        if (world.Token is null || world.Runner.Repository is null) return null;
        if (await world.GitHub.FindPublishedReleaseAsync(release.Name, cancellation) is not { } published) return null;
        var assets = await world.GitHub.ListAssetsAsync(published.Id, cancellation);
        if (await TextOfAsync(Path.GetFileName(paths.Checksums)) is not { } checksums || await TextOfAsync(paths.BundleName) is not { } bundle) return null;
        var (checksumsFile, bundleFile) = (Path.Combine(world.Workspace.Scratch, "published.txt"), Path.Combine(world.Workspace.Scratch, "published.json"));
        world.Workspace.WriteText(checksumsFile, checksums);
        world.Workspace.WriteText(bundleFile, bundle);
        return await world.Cosign.VerifiesBlobAsync(key.PublicKey, checksumsFile, bundleFile, cancellation) ? new PublishedSignature(checksums, bundle) : null;

        async Task<string?> TextOfAsync(string name) =>
            assets.FirstOrDefault(a => a.Name == name && a.IsWhole) is { } asset ? await world.GitHub.ReadAssetAsync(asset, cancellation) : null;
    }
}
