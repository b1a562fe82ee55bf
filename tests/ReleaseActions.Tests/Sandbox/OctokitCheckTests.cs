using Octokit;
using static ReleaseActions.Tests.Sandbox.OctokitGround;
using Sandboxed = ReleaseActions.Sandbox;

namespace ReleaseActions.Tests.Sandbox;

/// <summary>Checks, statuses, issues, labels and approvals of the sandbox, as Octokit reads them.</summary>
public sealed class OctokitCheckTests
{
    [Fact]
    public async Task Check_GetAllForReference_lists_the_latest_of_each_name()
    {
        await using var ground = await NewAsync();
        var main = PutChecks(ground);
        var found = await ground.Client.Check.Run.GetAllForReference(Owner, Name, "main");
        found.TotalCount.Should().Be(2);
        found.CheckRuns.Select(run => (run.Name, run.HeadSha, run.Status.Value, run.Conclusion?.Value)).Should().BeEquivalentTo(
        [
            ("build", main, CheckStatus.Completed, (CheckConclusion?)CheckConclusion.Success),
            ("test", main, CheckStatus.InProgress, null),
        ]);
        found.CheckRuns.Single(run => run.Name == "test").CompletedAt.Should().BeNull();
    }

    [Fact]
    public async Task Check_GetAllForReference_lists_the_earlier_ones_on_request()
    {
        await using var ground = await NewAsync();
        PutChecks(ground);
        var request = new CheckRunRequest { Filter = CheckRunCompletedAtFilter.All };
        (await ChecksAsync(ground, request)).Should().Equal("build success", "test", "build failure");
    }

    [Fact]
    public async Task Check_GetAllForReference_filters_by_name_and_status()
    {
        await using var ground = await NewAsync();
        PutChecks(ground);
        (await ChecksAsync(ground, new CheckRunRequest { CheckName = "build" })).Should().Equal("build success");
        (await ChecksAsync(ground, new CheckRunRequest { Status = CheckStatusFilter.InProgress })).Should().Equal("test");
    }

    [Theory]
    [InlineData(CommitState.Pending)]
    [InlineData(CommitState.Success, "success")]
    [InlineData(CommitState.Pending, "success", "pending")]
    [InlineData(CommitState.Failure, "success", "failure")]
    [InlineData(CommitState.Failure, "error")]
    [InlineData(CommitState.Failure, "pending", "failure")]
    public async Task Status_GetCombined_sums_up_the_latest_of_each_context(CommitState expected, params string[] states)
    {
        await using var ground = await NewAsync();
        var main = ground.Git("rev-parse", "main");
        foreach (var (at, state) in states.Index())
        {
            ground.Sandbox.Put(new Sandboxed.CommitStatus(main, $"ci/{at}", "error"));
            ground.Sandbox.Put(new Sandboxed.CommitStatus(main, $"ci/{at}", state));
        }

        var combined = await ground.Client.Repository.Status.GetCombined(Owner, Name, "main");
        combined.State.Value.Should().Be(expected);
        combined.Should().BeEquivalentTo(new { Sha = main, TotalCount = states.Length });
        combined.Statuses.Select(status => status.State.StringValue).Should().BeEquivalentTo(states);
        combined.Repository.FullName.Should().Be("acme/shop");
    }

    [Fact]
    public async Task Status_GetAll_lists_each_status_newest_first()
    {
        await using var ground = await NewAsync();
        var main = ground.Git("rev-parse", "main");
        foreach (var state in (string[])["pending", "success"])
            ground.Sandbox.Put(new Sandboxed.CommitStatus(main, "ci", state));
        var statuses = await ground.Client.Repository.Status.GetAll(Owner, Name, main);
        statuses.Select(status => status.State.Value).Should().Equal(CommitState.Success, CommitState.Pending);
        statuses.Should().OnlyContain(status => status.Context == "ci");
        statuses.Should().OnlyContain(status => status.Creator.Login == "github-actions[bot]");
    }

    [Fact]
    public async Task Issue_GetAllForRepository_filters_by_label_and_marks_pull_requests()
    {
        await using var ground = await NewAsync();
        PutIssues(ground);
        var found = await ground.Client.Issue.GetAllForRepository(Owner, Name, new RepositoryIssueRequest { Labels = { "critical" } });
        found.Select(issue => (issue.Number, issue.Title, issue.PullRequest is not null))
            .Should().Equal((4, "A fix", true), (1, "It burns", false));
        found[^1].Labels.Select(label => label.Name).Should().Equal("critical", "shop");
    }

    [Fact]
    public async Task Issue_GetAllForRepository_filters_by_state_and_sorts_either_way()
    {
        await using var ground = await NewAsync();
        PutIssues(ground);
        var request = new RepositoryIssueRequest { State = ItemStateFilter.All, SortDirection = SortDirection.Ascending };
        (await ground.Client.Issue.GetAllForRepository(Owner, Name, request)).Select(issue => (issue.Number, issue.State.Value))
            .Should().Equal((1, ItemState.Open), (2, ItemState.Closed), (3, ItemState.Open), (4, ItemState.Open));
    }

    [Fact]
    public async Task Labels_GetAllForRepository_lists_those_of_a_new_repository_and_those_made_since()
    {
        await using var ground = await NewAsync();
        ground.Sandbox.PutLabels("release");
        var labels = await ground.Client.Issue.Labels.GetAllForRepository(Owner, Name);
        labels.Select(label => label.Name).Should().Contain(["bug", "release"]);
    }

    [Fact]
    public async Task Runs_GetReviewHistory_names_who_approved_a_deployment()
    {
        await using var ground = await NewAsync();
        ground.Sandbox.Put(new Sandboxed.RunApproval(7, "grace", "production"));
        var runs = ground.Client.Actions.Workflows.Runs;
        var approval = (await runs.GetReviewHistory(Owner, Name, 7)).Should().ContainSingle().Subject;
        approval.User.Login.Should().Be("grace");
        approval.Environments.Single().Name.Should().Be("production");
        (await runs.GetReviewHistory(Owner, Name, 8)).Should().BeEmpty();
    }

    private static string PutChecks(OctokitGround ground)
    {
        var main = ground.Git("rev-parse", "main");
        ground.Sandbox.Put(new Sandboxed.CheckRun(main, "build", "failure"));
        ground.Sandbox.Put(new Sandboxed.CheckRun(main, "test", null));
        ground.Sandbox.Put(new Sandboxed.CheckRun(main, "build"));
        return main;
    }

    private static async Task<IEnumerable<string>> ChecksAsync(OctokitGround ground, CheckRunRequest request) =>
        (await ground.Client.Check.Run.GetAllForReference(Owner, Name, "main", request)).CheckRuns
            .Select(run => $"{run.Name} {run.Conclusion?.StringValue}".Trim());

    private static void PutIssues(OctokitGround ground)
    {
        ground.Sandbox.Put(new Sandboxed.Issue(1, "It burns", "critical", "shop"));
        ground.Sandbox.Put(new Sandboxed.Issue(2, "It burnt", "critical") { Open = false });
        ground.Sandbox.Put(new Sandboxed.Issue(3, "It smells"));
        ground.Sandbox.Put(new Sandboxed.Issue(4, "A fix", "critical") { IsPullRequest = true });
    }
}
