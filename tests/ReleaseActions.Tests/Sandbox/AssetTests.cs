using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using static ReleaseActions.Tests.Sandbox.SandboxGround;

namespace ReleaseActions.Tests.Sandbox;

public sealed class AssetTests
{
    [Fact]
    public async Task An_uploaded_file_has_its_digest_and_is_served_back()
    {
        await using var ground = await NewAsync();
        var release = await ground.CreateReleaseAsync("v1.0.0");
        var asset = await BodyAsync(await ground.UploadAsync(release, "shop.txt", "hello"), HttpStatusCode.Created);
        asset["digest"]!.ToString().Should().Be("sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("hello"))));
        asset["state"]!.ToString().Should().Be("uploaded");
        using var browser = new HttpClient();
        (await browser.GetStringAsync(new Uri(asset["browser_download_url"]!.ToString()))).Should().Be("hello");
        asset["browser_download_url"]!.ToString().Should().EndWith("/acme/shop/releases/download/v1.0.0/shop.txt");
    }

    [Fact]
    public async Task The_bytes_by_API_come_from_another_host_that_refuses_tokens()
    {
        await using var ground = await NewAsync();
        var draft = await ground.CreateReleaseAsync("v1.0.0", draft: true);
        var asset = await BodyAsync(await ground.UploadAsync(draft, "shop.txt", "hello"), HttpStatusCode.Created);
        using var request = new HttpRequestMessage(HttpMethod.Get, asset["url"]!.ToString());
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/octet-stream"));
        ground.Client.DefaultRequestHeaders.Accept.Clear();
        var redirect = await ground.Client.SendAsync(request);
        redirect.StatusCode.Should().Be(HttpStatusCode.Found);
        redirect.Headers.Location!.Host.Should().Be("localhost").And.NotBe(ground.Client.BaseAddress!.Host);
        (await ground.Client.GetAsync(redirect.Headers.Location)).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        using var plain = new HttpClient();
        (await plain.GetStringAsync(redirect.Headers.Location)).Should().Be("hello");
    }

    [Theory]
    [InlineData("a b.txt", "a.b.txt")]
    [InlineData("shop (1).zip", "shop.1.zip")]
    [InlineData(".env", "default.env")]
    [InlineData("ärger.txt", "arger.txt")]
    [InlineData("app_1.0.0~rc.1_amd64.deb", "app_1.0.0.rc.1_amd64.deb")]
    [InlineData("shop-1.0.0+build_5@y==.tgz", "shop-1.0.0.build_5.y.tgz")]
    [InlineData("名前.pdf", "default.pdf")]
    [InlineData("🎉.pdf", "default.pdf")]
    [InlineData("v1...zip.", "v1.zip")]
    public async Task Names_are_changed_as_GitHub_changes_them(string asked, string given)
    {
        await using var ground = await NewAsync();
        var release = await ground.CreateReleaseAsync("v1.0.0");
        var asset = await BodyAsync(await ground.UploadAsync(release, asked, "x"), HttpStatusCode.Created);
        asset["name"]!.ToString().Should().Be(given);
    }

    [Fact]
    public async Task A_taken_name_is_refused_also_after_renaming()
    {
        await using var ground = await NewAsync();
        var release = await ground.CreateReleaseAsync("v1.0.0");
        await ground.UploadAsync(release, "a.b", "x");
        var body = await BodyAsync(await ground.UploadAsync(release, "a b", "y"), HttpStatusCode.UnprocessableEntity);
        body["errors"]!.ToJsonString().Should().Be("""[{"resource":"ReleaseAsset","code":"already_exists","field":"name"}]""");
        body["request_id"].Should().NotBeNull();
    }

    [Fact]
    public async Task Two_names_that_vanish_collide()
    {
        await using var ground = await NewAsync();
        var release = await ground.CreateReleaseAsync("v1.0.0");
        await BodyAsync(await ground.UploadAsync(release, "名前.pdf", "x"), HttpStatusCode.Created);
        var body = await BodyAsync(await ground.UploadAsync(release, "説明.pdf", "y"), HttpStatusCode.UnprocessableEntity);
        body["errors"]![0]!["code"]!.ToString().Should().Be("already_exists");
    }

    [Fact]
    public async Task An_empty_file_is_refused()
    {
        await using var ground = await NewAsync();
        var release = await ground.CreateReleaseAsync("v1.0.0");
        await BodyAsync(await ground.UploadAsync(release, "a", ""), HttpStatusCode.UnprocessableEntity);
        ground.Sandbox.Releases.Single().Assets.Should().BeEmpty();
    }

    [Fact]
    public async Task Two_gibibytes_are_refused_before_they_are_sent()
    {
        await using var ground = await NewAsync();
        var release = await ground.CreateReleaseAsync("v1.0.0");
        ground.Client.DefaultRequestHeaders.ExpectContinue = true;
        using var content = new StreamContent(Stream.Null);
        content.Headers.ContentLength = 2_147_483_648;
        var body = await BodyAsync(await ground.UploadAsync(release, "a", content), HttpStatusCode.UnprocessableEntity);
        body["errors"]![0]!["message"]!.ToString().Should().Be("size must be less than or equal to 2147483648");
    }

    [Fact]
    public async Task An_upload_without_a_length_is_refused()
    {
        await using var ground = await NewAsync();
        var release = await ground.CreateReleaseAsync("v1.0.0");
        ground.Client.DefaultRequestHeaders.TransferEncodingChunked = true;
        (await ground.UploadAsync(release, "a", "text")).StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task An_asset_can_be_renamed_and_deleted()
    {
        await using var ground = await NewAsync();
        var release = await ground.CreateReleaseAsync("v1.0.0");
        var asset = await BodyAsync(await ground.UploadAsync(release, "a", "x"), HttpStatusCode.Created);
        var address = $"/releases/assets/{asset["id"]}";
        var renamed = await ground.SendAsync(HttpMethod.Patch, address, new JsonObject { ["name"] = "b", ["label"] = "The b" });
        (await BodyAsync(renamed, HttpStatusCode.OK))["label"]!.ToString().Should().Be("The b");
        (await ground.SendAsync(HttpMethod.Delete, address)).StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await ground.GetAsync(address)).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await ground.ReadAsync($"/releases/{release["id"]}/assets")).AsArray().Should().BeEmpty();
    }

    [Fact]
    public async Task An_older_server_gives_no_digest()
    {
        await using var ground = await NewAsync(options => options with { AssetDigests = false, RedirectDownloads = false });
        var release = await ground.CreateReleaseAsync("v1.0.0");
        var asset = await BodyAsync(await ground.UploadAsync(release, "a", "x"), HttpStatusCode.Created);
        asset.AsObject().ContainsKey("digest").Should().BeFalse();
        using var browser = new HttpClient();
        (await browser.GetStringAsync(new Uri(asset["browser_download_url"]!.ToString()))).Should().Be("x");
    }
}
