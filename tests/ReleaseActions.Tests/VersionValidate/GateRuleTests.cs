using ReleaseActions.Core;
using ReleaseActions.Sandbox;
using ReleaseActions.VersionValidate;

namespace ReleaseActions.Tests.VersionValidate;

/// <summary>Checks on the commit, and issues that block.</summary>
public sealed class GateRuleTests
{
    private const string Ops = "gates:\n  checks: [readiness:agents, alerts:validate]\n  blocking-labels: [critical, high]\n";

    [Fact]
    [Trait("Rule", "OPS-03")]
    [Trait("Rule", "ORC-01")]
    public async Task Green_checks_and_no_blocking_issue_pass()
    {
        await using var ground = await NewAsync();
        ground.GitHub.Put(new CheckRun(ground.Checkout.Head, "readiness:agents", "failure"));
        ground.GitHub.Put(new CheckRun(ground.Checkout.Head, "readiness:agents"));
        ground.GitHub.Put(new CommitStatus(ground.Checkout.Head, "alerts:validate"));
        ground.GitHub.Put(new Issue(1, "Was bad", "critical") { Open = false });
        ground.GitHub.Put(new Issue(2, "A fix", "critical") { IsPullRequest = true });
        ground.GitHub.Put(new Issue(3, "Some day", "low"));

        (await ValidateAsync(ground)).Content().Should().Contain("| check readiness:agents | success | ✅ |")
            .And.Contain("| check alerts:validate | success | ✅ |")
            .And.Contain("| no open critical | no open issue has the label | ✅ |").And.Contain("| no open high |");
    }

    [Theory]
    [Trait("Rule", "OPS-03")]
    [InlineData("failure", "The check 'alerts:validate' is 'failure' on *. Fix what it reports, or rerun it; it must be 'success'.")]
    [InlineData("skipped", "The check 'alerts:validate' is 'skipped' on *. *")]
    [InlineData(null, "The check 'alerts:validate' is 'in_progress' on *. Wait until it ends, then run this again.")]
    public async Task A_check_that_is_not_green_is_refused(string? conclusion, string message)
    {
        await using var ground = await NewAsync();
        ground.GitHub.Put(new CheckRun(ground.Checkout.Head, "readiness:agents"));
        ground.GitHub.Put(new CheckRun(ground.Checkout.Head, "alerts:validate", conclusion));

        var run = await ValidateAsync(ground);

        run.Refusal().Should().Match(message);
        run.Log.Should().Contain("::error file=.github/release-actions.yml,line=2::");
    }

    [Theory]
    [Trait("Rule", "OPS-03")]
    [InlineData("pending", "* is 'pending' on *. Wait until it ends, then run this again.")]
    [InlineData("error", "* is 'error' on *")]
    public async Task A_check_and_a_status_of_one_name_must_both_be_green(string state, string message)
    {
        await using var ground = await NewAsync();
        ground.GitHub.Put(new CheckRun(ground.Checkout.Head, "build"));
        ground.GitHub.Put(new CommitStatus(ground.Checkout.Head, "build"));
        ground.GitHub.Put(new CommitStatus(ground.Checkout.Head, "build", state));

        (await ValidateAsync(ground, ("checks", "build"))).Refusal().Should().Match(message);
    }

    [Fact]
    [Trait("Rule", "OPS-03")]
    public async Task A_check_that_did_not_run_on_this_commit_is_refused_with_the_nearest_name()
    {
        await using var ground = await NewAsync();
        ground.GitHub.Put(new CheckRun(ground.Checkout.Head, "alerts:validate"));
        ground.GitHub.Put(new CheckRun(ground.Checkout.Head, "readiness:agent"));

        (await ValidateAsync(ground)).Refusal()
            .Should().Match(
                "The check 'readiness:agents' has not run on *. Did you mean 'readiness:agent'? Otherwise let it run on this commit, "
                + "then run this again.");
    }

    [Fact]
    [Trait("Rule", "ORC-01")]
    public async Task Every_blocker_is_listed_at_once()
    {
        await using var ground = await NewAsync();
        foreach (var number in Enumerable.Range(1, 12)) ground.GitHub.Put(new Issue(number, $"Bad {number}", "critical"));
        ground.GitHub.Put(new Issue(20, "Loud | <b>", "high", "other"));

        var run = await ValidateAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Refused);
        run.Errors.Should().HaveCount(4)
            .And.ContainMatch("Open issues with the label 'critical': #12 'Bad 12', *#3 'Bad 3' and 2 more. Close each*")
            .And.Contain(e => e.StartsWith("Open issues with the label 'high': #20 'Loud | <b>'.", StringComparison.Ordinal));
        run.Summary.Should().NotContain("<b>");
    }

    [Fact]
    [Trait("Rule", "ORC-01")]
    public async Task A_label_that_the_repository_does_not_have_is_reported_with_similar_ones()
    {
        await using var ground = await NewAsync(labels: []);
        foreach (
            var check in (string[])["readiness:agents", "alerts:validate"]) ground.GitHub.Put(new CheckRun(ground.Checkout.Head, check));
        ground.GitHub.PutLabels("Critical!", "HIGH");

        var run = await ValidateAsync(ground);

        run.Refusal(ExitCode.BadInput)
            .Should().Be(
                "The repository has no label 'critical', so no issue can have it. Did you mean 'Critical!'? Correct "
                + "`gates.blocking-labels` of the policy, or create the label.");
        run.Summary.Should().Contain("| no open high | no open issue has the label | ✅ |");
        ground.GitHub.Traffic.Entries.Count(e => e.Path.EndsWith("/labels", StringComparison.Ordinal))
            .Should().Be(1, "one question answers for every label");
        ground.Fault("GET", "labels", FaultKind.Reply(403, """{"message":"Resource not accessible by integration"}"""), times: 9);
        (await ValidateAsync(ground)).Errors.Should().HaveCount(2)
            .And.OnlyContain(e => e.Contains("`issues: read`", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Labels_are_not_requested_where_each_has_an_open_issue()
    {
        await using var ground = await NewAsync(labels: []);
        ground.GitHub.Put(new Issue(1, "Bad", "critical", "high"));

        (await ValidateAsync(ground)).ExitCode.Should().Be(ExitCode.Refused);

        ground.GitHub.Traffic.Entries.Should().NotContain(e => e.Path.EndsWith("/labels", StringComparison.Ordinal));
    }

    [Fact]
    public async Task More_than_a_page_of_checks_is_read_to_its_end()
    {
        await using var ground = await NewAsync();
        ground.GitHub.Put(new CheckRun(ground.Checkout.Head, "first", "failure"));
        foreach (var number in Enumerable.Range(1, 230)) ground.GitHub.Put(new CheckRun(ground.Checkout.Head, $"matrix {number}"));

        (await ValidateAsync(ground, ("checks", "first"))).Refusal().Should().StartWith("The check 'first' is 'failure'");
    }

    [Fact]
    [Trait("Row", "S26")]
    public async Task Each_missing_permission_is_reported_beside_everything_else_that_is_wrong()
    {
        await using var ground = await NewAsync(o => o with { OnlyContents = true });
        ground.Checkout.Write("CHANGELOG.md", "# Changelog\n");

        var run = await ValidateAsync(ground, ("changelog", "CHANGELOG.md"));

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        run.Errors.Should().HaveCount(5)
            .And.Contain(e => e.Contains("`checks: read`", StringComparison.Ordinal))
            .And.Contain(e => e.Contains("`issues: read`", StringComparison.Ordinal))
            .And.Contain(e => e.StartsWith("CHANGELOG.md has no section", StringComparison.Ordinal));
    }

    private static async Task<ReleaseGround> NewAsync(Func<SandboxOptions, SandboxOptions>? change = null, string[]? labels = null)
    {
        var ground = await ReleaseGround.NewAsync(change);
        ground.GitHub.PutLabels(labels ?? ["critical", "high"]);
        ground.Checkout.Policy(Ops).Commit("Policy");
        ground.Checkout.Push();
        return ground;
    }

    private static Task<RunResult> ValidateAsync(ReleaseGround ground, params (string Name, string Value)[] inputs) =>
        inputs.Aggregate(
            ground.Rig().OnBranch("main").Input("version", "1.2.3"),
            (rig, input) => rig.Input(input.Name, input.Value)).RunAsync(new VersionValidateAction());
}
