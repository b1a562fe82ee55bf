using Octokit;
using static ReleaseActions.Tests.Sandbox.OctokitGround;
using Sandboxed = ReleaseActions.Sandbox;

namespace ReleaseActions.Tests.Sandbox;

/// <summary>Releases of the sandbox, as Octokit reads and writes them.</summary>
public sealed class OctokitReleaseTests
{
    [Fact]
    public async Task Create_publishes_a_release_and_makes_its_tag()
    {
        await using var ground = await NewAsync();
        var release = await ground.Releases.Create(
            Owner, Name, new NewRelease("v1.0.0") { Name = "One", Body = "# Notes 🎉", TargetCommitish = "feature", Prerelease = true });
        release.Should().BeEquivalentTo(new
        {
            TagName = "v1.0.0", Name = "One", Body = "# Notes 🎉", TargetCommitish = "feature", Draft = false, Prerelease = true,
        });
        release.HtmlUrl.Should().Be($"{ground.Sandbox.ServerUrl}/acme/shop/releases/tag/v1.0.0");
        release.PublishedAt.Should().NotBeNull();
        release.Author.Login.Should().Be("github-actions[bot]");
        ground.Git("rev-parse", "v1.0.0").Should().Be(ground.Git("rev-parse", "feature"));
    }

    [Fact]
    public async Task Create_makes_a_draft_without_a_tag()
    {
        await using var ground = await NewAsync();
        var draft = await ground.Releases.Create(Owner, Name, new NewRelease("v1.0.0") { Draft = true });
        draft.Draft.Should().BeTrue();
        draft.PublishedAt.Should().BeNull();
        draft.HtmlUrl.Should().Contain("/releases/tag/untagged-");
        ground.Git("tag", "--list", "v1.0.0").Should().BeEmpty();
    }

    [Fact]
    public async Task Create_generates_notes()
    {
        await using var ground = await NewAsync();
        PutMergedPull(ground);
        var release = await ground.Releases.Create(Owner, Name, new NewRelease("v1.0.0") { GenerateReleaseNotes = true });
        release.Body.Should().Contain("* Add two by @octocat in ").And.Contain("**Full Changelog**");
    }

    [Fact]
    public async Task Edit_publishes_a_draft()
    {
        await using var ground = await NewAsync();
        var draft = await ground.Releases.Create(Owner, Name, new NewRelease("v1.0.0") { Draft = true, Body = "notes" });
        var published = await ground.Releases.Edit(Owner, Name, draft.Id, new ReleaseUpdate { Draft = false });
        published.Should().BeEquivalentTo(new { draft.Id, Draft = false, Body = "notes", TagName = "v1.0.0" });
        ground.Git("rev-parse", "v1.0.0").Should().Be(ground.Git("rev-parse", "main"));
    }

    [Fact]
    public async Task Edit_changes_what_it_names_and_leaves_the_rest()
    {
        await using var ground = await NewAsync();
        var release = await ground.Releases.Create(Owner, Name, new NewRelease("v1.0.0") { Name = "One", Body = "notes" });
        var changed = await ground.Releases.Edit(Owner, Name, release.Id, new ReleaseUpdate { Body = "better notes", Prerelease = true });
        changed.Should().BeEquivalentTo(new { Name = "One", Body = "better notes", Prerelease = true, Draft = false, release.PublishedAt });
    }

    [Fact]
    public async Task Edit_decides_which_release_is_the_latest()
    {
        await using var ground = await NewAsync();
        var first = await ground.PublishAsync("v1.0.0");
        await ground.PublishAsync("v2.0.0");
        (await ground.Releases.GetLatest(Owner, Name)).TagName.Should().Be("v2.0.0");
        await ground.Releases.Edit(Owner, Name, first.Id, new ReleaseUpdate { MakeLatest = MakeLatestQualifier.True });
        (await ground.Releases.GetLatest(Owner, Name)).TagName.Should().Be("v1.0.0");
    }

    [Fact]
    public async Task Get_finds_a_release_by_its_number()
    {
        await using var ground = await NewAsync();
        var draft = await ground.Releases.Create(Owner, Name, new NewRelease("v1.0.0") { Draft = true });
        (await ground.Releases.Get(Owner, Name, draft.Id)).Should().BeEquivalentTo(draft);
    }

    [Fact]
    public async Task Get_finds_a_release_by_its_tag()
    {
        await using var ground = await NewAsync();
        var release = await ground.PublishAsync("cli/v1.0.0");
        (await ground.Releases.Get(Owner, Name, "cli/v1.0.0")).Id.Should().Be(release.Id);
    }

    [Fact]
    public async Task GetAll_lists_drafts_too()
    {
        await using var ground = await NewAsync();
        await ground.PublishAsync("v1.0.0");
        await ground.Releases.Create(Owner, Name, new NewRelease("v2.0.0") { Draft = true });
        (await ground.Releases.GetAll(Owner, Name)).Select(release => (release.TagName, release.Draft))
            .Should().BeEquivalentTo([("v1.0.0", false), ("v2.0.0", true)]);
    }

    [Fact]
    public async Task GenerateReleaseNotes_starts_at_the_given_tag_and_saves_nothing()
    {
        await using var ground = await NewAsync();
        PutMergedPull(ground);
        var notes = await ground.Releases.GenerateReleaseNotes(
            Owner, Name, new GenerateReleaseNotesRequest("v1.0.0") { PreviousTagName = "v0.1.0", TargetCommitish = "main" });
        notes.Name.Should().Be("v1.0.0");
        notes.Body.Should().Contain("Add two").And.EndWith("/acme/shop/compare/v0.1.0...v1.0.0");
        ground.Sandbox.Releases.Should().BeEmpty();
    }

    [Fact]
    public async Task Delete_removes_the_release_and_keeps_its_tag()
    {
        await using var ground = await NewAsync();
        var release = await ground.PublishAsync("v1.0.0");
        await ground.Releases.Delete(Owner, Name, release.Id);
        await RefusedAsync<NotFoundException>(() => ground.Releases.Get(Owner, Name, release.Id));
        ground.Git("tag", "--list", "v1.0.0").Should().Be("v1.0.0");
    }

    private static void PutMergedPull(OctokitGround ground)
    {
        var main = ground.Git("rev-parse", "main");
        ground.Sandbox.Put(new Sandboxed.PullRequest(7, "topic") { Title = "Add two", Open = false, MergeCommitSha = main });
    }
}
