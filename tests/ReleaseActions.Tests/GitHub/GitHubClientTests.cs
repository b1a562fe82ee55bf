using System.Net;
using ReleaseActions.Core;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Http;
using ReleaseActions.Core.Runner;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;
using Release = ReleaseActions.Sandbox.Release;

namespace ReleaseActions.Tests.GitHub;

public sealed class GitHubClientTests : IAsyncDisposable
{
    private readonly StringWriter _log = new();
    private readonly SocketsHttpHandler _transport = ResilientHttp.NewTransport();

    public ValueTask DisposeAsync()
    {
        _transport.Dispose();
        return _log.DisposeAsync();
    }

    [Fact]
    [Trait("Row", "F39")]
    public async Task Pages_that_lead_in_a_circle_are_an_error()
    {
        await using var ground = await ReleaseGround.NewAsync();
        ground.Fault(
            "GET", "releases", FaultKind.Headers(("Link", $"<{ground.GitHub.ApiUrl}/repos/acme/shop/releases?per_page=100>; rel=\"next\"")),
            times: 9);

        (await RefusalAsync(() => Client(ground).ReadReleasesAsync("v1", CancellationToken.None))).Should()
            .Contain("its pages lead in a circle");
    }

    [Fact]
    [Trait("Row", "S18")]
    public async Task A_page_on_another_host_is_never_asked_for()
    {
        await using var ground = await ReleaseGround.NewAsync();
        ground.Fault("GET", "releases", FaultKind.Headers(("Link", "<https://evil.example/x>; rel=\"next\"")));

        (await RefusalAsync(() => Client(ground).ReadReleasesAsync("v1", CancellationToken.None))).Should()
            .Be($"API host 'evil.example' does not match GITHUB_API_URL (127.0.0.1)");
    }

    public static TheoryData<FaultKind> Nonsense =>
    [
        FaultKind.Reply(200, "<html>Welcome to the hotel</html>"), FaultKind.Reply(200, "[{\"id\":1}]"), FaultKind.Reply(200, "[null]"),
        FaultKind.Reply(200, "null"),
        FaultKind.Reply(200, new string('[', 10_000)), FaultKind.Reply(502, new string('x', 10_000_000)),
        FaultKind.Reply(403, new string('x', 10_000_000)),
        FaultKind.Reply(200, [0x1f, 0x8b, 8, 0, 0], ("Content-Encoding", "gzip")),
    ];

    [Theory]
    [MemberData(nameof(Nonsense))]
    [Trait("Row", "F37"), Trait("Row", "S34")]
    public async Task An_answer_that_makes_no_sense_is_a_failure_of_the_remote(FaultKind fault)
    {
        await using var ground = await ReleaseGround.NewAsync();
        ground.Fault("GET", "releases", fault, times: 9);

        (await FluentActions.Awaiting(() => Client(ground).ReadReleasesAsync("v1", CancellationToken.None)).Should()
            .ThrowAsync<ActionException>()).Which.ExitCode.Should().Be(ExitCode.RemoteFailed);
    }

    [Fact]
    [Trait("Row", "S05")]
    public async Task What_GitHub_says_is_shown_inert_and_short()
    {
        await using var ground = await ReleaseGround.NewAsync();
        ground.Fault(
            "GET", "releases",
            FaultKind.Reply(400, $$"""{"message":"a\n::set-output name=x::y ##[add-matcher]z{{new string('x', 5_000)}}"}"""));

        var message = await RefusalAsync(() => Client(ground).ReadReleasesAsync("v1", CancellationToken.None));

        message.Should().NotContainAny("\n", "##[").And.Subject.Length.Should().BeLessThan(1_000);
    }

    [Fact]
    public async Task An_open_pull_request_tells_its_branch_from_one_of_the_same_name_in_a_fork()
    {
        await using var ground = await ReleaseGround.NewAsync();
        ground.GitHub.Put(new ReleaseActions.Sandbox.PullRequest(7, "release/1.0.0"));
        ground.GitHub.Put(new ReleaseActions.Sandbox.PullRequest(8, "release/1.0.0") { HeadOwner = "eve" });
        ground.GitHub.Put(new ReleaseActions.Sandbox.PullRequest(9, "release/1.0.0") { Open = false });
        var edge = Client(ground);

        var pulls = await edge.ListOpenPullRequestsAsync(CancellationToken.None);

        pulls.Select(p => p.Number).Should().BeEquivalentTo([7, 8]);
        pulls.Where(p => edge.IsFrom(p, "release/1.0.0")).Should().ContainSingle().Which.Number.Should().Be(7);
    }

    private GitHubClient Client(ReleaseGround ground)
    {
        var runner = new RunnerContext(
            new Dictionary<string, string> { ["GITHUB_API_URL"] = ground.GitHub.ApiUrl, ["GITHUB_REPOSITORY"] = "acme/shop" });
        return new GitHubClient(new ResilientHttp(_transport, ground.Clock, new Log(_log, isRunner: true)), runner,
            new Secret("sandbox-token"), ground.Clock);
    }

    private static async Task<string> RefusalAsync<T>(Func<Task<T>> ask) =>
        (await FluentActions.Awaiting(ask).Should().ThrowAsync<ActionException>()).Which.Findings.Single().Message;
}
