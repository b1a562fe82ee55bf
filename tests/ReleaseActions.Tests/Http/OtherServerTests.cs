using System.Text;
using System.Text.Json.Nodes;
using ReleaseActions.Core;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Http;
using ReleaseActions.Core.Registries;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;
using ReleaseActions.ReleasePublish;

namespace ReleaseActions.Tests.Http;

/// <summary>
/// Every client that carries a credential, and a server that leads it to another one: what comes there is looked at byte by byte.
/// </summary>
[Trait("Row", "S21"), Trait("Row", "S39")]
public sealed class OtherServerTests
{
    private const string Password = "s3cret-of-the-job";
    private static readonly string Digest = ContentDigest.Of("content"u8);

    /// <summary>A client, and whether the other server is asked at all, without the credential.</summary>
    public static TheoryData<string, bool> Clients => new()
    {
        { "list of releases", true }, { "release", true }, { "download of a file", true }, { "creation of a release", false },
        { "upload of a file", false }, { "manifest", true }, { "blob", true }, { "start of an upload", false },
        { "upload of a blob", true }, { "token of a registry", false },
        { "token server", false }, { "push of a manifest", false }, { "channel", false },
    };

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task A_credential_does_not_follow_a_redirect(string client, bool isAsked)
    {
        foreach (var status in (string[])["301 Moved", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"])
        {
            using var other = new Wire(_ => Wire.Answer("404 Not Found", body: "{}"));
            using var first = new Wire(head => FirstAnswer(client, status, head, other.Host));
            using var transport = ResilientHttp.NewTransport(isRunner: true);
            using var http = new ResilientHttp(transport, new PromptClock(), new Log(TextWriter.Null, isRunner: true));

            var error = await Record.ExceptionAsync(() => UseAsync(client, http, first.Host));

            error.Should().Match(e => e == null || e is ActionException, $"{client} {status}");
            // A password for a token server of another domain is refused before it goes anywhere.
            if (client != "token server") string.Concat(first.Heads).Should().ContainAny([Password, Basic, "/hook"], client);
            string.Concat(other.Heads).Should().NotContainAny("uthorization", "ookie", Password, Basic);
            if (isAsked) other.Heads.Should().NotBeEmpty($"{client} {status}");
            else other.Heads.Should().BeEmpty($"{client} {status}");
        }
    }

    private static string Basic => Convert.ToBase64String(Encoding.UTF8.GetBytes($"bob:{Password}"));

    // The first server asks for the credential where its client waits to be asked, and then leads on.
    private static string FirstAnswer(string client, string status, string head, string other)
    {
        var location = $"Location: http://{other}/elsewhere";
        var isAnonymous = !head.Contains("uthorization", StringComparison.Ordinal);
        var is401 = isAnonymous && head.Contains(" /v2/", StringComparison.Ordinal);
        var uploads = head.Contains("/uploads/", StringComparison.Ordinal);
        if (client == "token server" && is401)
            return Wire.Answer("401 Unauthorized", $"WWW-Authenticate: Bearer realm=\"http://{other}/token\",service=\"r\"");
        if (client == "token of a registry" && is401)
            return Wire.Answer("401 Unauthorized", $"WWW-Authenticate: Bearer realm=\"http://{HostOf(head)}/token\",service=\"r\"");
        if (is401) return Wire.Answer("401 Unauthorized", "WWW-Authenticate: Basic realm=\"r\"");
        if (head.StartsWith("HEAD ", StringComparison.Ordinal)) return "HTTP/1.1 404 Not Found\r\n\r\n";
        if (client == "upload of a blob" && uploads) return Wire.Answer("202 Accepted", location);
        return Wire.Answer(status, location);
    }

    private static string HostOf(string head) =>
        head.Split("\r\n").First(l => l.StartsWith("Host: ", StringComparison.Ordinal))["Host: ".Length..];

    private static Task UseAsync(string client, ResilientHttp http, string host)
    {
        var variables = new Dictionary<string, string> { ["GITHUB_API_URL"] = $"http://{host}", ["GITHUB_REPOSITORY"] = "acme/shop" };
        var log = new Log(TextWriter.Null, isRunner: true);
        var (runner, token) = (new RunnerContext(variables), new Secret(Password));
        var gitHub = new GitHubWriter(http, runner, token, new PromptClock(), log.Secrets, ["releases"]);
        var registry = new RegistryWriter(new RegistrySession(http, log), new PromptClock(), log);
        registry.SignIn(host, "bob", new Secret(Password));
        var (image, blob) = (new ImageReference(host, "acme/app", "1.0.0"), new ImageReference(host, "acme/app", Digest: Digest));
        var none = CancellationToken.None;
        var upload = new ApiRequest(HttpMethod.Post, gitHub.Repository($"/releases/1/assets"), "take a file", "contents: write")
        {
            Content = () => new StringContent("content"),
        };
        return client switch
        {
            "list of releases" => gitHub.ListReleasesAsync(10, none),
            "release" => gitHub.FindReleaseAsync(1, none),
            "download of a file" => gitHub.ReadBackAsync(
                new ReleaseAsset(1, "a.tgz", "uploaded", 7, ""), (content, stop) => content.ReadAsStringAsync(stop), none),
            "creation of a release" => gitHub.CreateDraftAsync(new ReleaseFields("v1.0.0"), none),
            "upload of a file" => gitHub.TrySendAsync(upload, none),
            "manifest" or "token of a registry" or "token server" => registry.FindManifestAsync(image, none),
            "blob" => registry.ReadBlobAsync(blob, none),
            "start of an upload" or "upload of a blob" =>
                registry.PushBlobAsync(blob, 7, () => new MemoryStream("content"u8.ToArray()), none),
            "push of a manifest" => registry.PushManifestAsync(image, new RegistryManifest(RegistryManifest.OfImage, Digest, [1]), none),
            _ => Notifications.PostAsync(new Secret($"http://{host}/hook"), new JsonObject(), http, TimeSpan.FromSeconds(60), none),
        };
    }
}
