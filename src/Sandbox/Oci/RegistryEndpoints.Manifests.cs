using System.Text.Json;
using System.Text.Json.Nodes;
using ReleaseActions.Sandbox.Web;

namespace ReleaseActions.Sandbox.Oci;

/// <summary>Manifests and indexes by tag and by digest, and what refers to them.</summary>
internal sealed partial class RegistryEndpoints
{
    private const string Manifest = "/v2/{name*}/manifests/{reference}";
    private const string Index = "application/vnd.oci.image.index.v1+json";
    private const int Largest = 4 * 1024 * 1024;

    private static readonly string[] _mediaTypes =
    [
        "application/vnd.oci.image.manifest.v1+json", Index,
        "application/vnd.docker.distribution.manifest.v2+json", "application/vnd.docker.distribution.manifest.list.v2+json",
    ];

    private IEnumerable<Endpoint> Manifests() =>
    [
        new(Area.Registry, "GET", Manifest, GetManifest),
        new(Area.Registry, "HEAD", Manifest, GetManifest),
        new(Area.Registry, "PUT", Manifest, PutManifestAsync),
        new(Area.Registry, "DELETE", Manifest, DeleteManifest),
        .. options.Referrers ? (Endpoint[])[new(Area.Registry, "GET", "/v2/{name*}/referrers/{digest}", Referrers)] : [],
    ];

    private Answer GetManifest(Exchange exchange)
    {
        var name = exchange.Value("name");
        var digest = _store.Resolve(name, exchange.Value("reference")) ?? throw Refusal.UnknownManifest();
        return new Answer(200) { File = _store.BlobFile(digest), ContentType = _store.MediaType(name, digest) }
            .With("Docker-Content-Digest", digest).With("ETag", $"\"{digest}\"");
    }

    private async Task<Answer> PutManifestAsync(Exchange exchange)
    {
        var (name, reference) = (exchange.Value("name"), exchange.Value("reference"));
        var bytes = await ReadAsync(exchange);
        var digest = RegistryStore.DigestOf(bytes);
        if (reference.Contains(':', StringComparison.Ordinal) ? reference != digest : !RegistryStore.IsTag(reference))
            throw reference.Contains(':', StringComparison.Ordinal)
                ? Refusal.WrongDigest()
                : Refusal.OfRegistry(400, "TAG_INVALID", "manifest tag did not match URI");
        var manifest = Parse(bytes);
        CheckType(exchange, manifest);
        CheckReferences(name, manifest);
        _store.PutManifest(name, digest, exchange.Headers.ContentType.ToString(), bytes);
        if (reference != digest) _store.PutTag(name, reference, digest);
        var answer = new Answer(201).With("Location", $"/v2/{name}/manifests/{digest}").With("Docker-Content-Digest", digest);
        return options.Referrers && Subject(manifest) is { } subject ? answer.With("OCI-Subject", subject) : answer;
    }

    private Answer DeleteManifest(Exchange exchange)
    {
        var (name, reference) = (exchange.Value("name"), exchange.Value("reference"));
        var digest = _store.Resolve(name, reference) ?? throw Refusal.UnknownManifest();
        if (reference == digest)
            _store.RemoveManifest(name, digest);
        else
            _store.RemoveTag(name, reference);
        return new Answer(202);
    }

    private Answer Referrers(Exchange exchange)
    {
        var (name, digest, type) = (exchange.Value("name"), exchange.Value("digest"), exchange.Asked("artifactType"));
        var found = _store.Manifests(name).Select(candidate => Describe(name, candidate, digest))
            .OfType<JsonObject>().Where(descriptor => type is null || descriptor["artifactType"]?.ToString() == type);
        var answer = Answer.Json(200, new JsonObject
        {
            ["schemaVersion"] = 2, ["mediaType"] = Index, ["manifests"] = new JsonArray([.. found]),
        }) with
        { ContentType = Index };
        return type is null ? answer : answer.With("OCI-Filters-Applied", "artifactType");
    }

    private JsonObject? Describe(string name, string candidate, string subject)
    {
        var bytes = File.ReadAllBytes(_store.BlobFile(candidate));
        var manifest = Parse(bytes);
        if (Subject(manifest) != subject) return null;
        return new JsonObject
        {
            ["mediaType"] = _store.MediaType(name, candidate),
            ["digest"] = candidate,
            ["size"] = bytes.Length,
            // The specification's order: the manifest's own type, else that of its config.
            ["artifactType"] = manifest["artifactType"]?.ToString() ?? manifest["config"]?["mediaType"]?.ToString(),
            ["annotations"] = manifest["annotations"]?.DeepClone(),
        };
    }

    private static async Task<byte[]> ReadAsync(Exchange exchange)
    {
        if (exchange.ContentLength > Largest) throw Refusal.OfRegistry(413, "MANIFEST_INVALID", "manifest too large");
        using var buffer = new MemoryStream();
        await exchange.Body.CopyToAsync(buffer, exchange.Aborted);
        return buffer.ToArray();
    }

    private static JsonObject Parse(byte[] bytes)
    {
        try
        {
            return JsonNode.Parse(bytes) as JsonObject ?? throw Invalid("not a JSON object");
        }
        catch (JsonException)
        {
            throw Invalid("not JSON");
        }
    }

    private static void CheckType(Exchange exchange, JsonObject manifest)
    {
        var sent = exchange.Headers.ContentType.ToString();
        if (!_mediaTypes.Contains(sent)) throw Invalid($"media type '{sent}' is not one of a manifest");
        if (manifest["mediaType"]?.ToString() is { } own && own != sent)
            throw Invalid($"media type '{own}' was sent as '{sent}'");
        if (manifest["schemaVersion"]?.ToString() != "2") throw Invalid("schemaVersion is not 2");
        var isIndex = sent == _mediaTypes[1] || sent == _mediaTypes[3];
        if (isIndex ? manifest["manifests"] is not JsonArray : manifest["config"] is null || manifest["layers"] is not JsonArray)
            throw Invalid("a required property is absent");
    }

    /// <summary>Blobs before their manifest, manifests before their index; a subject may come later (specification).</summary>
    private void CheckReferences(string name, JsonObject manifest)
    {
        var layers = (manifest["layers"] as JsonArray ?? []).Where(layer => layer!["urls"] is null);
        foreach (var blob in layers.Append(manifest["config"]).OfType<JsonObject>())
            if (!_store.HasBlob(name, blob["digest"]?.ToString() ?? "")) throw Unknown(blob);
        foreach (var child in (manifest["manifests"] as JsonArray ?? []).OfType<JsonObject>())
            if (_store.MediaType(name, child["digest"]?.ToString() ?? "") is null) throw Unknown(child);
    }

    private static string? Subject(JsonObject manifest) => manifest["subject"]?["digest"]?.ToString();

    private static Refusal Invalid(string reason) => Refusal.OfRegistry(400, "MANIFEST_INVALID", "manifest invalid: " + reason);

    private static Refusal Unknown(JsonObject descriptor) => Refusal.OfRegistry(
        400, "MANIFEST_BLOB_UNKNOWN", $"manifest references a manifest or blob unknown to registry: {descriptor["digest"]}");
}
