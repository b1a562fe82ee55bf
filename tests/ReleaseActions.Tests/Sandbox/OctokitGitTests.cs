using Octokit;
using static ReleaseActions.Tests.Sandbox.OctokitGround;

namespace ReleaseActions.Tests.Sandbox;

/// <summary>Refs, tags, commits, comparisons and branches of the sandbox, as Octokit reads and writes them.</summary>
public sealed class OctokitGitTests
{
    [Fact]
    public async Task Reference_Get_returns_the_one_of_that_name()
    {
        await using var ground = await NewAsync();
        ground.Git("branch", "main-2", "main");
        var branch = await ground.Refs.Get(Owner, Name, "heads/main");
        branch.Ref.Should().Be("refs/heads/main");
        (branch.Object.Sha, branch.Object.Type.Value).Should().Be((ground.Git("rev-parse", "main"), TaggedType.Commit));
    }

    [Fact]
    public async Task Reference_Get_of_a_name_that_is_absent_is_not_found()
    {
        await using var ground = await NewAsync();
        await RefusedAsync<NotFoundException>(() => ground.Refs.Get(Owner, Name, "heads/none"));
    }

    [Fact]
    public async Task Reference_GetAll_lists_branches_and_tags()
    {
        await using var ground = await NewAsync();
        (await ground.Refs.GetAll(Owner, Name)).Select(found => found.Ref)
            .Should().Equal("refs/heads/feature", "refs/heads/main", "refs/tags/v0.1.0");
    }

    [Fact]
    public async Task Reference_GetAllForSubNamespace_lists_one_kind()
    {
        await using var ground = await NewAsync();
        var tag = (await ground.Refs.GetAllForSubNamespace(Owner, Name, "tags")).Should().ContainSingle().Subject;
        tag.Ref.Should().Be("refs/tags/v0.1.0");
        tag.Object.Type.Value.Should().Be(TaggedType.Tag, "an annotated tag is an object of its own");
    }

    [Fact]
    public async Task Reference_Create_makes_a_branch()
    {
        await using var ground = await NewAsync();
        var main = ground.Git("rev-parse", "main");
        var made = await ground.Refs.Create(Owner, Name, new NewReference("refs/heads/release/1.0", main));
        made.Ref.Should().Be("refs/heads/release/1.0");
        ground.Git("rev-parse", "release/1.0").Should().Be(main);
    }

    [Fact]
    public async Task Reference_Update_moves_a_branch_forward_and_refuses_anything_else()
    {
        await using var ground = await NewAsync();
        var (main, older) = (ground.Git("rev-parse", "main"), ground.Git("rev-parse", "main~1"));
        ground.Git("branch", "topic", older);
        (await ground.Refs.Update(Owner, Name, "heads/topic", new ReferenceUpdate(main))).Object.Sha.Should().Be(main);
        var back = () => ground.Refs.Update(Owner, Name, "heads/topic", new ReferenceUpdate(older));
        (await RefusedAsync<ApiValidationException>(back)).ApiError.Message.Should().Be("Update is not a fast forward");
        (await ground.Refs.Update(Owner, Name, "heads/topic", new ReferenceUpdate(older, force: true))).Object.Sha.Should().Be(older);
    }

    [Fact]
    public async Task Reference_Delete_removes_a_branch_unless_it_is_protected()
    {
        await using var ground = await NewAsync();
        await ground.Refs.Delete(Owner, Name, "heads/feature");
        ground.Git("branch", "--list", "feature").Should().BeEmpty();
        ground.Sandbox.Protect("main");
        var refused = () => ground.Refs.Delete(Owner, Name, "heads/main");
        (await RefusedAsync<ApiValidationException>(refused)).ApiError.Message.Should().Be("Cannot delete this protected branch");
    }

    [Fact]
    public async Task Tag_Get_reads_the_tag_object()
    {
        await using var ground = await NewAsync();
        var tag = await ground.Client.Git.Tag.Get(Owner, Name, ground.Git("rev-parse", "v0.1.0"));
        tag.Should().BeEquivalentTo(new { Tag = "v0.1.0", Message = "The first" });
        tag.Tagger.Should().BeEquivalentTo(new { Name = "Ada", Email = "ada@example.org" });
        tag.Object.Sha.Should().Be(ground.Git("rev-parse", "v0.1.0^{commit}"));
        tag.Verification.Verified.Should().BeFalse();
    }

    [Fact]
    public async Task GetAllTags_names_the_commit_of_each_tag()
    {
        await using var ground = await NewAsync();
        var tag = (await ground.Client.Repository.GetAllTags(Owner, Name)).Should().ContainSingle().Subject;
        (tag.Name, tag.Commit.Sha).Should().Be(("v0.1.0", ground.Git("rev-parse", "v0.1.0^{commit}")));
    }

    [Fact]
    public async Task Git_Commit_Get_reads_the_commit_object()
    {
        await using var ground = await NewAsync();
        var commit = await ground.Client.Git.Commit.Get(Owner, Name, ground.Git("rev-parse", "main"));
        commit.Should().BeEquivalentTo(new { Message = "two", Sha = ground.Git("rev-parse", "main") });
        commit.Tree.Sha.Should().Be(ground.Git("rev-parse", "main^{tree}"));
        commit.Parents.Select(parent => parent.Sha).Should().Equal(ground.Git("rev-parse", "main~1"));
    }

    [Theory]
    [InlineData("main", false)]
    [InlineData("v0.1.0", false)]
    [InlineData("feature", true)]
    public async Task Commit_Get_accepts_a_branch_a_tag_or_a_commit(string name, bool byNumber)
    {
        await using var ground = await NewAsync();
        var sha = ground.Git("rev-parse", name + "^{commit}");
        var commit = await ground.Client.Repository.Commit.Get(Owner, Name, byNumber ? sha : name);
        commit.Sha.Should().Be(sha);
        commit.Commit.Message.Should().Be(ground.Git("log", "-1", "--format=%s", sha));
        commit.Commit.Author.Date.Should().Be(DateTimeOffset.Parse(ground.Git("log", "-1", "--format=%aI", sha), null));
    }

    [Fact]
    public async Task Commit_GetAll_lists_the_history_of_the_default_branch_newest_first()
    {
        await using var ground = await NewAsync();
        (await ground.Client.Repository.Commit.GetAll(Owner, Name)).Select(commit => commit.Commit.Message).Should().Equal("two", "one");
    }

    [Fact]
    public async Task Commit_GetAll_lists_the_history_of_another_branch()
    {
        await using var ground = await NewAsync();
        var request = new CommitRequest { Sha = "feature" };
        (await ground.Client.Repository.Commit.GetAll(Owner, Name, request)).Select(commit => commit.Sha)
            .Should().Equal(ground.Git("rev-list", "feature").Split('\n'));
        request.Sha = "none";
        await RefusedAsync<NotFoundException>(() => ground.Client.Repository.Commit.GetAll(Owner, Name, request));
    }

    [Fact]
    public async Task Commit_Compare_counts_commits_and_names_files()
    {
        await using var ground = await NewAsync();
        var comparison = await ground.Client.Repository.Commit.Compare(Owner, Name, "main", "feature");
        comparison.Should().BeEquivalentTo(new { Status = "diverged", AheadBy = 1, BehindBy = 1, TotalCommits = 1 });
        comparison.MergeBaseCommit.Sha.Should().Be(ground.Git("merge-base", "main", "feature"));
        comparison.Commits.Select(commit => commit.Commit.Message).Should().Equal("three");
        comparison.Files.Single().Should().BeEquivalentTo(new { Filename = "three.txt", Status = "added", Additions = 1, Deletions = 0 });
    }

    [Fact]
    public async Task Branch_GetAll_says_which_are_protected()
    {
        await using var ground = await NewAsync();
        ground.Sandbox.Protect("main");
        (await ground.Client.Repository.Branch.GetAll(Owner, Name)).Select(branch => (branch.Name, branch.Protected))
            .Should().Equal(("feature", false), ("main", true));
    }

    [Fact]
    public async Task Branch_Get_accepts_a_name_with_a_slash()
    {
        await using var ground = await NewAsync();
        ground.Git("branch", "release/1.0", "main");
        var branch = await ground.Client.Repository.Branch.Get(Owner, Name, "release/1.0");
        (branch.Name, branch.Commit.Sha).Should().Be(("release/1.0", ground.Git("rev-parse", "main")));
    }

    [Fact]
    public async Task Branch_GetBranchProtection_needs_a_permission_that_no_workflow_token_has()
    {
        await using var ground = await NewAsync();
        ground.Sandbox.Protect("main");
        var refused = () => ground.Client.Repository.Branch.GetBranchProtection(Owner, Name, "main");
        (await RefusedAsync<ForbiddenException>(refused)).Message.Should().Be("Resource not accessible by integration");
    }

    [Fact]
    public async Task Repository_Get_describes_the_repository()
    {
        await using var ground = await NewAsync();
        var repository = await ground.Client.Repository.Get("ACME", "Shop");
        repository.Should().BeEquivalentTo(new { FullName = "acme/shop", DefaultBranch = "main", Private = false, Archived = false });
        repository.Permissions.Push.Should().BeTrue();
        repository.Owner.Type.Should().Be(AccountType.Organization);
    }
}
