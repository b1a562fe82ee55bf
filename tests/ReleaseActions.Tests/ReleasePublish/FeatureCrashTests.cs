using System.Text.Json.Nodes;
using ReleaseActions.Core;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>With every feature on, a run is killed before each of its requests; the next ends in what an undisturbed one makes.</summary>
[Trait("Row", "F33"), Trait("Row", "F52")]
public sealed class FeatureCrashTests
{
    private const int Requests = 25;

    private const string Policy = """
        release: { moving-tags: [major, minor], generate-notes: true, discussion-category: Announcements, figures: true }
        state: { file: state.yml }
        notifications: [{ name: robot, url-from: ROBOT_URL }]
        """;

    /// <summary>Before which request it dies: what it did after the one before is all that the server ever sees.</summary>
    public static TheoryData<int> Points => [.. Enumerable.Range(0, Requests)];

    [Theory]
    [MemberData(nameof(Points))]
    public async Task The_next_run_makes_what_an_undisturbed_one_makes(int request)
    {
        await using var ground = await NewAsync();
        using var death = new CancellationTokenSource();
        using var line = new Dying(new SocketsHttpHandler { AllowAutoRedirect = false }, request, death);

        var killed = await RunAsync(ground, line, death.Token);
        killed.ExitCode.Should().Be(ExitCode.Cancelled, killed.Log);
        var run = await RunAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        await ExpectAllAsync(ground);
    }

    [Fact]
    public async Task An_undisturbed_run_sends_as_many_requests_as_there_are_points()
    {
        await using var ground = await NewAsync();

        var run = await RunAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.GitHub.Traffic.Entries.Should().HaveCount(Requests, string.Join('\n', ground.GitHub.Traffic.Entries));
        await ExpectAllAsync(ground);
    }

    private static async Task ExpectAllAsync(ReleaseGround ground)
    {
        var release = ground.ExpectWhole();
        release.Should().BeEquivalentTo(new
        {
            TagName = "v1.0.0", Name = "v1.0.0", Prerelease = false, TargetCommitish = ground.Checkout.Head,
            DiscussionUrl = $"{ground.GitHub.ServerUrl}/acme/shop/discussions/1",
        });
        release.Assets.Select(a => (a.Name, a.Label)).Should().BeEquivalentTo([("a.tgz", "The A"), ("b.tgz", ""), ("c.tgz", "")]);
        release.Body!.Split("Hello").Should().HaveCount(2);
        release.Body.Split("Merged since").Should().HaveCount(2);
        ground.GitHub.Latest!.Id.Should().Be(release.Id);
        foreach (var tag in (string[])["v1", "v1.0", "v1.0.0"])
            ground.Checkout.Git("ls-remote", "origin", $"refs/tags/{tag}").Should().StartWith(ground.Checkout.Head, tag);
        ground.Checkout.Git("fetch", "--quiet", "origin", "main");
        ground.Checkout.Git("show", "origin/main:state.yml").Should().Contain("version: 1.0.0").And.Contain("phase: production");
        ground.Checkout.Git("rev-list", "--count", $"{ground.Checkout.Head}..origin/main").Should().Be("1", "the state is recorded once");
        using var latest = await ground.AskAsync(HttpMethod.Get, "releases/latest");
        JsonNode.Parse(await latest.Content.ReadAsStringAsync())!["id"]!.GetValue<long>().Should().Be(release.Id);
    }

    private static Task<RunResult> RunAsync(
        ReleaseGround ground, HttpMessageHandler? line = null, CancellationToken? cancellation = null) =>
        ground.Rig(line, cancellation: cancellation).OnBranch("main").With("ROBOT_URL", $"{ground.GitHub.ServerUrl}/hooks/webhook/x")
            .Input("version", "1.0.0").Input("files", "dist/a.tgz#The A\ndist/*").Input("body", "Hello").Input("parallel-uploads", "1")
            .RunAsync(new ReleasePublishAction());

    private static async Task<ReleaseGround> NewAsync()
    {
        var ground = await ReleaseGround.NewAsync(o => o with { DiscussionCategories = ["Announcements"] });
        ground.Checkout.Policy(Policy).Write("state.yml", "phase: a\nversion: 0.9.0\nlast_release: x\nlast_activity: x\n").Commit("Policy");
        ground.Checkout.Push();
        foreach (var letter in "abc") ground.Checkout.Write($"dist/{letter}.tgz", new string(letter, 1_000));
        ground.GitHub.Put(new PullRequest(7, "feature") { Title = "Merged since", MergeCommitSha = ground.Checkout.Head, Open = false });
        return ground;
    }
}
