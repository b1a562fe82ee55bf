using System.Net.Http;
using System.Text;
using ReleaseActions.Core;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;
using ReleaseActions.SbomChecksum.Lockfiles;

namespace ReleaseActions.SbomChecksum;

/// <summary>Hashes the files, reads the lock files, opens the key and looks for the signature of an earlier run.</summary>
internal sealed class SbomChecksumGathering(SbomChecksumRequest request, Readers readers, CancellationToken cancellation)
{
    // What is installed below the checkout has its own lock files, which pin nothing of this product.
    private static readonly string[] Installed = ["**/node_modules/**", "**/vendor/**", "**/.venv/**", "**/site-packages/**"];

    public async Task<SbomChecksumFacts> GatherAsync()
    {
        foreach (var path in (string[])[request.ChecksumsPath, request.SbomPath, request.BundlePath, request.PublicKeyPath])
            readers.Files.RequirePlace(path);
        var key = request.SigningKey is { } secret && request.KeyRefusal is null
            ? await CosignKey.OpenAsync(secret, request.Password, readers, cancellation)
            : null;
        var release = request.FindRelease();
        var files = await HashFilesAsync();
        var existing = new[] { request.ChecksumsPath, request.SbomPath, request.PublicKeyPath }
            .Select(path => (Path: path, Text: readers.Files.ReadText(path)))
            .Where(e => e.Text is not null).ToDictionary(e => e.Path, e => e.Text!);
        var signature = key is null ? null
            : await FindSignatureAsync(key) ?? await FindPublishedSignatureAsync(key, release);
        return new SbomChecksumFacts(await ReadProductAsync(release), files, ReadLockFiles(), existing, key, signature);
    }

    private async Task<IReadOnlyList<HashedFile>> HashFilesAsync()
    {
        // What an earlier run wrote is not published twice: checksums.txt never lists itself.
        var files = readers.Files.FindFiles(request.Files, request.FailOnUnmatchedFiles, readers.Log.Notice)
            .Where(f => !request.MadePaths.Contains(f.Path)).ToList();
        var made = request.MadePaths.Select(path => Path.GetFileName(path)).ToHashSet(StringComparer.Ordinal);
        var problems = files.Where(f => made.Contains(f.Name)).Select(f => new Finding(
            $"duplicate asset name '{f.Name}': '{f.Path}' has the name of a file that is written here",
            "Rename it, or exclude it from `files`"));
        if (problems.ToList() is { Count: > 0 } found) throw new ActionException(ExitCode.BadInput, found);
        var hashed = await readers.Files.HashAsync([.. files.Select(f => f.Path)], cancellation);
        return [.. hashed.OrderBy(f => f.Name, StringComparer.Ordinal)];
    }

    private async Task<Product> ReadProductAsync(ReleaseTag? release)
    {
        var commit = await readers.Git.RequireCommitOfRunAsync(null, cancellation);
        var date = await readers.Git.CommitDateAsync(commit, cancellation);
        var folder = Path.GetFileName(readers.Files.Root);
        return Product.Of(readers.Runner.Repository, folder, readers.Runner.ServerUrl, release, commit, date);
    }

    private Dictionary<string, LockFile> ReadLockFiles()
    {
        var paths = request.Lockfiles;
        if (paths.Count == 0) paths = readers.Files.Find([.. LockFile.Names.Select(name => $"**/{name}")], Installed);
        if (paths.Count == 0) readers.Log.Notice("No lock file was found: the SBOM lists no packages");
        return paths.Distinct().ToDictionary(path => path, ReadLockFile);
    }

    private LockFile ReadLockFile(string path)
    {
        if (readers.Files.ReadText(path) is { } text) return LockFile.Read(path, text);
        throw ActionException.BadInput(
            $"The lock file '{PlainText.Inert(path)}' does not exist",
            "Name a file of the checkout in `lockfiles`, or omit the input to have them found");
    }

    private async Task<EarlierSignature?> FindSignatureAsync(CosignKey key)
    {
        if (!readers.Files.HasFile(request.BundlePath)) return null;
        var verifies = readers.Files.HasFile(request.ChecksumsPath)
            && await key.VerifiesAsync(request.ChecksumsPath, request.BundlePath, readers, cancellation);
        return new EarlierSignature(verifies, null);
    }

    private async Task<EarlierSignature?> FindPublishedSignatureAsync(CosignKey key, ReleaseTag? release)
    {
        // On a laptop there may be no GitHub to ask.
        if (release is null || readers.Token is null || readers.Runner.Repository is null) return null;
        if (await readers.GitHub.FindPublishedReleaseAsync(release.Name, cancellation) is not { } published) return null;
        var assets = await readers.GitHub.ListAssetsAsync(published.Id, cancellation);
        if (await ReadAssetAsync(assets, "checksums.txt") is not { } checksums) return null;
        if (await ReadAssetAsync(assets, request.BundleName) is not { } bundle) return null;
        var file = readers.Files.WriteScratch("published.txt", checksums);
        var bundleFile = readers.Files.WriteScratch("published.json", bundle);
        return new EarlierSignature(await key.VerifiesAsync(file, bundleFile, readers, cancellation), (checksums, bundle));
    }

    private async Task<string?> ReadAssetAsync(IReadOnlyList<ReleaseAsset> assets, string name)
    {
        if (assets.FirstOrDefault(a => a.Name == name && a.IsWhole) is not { } asset) return null;
        var address = readers.GitHub.Repository($"/releases/assets/{asset.Id}");
        var call = new ApiRequest(HttpMethod.Get, address, $"send the file '{PlainText.Inert(name)}'", "contents: read")
        {
            Accept = "application/octet-stream",
        };
        return Encoding.UTF8.GetString((await readers.GitHub.SendAsync(call, cancellation)).Body);
    }
}
