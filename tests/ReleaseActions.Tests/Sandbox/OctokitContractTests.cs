using System.Net;
using System.Text.Json.Nodes;
using ReleaseActions.Sandbox;
using static ReleaseActions.Tests.Sandbox.SandboxGround;

namespace ReleaseActions.Tests.Sandbox;

/// <summary>The answers that Octokit asks for and no action does, checked against GitHub's description of them.</summary>
public sealed class OctokitContractTests
{
    /// <summary>The addresses, as GitHub's description has them.</summary>
    public static readonly string[] Endpoints =
    [
        "/repos/{owner}/{repo}/pulls/{pull_number}", "/repos/{owner}/{repo}/pulls/{pull_number}/commits",
        "/repos/{owner}/{repo}/pulls/{pull_number}/files", "/repos/{owner}/{repo}/pulls/{pull_number}/merge",
        "/repos/{owner}/{repo}/commits/{ref}/statuses",
    ];

    [Theory]
    [InlineData("api.github.com")]
    [InlineData("ghes-3.19")]
    public async Task Every_answer_fits_GitHubs_description(string description)
    {
        var judge = new OpenApi(JsonNode.Parse(await File.ReadAllTextAsync(GateContractTests.Described(description)))!);
        await using var ground = await NewAsync();
        await TourAsync(ground);
        await RefusalsAsync(ground);
        var judged = ground.Sandbox.Traffic.Entries.Where(entry => Endpoints.Contains(entry.Endpoint)).ToList();
        judged.Select(entry => entry.Endpoint).Distinct().Should().BeEquivalentTo(Endpoints);
        judged.Select(entry => entry.Status).Distinct().Should().BeEquivalentTo([200, 204, 404, 405, 409, 422]);
        judged.SelectMany(entry => Problems(judge, entry).Select(problem => $"{entry}: {problem}")).Should().BeEmpty();
    }

    /// <summary>Requests whose answers are not empty: an open pull request, then the same one merged.</summary>
    internal static async Task TourAsync(SandboxGround ground)
    {
        ground.Git("branch", "pull-base", "main");
        ground.Sandbox.Put(new PullRequest(11, "feature", "pull-base") { Labels = ["release"] });
        ground.Sandbox.Put(new CommitStatus(ground.Git("rev-parse", "main"), "ci"));
        await ReadAsync(ground);
        var merged = await ground.SendAsync(HttpMethod.Put, "/pulls/11/merge", new JsonObject { ["merge_method"] = "squash" });
        merged.StatusCode.Should().Be(HttpStatusCode.OK);
        (await ground.GetAsync("/pulls/11/merge")).StatusCode.Should().Be(HttpStatusCode.NoContent);
        await ReadAsync(ground);
    }

    private static async Task ReadAsync(SandboxGround ground)
    {
        string[] paths = ["/pulls/11", "/pulls/11/commits", "/pulls/11/files", "/commits/main/statuses", "/commits?sha=main", "/git/refs"];
        foreach (var path in paths)
            (await ground.ReadAsync(path)).ToJsonString().Should().NotBe("[]", path);
    }

    private static async Task RefusalsAsync(SandboxGround ground)
    {
        string[] absent = ["/pulls/7", "/pulls/x", "/pulls/7/commits", "/pulls/7/files", "/pulls/7/merge", "/commits/none/statuses"];
        foreach (var path in absent)
            ((int)(await ground.GetAsync(path)).StatusCode).Should().BeOneOf([404, 422], path);
        ground.Sandbox.Put(new PullRequest(12, "feature"));
        (string Body, int Status)[] refusals =
            [("""{"sha":"0"}""", 409), ("""{"merge_method":"rebase"}""", 405), ("""{"merge_method":"x"}""", 422)];
        foreach (var (body, status) in refusals)
        {
            var refused = await ground.SendAsync(HttpMethod.Put, "/pulls/12/merge", JsonNode.Parse(body));
            ((int)refused.StatusCode).Should().Be(status, body);
        }
    }

    private static IReadOnlyList<string> Problems(OpenApi judge, TrafficEntry entry) => judge.Problems(
        entry.Method, entry.Endpoint!, entry.Status, entry.Reply is { Length: > 0 } text ? JsonNode.Parse(text) : null);
}
