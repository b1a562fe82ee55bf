using System.Collections.Concurrent;
using System.Net;
using ReleaseActions.BranchCleanup;
using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Http;
using ReleaseActions.Core.Processes;
using ReleaseActions.Core.Registries;
using ReleaseActions.Core.Runner;
using ReleaseActions.ImageBuildPush;
using ReleaseActions.ReleasePublish;
using ReleaseActions.VersionValidate;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.Http;

/// <summary>
/// The limits of time that production runs with, seen on every request of whole runs: none is missing, and none is hours long.
/// </summary>
[Trait("Row", "F36")]
public sealed class ProductionLimitTests
{
    private static readonly TimeSpan MostForAnAnswer = TimeSpan.FromMinutes(2);
    // 2 GiB at 1 MB/s take 35 minutes.
    private static readonly TimeSpan MostForAnUpload = TimeSpan.FromHours(2);

    [Fact]
    public async Task Every_request_of_a_release_has_a_limit()
    {
        await using var ground = await NewAsync();
        var limits = new ConcurrentBag<(string Request, bool IsUpload, TimeSpan? Limit)>();

        ReleaseAction[] actions = [new VersionValidateAction(), new ChangelogExtractAction(), new ReleasePublishAction(),
            new BranchCleanupAction()];
        // A transport for each: the host disposes of it at the end of a run.
        foreach (var action in actions) await ground.Rig(new Recorder(limits)).OnTag("v1.0.0").Input("files", "dist/*").RunAsync(action);

        limits.Count.Should().BeGreaterThan(8);
        ExpectLimits(limits);
    }

    [Fact]
    public async Task Every_request_to_a_registry_has_a_limit()
    {
        await using var ground = await NewAsync();
        ImageFiles.OciLayout("amd64", "arm64").WriteTar(Path.Combine(ground.Checkout.Root, "image.tar"));
        var limits = new ConcurrentBag<(string Request, bool IsUpload, TimeSpan? Limit)>();

        var run = await ground.Rig(new Recorder(limits)).OnTag("v1.0.0").Input("archive", "image.tar")
            .Input("registry", $"{ground.GitHub.Registry}/acme").Input("username", "bob").Input("password", "sandbox-token")
            .RunAsync(new ImageBuildPushAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        foreach (var kind in (string[])["/token?", "/manifests/", "/blobs/sha256", "/blobs/uploads/"])
            limits.Should().Contain(l => l.Request.Contains(kind, StringComparison.Ordinal));
        ExpectLimits(limits);
        limits.Where(l => l.Request.Contains("/blobs/uploads/", StringComparison.Ordinal)).Should()
            .OnlyContain(l => l.Limit <= MostForAnAnswer, "these layers are small");
    }

    [Fact]
    public async Task A_message_to_a_channel_has_a_limit_for_all_its_attempts()
    {
        await using var ground = await NewAsync();
        ground.Checkout.Policy("notifications: [{ name: chat, url-from: CHAT_URL }]\n");
        var limits = new ConcurrentBag<(string Request, bool IsUpload, TimeSpan? Limit)>();

        var run = await ground.Rig(new Recorder(limits)).OnTag("v1.0.0").With("CHAT_URL", $"{ground.GitHub.ServerUrl}/hooks/webhook/x")
            .Input("files", "none").RunAsync(new ReleasePublishAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        limits.Should().ContainSingle(l => l.Request.Contains("/hooks/", StringComparison.Ordinal)).Which.Limit.Should()
            .Be(Notifications.LongestMessage).And.BeLessThanOrEqualTo(TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("registry")]
    [InlineData("channel")]
    public async Task A_rate_limit_beyond_what_may_be_waited_is_not_waited_for(string client)
    {
        using var server = new Answering(_ => new(HttpStatusCode.TooManyRequests) { Headers = { { "Retry-After", "999999" } } });
        var (clock, log) = (new PromptClock(), new Log(TextWriter.Null, isRunner: true));
        // What production is given where the input max-wait is not.
        var standard = new StandardInputs(new Inputs(_ => null), _ => null);
        using var http = new ResilientHttp(server, clock, log, standard.MaxWait);
        var image = new ImageReference("r.example", "acme/app", "1.0.0");

        var reading = () => new RegistryClient(new RegistrySession(http, log)).FindDigestAsync(image, CancellationToken.None);

        var problem = client == "registry" ? (await reading.Should().ThrowAsync<ActionException>()).Which.Findings[0].Message
            : await Notifications.PostAsync(
                new Secret("https://hooks.example/x"), [], http, Notifications.LongestMessage, CancellationToken.None);

        problem.Should().Contain("429");
        (server.Requests, clock.Waits.Count).Should().Be((1, 0));
    }

    private static void ExpectLimits(IEnumerable<(string Request, bool IsUpload, TimeSpan? Limit)> limits) =>
        limits.Where(l => l.Limit is null || l.Limit > (l.IsUpload ? MostForAnUpload : MostForAnAnswer)).Should().BeEmpty();

    [Fact]
    public void The_body_of_an_answer_and_a_program_have_a_limit()
    {
        CappedRead.TimeLimit.Should().BePositive().And.BeLessThanOrEqualTo(MostForAnAnswer);
        new CommandOptions().Timeout.Should().BePositive().And.BeLessThanOrEqualTo(TimeSpan.FromMinutes(10));
        ResilientHttp.NewTransport().ConnectTimeout.Should().BePositive().And.BeLessThanOrEqualTo(TimeSpan.FromSeconds(30));
    }

    private sealed class Recorder(ConcurrentBag<(string Request, bool IsUpload, TimeSpan? Limit)> limits)
        : DelegatingHandler(ResilientHttp.NewTransport())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            TimeSpan? limit = request.Options.TryGetValue(ResilientHttp.TimeLimit, out var value) ? value : null;
            var path = request.RequestUri!.AbsolutePath;
            var isUpload = (request.Method == HttpMethod.Post && path.EndsWith("/assets", StringComparison.Ordinal))
                || (request.Method == HttpMethod.Put && path.Contains("/blobs/uploads/", StringComparison.Ordinal));
            limits.Add(($"{request.Method} {request.RequestUri}", isUpload, limit));
            return base.SendAsync(request, cancellationToken);
        }
    }
}
