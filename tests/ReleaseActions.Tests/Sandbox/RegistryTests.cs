using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ReleaseActions.Sandbox;
using static ReleaseActions.Tests.Sandbox.SandboxGround;

namespace ReleaseActions.Tests.Sandbox;

public sealed class RegistryTests
{
    private const string Manifest = "application/vnd.oci.image.manifest.v1+json";
    private const string Index = "application/vnd.oci.image.index.v1+json";

    [Fact]
    public async Task A_token_is_required_and_issued_for_its_scope()
    {
        await using var ground = await NewAsync();
        using var client = new HttpClient { BaseAddress = new Uri(ground.Sandbox.ServerUrl) };
        var challenge = (await client.GetAsync(new Uri("/v2/acme/shop/tags/list", UriKind.Relative))).Headers.WwwAuthenticate.Single();
        challenge.Parameter.Should().Be(
            $"realm=\"{ground.Sandbox.ServerUrl}/token\",service=\"{ground.Sandbox.Registry}\",scope=\"repository:acme/shop:pull\"");
        (await AskAsync(ground, client, "wrong", "pull")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        await LogInAsync(ground, client, "sandbox-read-only-token");
        var start = await client.PostAsync(new Uri("/v2/acme/shop/blobs/uploads/", UriKind.Relative), null);
        start.StatusCode.Should().Be(HttpStatusCode.Unauthorized, "a token for reading does not push");
        start.Headers.WwwAuthenticate.Single().Parameter.Should().Contain("pull,push").And.Contain("insufficient_scope");
        ground.Sandbox.Traffic.Entries.Should().NotContain(entry => entry.Reply != null && entry.Reply.Contains("access_token"));
    }

    [Fact]
    public async Task An_image_is_pushed_and_pulled()
    {
        await using var ground = await NewAsync();
        using var client = await OpenAsync(ground);
        var manifest = await PushImageAsync(client, "v1.0.0");
        var digest = Digest(manifest);
        var answer = await client.GetAsync(At("manifests/v1.0.0"));
        answer.Headers.GetValues("Docker-Content-Digest").Should().Equal(digest);
        answer.Content.Headers.ContentType!.MediaType.Should().Be(Manifest);
        (await answer.Content.ReadAsStringAsync()).Should().Be(manifest);
        using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, At("manifests/" + digest)));
        head.Content.Headers.ContentLength.Should().Be(manifest.Length);
        (await client.GetStringAsync(At("blobs/" + Digest("layer")))).Should().Be("layer");
    }

    [Fact]
    public async Task Chunks_come_in_order()
    {
        await using var ground = await NewAsync();
        using var client = await OpenAsync(ground);
        var session = await StartAsync(client);
        (await PatchAsync(client, session, "hel", "0-2")).Headers.GetValues("Range").Should().Equal("0-2");
        (await PatchAsync(client, session, "lo", "5-6")).StatusCode.Should().Be(HttpStatusCode.RequestedRangeNotSatisfiable);
        (await PatchAsync(client, session, "lo", "3-4")).StatusCode.Should().Be(HttpStatusCode.Accepted);
        (await client.GetAsync(session)).Headers.GetValues("Range").Should().Equal("0-4");
        var closed = await client.PutAsync(new Uri($"{session}?digest={Digest("hello")}", UriKind.Relative), null);
        closed.StatusCode.Should().Be(HttpStatusCode.Created);
        (await client.GetStringAsync(At("blobs/" + Digest("hello")))).Should().Be("hello");
    }

    [Fact]
    public async Task Bytes_that_are_not_what_the_digest_says_are_refused()
    {
        await using var ground = await NewAsync();
        using var client = await OpenAsync(ground);
        var session = await StartAsync(client);
        var answer = await client.PutAsync(new Uri($"{session}?digest={Digest("other")}", UriKind.Relative), new StringContent("hello"));
        (await CodeAsync(answer, HttpStatusCode.BadRequest)).Should().Be("DIGEST_INVALID");
        (await CodeAsync(await client.GetAsync(session), HttpStatusCode.NotFound)).Should().Be("BLOB_UPLOAD_UNKNOWN");
        (await CodeAsync(await client.GetAsync(At("blobs/" + Digest("other"))), HttpStatusCode.NotFound)).Should().Be("BLOB_UNKNOWN");
    }

    [Fact]
    public async Task A_manifest_comes_after_its_blobs_and_an_index_after_its_manifests()
    {
        await using var ground = await NewAsync();
        using var client = await OpenAsync(ground);
        var image = ImageOf("config", "layer");
        var child = $$"""{"mediaType":"{{Manifest}}","digest":"{{Digest(image)}}","size":{{image.Length}}}""";
        var index = $$"""{"schemaVersion":2,"mediaType":"{{Index}}","manifests":[{{child}}]}""";
        (await CodeAsync(await PutAsync(client, "v1", Manifest, image), HttpStatusCode.BadRequest)).Should().Be("MANIFEST_BLOB_UNKNOWN");
        (await CodeAsync(await PutAsync(client, "v1", Index, index), HttpStatusCode.BadRequest)).Should().Be("MANIFEST_BLOB_UNKNOWN");
        await PushImageAsync(client, Digest(image));
        (await PutAsync(client, "v1", Index, index)).StatusCode.Should().Be(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData(Index, "v1", "MANIFEST_INVALID")]
    [InlineData("application/json", "v1", "MANIFEST_INVALID")]
    [InlineData(Manifest, "-v1", "TAG_INVALID")]
    [InlineData(Manifest, "sha256:0000000000000000000000000000000000000000000000000000000000000000", "DIGEST_INVALID")]
    public async Task A_manifest_under_a_wrong_type_or_name_is_refused(string type, string reference, string code)
    {
        await using var ground = await NewAsync();
        using var client = await OpenAsync(ground);
        var manifest = await PushImageAsync(client, "good");
        (await CodeAsync(await PutAsync(client, reference, type, manifest), HttpStatusCode.BadRequest)).Should().Be(code);
    }

    [Fact]
    public async Task Tags_come_in_pages_and_go_with_their_manifest()
    {
        await using var ground = await NewAsync();
        using var client = await OpenAsync(ground);
        foreach (var tag in (string[])["c", "a", "b"])
            await PushImageAsync(client, tag);
        var first = await client.GetAsync(At("tags/list?n=2"));
        JsonNode.Parse(await first.Content.ReadAsStringAsync())!["tags"]!.ToJsonString().Should().Be("""["a","b"]""");
        first.Headers.GetValues("Link").Should().Equal("</v2/acme/shop/tags/list?n=2&last=b>; rel=\"next\"");
        (await client.GetStringAsync(At("tags/list?n=2&last=b"))).Should().Contain("""["c"]""");
        (await client.DeleteAsync(At("manifests/a"))).StatusCode.Should().Be(HttpStatusCode.Accepted);
        (await client.GetStringAsync(At("tags/list"))).Should().Contain("""["b","c"]""");
        await client.DeleteAsync(At("manifests/" + Digest(ImageOf("config", "layer"))));
        (await client.GetStringAsync(At("tags/list"))).Should().Contain("[]");
    }

    [Fact]
    public async Task What_refers_to_an_image_is_listed()
    {
        await using var ground = await NewAsync();
        using var client = await OpenAsync(ground);
        var image = Digest(await PushImageAsync(client, "v1"));
        var document = JsonNode.Parse(ImageOf("config", "layer"))!;
        document["artifactType"] = "application/x-signature";
        document["subject"] = new JsonObject { ["mediaType"] = Manifest, ["digest"] = image, ["size"] = 1 };
        var signature = document.ToJsonString();
        (await PutAsync(client, Digest(signature), Manifest, signature)).Headers.GetValues("OCI-Subject").Should().Equal(image);
        var found = JsonNode.Parse(await client.GetStringAsync(At("referrers/" + image)))!["manifests"]!.AsArray().Single()!;
        (found["digest"]!.ToString(), found["artifactType"]!.ToString()).Should().Be((Digest(signature), "application/x-signature"));
        (await client.GetStringAsync(At($"referrers/{image}?artifactType=application/x-sbom"))).Should().Contain("\"manifests\":[]");
    }

    [Fact]
    public async Task A_blob_is_mounted_from_another_repository()
    {
        await using var ground = await NewAsync(options => options with { RegistryAuthentication = false });
        using var client = new HttpClient { BaseAddress = new Uri(ground.Sandbox.ServerUrl) };
        await PushBlobAsync(client, "layer");
        var mount = $"/v2/acme/other/blobs/uploads/?mount={Digest("layer")}&from=acme/shop";
        (await client.PostAsync(new Uri(mount, UriKind.Relative), null)).StatusCode.Should().Be(HttpStatusCode.Created);
        (await client.GetStringAsync(new Uri($"/v2/acme/other/blobs/{Digest("layer")}", UriKind.Relative))).Should().Be("layer");
    }

    [Fact]
    public async Task A_lost_answer_to_a_manifest_leaves_the_tag()
    {
        await using var ground = await NewAsync();
        using var client = await OpenAsync(ground);
        ground.Sandbox.Faults.Add(new Fault("PUT", "manifests/v1", FaultKind.LoseAnswer));
        await ((Func<Task>)(() => PushImageAsync(client, "v1"))).Should().ThrowAsync<HttpRequestException>();
        (await client.GetAsync(At("manifests/v1"))).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    private static async Task<HttpClient> OpenAsync(SandboxGround ground)
    {
        var client = new HttpClient { BaseAddress = new Uri(ground.Sandbox.ServerUrl) };
        await LogInAsync(ground, client, "sandbox-token");
        return client;
    }

    private static async Task LogInAsync(SandboxGround ground, HttpClient client, string password)
    {
        var token = await BodyAsync(await AskAsync(ground, client, password, "pull,push,delete"), HttpStatusCode.OK);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token["token"]!.ToString());
    }

    private static async Task<HttpResponseMessage> AskAsync(SandboxGround ground, HttpClient client, string password, string rights)
    {
        var address = $"/token?service={ground.Sandbox.Registry}&scope=repository:acme/shop:{rights}";
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes("ada:" + password));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", basic);
        return await client.SendAsync(request);
    }

    private static async Task<string> PushImageAsync(HttpClient client, string reference)
    {
        foreach (var blob in (string[])["config", "layer"])
            await PushBlobAsync(client, blob);
        var manifest = ImageOf("config", "layer");
        (await PutAsync(client, reference, Manifest, manifest)).StatusCode.Should().Be(HttpStatusCode.Created);
        return manifest;
    }

    private static async Task PushBlobAsync(HttpClient client, string bytes)
    {
        var address = new Uri($"{await StartAsync(client)}?digest={Digest(bytes)}", UriKind.Relative);
        (await client.PutAsync(address, new StringContent(bytes))).StatusCode.Should().Be(HttpStatusCode.Created);
    }

    private static async Task<Uri> StartAsync(HttpClient client) => (await client.PostAsync(At("blobs/uploads/"), null)).Headers.Location!;

    private static async Task<HttpResponseMessage> PatchAsync(HttpClient client, Uri session, string bytes, string range)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, session) { Content = new StringContent(bytes) };
        request.Content.Headers.TryAddWithoutValidation("Content-Range", range);
        return await client.SendAsync(request);
    }

    private static async Task<HttpResponseMessage> PutAsync(HttpClient client, string reference, string type, string manifest) =>
        await client.PutAsync(At("manifests/" + reference), new StringContent(manifest, new MediaTypeHeaderValue(type)));

    private static async Task<string> CodeAsync(HttpResponseMessage answer, HttpStatusCode expected) =>
        (await BodyAsync(answer, expected))["errors"]![0]!["code"]!.ToString();

    private static string ImageOf(string config, string layer) =>
        $$"""{"schemaVersion":2,"mediaType":"{{Manifest}}","config":{{Descriptor(config)}},"layers":[{{Descriptor(layer)}}]}""";

    private static string Descriptor(string bytes) =>
        $$"""{"mediaType":"application/octet-stream","digest":"{{Digest(bytes)}}","size":{{bytes.Length}}}""";

    private static string Digest(string bytes) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(bytes)));

    private static Uri At(string path) => new("/v2/acme/shop/" + path, UriKind.Relative);
}
