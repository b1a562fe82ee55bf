using System.Net;
using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Tests.Hosting;

/// <summary>A commit cannot release itself by loosening the policy that guards a release on the default branch.</summary>
[Trait("Row", "S25")]
public sealed class DefaultBranchPolicyTests : IAsyncLifetime
{
    private const string Strict = "gates: {checks: [build]}\n";

    private ReleaseGround _ground = null!;

    public async ValueTask InitializeAsync() => _ground = await ReleaseGround.NewAsync();

    public ValueTask DisposeAsync() => _ground.DisposeAsync();

    [Fact]
    public async Task A_commit_that_loosens_it_is_refused_with_both_values_and_one_request()
    {
        Publish(Strict).Checkout.Policy("gates:\n  checks: [lint]\n");
        var action = new SampleAction(Changes.Releases);

        var run = await RunAsync(action);

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().Contain("'gates.checks'").And.Contain("'lint'").And.Contain("'build'");
        run.Log.Should().Contain("file=.github/release-actions.yml,line=2");
        action.Steps.Should().BeEmpty();
        Requests.Should().Equal("GET /api/v3/repos/acme/shop/contents/.github/release-actions.yml");
    }

    [Theory]
    [InlineData(Strict, null, ExitCode.Refused)]
    [InlineData(Strict, Strict, ExitCode.Done)]
    [InlineData(Strict, "gates: {checks: [build, test]}\n", ExitCode.Done)]
    [InlineData("\uFEFF" + Strict, Strict, ExitCode.Done)]
    [InlineData(null, Strict, ExitCode.Done)]
    [InlineData(null, "branches: {production: feature}\n", ExitCode.Refused)]
    [InlineData("", null, ExitCode.Done)]
    [InlineData("gates: {chekcs: [build]}\n", Strict, ExitCode.Refused)]
    [InlineData("- a list\n", Strict, ExitCode.Refused)]
    public async Task The_policy_of_the_checkout_is_compared_with_the_default_branchs(string? there, string? here, ExitCode exitCode)
    {
        Publish(there);
        if (here is null) File.Delete(Path.Combine(_ground.Checkout.Root, ".github/release-actions.yml"));
        else _ground.Checkout.Policy(here);

        var run = await RunAsync(new SampleAction(Changes.Images));

        run.ExitCode.Should().Be(exitCode, run.Log);
    }

    [Theory]
    [InlineData(Changes.None)]
    [InlineData(Changes.Files)]
    public async Task What_stays_in_the_job_asks_nothing(Changes changes)
    {
        Publish(Strict).Checkout.Policy("gates: {}\n");

        (await RunAsync(new SampleAction(changes))).ExitCode.Should().Be(ExitCode.Done);

        Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("release/policy.yml")]
    [InlineData("release/../release/./policy.yml")]
    public async Task Another_file_is_compared_with_the_file_of_the_same_path(string path)
    {
        _ground.Checkout.Write("release/policy.yml", Strict).Commit("Policy");
        _ground.Checkout.Push().Write("release/policy.yml", "gates: {checks: []}\n");

        (await RunAsync(new SampleAction(Changes.Refs), "--policy-file", path)).ExitCode.Should().Be(ExitCode.Refused);

        Requests.Should().Equal("GET /api/v3/repos/acme/shop/contents/release/policy.yml");
    }

    [Fact]
    public async Task At_a_terminal_another_policy_may_be_chosen()
    {
        Publish(Strict).Checkout.Write("mine.yml", "branches: {production: feature}\n");
        var rig = _ground.Rig().With("GITHUB_ACTIONS", "").With("GITHUB_EVENT_NAME", "");

        var run = await rig.RunAsync(new SampleAction(Changes.Refs), "--policy-file", "mine.yml");

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_dry_run_lists_what_is_loosened_and_goes_on()
    {
        Publish(Strict).Checkout.Policy("gates: {}\n");
        var action = new SampleAction(Changes.Refs);

        var run = await RunAsync(action, "--dry-run");

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Log.Should().Contain("loosens 'gates.checks'");
        action.Steps.Should().Equal("gather", "plan");
    }

    [Fact]
    public async Task Where_GitHub_does_not_send_it_nothing_is_published()
    {
        Publish(Strict).Fault("GET", "contents/**", FaultKind.Reply(502), times: 999);
        var action = new SampleAction(Changes.Releases);

        (await RunAsync(action)).ExitCode.Should().Be(ExitCode.RemoteFailed);

        action.Steps.Should().BeEmpty();
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "{\"message\":\"Resource not accessible by integration\"}", ExitCode.RemoteFailed)]
    [InlineData(HttpStatusCode.Unauthorized, "{}", ExitCode.RemoteFailed)]
    [InlineData(HttpStatusCode.OK, "[{\"type\":\"file\"}]", ExitCode.Refused)]
    [InlineData(HttpStatusCode.OK, "a: &a [*a]\n", ExitCode.Refused)]
    public async Task An_answer_that_is_no_policy_is_a_refusal(HttpStatusCode status, string body, ExitCode exitCode)
    {
        var action = new SampleAction(Changes.Releases);

        var run = await _ground.Rig(new HostileRig.Answering(status, body)).RunAsync(action);

        run.ExitCode.Should().Be(exitCode, run.Log);
        action.Steps.Should().BeEmpty();
    }

    [Fact]
    public async Task A_file_larger_than_a_mebibyte_is_refused()
    {
        var body = $"#{new string('x', 1024 * 1024)}\n";

        var run = await _ground.Rig(new HostileRig.Answering(HttpStatusCode.OK, body)).RunAsync(new SampleAction(Changes.Releases));

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().Contain("1,048,578 characters");
    }

    private IEnumerable<string> Requests => _ground.GitHub.Traffic.Entries.Select(e => $"{e.Method} {e.Path}");

    private ReleaseGround Publish(string? policy)
    {
        if (policy is null) return _ground;
        _ground.Checkout.Policy(policy).Commit("Policy");
        _ground.Checkout.Push();
        return _ground;
    }

    private Task<RunResult> RunAsync(SampleAction action, params string[] flags) => _ground.Rig().RunAsync(action, flags);
}
