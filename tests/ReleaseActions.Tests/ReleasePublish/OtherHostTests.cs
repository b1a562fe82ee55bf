using System.Net;
using ReleaseActions.Core;
using ReleaseActions.Core.Http;
using ReleaseActions.ReleasePublish;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>A whole run, and every request that left it: nothing goes where the token or a file must not.</summary>
public sealed class OtherHostTests
{
    private const string Elsewhere = "evil.example";

    [Theory]
    [Trait("Row", "S17"), Trait("Row", "S19")]
    [InlineData("http://github.example/api/v3", "API URL must be https")]
    [InlineData("https://169.254.169.254/latest", "leads to a metadata service")]
    [InlineData("https://metadata.google.internal", "leads to a metadata service")]
    [InlineData("https://me:hunter22@github.example", "holds a user name or password")]
    [InlineData("http://[::1]:8080", "leads to the runner itself")]
    public async Task Nothing_is_sent_to_an_API_that_cannot_be_one(string url, string shown)
    {
        await using var ground = await NewAsync();
        using var line = new Line();

        var run = await ground.Rig(line).OnTag("v1.0.0").With("GITHUB_API_URL", url).With("RUNNER_ENVIRONMENT", "github-hosted")
            .RunAsync(new ReleasePublishAction());

        run.ExitCode.Should().Be(ExitCode.BadInput, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().Contain(shown).And.NotContain("hunter22");
        line.Sent.Should().BeEmpty();
    }

    [Fact]
    [Trait("Row", "S20")]
    public async Task No_file_is_sent_to_an_upload_address_on_another_host()
    {
        await using var ground = await NewAsync();
        var uploads = $"{ground.GitHub.ServerUrl}/api/uploads";
        string Rewrite(string text) => text.Replace(uploads, $"https://{Elsewhere}/api/uploads", StringComparison.Ordinal);
        using var line = new Line { Rewrites = Rewrite };

        var run = await RunAsync(ground, line);

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().StartWith("The server sent an upload URL on another host");
        line.To(Elsewhere).Should().BeEmpty();
        line.Sent.Should().NotContain(r => r.Method == "POST" && r.Address.AbsolutePath.Contains("/assets", StringComparison.Ordinal));
    }

    [Theory]
    [Trait("Row", "S21")]
    [InlineData("POST", "/releases")]
    [InlineData("POST", "/assets")]
    [InlineData("PATCH", "/releases/1000")]
    public async Task What_changes_something_is_not_sent_on_to_another_host(string method, string path)
    {
        await using var ground = await NewAsync();
        using var line =
            new Line { Redirects = r => r.Method == method && r.Address.AbsolutePath.EndsWith(path, StringComparison.Ordinal) };

        var run = await RunAsync(ground, line);

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        run.Errors.Should().Contain(e => e.Contains($"led on to '{Elsewhere}'", StringComparison.Ordinal));
        line.To(Elsewhere).Should().BeEmpty();
    }

    [Fact]
    [Trait("Row", "S21")]
    public async Task What_only_reads_is_sent_on_without_anything_that_names_us()
    {
        await using var ground = await NewAsync();
        using var line =
            new Line { Redirects = r => r.Method == "GET" && r.Address.AbsolutePath.EndsWith("/releases", StringComparison.Ordinal) };

        var run = await RunAsync(ground, line);

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        line.To(Elsewhere).Should().NotBeEmpty().And.AllSatisfy(r => r.Headers.Should().BeSubsetOf(["User-Agent", "Accept"]));
    }

    [Fact]
    [Trait("Row", "L3")]
    public async Task Files_that_GitHub_does_not_take_are_refused_before_anything_is_sent()
    {
        await using var ground = await NewAsync();
        using (var big = File.Create(Path.Combine(ground.Checkout.Root, "dist", "big.tgz"))) big.SetLength(PublishPlan.LargestFile + 1);
        ground.Checkout.Write("dist/empty.tgz", "");
        using var line = new Line();

        var run = await ground.Rig(line).OnTag("v1.0.0").Input("files", "dist/*.tgz").RunAsync(new ReleasePublishAction());

        run.ExitCode.Should().Be(ExitCode.BadInput, run.Log);
        run.Errors.Should().SatisfyRespectively(
            big => big.Should().StartWith("asset 'dist/big.tgz' has 2147483648 bytes, and GitHub takes less than 2 GiB"),
            empty => empty.Should().StartWith("asset 'dist/empty.tgz' is empty, and GitHub takes no empty file"));
        line.Sent.Should().OnlyContain(r => r.Method == "GET");
    }

    private static Task<RunResult> RunAsync(ReleaseGround ground, Line line) =>
        ground.Rig(line).OnTag("v1.0.0").Input("files", "dist/*.tgz").RunAsync(new ReleasePublishAction());

    private sealed record Request(string Method, Uri Address, IReadOnlyList<string> Headers);

    /// <summary>The way to GitHub, which keeps what was sent, and may redirect some of it or rewrite answers.</summary>
    private sealed class Line() : DelegatingHandler(ResilientHttp.NewTransport())
    {
        private readonly List<Request> _sent = [];

        public Func<Request, bool> Redirects { get; init; } = _ => false;

        public Func<string, string>? Rewrites { get; init; }

        public IReadOnlyList<Request> Sent
        {
            get
            {
                lock (_sent) return [.. _sent];
            }
        }

        public IEnumerable<Request> To(string host) => Sent.Where(r => r.Address.Host == host);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var headers = request.Headers.Select(h => h.Key).Concat(request.Content?.Headers.Select(h => h.Key) ?? []);
            var sent = new Request(request.Method.Method, request.RequestUri!, [.. headers]);
            lock (_sent) _sent.Add(sent);
            if (sent.Address.Host == Elsewhere) return new HttpResponseMessage(HttpStatusCode.NotFound) { RequestMessage = request };
            if (Redirects(sent))
            {
                var location = new Uri($"https://{Elsewhere}{sent.Address.AbsolutePath}");
                return new HttpResponseMessage(HttpStatusCode.TemporaryRedirect)
                {
                    RequestMessage = request,
                    Headers = { Location = location },
                };
            }

            var answer = await base.SendAsync(request, cancellationToken);
            if (Rewrites is not null && answer.Content.Headers.ContentType?.MediaType == "application/json")
                answer.Content = new StringContent(
                    Rewrites(await answer.Content.ReadAsStringAsync(cancellationToken)), System.Text.Encoding.UTF8, "application/json");
            return answer;
        }
    }
}
