using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.Http;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.GitHub;

/// <summary>The files of a release.</summary>
public partial class GitHubClient
{
    private const int LagAttempts = 4;
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(2);
    private const int UploadBuffer = 128 * 1024;
    private const int LargestText = 4 * 1024 * 1024;
    // A slow line still moves 64 KiB a second; what moves less is taken for dead.
    private const double SlowestBytesASecond = 64 * 1024;

    /// <summary>The files of a release, broken ones too.</summary>
    /// <remarks>A release that was just made may answer 404 for a moment; that is waited for.</remarks>
    public async Task<IReadOnlyList<ReleaseAsset>> ListAssetsAsync(long releaseId, CancellationToken cancellation)
    {
        for (var attempt = 1; await FindReleaseAsync(releaseId, cancellation) is null && attempt < LagAttempts; attempt++)
            await Task.Delay(Lag * attempt, clock, cancellation);
        var assets = new List<ReleaseAsset>();
        var request = new ApiRequest(HttpMethod.Get, Repository($"/releases/{releaseId}/assets?per_page=100"), "list the files of the release", Read);
        await foreach (var asset in ListAsync(request, GitHubJson.Default.ListReleaseAsset, cancellation)) assets.Add(asset);
        return assets;
    }

    /// <summary>Says how many files and changes are to be sent: where GitHub limits them, the log foretells when they will be done.</summary>
    public void Expect(int writes) => http.Expect(writes);

    /// <summary>Sends a file, read from the disk as it goes.</summary>
    /// <param name="release">The release; its <c>upload_url</c> says where to.</param>
    /// <param name="file">The file; GitHub may change its name.</param>
    /// <param name="sha256">Its digest: a file that turns into another one on its way is never sent whole.</param>
    /// <param name="open">Opens the file, anew for each attempt.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>No file where nobody knows what became of it, or the name is taken: look at the list before sending it again.</returns>
    public async Task<(ReleaseAsset? Asset, bool IsNameTaken)> UploadAssetAsync(Release release, PublishableFile file, string sha256, Func<Stream> open, CancellationToken cancellation)
    {
        var query = $"?name={Uri.EscapeDataString(file.Name)}{(file.Label is null ? "" : $"&label={Uri.EscapeDataString(file.Label)}")}";
        var request = new ApiRequest(HttpMethod.Post, new Uri(ApiAddress.RequireUpload(Api, release.UploadUrl) + query), $"take the file '{PlainText.Inert(file.Name)}'", Write)
        {
            Content = () => new StreamContent(new CheckedStream(open(), file.Size, $"sha256:{sha256}", _ => Changed(file)), UploadBuffer) { Headers = { ContentLength = file.Size, ContentType = new MediaTypeHeaderValue("application/octet-stream") } },
            TimeLimit = TimeSpan.FromMinutes(2) + TimeSpan.FromSeconds(file.Size / SlowestBytesASecond),
            Expected = [HttpStatusCode.UnprocessableEntity, HttpStatusCode.NotFound],
        };
        // Not found: another run deleted it while it was on its way.
        if (await TrySendAsync(request, cancellation) is not { } answer || answer.Status == HttpStatusCode.NotFound) return (null, false);
        if (answer.Status != HttpStatusCode.UnprocessableEntity) return (answer.Read(request, GitHubJson.Default.ReleaseAsset), false);
        var words = WordsOf(answer.Body);
        return words.Contains("already_exists", StringComparison.Ordinal) ? (null, true) : throw Unprocessable($"GitHub was asked to {request.Purpose}", words);
    }

    /// <summary>A file is no longer what was hashed.</summary>
    public static ActionException Changed(PublishableFile file) => ActionException.Verification(
        $"The file '{PlainText.Inert(file.Path)}' changed while publishing", "Let nothing write to it during the step, then run it again: it goes on from what is there");

    /// <summary>Changes what a reader sees in place of a file's name. Sent twice, it does the same.</summary>
    public Task LabelAssetAsync(long assetId, string label, CancellationToken cancellation) => SendAsync(
        new ApiRequest(HttpMethod.Patch, Repository($"/releases/assets/{assetId}"), $"label the file {assetId}", Write) { Body = new JsonObject { ["label"] = label } }, cancellation);

    /// <summary>Takes a file off a release; one that is gone already is fine.</summary>
    public Task DeleteAssetAsync(long assetId, CancellationToken cancellation) => SendAsync(
        new ApiRequest(HttpMethod.Delete, Repository($"/releases/assets/{assetId}"), $"delete the file {assetId}", Write) { Expected = [HttpStatusCode.NotFound] }, cancellation);

    /// <summary>Reads a file back and hashes it; for servers that tell no digest. 64 lower-case hex digits.</summary>
    public Task<string> Sha256OfAssetAsync(ReleaseAsset asset, CancellationToken cancellation) => ReadBackAsync(asset, async (content, limit) =>
    {
        await using var stream = await content.ReadAsStreamAsync(limit);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, limit));
    }, cancellation);

    /// <summary>Reads a small file back, as UTF-8.</summary>
    /// <exception cref="ActionException">It is larger than 4 MiB, or did not come whole (exit 4).</exception>
    public Task<string> ReadAssetAsync(ReleaseAsset asset, CancellationToken cancellation) => ReadBackAsync(asset, async (content, limit) =>
    {
        var (bytes, isWhole) = await CappedRead.BeginningAsync(content, LargestText, limit);
        return isWhole ? Encoding.UTF8.GetString(bytes) : throw new IOException($"it is longer than {LargestText} bytes");
    }, cancellation);

    private async Task<string> ReadBackAsync(ReleaseAsset asset, Func<HttpContent, CancellationToken, Task<string>> read, CancellationToken cancellation)
    {
        var request = new ApiRequest(HttpMethod.Get, Repository($"/releases/assets/{asset.Id}"), $"send the file '{PlainText.Inert(asset.Name)}' back", Read) { Accept = "application/octet-stream" };
        try
        {
            using var answer = await FollowAsync(request, cancellation);
            if (!answer.IsSuccessStatusCode) throw RefusalOf(request, answer, await BodyAsync(answer, LargestError, cancellation));
            // Not before: until its head is there, it may have waited for GitHub's limits.
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(CappedRead.TimeLimit + TimeSpan.FromSeconds(asset.Size / SlowestBytesASecond));
            return await read(answer.Content, limit.Token);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw ActionException.Remote($"GitHub was asked to {request.Purpose}, and it did not come whole: {PlainText.Inert(e.Message)}", "Run it again: it goes on from what is there");
        }
    }
}

/// <summary>A file of a release, as GitHub describes it (components/schemas/release-asset).</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">The name that GitHub gave it.</param>
/// <param name="State"><c>uploaded</c>; anything else is a broken upload.</param>
/// <param name="Size">In bytes.</param>
/// <param name="BrowserDownloadUrl">Where a person gets it.</param>
/// <param name="Label">What a reader sees in place of the name, or null.</param>
/// <param name="Digest"><c>sha256:…</c>, or null on older servers.</param>
public sealed record ReleaseAsset(long Id, string Name, string State, long Size, string BrowserDownloadUrl, string? Label = null, string? Digest = null)
{
    /// <summary>Whether all of it is there. A failed upload leaves state <c>starter</c>, or no bytes.</summary>
    public bool IsWhole => State == "uploaded" && Size > 0;
}
