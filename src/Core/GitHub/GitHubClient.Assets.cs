using ReleaseActions.Core.Http;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.GitHub;

/// <summary>The files of a release.</summary>
public partial class GitHubClient
{
    private const int LagAttempts = 6;
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(2);

    /// <summary>A slow line still moves 64 KiB a second; what moves less is taken for dead.</summary>
    public const double SlowestBytesASecond = 64 * 1024;

    /// <summary>The files of a release, broken ones too.</summary>
    /// <remarks>A release that was just created may answer 404 for a moment; that is waited for.</remarks>
    public async Task<IReadOnlyList<ReleaseAsset>> ListAssetsAsync(long releaseId, CancellationToken cancellation)
    {
        for (var attempt = 1; await FindReleaseAsync(releaseId, cancellation) is null && attempt < LagAttempts; attempt++)
            await Task.Delay(Lag * attempt, clock, cancellation);
        var assets = new List<ReleaseAsset>();
        var address = Repository($"/releases/{releaseId}/assets?per_page=100");
        var request = new ApiRequest(HttpMethod.Get, address, "list the files of the release", Read);
        await foreach (var asset in ListAsync(request, GitHubJson.Default.ListReleaseAsset, cancellation)) assets.Add(asset);
        return assets;
    }

    /// <summary>Where the files of a release are sent to.</summary>
    /// <param name="release">The release; its <c>upload_url</c> is the template of the address.</param>
    /// <exception cref="ActionException">It is on another host (exit 4).</exception>
    public Uri UploadAddress(Release release) =>
        ApiAddress.RequireUpload(Api, release.UploadUrl, Repository($"/releases/{release.Id}/assets").AbsolutePath.Split("/repos/")[^1]);

    /// <summary>Announces how many changes are to be sent: where GitHub limits them, the log says when they will be done.</summary>
    public void Expect(int writes) => http.Expect(writes);

    /// <summary>Reads a file back in time that fits its size.</summary>
    /// <exception cref="ActionException">It did not arrive whole (exit 4).</exception>
    public async Task<string> ReadBackAsync(
        ReleaseAsset asset, Func<HttpContent, CancellationToken, Task<string>> read, CancellationToken cancellation)
    {
        var purpose = $"send the file '{PlainText.Inert(asset.Name)}' back";
        var request = new ApiRequest(HttpMethod.Get, Repository($"/releases/assets/{asset.Id}"), purpose, Read)
        {
            Accept = "application/octet-stream",
        };
        try
        {
            using var answer = await FollowAsync(request, cancellation);
            if (!answer.IsSuccessStatusCode) throw RefusalOf(request, answer, await BodyAsync(answer, LargestError, cancellation));
            // Not before: until its head is there, it may have waited for GitHub's limits.
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(CappedRead.TimeLimit + TimeSpan.FromSeconds(asset.Size / SlowestBytesASecond));
            return await read(answer.Content, limit.Token);
        }
        catch (Exception e) when (IsCut(e, cancellation))
        {
            throw ActionException.Remote(
                $"GitHub was asked to {request.Purpose}, and it did not come whole: {PlainText.Inert(e.Message)}",
                "Run it again: it goes on from what is there");
        }
    }

    private static bool IsCut(Exception e, CancellationToken cancellation) =>
        e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested);
}

/// <summary>A file of a release, as GitHub describes it (components/schemas/release-asset).</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">The name that GitHub gave it.</param>
/// <param name="State"><c>uploaded</c>; anything else is a broken upload.</param>
/// <param name="Size">In bytes.</param>
/// <param name="BrowserDownloadUrl">Where a person gets it.</param>
/// <param name="Label">What a reader sees in place of the name, or null.</param>
/// <param name="Digest"><c>sha256:…</c>, or null on older servers.</param>
public sealed record ReleaseAsset(
    long Id, string Name, string State, long Size, string BrowserDownloadUrl, string? Label = null, string? Digest = null)
{
    /// <summary>Whether all of it is there. A failed upload leaves state <c>starter</c>, or no bytes.</summary>
    public bool IsWhole => State == "uploaded" && Size > 0;
}
