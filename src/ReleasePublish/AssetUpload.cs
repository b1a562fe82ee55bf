using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ReleaseActions.Core;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Http;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ReleasePublish;

/// <summary>Changes the files of one release. A failed upload may have left anything: it looks before it sends again.</summary>
internal sealed class AssetUpload(Writers writers, Release release)
{
    private const int MostAttempts = 4;
    private const int MostLooks = 6;
    private const int BufferBytes = 128 * 1024;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    /// <summary>Brings one file to the release and knows afterwards that it is there.</summary>
    public async Task RunAsync(AssetStep step, CancellationToken cancellation)
    {
        var local = step.Local!;
        // What is public is deleted only for bytes that are still there to be sent.
        if (step.Remote is not null) await RequireUnchangedAsync(local, null, cancellation);
        if (step.Remote is { IsWhole: true } old) await DeleteWholeAsync(old, cancellation);
        if (step.Remote is { IsWhole: false } && await LookAsync(local, isOurs: false, replaced: null, cancellation) is not null) return;
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            var (sent, isNameTaken) = await SendAsync(local, cancellation);
            if ((sent ?? await LookAsync(local, isOurs: !isNameTaken, replaced: step.Remote?.Id, cancellation, isNameTaken)) is { } asset)
            {
                await RequireNameAsync(local, asset, cancellation);
                await RequireUnchangedAsync(local, asset, cancellation);
                Log("upload", asset, ("sha256", local.Sha256), ("attempt", attempt));
                return;
            }

            await RequireUnchangedAsync(local, null, cancellation);
            await Task.Delay(FirstWait * Math.Pow(2, attempt - 1), writers.Clock, cancellation);
        }

        throw ActionException.Remote(
            $"The file '{local.File.Path}' did not reach GitHub in {MostAttempts} attempts", "Run it again: it goes on from what is there");
    }

    /// <summary>
    /// Deletes a whole file. Once another run has published the draft, its files are public and stay: the plan may be hours old.
    /// </summary>
    /// <exception cref="ActionException">The release began as a draft, and is public by now (exit 3).</exception>
    public async Task DeleteWholeAsync(ReleaseAsset whole, CancellationToken cancellation)
    {
        if (release.Draft && await writers.GitHub.FindReleaseAsync(release.Id, cancellation) is { Draft: false })
        {
            throw ActionException.Refused(
                $"Another run published '{release.TagName}' meanwhile, and its file '{whole.Name}' is public: it is not deleted",
                "Release under the next version; or set `on-existing: update`, or `on-existing: keep`, and run it again");
        }

        await DeleteAsync(whole, cancellation);
    }

    /// <summary>Deletes a broken upload of a file that this run does not have, unless another run completes it meanwhile.</summary>
    public async Task DeleteBrokenAsync(ReleaseAsset broken, CancellationToken cancellation)
    {
        for (var look = 1; look < MostLooks; look++)
        {
            var now = (await writers.GitHub.ListAssetsAsync(release.Id, cancellation)).FirstOrDefault(a => a.Id == broken.Id);
            if (now is null or { IsWhole: true }) return;
            await Task.Delay(BetweenLooks, writers.Clock, cancellation);
        }

        await DeleteLeftoverAsync(broken, cancellation);
    }

    /// <summary>Changes what a reader sees in place of a file's name. Sent twice, it does the same.</summary>
    public async Task LabelAsync(AssetStep step, CancellationToken cancellation)
    {
        var (id, label) = (step.Remote!.Id, step.Local!.File.Label);
        var address = writers.GitHub.Repository($"/releases/assets/{id}");
        var request = new ApiRequest(HttpMethod.Patch, address, $"label the file {id}", ReleaseCalls.Write);
        await writers.GitHub.SendAsync(request with { Body = new JsonObject { ["label"] = label } }, cancellation);
        writers.Log.Step("label", ("asset", step.Name), ("label", label), ("status", "ok"));
    }

    /// <summary>Sends a file once, read from the disk as it goes.</summary>
    /// <returns>No file where nobody knows what became of it, or the name is taken: look at the list before sending it again.</returns>
    private async Task<(ReleaseAsset? Asset, bool IsNameTaken)> SendAsync(LocalFile local, CancellationToken cancellation)
    {
        var file = local.File;
        var label = file.Label is null ? "" : $"&label={Uri.EscapeDataString(file.Label)}";
        var address = new Uri($"{writers.GitHub.UploadAddress(release)}?name={Uri.EscapeDataString(file.Name)}{label}");
        var request = new ApiRequest(HttpMethod.Post, address, $"take the file '{PlainText.Inert(file.Name)}'", ReleaseCalls.Write)
        {
            Content = () => ContentOf(local),
            TimeLimit = TimeSpan.FromMinutes(2) + TimeSpan.FromSeconds(file.Size / GitHubClient.SlowestBytesASecond),
            Expected = [HttpStatusCode.UnprocessableEntity, HttpStatusCode.NotFound],
        };
        // Not found: another run deleted it while it was on its way.
        var answer = await writers.GitHub.TrySendAsync(request, cancellation);
        if (answer is null || answer.Status == HttpStatusCode.NotFound) return (null, false);
        if (answer.Status != HttpStatusCode.UnprocessableEntity) return (answer.Read(request, PublishJson.Default.ReleaseAsset), false);
        var isTaken = GitHubClient.ReasonOf(answer).Contains("already_exists", StringComparison.Ordinal);
        return isTaken ? (null, true) : throw GitHubClient.Unprocessable(request, answer);
    }

    // A file that turns into another one on its way is never sent whole.
    private StreamContent ContentOf(LocalFile local)
    {
        var file = local.File;
        var content = new CheckedStream(writers.Readers.Files.OpenRead(file.Path), file.Size, $"sha256:{local.Sha256}", _ => Changed(file));
        return new StreamContent(content, BufferBytes)
        {
            Headers = { ContentLength = file.Size, ContentType = new MediaTypeHeaderValue("application/octet-stream") },
        };
    }

    /// <summary>Looks up a file: the file where it is whole, else null, and what is broken is deleted.</summary>
    /// <param name="local">The file.</param>
    /// <param name="isOurs">Whether this run left it; what another run may be sending at this moment is given time to complete.</param>
    /// <param name="replaced">What this run deleted for it, which a list that lags may still show.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="isTaken">Whether GitHub says that the name is taken: a list without it lags, and is looked at again.</param>
    /// <exception cref="ActionException">Another run sent other bytes under the name (exit 3).</exception>
    private async Task<ReleaseAsset?> LookAsync(
        LocalFile local, bool isOurs, long? replaced, CancellationToken cancellation, bool isTaken = false)
    {
        for (var look = 1; ; look++)
        {
            var found = AssetStep.Counterpart(local, await writers.GitHub.ListAssetsAsync(release.Id, cancellation));
            if (found is null && (!isTaken || look == MostLooks)) return null;
            if (found is null)
            {
                await Task.Delay(BetweenLooks, writers.Clock, cancellation);
                continue;
            }

            found = await PublishGathering.WithDigestAsync(writers.GitHub, found, local, cancellation);
            if (AssetStep.IsEqual(local, found)) return found;
            // It may be public by now, and is not ours to delete.
            if (found.IsWhole && !isOurs && found.Id != replaced)
            {
                throw ActionException.Refused(
                    $"Another run sent other bytes as '{found.Name}' meanwhile",
                    "Let one run release a tag at a time (`concurrency`), then run it again: it compares what is there");
            }

            if (found.IsWhole || isOurs || look == MostLooks)
            {
                await DeleteLeftoverAsync(found, cancellation);
                return null;
            }

            await Task.Delay(BetweenLooks, writers.Clock, cancellation);
        }
    }

    private async Task DeleteLeftoverAsync(ReleaseAsset asset, CancellationToken cancellation)
    {
        await (asset.IsWhole ? DeleteWholeAsync(asset, cancellation) : DeleteAsync(asset, cancellation));
        var reason = asset.IsWhole ? "other bytes" : "broken upload";
        Log("delete", asset, ("state", asset.State), ("reason", reason));
    }

    // One that is gone already is fine.
    private Task<ApiAnswer> DeleteAsync(ReleaseAsset asset, CancellationToken cancellation)
    {
        var address = writers.GitHub.Repository($"/releases/assets/{asset.Id}");
        var request = new ApiRequest(HttpMethod.Delete, address, $"delete the file {asset.Id}", ReleaseCalls.Write);
        return writers.GitHub.SendAsync(request with { Expected = [HttpStatusCode.NotFound] }, cancellation);
    }

    // The digest of the plan was computed before the upload; a file that was swapped since must not be published.
    public async Task RequireUnchangedAsync(LocalFile local, ReleaseAsset? asset, CancellationToken cancellation)
    {
        if (asset is { Digest: null } || (asset is not null && AssetStep.IsEqual(local, asset))) return;
        if ((await writers.Readers.Files.HashAsync(local.File.Path, cancellation)).Sha256 != local.Sha256) throw Changed(local.File);
    }

    // checksums.txt and every link name the file as it was asked for. Under another name it is of no use, and in the way of a next try.
    private async Task RequireNameAsync(LocalFile local, ReleaseAsset asset, CancellationToken cancellation)
    {
        if (asset.Name == local.File.Name) return;
        await DeleteAsync(asset, cancellation);
        var (path, given) = (PlainText.Inert(local.File.Path), PlainText.Inert(asset.Name));
        throw ActionException.Refused(
            $"GitHub stored the file '{path}' as '{given}', and not as '{local.File.Name}'",
            "Rename the file to one that GitHub keeps, such as with letters and digits only; the draft is kept, and nothing is published");
    }

    private static ActionException Changed(PublishableFile file) => ActionException.Verification(
        $"The file '{PlainText.Inert(file.Path)}' changed while publishing",
        "Let nothing write to it during the step, then run it again: it goes on from what is there");

    private void Log(string step, ReleaseAsset asset, params ReadOnlySpan<(string Key, object? Value)> more) =>
        writers.Log.Step(step, [("asset", asset.Name), ("size", asset.Size), .. more, ("status", "ok")]);
}
