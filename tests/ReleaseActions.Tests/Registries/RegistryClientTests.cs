using System.Net;
using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Http;
using ReleaseActions.Core.Registries;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Tests.Registries;

/// <summary>Which addresses get credentials when registries ask for them and redirect.</summary>
public sealed class RegistryClientTests
{
    private static readonly string Digest = ContentDigest.Of("content"u8);

    [Fact]
    [Trait("Row", "S21")]
    public async Task A_redirect_to_another_host_does_not_get_the_token()
    {
        using var checkout = new Checkout();
        var options = new SandboxOptions { BareRepository = checkout.Origin, StateFolder = checkout.Aside("state") };
        await using var registry = await SandboxServer.StartAsync(options);
        await using var storage = await SandboxServer.StartAsync(options with { RegistryAuthentication = false });
        var blob = new ImageReference(registry.Registry, "acme/dojo", Digest: Digest);
        var client = NewWriter();
        client.SignIn(registry.Registry, "bob", new Secret("sandbox-token"));
        await PushAsync(client, blob);
        var redirect = FaultKind.Reply(307, "", ("Location", $"http://{storage.Registry}/v2/acme/dojo/blobs/{Digest}"));
        registry.Faults.Add(new Fault("GET", "blobs/*", redirect));

        var content = await client.ReadBlobAsync(blob, CancellationToken.None);

        content.Should().Equal("content"u8.ToArray());
        storage.Traffic.Entries.Should().ContainSingle().Which.Authorization.Should().BeEmpty();
    }

    [Theory]
    [Trait("Row", "S21")]
    [InlineData("http://r.example/upload")]
    [InlineData("http://r.example:443/upload")]
    [InlineData("http://storage.example/upload")]
    [InlineData("http://127.0.0.1:1/upload")]
    public async Task An_upload_is_not_sent_without_encryption_where_the_registry_redirects_to(string location)
    {
        var registry = new UploadingTo(location);
        var client = NewWriter(registry);
        client.SignIn("r.example", "bob", new Secret("s3cret"));

        var push = () => PushAsync(client, new ImageReference("r.example", "acme/dojo", Digest: Digest));

        var refusal = (await push.Should().ThrowAsync<ActionException>()).Which;
        refusal.Findings.Single().Message.Should().StartWith("The registry r.example leads to 'http://");
        registry.Asked.Should().NotBeEmpty().And.OnlyContain(address => address.Scheme == "https");
    }

    [Theory]
    [InlineData("ghcr.io", "https://ghcr.io/")]
    [InlineData("docker.io", "https://registry-1.docker.io/")]
    [InlineData("registry.example:5000", "https://registry.example:5000/")]
    [InlineData("127.0.0.1:5000", "http://127.0.0.1:5000/")]
    [InlineData("localhost:5000", "http://localhost:5000/")]
    [InlineData("[::1]:5000", "http://[::1]:5000/")]
    [InlineData("127.0.0.1.example", "https://127.0.0.1.example/")]
    public void Only_this_machines_own_addresses_are_reached_without_encryption(string domain, string root) =>
        RegistrySession.Root(domain).Should().Be(new Uri(root));

    [Theory]
    [InlineData("realm=\"https://auth.example/token\",service=\"r\"", "token?service=r&scope=repository%3Aa%2Fb%3Apull")]
    [InlineData(
        "service=\"r, one\" , realm=\"https://auth.example/token?x=1\"",
        "token?x=1&service=r%2C%20one&scope=repository%3Aa%2Fb%3Apull")]
    [InlineData("realm=\"https://auth.example/token\"", "token?scope=repository%3Aa%2Fb%3Apull")]
    public void A_challenge_names_the_token_server(string parameters, string address) =>
        RegistryChallenge.Parse(parameters).TokenUrl(new Uri("https://r.example"), "repository:a/b:pull", carriesPassword: false)
            .AbsoluteUri.Should().Be($"https://auth.example/{address}");

    [Theory]
    [InlineData("realm=\"http://auth.example/token\"")]
    [InlineData("realm=\"http://127.0.0.1/token\"")]
    [InlineData("realm=\"https://bob:x@auth.example/token\"")]
    [InlineData("realm=\"file:///etc/passwd\"")]
    [InlineData("realm=token")]
    [InlineData("")]
    [InlineData("===,,\"")]
    public void A_password_is_not_sent_to_an_unsafe_token_server(string parameters)
    {
        var url = () => RegistryChallenge.Parse(parameters).TokenUrl(new Uri("https://r.example"), "s", carriesPassword: false);

        url.Should().Throw<ActionException>().Which.ExitCode.Should().Be(ExitCode.RemoteFailed);
    }

    [Fact]
    public async Task A_registry_that_does_not_answer_is_a_remote_failure_with_its_name()
    {
        var read = () => NewWriter().FindDigestAsync(new ImageReference("127.0.0.1:1", "acme/dojo", "1.0.0"), CancellationToken.None);

        var failure = (await read.Should().ThrowAsync<ActionException>()).Which;
        failure.Findings.Single().Message.Should().StartWith("The registry 127.0.0.1:1 could not be reached");
    }

    [Fact]
    [Trait("Row", "F37")]
    public async Task An_answer_that_breaks_off_is_a_failure_of_the_registry_and_not_a_defect()
    {
        var reference = new ImageReference("r.example", "acme/dojo", "1.0.0");
        var read = () => NewWriter(new BreakingOff()).FindManifestAsync(reference, CancellationToken.None);

        var failure = (await read.Should().ThrowAsync<ActionException>()).Which;
        (failure.ExitCode, failure.Findings[0].Message).Should().Be((ExitCode.RemoteFailed, "An answer could not be read: the line broke"));
    }

    [Fact]
    public void Facts_are_gathered_with_a_client_that_cannot_push() =>
        (typeof(Readers).GetProperty("Registry")!.PropertyType, typeof(Writers).GetProperty("Registry")!.PropertyType).Should()
            .Be((typeof(RegistryClient), typeof(RegistryWriter)));

    private static RegistryWriter NewWriter(HttpMessageHandler? transport = null)
    {
        var (log, clock) = (new Log(TextWriter.Null, false), new PromptClock());
        var http = new ResilientHttp(transport ?? ResilientHttp.NewTransport(), clock, log);
        return new RegistryWriter(new RegistrySession(http, log), clock, log);
    }

    private static Task<bool> PushAsync(RegistryWriter client, ImageReference blob) =>
        client.PushBlobAsync(blob, 7, () => new MemoryStream("content"u8.ToArray()), CancellationToken.None);

    /// <summary>A registry behind https: it requires a password, lacks every blob, and takes uploads at one address.</summary>
    private sealed class UploadingTo(string location) : HttpMessageHandler
    {
        public List<Uri> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(request.RequestUri!);
            var status = request.Method == HttpMethod.Head ? HttpStatusCode.NotFound : HttpStatusCode.Accepted;
            if (request.Headers.Authorization is null) status = HttpStatusCode.Unauthorized;
            var answer = new HttpResponseMessage(status) { RequestMessage = request };
            answer.Headers.WwwAuthenticate.ParseAdd("Basic realm=\"r\"");
            answer.Headers.Location = new Uri(location);
            return Task.FromResult(answer);
        }
    }

    private sealed class BreakingOff : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request, Content = new Broken() });

        private sealed class Broken : HttpContent
        {
            protected override Task<Stream> CreateContentReadStreamAsync() => throw new IOException("the line broke");

            protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
                throw new IOException("the line broke");

            protected override bool TryComputeLength(out long length) => (length = 0) > 0;
        }
    }
}
