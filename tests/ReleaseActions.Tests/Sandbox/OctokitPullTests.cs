using Octokit;
using static ReleaseActions.Tests.Sandbox.OctokitGround;
using Sandboxed = ReleaseActions.Sandbox;

namespace ReleaseActions.Tests.Sandbox;

/// <summary>Pull requests of the sandbox, as Octokit reads, opens and merges them.</summary>
public sealed class OctokitPullTests
{
    [Fact]
    public async Task Create_opens_a_pull_request()
    {
        await using var ground = await NewAsync();
        var pull = await OpenAsync(ground);
        pull.Should().BeEquivalentTo(new { Number = 1, Title = "Add three", Body = "Please.", Merged = false });
        (pull.Commits, pull.ChangedFiles).Should().Be((1, 1));
        pull.State.Value.Should().Be(ItemState.Open);
        pull.Head.Should().BeEquivalentTo(new { Ref = "feature", Label = "acme:feature", Sha = ground.Git("rev-parse", "feature") });
        pull.Base.Ref.Should().Be("main");
    }

    [Fact]
    public async Task A_second_one_for_the_same_branches_is_refused()
    {
        await using var ground = await NewAsync();
        await OpenAsync(ground);
        var refused = await RefusedAsync<ApiValidationException>(() => OpenAsync(ground));
        refused.ApiError.Errors.Single().Message.Should().Be("A pull request already exists for acme:feature.");
    }

    [Fact]
    public async Task Get_says_whether_it_can_be_merged()
    {
        await using var ground = await NewAsync();
        var opened = await OpenAsync(ground);
        opened.Mergeable.Should().BeNull("GitHub finds out after it has answered");
        (await GetAsync(ground)).Should().BeEquivalentTo(new { opened.Id, Mergeable = true, Additions = 1, Deletions = 0, Merged = false });
        ground.Commit("main", "three.txt", "another three\n");
        var conflicting = await GetAsync(ground);
        conflicting.Mergeable.Should().BeFalse();
        conflicting.MergeableState!.Value.Value.Should().Be(MergeableState.Dirty);
    }

    [Fact]
    public async Task GetAllForRepository_filters_by_state_head_and_base()
    {
        await using var ground = await NewAsync();
        ground.Sandbox.Put(new Sandboxed.PullRequest(1, "feature") { Labels = ["release"] });
        ground.Sandbox.Put(new Sandboxed.PullRequest(2, "gone") { Open = false });
        ground.Sandbox.Put(new Sandboxed.PullRequest(3, "feature", "develop"));
        (await NumbersAsync(ground, new PullRequestRequest())).Should().Equal(3, 1);
        (await NumbersAsync(ground, new PullRequestRequest { State = ItemStateFilter.All, SortDirection = SortDirection.Ascending }))
            .Should().Equal(1, 2, 3);
        (await NumbersAsync(ground, new PullRequestRequest { State = ItemStateFilter.Closed })).Should().Equal(2);
        (await NumbersAsync(ground, new PullRequestRequest { Head = "acme:feature", Base = "develop" })).Should().Equal(3);
    }

    [Fact]
    public async Task Files_and_Commits_list_what_it_brings_before_and_after_the_merge()
    {
        await using var ground = await NewAsync();
        await OpenAsync(ground);
        var head = ground.Commit("feature", "four.txt", "four\nfive\n");
        foreach (var state in (string[])["open", "merged"])
        {
            (await ground.Client.PullRequest.Commits(Owner, Name, 1)).Select(commit => commit.Commit.Message)
                .Should().Equal(["three", "Write four.txt"], state);
            (await ground.Client.PullRequest.Files(Owner, Name, 1)).Select(file => (file.FileName, file.Status, file.Additions))
                .Should().Equal([("four.txt", "added", 2), ("three.txt", "added", 1)], state);
            if (state == "open")
                await ground.Client.PullRequest.Merge(Owner, Name, 1, new MergePullRequest { Sha = head });
        }
    }

    [Fact]
    public async Task Merge_makes_a_commit_of_both_sides()
    {
        await using var ground = await NewAsync();
        await OpenAsync(ground);
        var (main, feature) = (ground.Git("rev-parse", "main"), ground.Git("rev-parse", "feature"));
        var merge = await ground.Client.PullRequest.Merge(Owner, Name, 1, new MergePullRequest());
        merge.Should().BeEquivalentTo(new { Merged = true, Sha = ground.Git("rev-parse", "main") });
        ground.Git("log", "-1", "--format=%P", "main").Should().Be($"{main} {feature}");
        ground.Git("log", "-1", "--format=%B", "main").Should().Be("Merge pull request #1 from acme/feature\n\nAdd three");
        ground.Git("ls-tree", "--name-only", "main").Split('\n').Should().Equal("one.txt", "three.txt", "two.txt");
        var merged = await GetAsync(ground);
        merged.Should().BeEquivalentTo(new { Merged = true, MergeCommitSha = merge.Sha, Commits = 1, Mergeable = (bool?)null });
        merged.State.Value.Should().Be(ItemState.Closed);
        merged.MergedBy.Login.Should().Be("github-actions[bot]");
    }

    [Fact]
    public async Task Merge_squashes_into_one_commit()
    {
        await using var ground = await NewAsync();
        await OpenAsync(ground);
        var main = ground.Git("rev-parse", "main");
        await ground.Client.PullRequest.Merge(
            Owner, Name, 1, new MergePullRequest { MergeMethod = PullRequestMergeMethod.Squash, CommitMessage = "It was missing." });
        ground.Git("log", "-1", "--format=%P", "main").Should().Be(main);
        ground.Git("log", "-1", "--format=%B", "main").Should().Be("Add three (#1)\n\nIt was missing.");
        (await ground.Client.PullRequest.Commits(Owner, Name, 1)).Should().HaveCount(1);
    }

    [Fact]
    public async Task Merge_refuses_a_head_that_has_moved()
    {
        await using var ground = await NewAsync();
        await OpenAsync(ground);
        var request = new MergePullRequest { Sha = ground.Git("rev-parse", "main") };
        await RefusedAsync<PullRequestMismatchException>(() => ground.Client.PullRequest.Merge(Owner, Name, 1, request));
        (await ground.Client.PullRequest.Merged(Owner, Name, 1)).Should().BeFalse();
    }

    [Fact]
    public async Task Merge_refuses_a_conflict_and_a_second_merge()
    {
        await using var ground = await NewAsync();
        await OpenAsync(ground);
        var head = ground.Git("rev-parse", "main");
        var conflicting = ground.Commit("main", "three.txt", "another three\n");
        var merge = () => ground.Client.PullRequest.Merge(Owner, Name, 1, new MergePullRequest());
        await RefusedAsync<PullRequestNotMergeableException>(merge);
        ground.Git("rev-parse", "main").Should().Be(conflicting);
        ground.Git("update-ref", "refs/heads/main", head);
        await merge();
        (await ground.Client.PullRequest.Merged(Owner, Name, 1)).Should().BeTrue();
        await RefusedAsync<PullRequestNotMergeableException>(merge);
    }

    [Fact]
    public async Task Review_GetAll_lists_reviews_also_of_an_account_that_is_gone()
    {
        await using var ground = await NewAsync();
        await OpenAsync(ground);
        ground.Sandbox.Put(new Sandboxed.Review(1, "grace"));
        ground.Sandbox.Put(new Sandboxed.Review(1, null, "CHANGES_REQUESTED"));
        (await ground.Client.PullRequest.Review.GetAll(Owner, Name, 1)).Select(review => (review.User?.Login, review.State.Value))
            .Should().Equal(("grace", PullRequestReviewState.Approved), (null, PullRequestReviewState.ChangesRequested));
    }

    [Fact]
    public async Task Commit_PullRequests_finds_the_one_that_brought_a_commit()
    {
        await using var ground = await NewAsync();
        await OpenAsync(ground);
        var merge = await ground.Client.PullRequest.Merge(Owner, Name, 1, new MergePullRequest());
        (await ground.Client.Repository.Commit.PullRequests(Owner, Name, merge.Sha)).Select(pull => (pull.Number, pull.MergeCommitSha))
            .Should().Equal((1, merge.Sha));
    }

    private static Task<PullRequest> OpenAsync(OctokitGround ground) =>
        ground.Client.PullRequest.Create(Owner, Name, new NewPullRequest("Add three", "feature", "main") { Body = "Please." });

    private static Task<PullRequest> GetAsync(OctokitGround ground) => ground.Client.PullRequest.Get(Owner, Name, 1);

    private static async Task<IEnumerable<int>> NumbersAsync(OctokitGround ground, PullRequestRequest request) =>
        (await ground.Client.PullRequest.GetAllForRepository(Owner, Name, request)).Select(pull => pull.Number);
}
