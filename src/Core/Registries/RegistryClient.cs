using System.Net;
using System.Net.Http.Headers;
using ReleaseActions.Core.Http;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Registries;

/// <summary>
/// Reads manifests and blobs from registries over HTTP, without docker (OCI distribution specification 1.1). It cannot push:
/// <see cref="RegistryWriter"/> can. HTTPS everywhere but on this machine's own addresses.
/// </summary>
public class RegistryClient
{
    /// <summary>What to do where a registry does what it must not.</summary>
    internal const string RunAgainLater = "Run it again later; if it fails again, ask whoever runs the registry";

    // The limit of github.com/distribution/distribution.
    private const int MostBytesOfManifest = 4 * 1024 * 1024;
    private const string DoNotUse = "Do not use this image; report it to whoever runs the registry";

    internal RegistryClient(RegistrySession session) => Session = session;

    private protected RegistrySession Session { get; }

    /// <summary>Uses an account at one registry from now on; no other registry receives it.</summary>
    /// <param name="domain">The registry's name.</param>
    /// <param name="user">The account; registries that take a token accept any.</param>
    /// <param name="password">The password or token.</param>
    public void SignIn(string domain, string user, Secret password) => Session.SignIn(domain, user, password);

    /// <summary>The digest behind a tag or digest, or null where there is none.</summary>
    /// <exception cref="ActionException">The registry refuses, or cannot be reached (exit 4).</exception>
    public async Task<string?> FindDigestAsync(ImageReference reference, CancellationToken cancellation)
    {
        using var answer = await Session.SendAsync(reference, () => ForManifest(HttpMethod.Head, reference), cancellation);
        if (answer.StatusCode == HttpStatusCode.NotFound) return null;
        Require(answer, HttpStatusCode.OK, $"read {reference}");
        // Old registries omit the header; then the digest comes from the manifest.
        return DigestOf(answer) ?? (await FindManifestAsync(reference, cancellation))?.Digest;
    }

    /// <summary>The manifest or index behind a tag or digest, its digest computed from its bytes; null where there is none.</summary>
    /// <exception cref="ActionException">
    /// The registry refuses or cannot be reached (exit 4), or serves other bytes than the digest asked for (exit 5).
    /// </exception>
    public async Task<RegistryManifest?> FindManifestAsync(ImageReference reference, CancellationToken cancellation)
    {
        using var answer = await Session.SendAsync(reference, () => ForManifest(HttpMethod.Get, reference), cancellation);
        if (answer.StatusCode == HttpStatusCode.NotFound) return null;
        Require(answer, HttpStatusCode.OK, $"read {reference}");
        var mediaType = answer.Content.Headers.ContentType?.MediaType ?? RegistryManifest.OfImage;
        var bytes = await CappedRead.BytesAsync(answer.Content, MostBytesOfManifest, cancellation);
        var manifest = new RegistryManifest(mediaType, ContentDigest.Of(bytes), bytes);
        if (reference.Digest is null || reference.Digest == manifest.Digest) return manifest;
        throw ActionException.Verification($"The registry serves {manifest.Digest} for {reference}", DoNotUse);
    }

    /// <summary>A blob that fits into memory, such as a configuration, checked against its digest.</summary>
    /// <param name="blob">The repository and the blob's digest.</param>
    /// <param name="cancellation">Stops the request.</param>
    /// <exception cref="ActionException">It is not there (exit 4), or does not match its digest (exit 5).</exception>
    public async Task<byte[]> ReadBlobAsync(ImageReference blob, CancellationToken cancellation)
    {
        using var answer = await Session.SendAsync(blob, () => new HttpRequestMessage(HttpMethod.Get, BlobUrl(blob)), cancellation);
        Require(answer, HttpStatusCode.OK, $"read {blob}");
        var bytes = await CappedRead.BytesAsync(answer.Content, MostBytesOfManifest, cancellation);
        if (ContentDigest.Of(bytes) == blob.Digest) return bytes;
        throw ActionException.Verification($"The registry serves other bytes for {blob}", DoNotUse);
    }

    private protected static Uri ManifestUrl(ImageReference reference) =>
        Url(reference, $"manifests/{reference.Digest ?? reference.Tag ?? "latest"}");

    private protected static Uri BlobUrl(ImageReference blob) => Url(blob, $"blobs/{blob.Digest}");

    private protected static Uri Url(ImageReference repository, string rest) =>
        new(RegistrySession.Root(repository.Domain), $"/v2/{repository.Path}/{rest}");

    private protected static void Require(HttpResponseMessage answer, HttpStatusCode wanted, string request)
    {
        if (answer.StatusCode != wanted) throw Refusal(answer, request);
    }

    private protected static ActionException Refusal(HttpResponseMessage answer, string request)
    {
        var host = answer.RequestMessage?.RequestUri?.Authority;
        var remedy = answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            ? $"{RegistrySession.MayWrite}, and the package must grant this repository access"
            : RunAgainLater;
        return ActionException.Remote($"The registry {host} answered {(int)answer.StatusCode} to: {request}", remedy);
    }

    private static HttpRequestMessage ForManifest(HttpMethod method, ImageReference reference)
    {
        var request = new HttpRequestMessage(method, ManifestUrl(reference));
        foreach (var type in RegistryManifest.Accepted) request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        return request;
    }

    private static string? DigestOf(HttpResponseMessage answer)
    {
        return AnswerHeaders.One(answer, "Docker-Content-Digest") is { } digest && ContentDigest.IsSha256(digest) ? digest : null;
    }
}
