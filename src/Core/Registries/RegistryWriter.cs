using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ReleaseActions.Core.Http;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Registries;

/// <summary>Pushes to registries. Only an action that declared it has one.</summary>
public sealed class RegistryWriter : RegistryClient
{
    private const int MostSessions = 4;
    private const int BufferSize = 128 * 1024;
    private const double SlowestBytesASecond = 64 * 1024;
    private static readonly TimeSpan LongestUpload = TimeSpan.FromHours(2);

    private readonly TimeProvider _clock;
    private readonly Log _log;

    internal RegistryWriter(RegistrySession session, TimeProvider clock, Log log) : base(session) => (_clock, _log) = (clock, log);

    /// <summary>Uploads a blob, streamed, unless it is there; its digest is checked on the way.</summary>
    /// <param name="blob">The repository and the blob's digest.</param>
    /// <param name="size">Its size in bytes.</param>
    /// <param name="open">Opens its content; called once for each attempt.</param>
    /// <param name="cancellation">Stops the upload.</param>
    /// <returns>Whether it had to be sent.</returns>
    /// <exception cref="ActionException">
    /// The registry refused each attempt (exit 4), or the content does not match the digest (exit 5).
    /// </exception>
    public async Task<bool> PushBlobAsync(ImageReference blob, long size, Func<Stream> open, CancellationToken cancellation)
    {
        for (var session = 1; ; session++)
        {
            // Asked before each session: an upload whose answer was lost may have arrived.
            if (await HasBlobAsync(blob, cancellation)) return session > 1;
            if (await TryUploadAsync(blob, size, open, cancellation) is not { } problem) return true;
            if (session == MostSessions)
                throw ActionException.Remote(
                    $"{blob.Repository} did not accept {blob.Digest}: {PlainText.Inert(problem)}",
                    "Run it again: what is there is not sent again");
            await WaitAsync(session, problem, cancellation);
        }
    }

    /// <summary>Writes a manifest or an index under a tag or a digest. What it points at must be there.</summary>
    /// <exception cref="ActionException">There is a secret in it (exit 3), or the registry refuses (exit 4).</exception>
    public async Task PushManifestAsync(ImageReference reference, RegistryManifest manifest, CancellationToken cancellation)
    {
        _log.Secrets.Refuse($"{reference}\n{Encoding.UTF8.GetString(manifest.Bytes)}", $"The manifest of {reference.Repository}");
        using var answer = await Session.SendAsync(reference, () => new HttpRequestMessage(HttpMethod.Put, ManifestUrl(reference))
        {
            Content = new ByteArrayContent(manifest.Bytes) { Headers = { ContentType = new MediaTypeHeaderValue(manifest.MediaType) } },
        }, cancellation);
        Require(answer, HttpStatusCode.Created, $"write {reference}");
    }

    private async Task<bool> HasBlobAsync(ImageReference blob, CancellationToken cancellation)
    {
        using var answer = await Session.SendAsync(blob, () => new HttpRequestMessage(HttpMethod.Head, BlobUrl(blob)), cancellation);
        // A registry that stores blobs elsewhere redirects to them.
        if (answer.IsSuccessStatusCode || (int)answer.StatusCode is 302 or 303 or 307 or 308) return true;
        return answer.StatusCode == HttpStatusCode.NotFound ? false : throw Refusal(answer, $"look for {blob}");
    }

    /// <summary>One upload session: POST, then PUT of the whole content.</summary>
    /// <returns>Null where it arrived, else what went wrong and may succeed in a new session.</returns>
    private async Task<string?> TryUploadAsync(ImageReference blob, long size, Func<Stream> open, CancellationToken cancellation)
    {
        var uploads = Url(blob, "blobs/uploads/");
        using var started = await Session.SendAsync(blob, () => new HttpRequestMessage(HttpMethod.Post, uploads), cancellation);
        Require(started, HttpStatusCode.Accepted, $"start an upload to {blob.Repository}");
        if (RegistrySession.TargetOf(uploads, started) is not { } location) return "it accepted an upload without an address for it";
        var target = UploadUrl(location, blob.Digest!);
        HttpRequestMessage Upload() => new(HttpMethod.Put, target) { Content = ContentOf(blob.Digest!, size, open) };
        try
        {
            using var ended = await Session.SendOnceAsync(blob, Upload, LimitOf(size), cancellation);
            if (ended.StatusCode == HttpStatusCode.Created) return null;
            // A new session helps where the session is gone, the server failed or the token expired meanwhile, but not after a refusal.
            var mayRetry = (int)ended.StatusCode is 401 or 404 or 416 or >= 500;
            return mayRetry ? $"{(int)ended.StatusCode} {ended.ReasonPhrase}" : throw Refusal(ended, $"upload {blob}");
        }
        catch (HttpRequestException e)
        {
            return e.Message;
        }
    }

    // A registry that takes a small layer and never answers must not hold the job for hours.
    private static TimeSpan LimitOf(long size)
    {
        var limit = CappedRead.TimeLimit + TimeSpan.FromSeconds(size / SlowestBytesASecond);
        return limit < LongestUpload ? limit : LongestUpload;
    }

    private async Task WaitAsync(int session, string problem, CancellationToken cancellation)
    {
        var wait = TimeSpan.FromSeconds(Math.Pow(2, session - 1));
        _log.Step("wait", ("reason", problem), ("seconds", wait.TotalSeconds), ("attempt", session));
        await Task.Delay(wait, _clock, cancellation);
    }

    private static StreamContent ContentOf(string digest, long size, Func<Stream> open) =>
        new(new CheckedStream(open(), size, digest, found => Damaged(digest, found)), BufferSize)
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream"), ContentLength = size },
        };

    private static ActionException Damaged(string digest, string found) => ActionException.Verification(
        $"The content of {digest} does not match its digest: {found}", "The archive is damaged; make it again");

    private static Uri UploadUrl(Uri location, string digest)
    {
        var query = location.Query.Length > 1 ? $"{location.Query[1..]}&" : "";
        return new UriBuilder(location) { Query = $"{query}digest={Uri.EscapeDataString(digest)}" }.Uri;
    }
}
