using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ReleaseActions.Sandbox.Web;

namespace ReleaseActions.Sandbox.Oci;

/// <summary>The OCI distribution API, version 1.1: the ping, blobs and tags here.</summary>
internal sealed partial class RegistryEndpoints(SandboxOptions options)
{
    private const string Uploads = "/v2/{name*}/blobs/uploads/";
    private readonly RegistryStore _store = new(FolderOf(options));

    /// <summary>Where the registry keeps its content.</summary>
    public static string FolderOf(SandboxOptions options) => Path.Combine(options.StateFolder, "registry");

    public IEnumerable<Endpoint> All() =>
    [
        new(Area.Registry, "GET", "/v2/", _ => Answer.Json(200, new JsonObject())
            .With("Docker-Distribution-Api-Version", "registry/2.0")),
        new(Area.Registry, "POST", Uploads, StartAsync),
        new(Area.Registry, "GET", Uploads + "{session}", Progress),
        new(Area.Registry, "PATCH", Uploads + "{session}", AppendAsync),
        new(Area.Registry, "PUT", Uploads + "{session}", FinishAsync),
        new(Area.Registry, "DELETE", Uploads + "{session}", Cancel),
        new(Area.Registry, "GET", "/v2/{name*}/blobs/{digest}", GetBlob),
        new(Area.Registry, "HEAD", "/v2/{name*}/blobs/{digest}", GetBlob),
        new(Area.Registry, "DELETE", "/v2/{name*}/blobs/{digest}", DeleteBlob),
        new(Area.Registry, "GET", "/v2/{name*}/tags/list", Tags),
        .. Manifests(),
    ];

    private async Task<Answer> StartAsync(Exchange exchange)
    {
        var name = exchange.Value("name");
        if (exchange.Asked("mount") is { } digest && exchange.Asked("from") is { } from && _store.HasBlob(from, digest))
        {
            _store.LinkBlob(name, digest);
            return Created(name, digest);
        }

        var session = _store.StartUpload();
        if (exchange.Asked("digest") is null) return Accepted(name, session, 0);
        await _store.AppendAsync(session, exchange.Body, exchange.Aborted);
        return await CloseAsync(exchange, name, session);
    }

    private Answer Progress(Exchange exchange)
    {
        var (session, length) = Session(exchange);
        return Accepted(exchange.Value("name"), session, length) with { Status = 204 };
    }

    private async Task<Answer> AppendAsync(Exchange exchange)
    {
        var (session, length) = Session(exchange);
        // Chunks come in order; a gap or an overlap is refused.
        var range = ContentRange().Match(exchange.Header("Content-Range"));
        if (range.Success && long.Parse(range.Groups[1].Value, CultureInfo.InvariantCulture) != length)
            return Accepted(exchange.Value("name"), session, length) with { Status = 416 };
        return Accepted(exchange.Value("name"), session, await _store.AppendAsync(session, exchange.Body, exchange.Aborted));
    }

    private async Task<Answer> FinishAsync(Exchange exchange)
    {
        var (session, _) = Session(exchange);
        await _store.AppendAsync(session, exchange.Body, exchange.Aborted);
        return await CloseAsync(exchange, exchange.Value("name"), session);
    }

    private async Task<Answer> CloseAsync(Exchange exchange, string name, string session)
    {
        var digest = exchange.Asked("digest") ?? "";
        if (await _store.FinishUploadAsync(name, session, digest)) return Created(name, digest);
        _store.CancelUpload(session);
        throw Refusal.WrongDigest();
    }

    private Answer Cancel(Exchange exchange)
    {
        _store.CancelUpload(Session(exchange).Session);
        return new Answer(204);
    }

    private Answer GetBlob(Exchange exchange)
    {
        var digest = Blob(exchange);
        return new Answer(200) { File = _store.BlobFile(digest), ContentType = "application/octet-stream" }
            .With("Docker-Content-Digest", digest);
    }

    private Answer DeleteBlob(Exchange exchange)
    {
        _store.RemoveBlob(exchange.Value("name"), Blob(exchange));
        return new Answer(202);
    }

    private Answer Tags(Exchange exchange)
    {
        var name = exchange.Value("name");
        if (!_store.HasRepository(name))
            throw Refusal.OfRegistry(404, "NAME_UNKNOWN", "repository name not known to registry");
        var after = _store.Tags(name).Where(tag => string.CompareOrdinal(tag, exchange.Asked("last") ?? "") > 0).ToList();
        var size = int.TryParse(exchange.Asked("n"), CultureInfo.InvariantCulture, out var asked) ? asked : after.Count;
        var page = after.Take(size).ToList();
        var answer = Answer.Json(200, new JsonObject
        {
            ["name"] = name,
            ["tags"] = new JsonArray([.. page.Select(tag => JsonValue.Create(tag))]),
        });
        return page.Count < after.Count && page.Count > 0
            ? answer.With("Link", $"</v2/{name}/tags/list?n={size}&last={page[^1]}>; rel=\"next\"")
            : answer;
    }

    private string Blob(Exchange exchange)
    {
        var digest = exchange.Value("digest");
        return _store.HasBlob(exchange.Value("name"), digest)
            ? digest
            : throw Refusal.OfRegistry(404, "BLOB_UNKNOWN", "blob unknown to registry");
    }

    private (string Session, long Length) Session(Exchange exchange)
    {
        var session = exchange.Value("session");
        return _store.UploadLength(session) is { } length
            ? (session, length)
            : throw Refusal.OfRegistry(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");
    }

    private static Answer Accepted(string name, string session, long length) => new Answer(202)
        .With("Location", $"/v2/{name}/blobs/uploads/{session}").With("Docker-Upload-UUID", session)
        .With("Range", string.Create(CultureInfo.InvariantCulture, $"0-{Math.Max(0, length - 1)}"));

    private static Answer Created(string name, string digest) =>
        new Answer(201).With("Location", $"/v2/{name}/blobs/{digest}").With("Docker-Content-Digest", digest);

    [GeneratedRegex(@"^(\d+)-(\d+)$")]
    private static partial Regex ContentRange();
}
