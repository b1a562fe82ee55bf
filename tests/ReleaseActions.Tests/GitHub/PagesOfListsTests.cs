using System.Globalization;
using System.Net;
using System.Text;
using ReleaseActions.Core;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Http;
using ReleaseActions.Core.Runner;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;
using Release = ReleaseActions.Sandbox.Release;

namespace ReleaseActions.Tests.GitHub;

/// <summary>Long lists: every page is read, also one that no link leads to, and no server leads on for ever.</summary>
public sealed class PagesOfListsTests
{
    [Fact]
    [Trait("Row", "F39")]
    public async Task Our_draft_is_found_behind_3_000_releases()
    {
        await using var ground = await NewAsync();
        await DraftAsync(ground);
        await PutNewerAsync(ground, 2_999);
        ground.GitHub.Traffic.Clear();

        var run = await PublishAsync(ground, ("dry-run", "true"));

        run.Summary.Should().Contain("continue with our draft of");
        // All 30 pages are full, so that only an empty one behind them says that nothing is left.
        ground.GitHub.Traffic.Entries.Count(e => e.Path.EndsWith("/releases", StringComparison.Ordinal)).Should().Be(30 + 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Row", "F39")]
    public async Task A_full_page_without_a_link_to_the_next_one_is_not_taken_for_the_last(bool hasOtherLinks)
    {
        await using var ground = await NewAsync();
        await DraftAsync(ground);
        await PutNewerAsync(ground, 100);
        ground.Fault(
            "GET", "releases",
            FaultKind.Headers(
            ("Link", hasOtherLinks ? $"<{ground.GitHub.ApiUrl}/repos/acme/shop/releases?per_page=100&page=2>; rel=\"last\"" : null)),
            times: 99);
        ground.GitHub.Traffic.Clear();

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.GitHub.Releases.Should().ContainSingle(r => r.TagName == "v1.0.0").Which.Draft.Should().BeFalse();
        // To find the draft, to see that no other run made an older one, and to find what others left.
        string[] list = ["?per_page=100", "?per_page=100&page=2"];
        ground.GitHub.Traffic.Entries.Where(e => e.Path.EndsWith("/releases", StringComparison.Ordinal)).Select(e => e.Query)
            .Should().Equal([.. list, .. list, .. list]);
    }

    [Fact]
    [Trait("Row", "F39")]
    public async Task Links_that_always_lead_on_end_in_an_error()
    {
        using var server = new Answering(request => new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent("[]", Encoding.UTF8, "application/json"),
            Headers = { { "Link", $"<https://api.example/repos/acme/shop/releases?page={Guid.NewGuid():n}>; rel=\"next\"" } },
        });
        using var http = new ResilientHttp(server, new PromptClock(), new Log(TextWriter.Null, isRunner: true));
        var runner = new RunnerContext(
            new Dictionary<string, string> { ["GITHUB_API_URL"] = "https://api.example", ["GITHUB_REPOSITORY"] = "acme/shop" });

        var listing = () => new GitHubClient(http, runner, token: null, TimeProvider.System).ListReleasesAsync(1, CancellationToken.None);

        (await listing.Should().ThrowAsync<ActionException>()).Which.Findings.Should().ContainSingle().Which.Message.Should()
            .Be("GitHub was asked to list the releases, and its list does not end: 1,000 pages were read");
        server.Requests.Should().Be(1_000);
    }

    [Theory]
    [Trait("Row", "L15")]
    [InlineData(100, 10, "1,000 pages were read")]
    [InlineData(1_000, 10, "more than 100,000 items were read")]
    [InlineData(100, 30_000, "its items have more than 33,554,432 bytes of text")]
    [InlineData(20, 1_000_000, "its items have more than 33,554,432 bytes of text")]
    [InlineData(150_000, 0, "its answer makes no sense: it has more than 1,000,000 values")]
    public async Task A_list_that_never_ends_is_an_error_before_it_fills_the_memory(int items, int notes, string shown)
    {
        var page = Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat(ItemWith(notes), items))}]");
        var (asked, most) = (0, 0L);
        using var server = new Answering(_ =>
        {
            // What is held on to; collecting before each of a thousand small pages would only take time.
            if (asked % 50 == 0 || page.Length > 1_000_000) most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
            return new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new ByteArrayContent(page),
                Headers = { { "Link", $"<https://api.example/x?page={++asked}>; rel=\"next\"" } },
            };
        });
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var listing = () => NewClient(server).ReadReleasesAsync("v1.0.0", CancellationToken.None);

        (await listing.Should().ThrowAsync<ActionException>()).Which.Findings.Should().ContainSingle().Which.Message.Should()
            .Contain("GitHub was asked to list the releases, and its ").And.Contain(shown);
        (most - before).Should().BeLessThan(150_000_000);
    }

    [Fact]
    [Trait("Row", "L15")]
    public async Task What_is_not_wanted_of_a_list_does_not_count()
    {
        var asked = 0;
        var page = $"[{string.Join(',', Enumerable.Repeat(ItemWith(notes: 20_000), 100))}]";
        using var server = new Answering(_ => new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent(++asked < 50 ? page : "[]"),
        });

        (await NewClient(server).ReadReleasesAsync("v2.0.0", CancellationToken.None)).OfTag.Should().BeEmpty();
        asked.Should().Be(50);
    }

    private static string ItemWith(int notes) => notes == 0 ? "{\"a\":[1,2,3,4,5,6]}"
        : "{\"id\":1,\"tag_name\":\"v1.0.0\",\"target_commitish\":\"main\",\"name\":null,\"draft\":true,\"prerelease\":false,"
        + $"\"html_url\":\"\",\"upload_url\":\"\",\"body\":\"{new string('n', notes)}\"}}";

    private static GitHubClient NewClient(HttpMessageHandler server)
    {
        var http = new ResilientHttp(new NotFoundOfTags(server), new PromptClock(), new Log(TextWriter.Null, isRunner: true));
        var runner = new RunnerContext(
            new Dictionary<string, string> { ["GITHUB_API_URL"] = "https://api.example", ["GITHUB_REPOSITORY"] = "acme/shop" });
        return new GitHubClient(http, runner, token: null, TimeProvider.System);
    }

    /// <summary>Knows no published release, so that the list is asked for.</summary>
    private sealed class NotFoundOfTags(HttpMessageHandler list) : DelegatingHandler(list)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.RequestUri!.AbsolutePath.Contains("/tags/", StringComparison.Ordinal)
                ? Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound) { RequestMessage = request })
                : base.SendAsync(request, cancellationToken);
    }

    // What a run that died behind its last upload leaves.
    private static async Task DraftAsync(ReleaseGround ground) =>
        (await PublishAsync(ground, ("draft", "true"))).ExitCode.Should().Be(ExitCode.Done);

    private static Task PutNewerAsync(ReleaseGround ground, int releases) => ground.GitHub.PutAsync([.. Enumerable.Range(0, releases)
        .Select(i => new Release { TagName = string.Create(CultureInfo.InvariantCulture, $"v0.0.{i}"), TargetCommitish = "main",
        CreatedAt = DateTimeOffset.UtcNow.AddDays(1) })]);
}
