using System.Net;
using System.Net.Http.Headers;
using ReleaseActions.Core.Http;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Registries;

/// <summary>
/// Registries of images, over HTTP (OCI distribution specification 1.1): manifests and blobs, read and written without docker.
/// HTTPS everywhere but on this machine's own addresses.
/// </summary>
public sealed class RegistryClient
{
    /// <summary>The largest manifest read: distribution's own limit.</summary>
    internal const int MostBytesOfManifest = 4 * 1024 * 1024;

    private const int MostSessions = 4;
    private static readonly TimeSpan LongestUpload = TimeSpan.FromHours(2);

    private readonly RegistrySession _session;
    private readonly TimeProvider _clock;
    private readonly Log _log;

    internal RegistryClient(ResilientHttp http, TimeProvider clock, Log log)
    {
        _session = new RegistrySession(http, log);
        _clock = clock;
        _log = log;
    }

    /// <summary>Uses an account at one registry from now on; no other registry sees it.</summary>
    public void SignIn(string domain, RegistryAccount account) => _session.SignIn(domain, account);

    /// <summary>The digest that a tag or digest stands for now, or null where there is none.</summary>
    /// <exception cref="ActionException">The registry refuses, or cannot be reached (exit 4).</exception>
    public async Task<string?> FindDigestAsync(ImageReference reference, CancellationToken cancellation)
    {
        using var answer = await _session.SendAsync(reference, () => ForManifest(HttpMethod.Head, reference), cancellation);
        if (answer.StatusCode == HttpStatusCode.NotFound) return null;
        Require(answer, HttpStatusCode.OK, $"read {reference}");
        // Old registries leave the digest out of the head; then the manifest itself tells it.
        return DigestOf(answer) ?? (await FindManifestAsync(reference, cancellation))?.Digest;
    }

    /// <summary>The manifest or index at a tag or digest, its digest worked out from its bytes; null where there is none.</summary>
    /// <exception cref="ActionException">The registry refuses or cannot be reached (exit 4), or serves other bytes than the digest asked for (exit 5).</exception>
    public async Task<RegistryManifest?> FindManifestAsync(ImageReference reference, CancellationToken cancellation)
    {
        using var answer = await _session.SendAsync(reference, () => ForManifest(HttpMethod.Get, reference), cancellation);
        if (answer.StatusCode == HttpStatusCode.NotFound) return null;
        Require(answer, HttpStatusCode.OK, $"read {reference}");
        var bytes = await CappedRead.BytesAsync(answer.Content, MostBytesOfManifest, cancellation);
        var manifest = new RegistryManifest(answer.Content.Headers.ContentType?.MediaType ?? MediaTypes.Manifest, ContentDigest.Of(bytes), bytes);
        return reference.Digest is null || reference.Digest == manifest.Digest
            ? manifest
            : throw ActionException.Verification($"The registry serves {manifest.Digest} where {reference} was asked for", "Do not use this image; tell whoever runs the registry");
    }

    /// <summary>A blob that fits into memory, such as a configuration, checked against its digest.</summary>
    /// <exception cref="ActionException">It is not there (exit 4), or is not what its digest says (exit 5).</exception>
    public async Task<byte[]> ReadBlobAsync(ImageReference repository, ImageDescriptor blob, CancellationToken cancellation)
    {
        using var answer = await _session.SendAsync(repository, () => new HttpRequestMessage(HttpMethod.Get, Url(repository, $"blobs/{blob.Digest}")), cancellation);
        Require(answer, HttpStatusCode.OK, $"read {repository.Repository}@{blob.Digest}");
        var bytes = await CappedRead.BytesAsync(answer.Content, MostBytesOfManifest, cancellation);
        return ContentDigest.Of(bytes) == blob.Digest
            ? bytes
            : throw ActionException.Verification($"The registry serves other bytes than {blob.Digest} of {repository.Repository}", "Do not use this image; tell whoever runs the registry");
    }

    /// <summary>Uploads a blob, streamed, unless it is there; its digest is checked on the way.</summary>
    /// <param name="repository">Where it goes.</param>
    /// <param name="blob">Its digest and its size.</param>
    /// <param name="open">Opens its content; called once for each attempt.</param>
    /// <param name="cancellation">Stops the upload.</param>
    /// <returns>Whether it had to be sent.</returns>
    /// <exception cref="ActionException">The registry went on refusing (exit 4), or the content is not what the digest says (exit 5).</exception>
    public async Task<bool> PushBlobAsync(ImageReference repository, ImageDescriptor blob, Func<Stream> open, CancellationToken cancellation)
    {
        for (var session = 1; ; session++)
        {
            // Asked before each session: an upload whose answer was lost may have arrived.
            if (await HasBlobAsync(repository, blob.Digest, cancellation)) return session > 1;
            if (await TryUploadAsync(repository, blob, open, cancellation) is not { } trouble) return true;
            if (session == MostSessions) throw ActionException.Remote($"{repository.Repository} did not take {blob.Digest}: {PlainText.Inert(trouble)}", "Run it again: what is there already is not sent again");
            await WaitAsync(session, trouble, cancellation);
        }
    }

    /// <summary>Writes a manifest or an index under a tag or a digest. What it points at must be there.</summary>
    /// <exception cref="ActionException">The registry refuses (exit 4).</exception>
    public async Task PushManifestAsync(ImageReference reference, RegistryManifest manifest, CancellationToken cancellation)
    {
        using var answer = await _session.SendAsync(reference, () => new HttpRequestMessage(HttpMethod.Put, ManifestUrl(reference))
        {
            Content = new ByteArrayContent(manifest.Bytes) { Headers = { ContentType = new MediaTypeHeaderValue(manifest.MediaType) } },
        }, cancellation);
        Require(answer, HttpStatusCode.Created, $"write {reference}");
    }

    private async Task<bool> HasBlobAsync(ImageReference repository, string digest, CancellationToken cancellation)
    {
        using var answer = await _session.SendAsync(repository, () => new HttpRequestMessage(HttpMethod.Head, Url(repository, $"blobs/{digest}")), cancellation);
        // A registry that keeps blobs elsewhere redirects to them: that is where they are.
        if (answer.IsSuccessStatusCode || (int)answer.StatusCode is 302 or 303 or 307 or 308) return true;
        return answer.StatusCode == HttpStatusCode.NotFound ? false : throw Refusal(answer, $"look for {digest} in {repository.Repository}");
    }

    /// <summary>One upload session: POST, then PUT of the whole content. Null where it arrived, else what went wrong and may go better in a new session.</summary>
    private async Task<string?> TryUploadAsync(ImageReference repository, ImageDescriptor blob, Func<Stream> open, CancellationToken cancellation)
    {
        using var begun = await _session.SendAsync(repository, () => new HttpRequestMessage(HttpMethod.Post, Url(repository, "blobs/uploads/")), cancellation);
        Require(begun, HttpStatusCode.Accepted, $"begin an upload to {repository.Repository}");
        if (begun.Headers.Location is not { } location) return "it accepted an upload and did not say where to";
        var target = UploadUrl(RegistrySession.Target(Url(repository, "blobs/uploads/"), location), blob.Digest);
        try
        {
            using var ended = await _session.SendOnceAsync(repository, () => new HttpRequestMessage(HttpMethod.Put, target) { Content = NewContent(blob, open) }, LongestUpload, cancellation);
            if (ended.StatusCode == HttpStatusCode.Created) return null;
            // A session that is gone, a server in trouble and a token that ran out meanwhile are cured by a new session; a refusal is not.
            return (int)ended.StatusCode is 401 or 404 or 416 or >= 500 ? $"{(int)ended.StatusCode} {ended.ReasonPhrase}" : throw Refusal(ended, $"upload {blob.Digest} to {repository.Repository}");
        }
        catch (HttpRequestException e)
        {
            return e.Message;
        }
    }

    private async Task WaitAsync(int session, string trouble, CancellationToken cancellation)
    {
        var wait = TimeSpan.FromSeconds(Math.Pow(2, session - 1));
        _log.Step("wait", ("reason", trouble), ("seconds", wait.TotalSeconds), ("attempt", session));
        await Task.Delay(wait, _clock, cancellation);
    }

    private static StreamContent NewContent(ImageDescriptor blob, Func<Stream> open) => new(new CheckedStream(open(), blob.Size, blob.Digest, found => Damaged(blob, found)), 128 * 1024)
    {
        Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream"), ContentLength = blob.Size },
    };

    private static ActionException Damaged(ImageDescriptor blob, string found) =>
        ActionException.Verification($"The content of {blob.Digest} is not what its name says: {found}", "The archive is damaged; make it again");

    private static HttpRequestMessage ForManifest(HttpMethod method, ImageReference reference)
    {
        var request = new HttpRequestMessage(method, ManifestUrl(reference));
        foreach (var kind in MediaTypes.Manifests) request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(kind));
        return request;
    }

    private static Uri ManifestUrl(ImageReference reference) => Url(reference, $"manifests/{reference.Digest ?? reference.Tag ?? "latest"}");

    private static Uri Url(ImageReference repository, string rest) => new(RegistrySession.Root(repository.Domain), $"/v2/{repository.Path}/{rest}");

    private static Uri UploadUrl(Uri location, string digest) =>
        new UriBuilder(location) { Query = $"{(location.Query.Length > 1 ? $"{location.Query[1..]}&" : "")}digest={Uri.EscapeDataString(digest)}" }.Uri;

    private static string? DigestOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Docker-Content-Digest", out var values) && values.First() is var digest && ContentDigest.IsSha256(digest) ? digest : null;

    private static void Require(HttpResponseMessage answer, HttpStatusCode wanted, string what)
    {
        if (answer.StatusCode != wanted) throw Refusal(answer, what);
    }

    private static ActionException Refusal(HttpResponseMessage answer, string what)
    {
        var host = answer.RequestMessage?.RequestUri?.Authority;
        var remedy = answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            ? "Give a `password` that may write there; the job's own token needs `packages: write`, and the package must grant this repository access"
            : "Run it again later; if it goes on, ask whoever runs the registry";
        return ActionException.Remote($"The registry {host} answered {(int)answer.StatusCode} to: {what}", remedy);
    }
}

/// <summary>A manifest or an index as a registry holds it.</summary>
/// <param name="MediaType">Its kind.</param>
/// <param name="Digest">Its digest, worked out from the bytes.</param>
/// <param name="Bytes">Its bytes; at most 4 MiB.</param>
public sealed record RegistryManifest(string MediaType, string Digest, byte[] Bytes);
