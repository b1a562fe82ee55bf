using System.Net;
using System.Text.Json.Nodes;
using ReleaseActions.Sandbox;
using ReleaseActions.Sandbox.Web;
using ReleaseActions.Tests.Support;
using static ReleaseActions.Tests.Sandbox.SandboxGround;

namespace ReleaseActions.Tests.Sandbox;

/// <summary>Every answer of every endpoint, checked against GitHub's description.</summary>
public sealed class ContractTests
{
    private const string Current = "api.github.com";

    private static OpenApi Judge(string description) =>
        new(JsonNode.Parse(File.ReadAllText(Corpora.Require($"github-openapi/{description}.release-subset.json")))!);

    [Theory]
    [InlineData(Current)]
    [InlineData("ghes-3.19")]
    public async Task Every_answer_fits_GitHubs_description(string description)
    {
        var judge = Judge(description);
        await using var ground = await NewAsync();
        await TourAsync(ground);
        await RefusalsAsync(ground);
        var judged = ground.Sandbox.Traffic.Entries.Where(entry => entry.Known).ToList();
        judged.Should().HaveCountGreaterThan(50).And.OnlyContain(entry => entry.Status == 204 || entry.Reply != null);
        // A file is sent as it is, and the description has no shape for that.
        judged.RemoveAll(entry => entry.Endpoint!.EndsWith("/contents/{path}", StringComparison.Ordinal) && entry.Status == 200);
        judged.RemoveAll(entry => GateTour.Endpoints.Concat(OctokitContractTests.Endpoints).Contains(entry.Endpoint!));
        judged.SelectMany(entry => Problems(judge, entry).Select(problem => $"{entry}: {problem}")).Should().BeEmpty();
    }

    [Fact]
    public async Task The_state_starter_is_in_the_text_of_the_description_and_not_in_its_list()
    {
        var judge = Judge(Current);
        await using var ground = await NewAsync();
        ground.Sandbox.Faults.Add(new Fault("POST", "releases/*/assets", FaultKind.LeaveStarter()));
        var release = await ground.CreateReleaseAsync("v1.0.0");
        await ground.UploadAsync(release, "a", "x");
        var assets = await ground.ReadAsync($"/releases/{release["id"]}/assets");
        judge.Problems("GET", "/repos/{owner}/{repo}/releases/{release_id}/assets", 200, assets)
            .Should().Equal("$[0].state: \"starter\" is not one of [\"uploaded\",\"open\"]");
    }

    [Fact]
    public async Task The_tour_visits_every_endpoint_and_breaks_no_rule()
    {
        await using var ground = await NewAsync();
        await TourAsync(ground);
        var visited = ground.Sandbox.Traffic.Entries.Where(entry => entry.Status is >= 200 and < 400)
            .Select(entry => $"{entry.Method} {entry.Endpoint}").ToHashSet();
        // The endpoints that refuse everyone: they need administration rights.
        visited.UnionWith(["GET /repos/{owner}/{repo}/immutable-releases", "GET /repos/{owner}/{repo}/branches/{branch}/protection"]);
        ground.Sandbox.Endpoints.Where(endpoint => endpoint.Area is Area.Api or Area.Uploads)
            .Select(endpoint => $"{endpoint.Method} {endpoint.Path}").Should().BeSubsetOf(visited);
        ground.Sandbox.Violations.Should().BeEmpty();
        ground.Sandbox.Traffic.Unknown.Should().BeEmpty();
    }

    [Theory]
    [InlineData("digest")]
    [InlineData("state")]
    [InlineData("uploader")]
    public async Task A_missing_property_is_noticed(string property)
    {
        var judge = Judge(Current);
        await using var ground = await NewAsync();
        var release = await ground.CreateReleaseAsync("v1.0.0");
        var asset = await BodyAsync(await ground.UploadAsync(release, "a", "x"), HttpStatusCode.Created);
        asset.AsObject().Remove(property);
        judge.Problems("GET", "/repos/{owner}/{repo}/releases/assets/{asset_id}", 200, asset).Should().Equal($"$.{property} is required");
    }

    private static IEnumerable<string> Problems(OpenApi judge, TrafficEntry entry)
    {
        var body = entry.Reply is { Length: > 0 } text ? JsonNode.Parse(text) : null;
        return judge.Problems(entry.Method, entry.Endpoint!, entry.Status, body);
    }

    private static async Task TourAsync(SandboxGround ground)
    {
        await ground.CreateReleaseAsync("v0.1.0", more: new JsonObject { ["generate_release_notes"] = true, ["name"] = "First" });
        var draft = await ground.CreateReleaseAsync("v1.0.0", draft: true);
        var asset = await BodyAsync(await ground.UploadAsync(draft, "a.txt", "a"), HttpStatusCode.Created);
        await ground.SendAsync(HttpMethod.Patch, $"/releases/assets/{asset["id"]}", new JsonObject { ["label"] = "A" });
        foreach (var path in (string[])["", "/immutable-releases", "/releases", $"/releases/{draft["id"]}", "/releases/latest",
            "/releases/tags/v0.1.0", $"/releases/{draft["id"]}/assets", $"/releases/assets/{asset["id"]}"])
            await ground.GetAsync(path);
        await ground.SendAsync(HttpMethod.Post, "/releases/generate-notes", new JsonObject { ["tag_name"] = "v1.0.0" });
        await ground.SendAsync(HttpMethod.Patch, $"/releases/{draft["id"]}", new JsonObject { ["draft"] = false });
        await ground.SendAsync(HttpMethod.Delete, $"/releases/assets/{asset["id"]}");
        await ground.SendAsync(HttpMethod.Delete, $"/releases/{draft["id"]}");
        await ground.Client.GetAsync(new Uri(ground.Sandbox.ApiUrl + "/rate_limit"));
        await TourOfGitAsync(ground);
        await OctokitContractTests.TourAsync(ground);
    }

    private static async Task TourOfGitAsync(SandboxGround ground)
    {
        var (main, tag) = (ground.Git("rev-parse", "main"), ground.Git("rev-parse", "v0.1.0"));
        ground.Sandbox.Protect("main", byRuleset: true);
        ground.Sandbox.Put(new PullRequest(1, "feature") { Labels = ["release"] });
        ground.Sandbox.Put(new PullRequest(2, "gone") { Open = false, MergeCommitSha = main });
        await ground.SendAsync(HttpMethod.Post, "/git/refs", new JsonObject { ["ref"] = "refs/heads/topic", ["sha"] = main + "" });
        await ground.SendAsync(HttpMethod.Patch, "/git/refs/heads/topic", new JsonObject { ["sha"] = main, ["force"] = true });
        foreach (var path in (string[])["/git/ref/heads/main", "/git/ref/tags/v0.1.0", "/git/matching-refs/heads/", "/git/refs/",
            $"/git/tags/{tag}", $"/git/commits/{main}", "/commits/main", "/compare/main...feature", "/compare/feature...feature", "/tags",
            "/branches", "/branches?protected=true", "/branches/main", "/rules/branches/main", "/pulls?state=all&head=acme:feature",
            "/pulls", "/pulls?state=closed&sort=updated&direction=desc&per_page=100"])
            (await ground.GetAsync(path)).StatusCode.Should().Be(HttpStatusCode.OK, path);
        await ground.SendAsync(HttpMethod.Delete, "/git/refs/heads/topic");
        await BodyAsync(await OpenAsync(ground), HttpStatusCode.UnprocessableEntity);
        ground.Git("update-ref", "refs/heads/topic-base", main);
        var opened = await BodyAsync(await OpenAsync(ground), HttpStatusCode.Created);
        opened["changed_files"]!.GetValue<int>().Should().Be(1);
        await TourOfGatesAsync(ground, main);
        await TourOfFilesAsync(ground, main);
    }

    private static async Task TourOfFilesAsync(SandboxGround ground, string main)
    {
        var file = ground.Git("ls-tree", "-r", "--name-only", "main").Split('\n')[0];
        foreach (var query in (string[])["", $"?ref={main}"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{ground.Repo}/contents/{file}{query}"));
            request.Headers.Accept.ParseAdd("application/vnd.github.raw+json");
            (await ground.Client.SendAsync(request)).StatusCode.Should().Be(HttpStatusCode.OK);
        }
    }

    private static async Task TourOfGatesAsync(SandboxGround ground, string main)
    {
        ground.Sandbox.PutGates(main);
        using var person = NewClient(ground.Sandbox.ApiUrl, "sandbox-organization-token");
        foreach (var path in GateTour.Paths(main))
            (await ground.GetAsync(path)).StatusCode.Should().Be(HttpStatusCode.OK, path);
        var members = new Uri($"{ground.Sandbox.ApiUrl}/orgs/acme/teams/platform/members");
        (await person.GetAsync(members)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    private static async Task RefusalsAsync(SandboxGround ground)
    {
        foreach (var path in (string[])["/releases/7", "/releases/x", "/releases/assets/7", "/releases/tags/none", "/git/ref/heads/none",
            "/git/tags/none", "/commits/none", "/compare/none...main", "/branches/none", "/git/commits/none"])
            ((int)(await ground.GetAsync(path)).StatusCode).Should().BeOneOf([404, 422], path);
        foreach (var path in (string[])["/releases", "/git/refs", "/releases/generate-notes", "/pulls"])
            await BodyAsync(await ground.SendAsync(HttpMethod.Post, path, new JsonObject()), HttpStatusCode.UnprocessableEntity);
        await ground.SendAsync(HttpMethod.Delete, "/git/refs/heads/none");
        var release = await ground.CreateReleaseAsync("v9.0.0");
        await ground.UploadAsync(release, "a", "x");
        await ground.UploadAsync(release, "a", "x");
        using var stranger = NewClient(ground.Sandbox.ApiUrl, "wrong");
        (await stranger.GetAsync(new Uri(ground.Repo))).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    private static Task<HttpResponseMessage> OpenAsync(SandboxGround ground) => ground.SendAsync(
        HttpMethod.Post, "/pulls", new JsonObject { ["title"] = "T", ["head"] = "feature", ["base"] = "topic-base", ["body"] = "B" });
}
