using System.Net;
using System.Text.Json.Nodes;
using static ReleaseActions.Tests.Sandbox.SandboxGround;

namespace ReleaseActions.Tests.Sandbox;

public sealed class ReleaseTests
{
    [Fact]
    public async Task A_draft_is_not_found_by_its_tag()
    {
        await using var ground = await NewAsync();
        var draft = await ground.CreateReleaseAsync("v1.0.0", draft: true);
        (await ground.GetAsync("/releases/tags/v1.0.0")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await ground.ReadAsync($"/releases/{draft["id"]}"))["html_url"]!.ToString().Should().Contain("/releases/tag/untagged-");
        ground.Git("tag", "--list", "v1.0.0").Should().BeEmpty("a draft makes no tag");
    }

    [Fact]
    public async Task Publishing_a_draft_makes_its_tag_at_the_target()
    {
        await using var ground = await NewAsync();
        var draft = await ground.CreateReleaseAsync("v1.0.0", draft: true, new JsonObject { ["target_commitish"] = "feature" });
        var published = await BodyAsync(
            await ground.SendAsync(HttpMethod.Patch, $"/releases/{draft["id"]}", new JsonObject { ["draft"] = false }), HttpStatusCode.OK);
        published["published_at"].Should().NotBeNull();
        published["immutable"]!.GetValue<bool>().Should().BeFalse();
        ground.Git("rev-parse", "v1.0.0").Should().Be(ground.Git("rev-parse", "feature"));
        (await ground.ReadAsync("/releases/tags/v1.0.0"))["id"]!.ToString().Should().Be(draft["id"]!.ToString());
    }

    [Fact]
    public async Task A_tag_that_exists_is_not_moved()
    {
        await using var ground = await NewAsync();
        var before = ground.Git("rev-parse", "v0.1.0");
        await ground.CreateReleaseAsync("v0.1.0", more: new JsonObject { ["target_commitish"] = "feature" });
        ground.Git("rev-parse", "v0.1.0").Should().Be(before);
    }

    [Fact]
    public async Task A_second_release_of_a_published_tag_is_refused()
    {
        await using var ground = await NewAsync();
        await ground.CreateReleaseAsync("v1.0.0");
        var body = await BodyAsync(
            await ground.SendAsync(HttpMethod.Post, "/releases", new JsonObject { ["tag_name"] = "v1.0.0" }),
            HttpStatusCode.UnprocessableEntity);
        body["errors"]!.ToJsonString().Should().Be("""[{"resource":"Release","code":"already_exists","field":"tag_name"}]""");
    }

    [Theory]
    [InlineData("""{}""", "\"tag_name\" wasn't supplied.")]
    [InlineData("""{"tag_name":"v1","draft":"yes"}""", "is not a boolean.")]
    [InlineData("""{"tag_name":"v1","make_latest":"maybe"}""", "is not a member of")]
    [InlineData("""{"tag_name":"v1","target_commitish":"refs/tags/v0.1.0"}""", "target_commitish")]
    [InlineData("""{"tag_name":"a..b"}""", "Published releases must have a valid tag")]
    public async Task A_wrong_body_is_refused_in_GitHubs_words(string body, string words)
    {
        await using var ground = await NewAsync();
        var response = await ground.SendAsync(HttpMethod.Post, "/releases", JsonNode.Parse(body));
        var answer = await BodyAsync(response, HttpStatusCode.UnprocessableEntity);
        (answer["message"] + " " + answer["errors"]?.ToJsonString()).Should().Contain(words);
        ground.Sandbox.Releases.Should().BeEmpty();
    }

    [Theory]
    [InlineData(125_000, HttpStatusCode.Created)]
    [InlineData(125_001, HttpStatusCode.UnprocessableEntity)]
    public async Task Notes_end_at_125000_characters(int length, HttpStatusCode expected)
    {
        await using var ground = await NewAsync();
        var notes = string.Concat(Enumerable.Repeat("🎉", length));
        var response = await ground.SendAsync(
            HttpMethod.Post, "/releases", new JsonObject { ["tag_name"] = "v1", ["draft"] = true, ["body"] = notes });
        response.StatusCode.Should().Be(expected);
    }

    [Fact]
    public async Task The_latest_release_is_the_last_unless_make_latest_says_otherwise()
    {
        await using var ground = await NewAsync();
        await ground.CreateReleaseAsync("v2.0.0");
        await ground.CreateReleaseAsync("v1.9.9", more: new JsonObject { ["make_latest"] = "false" });
        await ground.CreateReleaseAsync("v3.0.0-rc.1", more: new JsonObject { ["prerelease"] = true });
        (await ground.ReadAsync("/releases/latest"))["tag_name"]!.ToString().Should().Be("v2.0.0");
        await ground.CreateReleaseAsync("v1.9.10");
        (await ground.ReadAsync("/releases/latest"))["tag_name"]!.ToString().Should().Be("v1.9.10", "make_latest defaults to true");
    }

    [Fact]
    public async Task Drafts_are_listed_only_for_those_who_may_push()
    {
        await using var ground = await NewAsync();
        await ground.CreateReleaseAsync("v1.0.0", draft: true);
        (await ground.ReadAsync("/releases")).AsArray().Should().HaveCount(1);
        using var reader = NewClient(ground.Sandbox.ApiUrl, "sandbox-read-only-token");
        (await reader.GetStringAsync(new Uri(ground.Repo + "/releases"))).Should().Be("[]");
    }

    [Fact]
    public async Task Lists_come_in_pages()
    {
        await using var ground = await NewAsync();
        await ground.Sandbox.PutAsync([.. Enumerable.Range(1, 250).Select(number => new ReleaseActions.Sandbox.Release
        {
            TagName = $"v{number}", TargetCommitish = "main",
        })]);
        var first = await ground.GetAsync("/releases?per_page=100");
        first.Headers.GetValues("Link").Single().Should()
            .Contain("per_page=100&page=2>; rel=\"next\"").And.Contain("page=3>; rel=\"last\"");
        (await ground.ReadAsync("/releases?per_page=100&page=3")).AsArray().Should().HaveCount(50);
        (await ground.GetAsync("/releases?per_page=100&page=3")).Headers.GetValues("Link").Single().Should().NotContain("next");
    }

    [Fact]
    public async Task An_immutable_release_keeps_its_files_and_its_tag()
    {
        await using var ground = await NewAsync(options => options with { ImmutableReleases = true });
        var draft = await ground.CreateReleaseAsync("v1.0.0", draft: true);
        var asset = await BodyAsync(await ground.UploadAsync(draft, "a.txt", "a"), HttpStatusCode.Created);
        var address = $"/releases/{draft["id"]}";
        await ground.SendAsync(HttpMethod.Patch, address, new JsonObject { ["draft"] = false });
        (await ground.ReadAsync(address))["immutable"]!.GetValue<bool>().Should().BeTrue();
        var refused = await BodyAsync(await ground.UploadAsync(draft, "b.txt", "b"), HttpStatusCode.UnprocessableEntity);
        refused["message"]!.ToString().Should().Be("Cannot upload assets to an immutable release.");
        foreach (var target in (string[])[$"/releases/assets/{asset["id"]}", "/git/refs/tags/v1.0.0"])
            (await ground.SendAsync(HttpMethod.Delete, target)).StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity, target);
        var renamed = await ground.SendAsync(HttpMethod.Patch, address, new JsonObject { ["body"] = "better notes" });
        renamed.StatusCode.Should().Be(HttpStatusCode.OK, "title and notes may still change");
    }

    [Fact]
    public async Task The_tag_of_a_deleted_immutable_release_cannot_be_used_again()
    {
        await using var ground = await NewAsync(options => options with { ImmutableReleases = true });
        var release = await ground.CreateReleaseAsync("v1.0.0");
        (await ground.SendAsync(HttpMethod.Delete, $"/releases/{release["id"]}")).StatusCode.Should().Be(HttpStatusCode.NoContent);
        var body = await BodyAsync(
            await ground.SendAsync(HttpMethod.Post, "/releases", new JsonObject { ["tag_name"] = "v1.0.0" }),
            HttpStatusCode.UnprocessableEntity);
        body["errors"]![0]!["message"]!.ToString().Should().Be("tag_name was used by an immutable release");
    }

    [Fact]
    public async Task Releases_and_their_files_survive_a_restart()
    {
        await using var ground = await NewAsync();
        var release = await ground.CreateReleaseAsync("v1.0.0");
        await ground.UploadAsync(release, "a.txt", "hello");
        await ground.RestartAsync();
        var asset = ground.Sandbox.Releases.Single().Assets.Single();
        File.ReadAllText(ground.Sandbox.FileOf(asset)).Should().Be("hello");
        (await ground.CreateReleaseAsync("v1.1.0"))["id"]!.GetValue<long>().Should().BeGreaterThan(release["id"]!.GetValue<long>());
    }

    [Fact]
    public async Task Of_many_clients_with_one_tag_one_publishes()
    {
        await using var ground = await NewAsync();
        var rivals = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            ground.SendAsync(HttpMethod.Post, "/releases", new JsonObject { ["tag_name"] = "v1.0.0" })));
        rivals.Count(rival => rival.StatusCode == HttpStatusCode.Created).Should().Be(1);
        rivals.Count(rival => rival.StatusCode == HttpStatusCode.UnprocessableEntity).Should().Be(19);
        ground.Sandbox.Releases.Should().ContainSingle();
    }

    [Fact]
    public async Task Generated_notes_name_the_merged_pull_requests()
    {
        await using var ground = await NewAsync();
        await ground.CreateReleaseAsync("v0.1.0");
        var merged = ground.Git("rev-parse", "main");
        ground.Sandbox.Put(new ReleaseActions.Sandbox.PullRequest(7, "topic") { Title = "Add two", Open = false, MergeCommitSha = merged });
        var body = await BodyAsync(
            await ground.SendAsync(HttpMethod.Post, "/releases/generate-notes", new JsonObject { ["tag_name"] = "v1.0.0" }),
            HttpStatusCode.OK);
        body["body"]!.ToString().Should().StartWith("## What's Changed\n* Add two by @octocat in ")
            .And.EndWith("/acme/shop/compare/v0.1.0...v1.0.0");
    }
}
