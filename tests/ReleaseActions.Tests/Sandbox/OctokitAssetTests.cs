using System.Text;
using Octokit;
using static ReleaseActions.Tests.Sandbox.OctokitGround;

namespace ReleaseActions.Tests.Sandbox;

/// <summary>Assets of the sandbox, as Octokit uploads and downloads them.</summary>
public sealed class OctokitAssetTests
{
    private static readonly byte[] _bytes = [.. Enumerable.Range(0, 100_000).Select(number => (byte)number)];

    [Fact]
    public async Task UploadAsset_stores_the_bytes_under_the_name_that_GitHub_gives_them()
    {
        await using var ground = await NewAsync();
        const string Zip = "application/zip";
        var asset = await ground.UploadAsync(await ground.PublishAsync("v1.0.0"), "shop 1.0.0.zip", _bytes, Zip);
        asset.Should().BeEquivalentTo(new { Name = "shop.1.0.0.zip", Size = _bytes.Length, State = "uploaded", ContentType = Zip });
        asset.BrowserDownloadUrl.Should().EndWith("/releases/download/v1.0.0/shop.1.0.0.zip");
        asset.Uploader.Login.Should().Be("github-actions[bot]");
        var stored = ground.Sandbox.Releases.Single().Assets.Single();
        (await File.ReadAllBytesAsync(ground.Sandbox.FileOf(stored))).Should().Equal(_bytes);
    }

    [Fact]
    public async Task GetAllAssets_lists_them_in_the_order_of_their_upload()
    {
        await using var ground = await NewAsync();
        var release = await ground.PublishAsync("v1.0.0");
        foreach (var name in (string[])["b.txt", "a.txt"])
            await ground.UploadAsync(release, name, Encoding.UTF8.GetBytes(name));
        (await ground.Releases.GetAllAssets(Owner, Name, release.Id)).Select(asset => asset.Name).Should().Equal("b.txt", "a.txt");
        (await ground.Releases.Get(Owner, Name, release.Id)).Assets.Select(asset => asset.Size).Should().Equal(5, 5);
    }

    [Fact]
    public async Task GetAsset_finds_an_asset_by_its_number()
    {
        await using var ground = await NewAsync();
        var asset = await ground.UploadAsync(await ground.PublishAsync("v1.0.0"), "a.txt", [1, 2, 3]);
        (await ground.Releases.GetAsset(Owner, Name, asset.Id)).Should().BeEquivalentTo(asset);
    }

    [Fact]
    public async Task EditAsset_renames_and_labels()
    {
        await using var ground = await NewAsync();
        var asset = await ground.UploadAsync(await ground.PublishAsync("v1.0.0"), "a.txt", [1, 2, 3]);
        var changed = await ground.Releases.EditAsset(Owner, Name, asset.Id, new ReleaseAssetUpdate("b.txt") { Label = "The B" });
        changed.Should().BeEquivalentTo(new { asset.Id, Name = "b.txt", Label = "The B", Size = 3 });
        changed.BrowserDownloadUrl.Should().EndWith("/b.txt");
    }

    [Fact]
    public async Task DeleteAsset_frees_the_name()
    {
        await using var ground = await NewAsync();
        var release = await ground.PublishAsync("v1.0.0");
        var asset = await ground.UploadAsync(release, "a.txt", [1, 2, 3]);
        await ground.Releases.DeleteAsset(Owner, Name, asset.Id);
        (await ground.Releases.GetAllAssets(Owner, Name, release.Id)).Should().BeEmpty();
        (await ground.UploadAsync(release, "a.txt", [4])).Id.Should().NotBe(asset.Id);
    }

    [Fact]
    public async Task A_raw_download_follows_the_redirect_without_the_token()
    {
        await using var ground = await NewAsync();
        var asset = await ground.UploadAsync(await ground.PublishAsync("v1.0.0"), "a.bin", _bytes);
        var answer = await ground.Client.Connection.Get<object>(new Uri(asset.Url), null, "application/octet-stream");
        (await ReadAsync((Stream)answer.HttpResponse.Body)).Should().Equal(_bytes);
        ground.Sandbox.Traffic.Entries.TakeLast(2).Select(entry => (entry.Status, entry.Authorization))
            .Should().Equal((302, "Bearer"), (200, ""));
    }

    [Fact]
    public async Task A_download_by_the_browsers_address_streams_the_bytes()
    {
        await using var ground = await NewAsync();
        var asset = await ground.UploadAsync(await ground.PublishAsync("v1.0.0"), "a.bin", _bytes);
        var answer = await ground.Client.Connection.GetRawStream(new Uri(asset.BrowserDownloadUrl), null);
        (await ReadAsync(answer.Body)).Should().Equal(_bytes);
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }
}
