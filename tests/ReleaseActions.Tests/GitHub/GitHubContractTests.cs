using System.Text.Json.Nodes;
using System.Web;
using ReleaseActions.BranchCleanup;
using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;
using ReleaseActions.Tests.ReleasePrepare;

namespace ReleaseActions.Tests.GitHub;

/// <summary>Every request of a release and of its cleanup, judged by GitHub's own description: address, query and body.</summary>
public sealed class GitHubContractTests
{
    private const string Contents = "/repos/{owner}/{repo}/contents/{path}";
    private const string Pulls = "GET /repos/{owner}/{repo}/pulls";

    [Theory]
    [InlineData("api.github.com")]
    [InlineData("ghes-3.19")]
    public async Task Every_request_is_one_that_GitHub_describes(string description)
    {
        var judge = JsonNode.Parse(File.ReadAllText(Corpora.Require($"github-openapi/{description}.release-subset.json")))!;
        await using var ground = await ReleaseGround.NewAsync(
            o => o with { AssetDigests = false, DiscussionCategories = ["Announcements"] });
        ground.Checkout.Write("dist/a.tgz", "a").Branch("release/1.0.0").Commit("Release");
        ground.Checkout.Switch("main").Git("merge", "--quiet", "--ff-only", "release/1.0.0");
        ground.Checkout.Push();
        ground.Fault("POST", "releases/*/assets", FaultKind.LeaveStarter());

        // A GitHub Enterprise Server's description knows no discussions of releases.
        foreach (var action in (ReleaseAction[])[new ReleasePublishAction(), new BranchCleanupAction()])
        {
            var run = await ground.Rig().OnBranch("main").Input("version", "1.0.0").Input("files", "dist/*#The A").Input("body", "Hello")
                .Input("generate-notes", "true")
                .Input("discussion-category", description.StartsWith("api", StringComparison.Ordinal) ? "Announcements" : "")
                .Input("moving-tags", "major").RunAsync(action);
            run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        }

        (await ground.Rig().OnBranch("main").Input("version", "1.0.0").Input("files", "dist/*#The very A").Input("on-existing", "update")
            .RunAsync(new ReleasePublishAction())).ExitCode.Should().Be(ExitCode.Done);

        var asked = ground.GitHub.Traffic.Entries.Where(e => !e.Path.StartsWith("/storage/", StringComparison.Ordinal)).ToList();
        asked.Select(e => $"{e.Method} {e.Endpoint}").Distinct().Should().HaveCountGreaterThanOrEqualTo(15);
        asked.SelectMany(e => Problems(judge, e)).Should().BeEmpty();
    }

    [Theory]
    [Trait("Rule", "AEG-06")]
    [InlineData("api.github.com")]
    [InlineData("ghes-3.19")]
    public async Task Every_request_of_a_preparation_is_one_that_GitHub_describes(string description)
    {
        var judge = JsonNode.Parse(File.ReadAllText(Corpora.Require($"github-openapi/{description}.release-subset.json")))!;
        await using var ground = await BranchGround.NewAsync(BranchGround.FromDevelop);

        var run = await ground.RunAsync(("bump", "minor"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.Ground.GitHub.Traffic.Entries.Select(e => $"{e.Method} {e.Endpoint}").Should()
            .Equal($"GET {Contents}", Pulls, Pulls, "POST /repos/{owner}/{repo}/pulls");
        ground.Ground.GitHub.Traffic.Entries.SelectMany(e => Problems(judge, e)).Should().BeEmpty();
    }

    /// <summary>What a description says against a request.</summary>
    internal static IEnumerable<string> Problems(JsonNode judge, TrafficEntry entry)
    {
        // The cut of the description that is at hand is about releases, and lacks files; GitHub describes GET with the query `ref`.
        if (entry is { Method: "GET", Endpoint: Contents }) return [];
        if (judge["paths"]![entry.Endpoint!]?[entry.Method.ToLowerInvariant()] is not { } operation) return [$"{entry}: not described"];
        var parameters = (operation["parameters"]?.AsArray() ?? []).Select(p => Resolved(judge, p!))
            .Where(p => p["in"]!.ToString() == "query").Select(p => p["name"]!.ToString()).ToList();
        var unknown = HttpUtility.ParseQueryString(entry.Query).AllKeys.Where(k => !parameters.Contains(k!))
            .Select(k => $"{entry}: query {k}");
        return unknown.Concat(
            entry.Body is { Length: > 0 } body && entry.ContentType!.StartsWith("application/json", StringComparison.Ordinal)
            ? BodyProblems(operation, JsonNode.Parse(body)!.AsObject(), entry) : []);
    }

    private static IEnumerable<string> BodyProblems(JsonNode operation, JsonObject body, TrafficEntry entry)
    {
        var schema = operation["requestBody"]!["content"]!["application/json"]!["schema"]!;
        foreach (var required in schema["required"]?.AsArray() ?? []) if (!body.ContainsKey(required!.ToString())) yield
            return $"{entry}: no {required}";
        foreach (var (name, value) in body)
        {
            if (schema["properties"]![name] is not { } property) yield return $"{entry}: {name} is not described";
            else if (value is null || property["type"]!.ToString() != TypeOf(value)) yield
            return $"{entry}: {name} is no {property["type"]}";
            else if (property["enum"] is JsonArray choices && !choices.Any(c => c!.ToString() == value.ToString())) yield
            return $"{entry}: {name} is {value}";
        }
    }

    private static JsonNode Resolved(JsonNode judge, JsonNode node) =>
        node["$ref"] is { } reference ? reference.ToString().Split('/')[1..].Aggregate(judge, (at, step) => at[step]!) : node;

    private static string TypeOf(JsonNode value) => value.GetValueKind() switch
    {
        System.Text.Json.JsonValueKind.String => "string",
        System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => "boolean",
        var other => other.ToString(),
    };
}
