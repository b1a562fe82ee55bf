using ReleaseActions.Core;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary><c>v1</c> and <c>v1.2</c>, which follow the releases of their line and never go back.</summary>
public sealed class MovingTagTests
{
    [Fact]
    public async Task The_moving_tags_are_created_once_the_release_is_public_and_follow_the_next_one()
    {
        await using var ground = await NewAsync();
        var run = await PublishAsync(ground, ("moving-tags", "major, minor"));
        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs["moving-tags"].Should().Be("v1\nv1.0");
        var next = ground.Checkout.Commit("Next");
        ground.Checkout.Tag("v1.1.0");

        (await ReleaseAsync(ground, "v1.1.0")).Outputs["moving-tags"].Should().Be("v1\nv1.1");

        At(ground, "v1").Should().Be(next);
        At(ground, "v1.0").Should().NotBe(next);
    }

    [Theory]
    [Trait("Rule", "AEG-14")]
    [InlineData("v1.0.1", "v1.0", "stays: 1.1.0 is higher")]
    [InlineData("v1.2.0-rc.1", "", "stays: this is a prerelease")]
    public async Task A_moving_tag_never_goes_back_and_never_to_a_prerelease(string tag, string moved, string shown)
    {
        await using var ground = await NewAsync("v1.1.0");
        await ReleaseAsync(ground, "v1.1.0");
        var before = At(ground, "v1");
        ground.Checkout.Commit("Another");
        ground.Checkout.Tag(tag);

        var run = await ReleaseAsync(ground, tag);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Summary.Should().Contain(shown);
        run.Outputs["moving-tags"].Should().Be(moved);
        At(ground, "v1").Should().Be(before);
    }

    [Fact]
    [Trait("Rule", "AEG-13")]
    public async Task A_rerun_moves_the_tag_that_is_missing_and_does_nothing_else()
    {
        await using var ground = await NewAsync();
        await PublishAsync(ground);
        ground.GitHub.Traffic.Clear();

        var run = await PublishAsync(ground, ("moving-tags", "major"), ("on-existing", "keep"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        At(ground, "v1").Should().Be(ground.Checkout.Head);
        ground.Writes.Should().BeEmpty();
        (await PublishAsync(ground, ("moving-tags", "major"))).Summary.Should().Contain("nothing to do");
    }

    [Fact]
    public async Task A_rerun_after_a_person_published_the_draft_moves_the_tag()
    {
        await using var ground = await NewAsync();
        (await PublishAsync(ground, ("moving-tags", "major"), ("draft", "true"))).Summary.Should().Contain("stays: a draft is not public");
        await PublishAsync(ground);

        (await PublishAsync(ground, ("moving-tags", "major"), ("draft", "true"))).Outputs["moving-tags"].Should().Be("v1");

        At(ground, "v1").Should().Be(ground.Checkout.Head);
    }

    [Fact]
    [Trait("Rule", "AEG-14")]
    public async Task A_published_release_of_its_own_keeps_its_tag()
    {
        await using var ground = await NewAsync();
        await ground.GitHub.PutAsync(new Release { TagName = "v1", TargetCommitish = "main" });

        var run = await PublishAsync(ground, ("moving-tags", "major"));

        run.ExitCode.Should().Be(ExitCode.Refused);
        run.Errors.Should().ContainSingle().Which.Should().StartWith("The moving tag 'v1' has a published release of its own: http");
        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    [Trait("Rule", "AEG-14")]
    public async Task A_tag_that_another_run_moved_meanwhile_to_a_higher_version_is_left_there()
    {
        await using var ground = await NewAsync();
        ground.Checkout.Git("push", "--quiet", "origin", "HEAD:refs/tags/v1");
        ground.Checkout.Commit("Ours");
        ground.Checkout.Tag("v1.0.1");
        // The rival releases 1.1.0 and moves v1 while we publish.
        ground.Fault("PATCH", "releases/*", FaultKind.After(() =>
        {
            ground.Checkout.Commit("Rival");
            ground.Checkout.Git("push", "--quiet", "--force", "origin", "HEAD:refs/tags/v1.1.0", "HEAD:refs/tags/v1");
            return Task.CompletedTask;
        }));

        var run = await ReleaseAsync(ground, "v1.0.1");

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Summary.Should().Contain("the moving tag `v1` stays: 1.1.0 is higher");
        At(ground, "v1").Should().Be(ground.Checkout.Head);
    }

    [Fact]
    public async Task A_rule_that_forbids_the_move_fails_the_run_after_the_release_is_public_and_names_the_tag()
    {
        await using var ground = await NewAsync();
        ground.Checkout.RefuseUpdatesOf("refs/tags/v1");

        var run = await PublishAsync(ground, ("moving-tags", "major\nminor"));

        run.ExitCode.Should().Be(ExitCode.RemoteFailed);
        run.Errors.Should().ContainSingle().Which.Should().StartWith("The release is published, and its moving tag 'v1' was not moved: ");
        run.Outputs.Should().Contain("moving-tags", "v1.0").And.ContainKey("url");
        ground.GitHub.Releases.Single().Draft.Should().BeFalse();
    }

    [Fact]
    public async Task A_line_that_is_none_is_refused()
    {
        await using var ground = await NewAsync();

        (await PublishAsync(ground, ("moving-tags", "patch"))).Errors.Should().ContainSingle().Which
            .Should().Be("The input 'moving-tags' has 'patch'. Use major, minor, or both; or none alone.");
    }

    private static Task<RunResult> ReleaseAsync(ReleaseGround ground, string tag) =>
        ground.RunOnTagAsync(new ReleasePublishAction(), tag, ("files", "none"), ("moving-tags", "major\nminor"));

    private static string At(ReleaseGround ground, string tag) =>
        ground.Checkout.Git("ls-remote", "origin", $"refs/tags/{tag}").Split('\t')[0];
}
