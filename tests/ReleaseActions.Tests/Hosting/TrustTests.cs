using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.Tests.Hosting;

/// <summary>Which runs may publish: the host decides for every action, by the event.</summary>
[Trait("Row", "S43")]
public sealed class TrustTests(Checkout checkout) : IClassFixture<Checkout>
{
    [Theory]
    [Trait("Row", "S24"), Trait("Row", "S25")]
    [MemberData(nameof(Events.All), MemberType = typeof(Events))]
    public async Task A_run_publishes_only_if_no_stranger_has_a_say_in_it(string name, string reference, string payload, string refusal)
    {
        var action = new SampleAction(Changes.Refs);

        var run = await On(name, reference, payload).RunAsync(action);

        run.ExitCode.Should().Be(refusal.Length == 0 ? ExitCode.Done : ExitCode.Refused, run.Log);
        action.Steps.Contains("gather").Should().Be(refusal.Length == 0);
        if (refusal.Length == 0) return;
        run.Errors.Should().ContainSingle().Which.Should().Contain(refusal).And.Contain("Publish on a pushed tag or by workflow_dispatch")
            .And.StartWith($"refusing to publish from {(name.Length == 0 ? "a run without GITHUB_EVENT_NAME" : "")}");
    }

    [Theory]
    [MemberData(nameof(Events.All), MemberType = typeof(Events))]
    public async Task What_stays_in_the_job_needs_no_trust(string name, string reference, string payload, string refusal)
    {
        foreach (var changes in (Changes[])[Changes.None, Changes.Files])
        {
            var run = await On(name, reference, payload).RunAsync(new SampleAction(changes));
            run.ExitCode.Should().Be(ExitCode.Done, "{0} {1}: {2}", name, refusal, run.Log);
        }
    }

    [Theory]
    [InlineData(Changes.Refs)]
    [InlineData(Changes.Releases)]
    [InlineData(Changes.PullRequests)]
    [InlineData(Changes.Images)]
    [InlineData(Changes.Channels)]
    [InlineData(Changes.Files | Changes.Channels)]
    public async Task Whatever_reaches_outside_the_job_needs_trust(Changes changes)
    {
        var action = new SampleAction(changes);

        (await On("issue_comment", "refs/heads/main", "{}").RunAsync(action)).ExitCode.Should().Be(ExitCode.Refused);

        action.Steps.Should().BeEmpty();
    }

    [Fact]
    public async Task A_dry_run_lists_the_refusal_and_goes_on()
    {
        foreach (var (name, reference, payload) in Events.Untrusted)
        {
            var action = new SampleAction(Changes.Refs);
            var run = await On(name, reference, payload).RunAsync(action, "--dry-run");
            run.ExitCode.Should().Be(ExitCode.Done, run.Log);
            run.Log.Should().Contain("::warning::refusing to publish from ");
            action.Steps.Should().Equal("gather", "plan");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"x\"")]
    [InlineData("{\"pull_request\":[]}")]
    [InlineData("{\"pull_request\":1,\"workflow_run\":1,\"check_run\":1,\"check_suite\":1}")]
    public async Task An_event_file_that_is_wrong_is_an_error(string payload)
    {
        foreach (var name in (string[])["pull_request", "workflow_run", "check_run", "check_suite", "pull_request_review"])
        {
            var run = await On(name, "refs/heads/main", payload).RunAsync(new SampleAction(Changes.Releases));
            run.ExitCode.Should().Be(ExitCode.BadInput, run.Log);
        }

        var reading = await On("pull_request", "refs/pull/7/merge", payload).RunAsync(new SampleAction(Changes.Files));
        reading.ExitCode.Should().Be(ExitCode.Done, reading.Log);
    }

    [Theory]
    [InlineData("""{"pull_request":{"head":[],"merged":"true"}}""")]
    [InlineData("""{"pull_request":{"head":{"repo":"acme/shop"}},"repository":7}""")]
    [InlineData("""{"pull_request":{"head":{"repo":{"id":"1","full_name":["acme/shop"]}}}}""")]
    [InlineData("""{"pull_request":{"head":{"repo":{"id":1e0}},"base":[]},"repository":{"full_name":"acme/shop","id":1}}""")]
    public async Task A_field_of_another_type_is_not_trusted(string payload) =>
        (await On("pull_request", "refs/heads/main", payload).RunAsync(new SampleAction(Changes.Refs))).ExitCode.Should()
            .Be(ExitCode.Refused);

    [Fact]
    public async Task A_missing_event_file_is_an_error_where_the_decision_needs_it_or_the_runner_names_it()
    {
        Rig Of(string name) => new Rig(checkout).With("GITHUB_EVENT_NAME", name);
        var action = new SampleAction(Changes.Refs);

        foreach (var name in (string[])["pull_request", "workflow_run", "check_run", "check_suite", "status"])
            (await Of(name).RunAsync(action)).ExitCode.Should().Be(ExitCode.BadInput, name);
        var gone = Path.Combine(checkout.Root, "gone.json");
        (await Of("push").With("GITHUB_EVENT_PATH", gone).RunAsync(action)).ExitCode.Should().Be(ExitCode.BadInput);

        action.Steps.Should().BeEmpty();
        (await Of("push").RunAsync(action)).ExitCode.Should().Be(ExitCode.Done);
    }

    [Theory]
    [InlineData("1", ExitCode.Done)]
    [InlineData("3", ExitCode.Refused)]
    public async Task A_repository_is_known_by_its_number_where_the_runner_says_it(string id, ExitCode exitCode)
    {
        var rig = On("push", "refs/heads/main", """{"repository":{"id":1,"full_name":"acme/before-it-was-renamed"}}""");

        (await rig.With("GITHUB_REPOSITORY_ID", id).RunAsync(new SampleAction(Changes.Refs))).ExitCode.Should().Be(exitCode);
    }

    [Fact]
    public async Task Variables_of_a_pull_request_in_a_run_of_another_event_are_contradictory()
    {
        foreach (var variable in (string[])["GITHUB_HEAD_REF", "GITHUB_BASE_REF"])
        {
            var run = await On("push", "refs/heads/main", "{}").With(variable, "main").RunAsync(new SampleAction(Changes.Refs));
            run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        }
    }

    [Fact]
    public async Task At_a_terminal_the_person_decides()
    {
        var rig = new Rig(checkout).With("GITHUB_ACTIONS", "").With("GITHUB_EVENT_NAME", "");

        (await rig.RunAsync(new SampleAction(Changes.Refs))).ExitCode.Should().Be(ExitCode.Done);
    }

    private Rig On(string name, string reference, string payload) =>
        new Rig(checkout).OnEvent(name, payload).With("GITHUB_REF", reference);
}
