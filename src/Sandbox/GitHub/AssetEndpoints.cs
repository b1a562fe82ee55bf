using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ReleaseActions.Sandbox.Web;
using static ReleaseActions.Sandbox.Web.Refusal;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>
/// Assets: upload, list, get, rename, delete, and their bytes: by API and by browser address, both over a signed address on another
/// host, as on GitHub.
/// </summary>
internal sealed class AssetEndpoints(GitHubRepository repository)
{
    private const string Path = "/repos/{owner}/{repo}/releases";
    private const string Manual = "releases/assets";
    private const long TooLarge = 2_147_483_648;

    public IEnumerable<Endpoint> All() =>
    [
        new(Area.Api, "GET", Path + "/{release_id}/assets", List) { Query = Paging.Query, Manual = Manual + "#list-release-assets" },
        new(Area.Uploads, "POST", Path + "/{release_id}/assets", UploadAsync) { Query = ["name", "label"] },
        new(Area.Api, "GET", Path + "/assets/{asset_id}", Get) { Manual = Manual + "#get-a-release-asset" },
        new(Area.Api, "PATCH", Path + "/assets/{asset_id}", UpdateAsync)
        {
            Body = [Field.Text("name"), Field.Text("label"), Field.Text("state")],
            Manual = Manual + "#update-a-release-asset",
        },
        new(Area.Api, "DELETE", Path + "/assets/{asset_id}", DeleteAsync) { Manual = Manual + "#delete-a-release-asset" },
        new(Area.Web, "GET", "/{owner}/{repo}/releases/download/{tag*}/{name}", ByBrowser),
        new(Area.Web, "HEAD", "/{owner}/{repo}/releases/download/{tag*}/{name}", ByBrowser),
        new(Area.Web, "GET", "/storage/{asset_id}", FromStorage) { Query = ["signature"] },
        new(Area.Web, "HEAD", "/storage/{asset_id}", FromStorage) { Query = ["signature"] },
    ];

    private Answer List(Exchange exchange)
    {
        var release = FindRelease(exchange);
        return Paging.Page(exchange, $"{repository.Api}/releases/{release.Id}/assets", release.Assets, asset => Json(release, asset));
    }

    private Answer Get(Exchange exchange)
    {
        var (release, asset) = Find(exchange);
        return exchange.Header("Accept").Contains("application/octet-stream", StringComparison.Ordinal)
            ? Serve(asset)
            : Answer.Json(200, Json(release, asset));
    }

    /// <summary>The name is taken first (state starter), then the bytes come, then the asset is there: as on GitHub.</summary>
    private async Task<Answer> UploadAsync(Exchange exchange)
    {
        CheckSize(exchange.ContentLength);
        var starter = await repository.Releases.InTurnAsync(() => Task.FromResult(TakeName(exchange)));
        var (size, digest) = await StoreAsync(exchange, repository.Releases.AssetFile(starter.Id));
        var uploaded = starter with
        {
            State = "uploaded",
            Size = size,
            Digest = digest,
            UpdatedAt = repository.Now,
        };
        await repository.Releases.InTurnAsync(() => Task.FromResult(repository.Releases.ReplaceAsset(uploaded) ?? throw NotFound()));
        var (release, asset) = repository.Releases.FindAsset(uploaded.Id) ?? throw NotFound();
        return Answer.Json(201, Json(release, asset)).With("Location", $"{repository.Api}/releases/assets/{asset.Id}");
    }

    private static void CheckSize(long? length)
    {
        if (length is null) throw new Refusal(400, "Bad Content-Length: ");
        if (length == 0) throw Invalid(Custom("ReleaseAsset", "size", "size is not included in the list"));
        if (length >= TooLarge)
            throw Invalid(Custom("ReleaseAsset", "size", $"size must be less than or equal to {TooLarge}"));
    }

    private Asset TakeName(Exchange exchange)
    {
        var release = FindRelease(exchange);
        if (release.Immutable) throw new Refusal(422, "Cannot upload assets to an immutable release.");
        if (exchange.Asked("name") is not { Length: > 0 } name)
            throw Invalid(Error("ReleaseAsset", "missing_field", "name"));
        var given = repository.Options.RenameAsset(name);
        CheckFree(release, given);
        var state = repository.Releases.State;
        var asset = new Asset
        {
            Id = state.NextAssetId,
            Name = given,
            Label = exchange.Asked("label") ?? "",
            ContentType = exchange.Headers.ContentType is { Count: > 0 } type ? type.ToString() : "application/octet-stream",
            CreatedAt = repository.Now,
            UpdatedAt = repository.Now,
        };
        repository.Releases.Save(state with { NextAssetId = asset.Id + 1 });
        repository.Releases.Replace(release with { Assets = release.Assets.Add(asset) });
        return asset;
    }

    private static async Task<(long Size, string Digest)> StoreAsync(Exchange exchange, string file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var target = File.Create(file);
        var buffer = new byte[128 * 1024];
        int count;
        while ((count = await exchange.Body.ReadAsync(buffer, exchange.Aborted)) > 0)
        {
            hash.AppendData(buffer, 0, count);
            await target.WriteAsync(buffer.AsMemory(0, count), exchange.Aborted);
        }

        return (target.Length, "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private async Task<Answer> UpdateAsync(Exchange exchange)
    {
        var body = await exchange.ReadJsonAsync();
        return await repository.Releases.InTurnAsync(() =>
        {
            var (release, asset) = FindOpen(exchange, "update");
            var name = body["name"] is { } asked ? repository.Options.RenameAsset(asked.GetValue<string>()) : asset.Name;
            if (name != asset.Name) CheckFree(release, name);
            var label = body["label"] is { } given ? given.GetValue<string>() : asset.Label;
            var changed = repository.Releases.ReplaceAsset(asset with { Name = name, Label = label, UpdatedAt = repository.Now })!;
            return Task.FromResult(Answer.Json(200, Json(release, changed)));
        });
    }

    private Task<Answer> DeleteAsync(Exchange exchange) => repository.Releases.InTurnAsync(() =>
    {
        var (release, asset) = FindOpen(exchange, "delete");
        repository.Releases.Replace(release with { Assets = release.Assets.Remove(asset) });
        File.Delete(repository.Releases.AssetFile(asset.Id));
        return Task.FromResult(new Answer(204));
    });

    private static void CheckFree(Release release, string name)
    {
        if (release.Assets.Any(asset => asset.Name == name))
            throw Invalid(Error("ReleaseAsset", "already_exists", "name"));
    }

    private Release FindRelease(Exchange exchange) => repository.Releases.Find(exchange.Id("release_id")) is { } release
        && (!release.Draft || exchange.Access == Access.Write) ? release : throw NotFound();

    private (Release Release, Asset Asset) Find(Exchange exchange) =>
        repository.Releases.FindAsset(exchange.Id("asset_id")) is { } found
        && (!found.Release.Draft || exchange.Access == Access.Write) ? found : throw NotFound();

    // The sentence about uploads is GitHub's; the ones about changes follow it.
    private (Release Release, Asset Asset) FindOpen(Exchange exchange, string verb)
    {
        var found = Find(exchange);
        return found.Release.Immutable ? throw new Refusal(422, $"Cannot {verb} assets of an immutable release.") : found;
    }

    private Answer Serve(Asset asset)
    {
        if (asset.State != "uploaded") throw Refusal.NotFound();
        return repository.Options.RedirectDownloads
            ? new Answer(302).With("Location", $"{repository.Storage}/{asset.Id}?signature={Signature(asset.Id)}")
            : Send(asset);
    }

    private Answer ByBrowser(Exchange exchange)
    {
        var release = repository.Releases.Published(exchange.Value("tag"));
        var asset = release?.Assets.FirstOrDefault(asset => asset.Name == exchange.Value("name"));
        return asset is null || !repository.IsCalled(exchange.Value("owner"), exchange.Value("repo"))
            ? Answer.Text(404, "Not Found")
            : Serve(asset);
    }

    // Object storage refuses a request that is signed and brings a token as well.
    private Answer FromStorage(Exchange exchange)
    {
        var id = exchange.Id("asset_id");
        if (exchange.Header("Authorization").Length > 0) return Answer.Text(400, "Only one auth mechanism allowed");
        return exchange.Asked("signature") == Signature(id) && repository.Releases.FindAsset(id) is var (_, asset)
            ? Send(asset)
            : Answer.Text(403, "Signature did not match");
    }

    private Answer Send(Asset asset) => new Answer(200)
    {
        File = repository.Releases.AssetFile(asset.Id),
        ContentType = "application/octet-stream",
    }.With("Content-Disposition", $"attachment; filename={asset.Name}");

    private string Signature(long id) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{repository.Options.Token} {id}")))[..32];

    public JsonNode Json(Release release, Asset asset)
    {
        var (api, name) = ($"{repository.Api}/releases/assets/{asset.Id}", Uri.EscapeDataString(asset.Name));
        var json = new JsonObject
        {
            ["url"] = api, ["id"] = asset.Id, ["node_id"] = GitHubRepository.Node("RA", asset.Id), ["name"] = asset.Name,
            ["label"] = asset.Label, ["uploader"] = repository.Actor, ["content_type"] = asset.ContentType, ["state"] = asset.State,
            ["size"] = asset.Size, ["digest"] = asset.Digest, ["download_count"] = asset.DownloadCount,
            ["created_at"] = GitHubRepository.Time(asset.CreatedAt), ["updated_at"] = GitHubRepository.Time(asset.UpdatedAt),
            ["browser_download_url"] = $"{repository.Html}/releases/download/{Shown(release)}/{name}",
        };
        if (!repository.Options.AssetDigests) json.Remove("digest");
        return json;
    }

    // A draft has no tag yet; GitHub shows a made-up one.
    public static string Shown(Release release) =>
        release.Draft ? $"untagged-{release.Id:x20}" : string.Join('/', release.TagName.Split('/').Select(Uri.EscapeDataString));
}
