using ReleaseActions.Core;
using ReleaseActions.Sandbox;
using ReleaseActions.VersionValidate;

namespace ReleaseActions.Tests.VersionValidate;

/// <summary>Who must approve, and where an approval counts.</summary>
[Trait("Rule", "OPS-05")]
public sealed class ApprovalTests
{
    private const string Ops = """
        gates:
          approvals:
            - team: platform
            - {team: security, members: [Grace]}
            - {team: management, members: [eve], major-only: true}
        """;

    [Fact]
    public async Task Reviews_and_the_environment_of_the_run_count_and_each_team_needs_one()
    {
        await using var ground = await NewAsync();
        ground.GitHub.Put(new Review(5, "ada"));
        ground.GitHub.Put(new RunApproval(7, "grace", "production"));

        (await ValidateAsync(ground)).Content().Should().Contain("| approval of platform | ada, on pull request 5 | ✅ |")
            .And.Contain("| approval of security | grace, on environment production | ✅ |").And.NotContain("management");
    }

    [Theory]
    [InlineData("[production]", "production", null)]
    [InlineData("[eu, Production]", "production", null)]
    [InlineData(
        "[production]", "staging",
        "Nobody of the team 'security' approved this release: approved by ada; grace approved environment staging, and "
        + "`gates.environments` names production. *")]
    public async Task Where_the_policy_names_environments_approvals_of_others_do_not_count(
        string environments, string approved, string? refusal)
    {
        await using var ground = await NewAsync();
        ground.Checkout.Policy($"{Ops}\n  environments: {environments}\n");
        ground.GitHub.Put(new Review(5, "ada"));
        ground.GitHub.Put(new RunApproval(7, "grace", approved));

        var run = await ValidateAsync(ground);

        if (refusal is null) run.Content().Should().Contain($"| approval of security | grace, on environment {approved} | ✅ |");
        else run.Refusal().Should().Match(refusal);
    }

    [Fact]
    public async Task Without_an_approval_each_team_is_reported()
    {
        await using var ground = await NewAsync();
        ground.GitHub.Put(new Review(5, "mallory"));

        var run = await ValidateAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().HaveCount(2)
            .And.Contain(
                "Nobody of the team 'platform' approved this release: approved by mallory. Let one of the team approve the pull "
                + "request of the commit, or the run's environment, then run this again.");
        run.Log.Should().Contain("::error file=.github/release-actions.yml,line=2::");
    }

    [Theory]
    [InlineData("2.0.0")]
    [InlineData("2.0.0-rc.1")]
    public async Task A_major_needs_one_more(string version)
    {
        await using var ground = await NewAsync();
        ground.GitHub.Put(new Review(5, "ada"));
        ground.GitHub.Put(new Review(5, "grace"));

        (await ValidateAsync(ground, version)).Refusal()
            .Should().StartWith("Nobody of the team 'management' approved this major release: approved by ada, grace.");

        ground.GitHub.Put(new Review(5, "eve"));
        (await ValidateAsync(ground, version)).Content().Should().Contain("| approval of management | eve, on pull request 5 | ✅ |");
    }

    [Fact]
    public async Task After_a_tag_that_was_refused_the_next_version_is_still_a_major()
    {
        await using var ground = await NewAsync();
        foreach (var user in (string[])["ada", "grace"]) ground.GitHub.Put(new Review(5, user));
        ground.Checkout.Policy(Ops + "\nversion: {post-releases: [hotfix]}\n").Tag("v2.0.0");

        foreach (var version in (string[])["2.0.1", "2.0.0-hotfix.1"])
            (await ValidateAsync(ground, version)).Refusal()
                .Should().StartWith("Nobody of the team 'management' approved this major release: approved by ada, grace.");

        await ground.GitHub.PutAsync(new Release { TagName = "v2.0.0", TargetCommitish = "main" });
        (await ValidateAsync(ground, "2.0.1")).Content().Should().NotContain("management");

        ground.Fault("GET", "releases/tags/*", FaultKind.Reply(403, """{"message":"Resource not accessible by integration"}"""), times: 9);
        (await ValidateAsync(ground, "2.0.1")).Refusal(ExitCode.RemoteFailed)
            .Should().StartWith(
                "GitHub was asked to find the release of v2.0.0, and the token may not",
                "who is to approve depends on an answer that did not come");
    }

    [Fact]
    public async Task A_review_of_a_deleted_commit_does_not_count()
    {
        await using var ground = await NewAsync();
        ground.GitHub.Put(new Review(5, "grace"));
        ground.GitHub.Put(new Review(5, "ada") { Commit = "" });

        (await ValidateAsync(ground)).Refusal()
            .Should().StartWith(
                "Nobody of the team 'platform' approved this release: approved by grace; ada approved an earlier state of pull request 5.");
    }

    [Fact]
    public async Task A_review_of_a_pull_request_into_another_branch_does_not_count()
    {
        await using var ground = await NewAsync();
        ground.GitHub.Put(new PullRequest(6, "gone", "develop") { Open = false, MergeCommitSha = ground.Checkout.Head });
        ground.GitHub.Put(new Review(5, "ada"));
        ground.GitHub.Put(new Review(6, "grace"));

        (await ValidateAsync(ground)).Refusal()
            .Should().StartWith("Nobody of the team 'security' approved this release: approved by ada. ");
    }

    [Fact]
    public async Task A_review_of_an_earlier_state_does_not_count()
    {
        await using var ground = await NewAsync();
        ground.GitHub.Put(new Review(5, "ada"));
        ground.GitHub.Put(new Review(5, "grace") { Commit = ground.Checkout.Head });

        (await ValidateAsync(ground)).Refusal()
            .Should().StartWith(
                "Nobody of the team 'security' approved this release: approved by ada; "
                + "grace approved an earlier state of pull request 5. ");

        ground.GitHub.Put(new Review(5, "grace"));
        (await ValidateAsync(ground)).Content();
    }

    [Fact]
    public async Task Nobody_approves_their_own_run()
    {
        await using var ground = await NewAsync();
        ground.GitHub.Put(new Review(5, "ada"));
        ground.GitHub.Put(new RunApproval(7, "grace", "production"));

        (await ValidateAsync(ground, actor: "GRACE")).Refusal()
            .Should().StartWith("Nobody of the team 'security' approved this release: approved by ada; grace approved their own run. ");
        (await ValidateAsync(ground, actor: "ada")).Content();
    }

    [Theory]
    [InlineData("CHANGES_REQUESTED")]
    [InlineData("DISMISSED")]
    public async Task An_approval_that_was_withdrawn_does_not_count(string state)
    {
        await using var ground = await NewAsync();
        Review[] reviews = [new(5, "ada"), new(5, "ada", "COMMENTED"), new(5, "grace"), new(5, "grace", state), new(5, null)];
        foreach (var review in reviews) ground.GitHub.Put(review);

        (await ValidateAsync(ground)).Refusal().Should().StartWith("Nobody of the team 'security' approved");
    }

    [Fact]
    public async Task Who_opened_the_pull_request_does_not_approve_it_and_a_rejected_run_is_no_approval()
    {
        await using var ground = await NewAsync();
        ground.GitHub.Put(new PullRequest(5, "gone") { Open = false, MergeCommitSha = ground.Checkout.Head, User = "grace" });
        foreach (var user in (string[])["ada", "grace"]) ground.GitHub.Put(new Review(5, user));
        ground.GitHub.Put(new RunApproval(7, "grace", "production", "rejected"));
        ground.GitHub.Put(new RunApproval(8, "grace", "production"));

        (await ValidateAsync(ground)).Refusal().Should().StartWith("Nobody of the team 'security' approved");
    }

    [Theory]
    [InlineData(
        null,
        "The members of the team 'platform' are not known: there is no `team-token`. Give `team-token`, a token with the "
        + "organisation's permission `Members: read` *")]
    [InlineData("sandbox-token", "GitHub knows no team 'platform', or `team-token` may not see it. Give `team-token`, *")]
    public async Task A_team_that_cannot_be_read_is_reported_with_the_permission(string? token, string message)
    {
        await using var ground = await NewAsync();
        ground.GitHub.Put(new Review(5, "ada"));
        ground.GitHub.Put(new Review(5, "grace"));

        (await ValidateAsync(ground, token: token)).Refusal(ExitCode.RemoteFailed).Should().Match(message);
    }

    [Fact]
    public async Task An_approval_in_one_place_is_enough_where_the_other_cannot_be_read()
    {
        await using var ground = await NewAsync();
        ground.Fault(
            "GET", "actions/runs/*/approvals", FaultKind.Reply(403, """{"message":"Resource not accessible by integration"}"""), times: 9);
        ground.GitHub.Put(new Review(5, "ada"));

        (await ValidateAsync(ground)).Refusal(ExitCode.RemoteFailed).Should().Contain("`actions: read`");

        ground.GitHub.Put(new Review(5, "grace"));
        (await ValidateAsync(ground)).Content();
    }

    [Fact]
    public async Task A_team_token_that_is_not_valid_is_refused_before_any_request()
    {
        await using var ground = await NewAsync();

        (await ValidateAsync(ground, token: "two\nlines")).Refusal(ExitCode.BadInput)
            .Should().StartWith("The input 'team-token' holds a space, a line break");
        ground.GitHub.Traffic.Entries.Should().BeEmpty();
    }

    private static async Task<ReleaseGround> NewAsync()
    {
        var ground = await ReleaseGround.NewAsync();
        ground.Checkout.Policy(Ops).Commit("Policy");
        ground.Checkout.Push().Tag("v1.2.2").Commit("Work");
        ground.Checkout.Push();
        ground.GitHub.PutTeam("platform", "ada", "linus");
        ground.GitHub.Put(new PullRequest(5, "gone") { Open = false, MergeCommitSha = ground.Checkout.Head });
        await ground.GitHub.PutAsync(new Release { TagName = "v1.2.2", TargetCommitish = "main" });
        return ground;
    }

    private static Task<RunResult> ValidateAsync(
        ReleaseGround ground, string version = "1.2.3", string? token = "sandbox-organization-token", string actor = "octocat") =>
        ground.Rig().OnBranch("main").With("GITHUB_RUN_ID", "7").With("GITHUB_ACTOR", actor)
            .Input("version", version).Input("team-token", token ?? "").RunAsync(new VersionValidateAction());
}
