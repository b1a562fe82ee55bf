using System.Security.Cryptography;
using System.Text;
using ReleaseActions.Sandbox.Web;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>The bytes of assets: by API and by browser address, both over a signed address on another host, as on GitHub.</summary>
internal sealed class Downloads(GitHubRepository repository)
{
    public IEnumerable<Endpoint> All() =>
    [
        new(Area.Web, "GET", "/{owner}/{repo}/releases/download/{tag*}/{name}", ByBrowser),
        new(Area.Web, "HEAD", "/{owner}/{repo}/releases/download/{tag*}/{name}", ByBrowser),
        new(Area.Web, "GET", "/storage/{asset_id}", FromStorage) { Query = ["signature"] },
        new(Area.Web, "HEAD", "/storage/{asset_id}", FromStorage) { Query = ["signature"] },
    ];

    public Answer Serve(Asset asset)
    {
        if (asset.State != "uploaded")
            throw Refusal.NotFound();
        return repository.Options.RedirectDownloads
            ? new Answer(302).With("Location", $"{repository.Site.Storage}/{asset.Id}?signature={Signature(asset.Id)}")
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
        if (exchange.Header("Authorization").Length > 0)
            return Answer.Text(400, "Only one auth mechanism allowed");
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
}
