using System.Net;
using System.Text.Json.Nodes;
using ReleaseActions.Sandbox;
using static ReleaseActions.Tests.Sandbox.SandboxGround;

namespace ReleaseActions.Tests.Sandbox;

public sealed class RefTests
{
    [Fact]
    public async Task A_pushed_ref_and_a_created_ref_are_the_same_thing()
    {
        await using var ground = await NewAsync();
        var main = ground.Git("rev-parse", "main");
        ground.Git("update-ref", "refs/heads/release/1.0", main);
        (await ground.ReadAsync("/git/ref/heads/release/1.0"))["object"]!["sha"]!.ToString().Should().Be(main);
        (await ground.ReadAsync("/git/ref/heads/release%2F1.0"))["ref"]!.ToString().Should().Be("refs/heads/release/1.0");
        await CreateAsync(ground, "refs/tags/v1.0.0", main, HttpStatusCode.Created);
        ground.Git("rev-parse", "v1.0.0").Should().Be(main);
    }

    [Theory]
    [InlineData("refs/heads/main", null, "Reference already exists")]
    [InlineData("refs/heads/a..b", null, "Reference name is not well-formed.")]
    [InlineData("main", null, "Reference name must start with 'refs/'.")]
    [InlineData("refs/heads/x", "0123456789012345678901234567890123456789", "Object does not exist")]
    public async Task An_impossible_ref_is_refused(string name, string? sha, string message)
    {
        await using var ground = await NewAsync();
        var body = await CreateAsync(ground, name, sha ?? ground.Git("rev-parse", "main"), HttpStatusCode.UnprocessableEntity);
        body["message"]!.ToString().Should().Be(message);
    }

    [Fact]
    public async Task A_ref_moves_forward_and_backward_only_by_force()
    {
        await using var ground = await NewAsync();
        var back = new JsonObject { ["sha"] = ground.Git("rev-parse", "main~1") };
        var refused = await BodyAsync(
            await ground.SendAsync(HttpMethod.Patch, "/git/refs/heads/main", back), HttpStatusCode.UnprocessableEntity);
        refused["message"]!.ToString().Should().Be("Update is not a fast forward");
        back["force"] = true;
        (await ground.SendAsync(HttpMethod.Patch, "/git/refs/heads/main", back)).StatusCode.Should().Be(HttpStatusCode.OK);
        ground.Git("rev-parse", "main").Should().Be(back["sha"]!.ToString());
    }

    [Theory]
    [InlineData("heads/none", "Reference does not exist")]
    [InlineData("heads/main", "Cannot delete the default branch")]
    [InlineData("heads/feature", "Cannot delete this protected branch")]
    public async Task A_protected_or_default_branch_is_not_deleted(string name, string message)
    {
        await using var ground = await NewAsync();
        ground.Sandbox.Protect("feature");
        var body = await BodyAsync(await ground.SendAsync(HttpMethod.Delete, "/git/refs/" + name), HttpStatusCode.UnprocessableEntity);
        body["message"]!.ToString().Should().Be(message);
    }

    [Fact]
    public async Task A_branch_is_deleted_once()
    {
        await using var ground = await NewAsync();
        (await ground.SendAsync(HttpMethod.Delete, "/git/refs/heads/feature")).StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await ground.SendAsync(HttpMethod.Delete, "/git/refs/heads/feature")).StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        ground.Git("branch", "--list", "feature").Should().BeEmpty();
    }

    [Fact]
    public async Task Deleting_by_API_does_not_see_that_a_branch_moved()
    {
        await using var ground = await NewAsync();
        ground.Sandbox.Faults.Add(new Fault("DELETE", "git/refs/heads/feature", FaultKind.Before(() =>
        {
            ground.Git("update-ref", "refs/heads/feature", "main");
            return Task.CompletedTask;
        })));
        (await ground.SendAsync(HttpMethod.Delete, "/git/refs/heads/feature")).StatusCode.Should().Be(HttpStatusCode.NoContent);
        ground.Git("branch", "--list", "feature").Should().BeEmpty("only a push with a lease compares");
    }

    [Fact]
    public async Task An_annotated_tag_leads_to_its_object()
    {
        await using var ground = await NewAsync();
        var found = (await ground.ReadAsync("/git/ref/tags/v0.1.0"))["object"]!;
        found["type"]!.ToString().Should().Be("tag");
        var tag = await ground.ReadAsync($"/git/tags/{found["sha"]}");
        tag["message"]!.ToString().Should().Be("The first");
        tag["tagger"]!["name"]!.ToString().Should().Be("Ada");
        tag["object"]!["sha"]!.ToString().Should().Be(ground.Git("rev-parse", "main~1"));
    }

    [Fact]
    public async Task Matching_refs_have_the_prefix_and_come_in_pages()
    {
        await using var ground = await NewAsync();
        for (var i = 0; i < 5; i++)
            ground.Git("update-ref", $"refs/heads/feature-{i}", "main");
        var first = await ground.GetAsync("/git/matching-refs/heads/feature?per_page=4");
        JsonNode.Parse(await first.Content.ReadAsStringAsync())!.AsArray().Should().HaveCount(4);
        first.Headers.GetValues("Link").Single().Should().Contain("rel=\"next\"");
        (await ground.ReadAsync("/git/matching-refs/heads/feature?per_page=4&page=2")).AsArray().Should().HaveCount(2);
    }

    [Theory]
    [InlineData("main...feature", "diverged", 1, 1, "three.txt")]
    [InlineData("v0.1.0...main", "ahead", 1, 0, "two.txt")]
    [InlineData("main...v0.1.0", "behind", 0, 1, null)]
    [InlineData("main...main", "identical", 0, 0, null)]
    public async Task A_comparison_has_three_dots(string range, string status, int ahead, int behind, string? file)
    {
        await using var ground = await NewAsync();
        var body = await ground.ReadAsync("/compare/" + range);
        body["status"]!.ToString().Should().Be(status);
        (body["ahead_by"]!.GetValue<int>(), body["behind_by"]!.GetValue<int>()).Should().Be((ahead, behind));
        body["files"]!.AsArray().Select(one => one!["filename"]!.ToString()).Should().Equal(file is null ? [] : [file]);
        body["commits"]!.AsArray().Should().HaveCount(ahead);
    }

    [Fact]
    public async Task Branches_say_whether_they_are_protected()
    {
        await using var ground = await NewAsync();
        ground.Sandbox.Protect("main", byRuleset: true);
        (await ground.ReadAsync("/branches?protected=true")).AsArray().Single()!["name"]!.ToString().Should().Be("main");
        (await ground.ReadAsync("/branches/feature"))["protected"]!.GetValue<bool>().Should().BeFalse();
        (await ground.ReadAsync("/rules/branches/main")).AsArray().Single()!["type"]!.ToString().Should().Be("deletion");
        (await ground.ReadAsync("/rules/branches/feature")).AsArray().Should().BeEmpty();
    }

    [Theory]
    [InlineData("", "1")]
    [InlineData("?state=all", "3 2 1")]
    [InlineData("?state=closed&head=acme:feature", "2")]
    [InlineData("?state=all&head=fork:feature", "3")]
    [InlineData("?state=all&base=develop", "2")]
    public async Task Pull_requests_are_found_by_state_head_and_base(string query, string numbers)
    {
        await using var ground = await NewAsync();
        ground.Sandbox.Put(new PullRequest(1, "feature"));
        ground.Sandbox.Put(new PullRequest(2, "feature", "develop") { Open = false });
        ground.Sandbox.Put(new PullRequest(3, "feature") { Open = false, HeadOwner = "fork" });
        var found = (await ground.ReadAsync("/pulls" + query)).AsArray();
        string.Join(' ', found.Select(pull => pull!["number"]!.ToString())).Should().Be(numbers);
    }

    private static async Task<JsonNode> CreateAsync(SandboxGround ground, string name, string sha, HttpStatusCode expected) =>
        await BodyAsync(await ground.SendAsync(HttpMethod.Post, "/git/refs", new JsonObject { ["ref"] = name, ["sha"] = sha }), expected);
}
