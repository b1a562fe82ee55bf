using System.Net;
using System.Text.Json.Nodes;
using ReleaseActions.Core;
using ReleaseActions.Tests.GitHub;
using ReleaseActions.Tests.Support;
using ReleaseActions.VersionValidate;
using static ReleaseActions.Tests.Sandbox.SandboxGround;

namespace ReleaseActions.Tests.Sandbox;

/// <summary>The answers about checks, issues and approvals, checked against GitHub's description of them.</summary>
public sealed class GateContractTests
{
    [Theory]
    [InlineData("api.github.com")]
    [InlineData("ghes-3.19")]
    public async Task Every_answer_fits_GitHubs_description(string description)
    {
        var text = await File.ReadAllTextAsync(Described(description), TestContext.Current.CancellationToken);
        var judge = new OpenApi(JsonNode.Parse(text)!);
        await using var ground = await NewAsync();
        await TourAsync(ground);

        var judged = ground.Sandbox.Traffic.Entries.ToList();
        judged.Select(e => e.Endpoint).Distinct().Should().BeEquivalentTo(GateTour.Endpoints);
        judged.SelectMany(e => judge.Problems(e.Method, e.Endpoint!, e.Status, JsonNode.Parse(e.Reply!)).Select(p => $"{e}: {p}"))
            .Should().BeEmpty();
    }

    [Theory]
    [InlineData("api.github.com")]
    [InlineData("ghes-3.19")]
    public async Task Every_request_of_the_gates_is_one_that_GitHub_describes(string description)
    {
        var judge = JsonNode.Parse(await File.ReadAllTextAsync(Described(description), TestContext.Current.CancellationToken))!;
        await using var ground = await ReleaseGround.NewAsync();
        ground.Checkout.Policy("gates: {checks: [check success], blocking-labels: [a b], approvals: [{team: platform}]}\n");
        ground.GitHub.PutGates(ground.Checkout.Head);

        var run = await ground.Rig().OnBranch("main").With("GITHUB_RUN_ID", "7").Input("version", "1.0.0")
            .Input("team-token", "sandbox-organization-token").RunAsync(new VersionValidateAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.GitHub.Traffic.Entries.Select(e => e.Endpoint).Should().BeEquivalentTo(GateTour.Endpoints);
        ground.GitHub.Traffic.Entries.SelectMany(e => GitHubContractTests.Problems(judge, e)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_workflows_token_sees_no_team()
    {
        await using var ground = await NewAsync();
        ground.Sandbox.PutTeam("platform", "grace");

        var members = new Uri($"{ground.Sandbox.ApiUrl}/orgs/acme/teams/platform/members");
        (await ground.Client.GetAsync(members)).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_latest_check_of_a_name_counts_and_a_list_has_pages()
    {
        await using var ground = await NewAsync();
        var main = ground.Git("rev-parse", "main");
        ground.Sandbox.PutGates(main);
        ground.Sandbox.Put(new ReleaseActions.Sandbox.CheckRun(main, "check failure"));

        var page = await ground.ReadAsync($"/commits/main/check-runs?per_page=2&page=1");

        page["total_count"]!.GetValue<int>().Should().Be(3);
        page["check_runs"]!.AsArray().Select(r => $"{r!["name"]} {r["conclusion"]}").Should().Equal("check failure success", "check  ");
    }

    [Fact]
    public async Task A_job_with_contents_only_is_refused()
    {
        await using var ground = await NewAsync(o => o with { OnlyContents = true });
        ground.Sandbox.PutGates(ground.Git("rev-parse", "main"));

        foreach (var path in GateTour.Paths("main"))
            (await BodyAsync(await ground.GetAsync(path), HttpStatusCode.Forbidden))["message"]!.ToString()
                .Should().Be("Resource not accessible by integration");
    }

    /// <summary>The file of GitHub's whole description; the test is skipped where it is absent.</summary>
    internal static string Described(string description)
    {
        // The corpora hold the part about releases only.
        var file = Path.Combine(Environment.GetEnvironmentVariable("RELEASE_ACTIONS_OPENAPI") ?? "", $"{description}.json");
        if (File.Exists(file)) return file;
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail($"{file} is not there; scripts/setup-tools fetches it");
        Assert.Skip($"GitHub's description is not there: run scripts/setup-tools, and source the env file that it writes");
        return "";
    }

    private static async Task TourAsync(SandboxGround ground)
    {
        var main = ground.Git("rev-parse", "main");
        ground.Sandbox.PutGates(main);
        using var person = NewClient(ground.Sandbox.ApiUrl, "sandbox-organization-token");
        foreach (var path in GateTour.Paths(main)) await ground.ReadAsync(path);
        var pulls = $"/commits/{new string('0', 40)}/pulls";
        string[] absent = ["/commits/none/check-runs", "/commits/none/status", pulls, "/pulls/9/reviews", "/actions/runs/x/approvals"];
        foreach (var path in absent)
            ((int)(await ground.GetAsync(path)).StatusCode).Should().BeOneOf([404, 422], path);
        foreach (var team in (string[])["platform", "none"])
            await person.GetAsync(new Uri($"{ground.Sandbox.ApiUrl}/orgs/acme/teams/{team}/members"));
    }
}
