using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ReleaseActions.Sandbox;
using ReleaseActions.Tests.Support;
using static ReleaseActions.Tests.Sandbox.SandboxGround;

namespace ReleaseActions.Tests.Sandbox;

/// <summary>Recorded traffic of the real API, played again: the same statuses, and every key that GitHub sent.</summary>
[Trait("Row", "B18")]
public sealed class RecordingTests
{
    private const string FirstSha = "0000000000000000000000000000000000000001";
    private const string SecondSha = "0000000000000000000000000000000000000002";

    [Theory]
    [InlineData("release-assets", 6)]
    [InlineData("release-assets-conflict", 5)]
    [InlineData("git-refs", 5)]
    public async Task A_recording_plays_again(string scenario, int calls)
    {
        var recording = Read(scenario);
        recording.Should().HaveCount(calls);
        await using var ground = await NewAsync(options => options with { Owner = "octokit-fixture-org", Repository = scenario });
        await ground.Sandbox.PutAsync(new Release { TagName = "v1.0.0", TargetCommitish = "main", Name = "v1.0.0", Body = "notes" });
        if (scenario == "release-assets-conflict")
            await ground.Client.SendAsync(Request(ground, recording[1]!));
        foreach (var call in recording)
        {
            var response = await ground.Client.SendAsync(Request(ground, call!));
            ((int)response.StatusCode).Should().Be(call!["status"]!.GetValue<int>(), call["path"]!.ToString());
            var text = await response.Content.ReadAsStringAsync();
            Missing(call["response"], text.Length == 0 ? "" : JsonNode.Parse(text), "$").Should().BeEmpty(call["path"]!.ToString());
        }
    }

    [Fact]
    public async Task A_recorded_refusal_has_no_key_that_the_sandbox_omits()
    {
        var recorded = Read("errors").Single()!;
        await using var ground = await NewAsync();
        await ground.CreateReleaseAsync("v1.0.0");
        var ours = await ground.SendAsync(HttpMethod.Post, "/releases", new JsonObject { ["tag_name"] = "v1.0.0" });
        ((int)ours.StatusCode).Should().Be(recorded["status"]!.GetValue<int>());
        Missing(recorded["response"], JsonNode.Parse(await ours.Content.ReadAsStringAsync()), "$").Should().BeEmpty();
    }

    private static JsonArray Read(string scenario) =>
        JsonNode.Parse(File.ReadAllText(Corpora.Require($"octokit-fixtures/{scenario}.json")))!.AsArray();

    private static HttpRequestMessage Request(SandboxGround ground, JsonNode call)
    {
        var upload = call["scope"]!.ToString().Contains("uploads.", StringComparison.Ordinal);
        // Ids and commits of the recording become those of this sandbox; both start with one release and main.
        var asset = ground.Sandbox.Releases.SelectMany(release => release.Assets).FirstOrDefault();
        var path = call["path"]!.ToString().Replace("/assets/1000", $"/assets/{asset?.Id}", StringComparison.Ordinal);
        var request = new HttpRequestMessage(
            HttpMethod.Parse(call["method"]!.ToString()), ground.Sandbox.ServerUrl + (upload ? "/api/uploads" : "/api/v3") + path);
        var body = call["body"]!.ToString().Replace(FirstSha, ground.Git("rev-parse", "main"), StringComparison.Ordinal)
            .Replace(SecondSha, ground.Git("rev-parse", "main~1"), StringComparison.Ordinal);
        if (body.Length > 0)
            request.Content = new StringContent(body, Encoding.UTF8, upload ? "text/plain" : "application/json");
        return request;
    }

    private static IEnumerable<string> Missing(JsonNode? recorded, JsonNode? ours, string at)
    {
        if (recorded is JsonObject all)
            return all.SelectMany(property => ours is JsonObject mine && mine.ContainsKey(property.Key)
                ? Missing(property.Value, mine[property.Key], $"{at}.{property.Key}")
                : [$"{at}.{property.Key}"]);
        if (recorded is JsonArray { Count: > 0 } list)
            return ours is JsonArray { Count: > 0 } items ? Missing(list[0], items[0], at + "[0]") : [at + "[0]"];
        var same = recorded is null || ours is null || Kind(recorded) == Kind(ours);
        return same ? [] : [$"{at}: {ours?.GetValueKind()} in place of {recorded?.GetValueKind()}"];
    }

    private static JsonValueKind Kind(JsonNode node) =>
        node.GetValueKind() is JsonValueKind.True ? JsonValueKind.False : node.GetValueKind();
}
