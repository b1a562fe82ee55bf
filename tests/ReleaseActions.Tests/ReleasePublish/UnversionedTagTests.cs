using ReleaseActions.Core;
using ReleaseActions.ReleasePublish;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>Tags in every form that people give them, and tags that are no version.</summary>
public sealed class UnversionedTagTests
{
    [Theory]
    [InlineData("v1.0.0")]
    [InlineData("refs/tags/v1.0.0")]
    public async Task A_tag_is_understood_as_a_name_and_as_a_full_ref(string tag)
    {
        await using var ground = await NewAsync();

        var run = await ground.Rig().OnBranch("main").Input("tag", tag).Input("files", "none")
            .RunAsync(new ReleasePublishAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs.Should().Contain("tag", "v1.0.0");
        ground.GitHub.Releases.Single().TagName.Should().Be("v1.0.0");
    }

    [Fact]
    public async Task A_full_ref_names_the_product_as_the_tag_does()
    {
        await using var ground = await NewAsync(tag: null);
        ground.Checkout.Policy("version: { tag-prefix: '{product}-v' }\nrelease: { title: '{product} {version}' }").Commit("Policy");
        ground.Checkout.Push().Tag("shop-v1.0.0");

        var run = await ground.Rig().OnBranch("main").Input("tag", "refs/tags/shop-v1.0.0").Input("files", "none")
            .RunAsync(new ReleasePublishAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.GitHub.Releases.Single().Name.Should().Be("shop 1.0.0");
    }

    [Theory]
    [InlineData("main")]
    [InlineData("refs/heads/main")]
    [InlineData("refs/tags/v0.9.0")]
    [InlineData("{commit}")]
    public async Task A_target_is_understood_as_a_commit_a_branch_and_a_full_ref(string target)
    {
        await using var ground = await NewAsync(tag: null);
        ground.Checkout.Commit("To be released");
        ground.Checkout.Push().Tag("v0.9.0");
        var commit = ground.Checkout.Head;
        ground.Checkout.Branch("other").Commit("Later");

        var run = await ground.Rig().OnBranch("other").Input("version", "1.0.0")
            .Input("target", target.Replace("{commit}", commit, StringComparison.Ordinal)).Input("files", "none")
            .RunAsync(new ReleasePublishAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.Checkout.Git("ls-remote", "origin", "refs/tags/v1.0.0").Should().StartWith(commit);
    }

    [Theory]
    [InlineData("nowhere", "The input 'target' is 'nowhere', and the remote has no such branch or tag")]
    [InlineData("refs/tags/nowhere", "The input 'target' is 'refs/tags/nowhere', and the remote has no such branch or tag")]
    [InlineData("--upload-pack=x", "The input 'target' is '--upload-pack=x'")]
    [InlineData("a b", "The input 'target' is 'a b'")]
    [InlineData("abc1234", "The input 'target' is 'abc1234', and the remote has no such branch or tag")]
    public async Task A_target_that_is_nowhere_is_refused(string target, string shown)
    {
        await using var ground = await NewAsync();

        var run = await PublishAsync(ground, ("target", target));

        run.ExitCode.Should().Be(ExitCode.BadInput, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().StartWith(shown);
        ground.Writes.Should().BeEmpty();
    }

    [Theory]
    [InlineData("nightly", "unversioned-tag", "publish", "")]
    [InlineData("edge", "", "", "release: { unversioned-tags: [edge] }")]
    [InlineData("latest", "unversioned-tag", "publish", "")]
    [InlineData("nightly-2026-01-02", "unversioned-tag", "publish", "")]
    public async Task A_tag_that_is_no_version_is_a_prerelease_and_never_the_latest(string tag, string input, string value, string policy)
    {
        await using var ground = await NewAsync(tag: null);
        if (policy.Length > 0) ground.Checkout.Policy(policy);
        ground.Checkout.Tag(tag);

        var run = await ground.RunOnTagAsync(
            new ReleasePublishAction(), tag, ("files", "dist/*.tgz"), ("name", "Build {version}"), ("moving-tags", "major"),
            (input.Length > 0 ? input : "body", value));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs.Should().Contain("is-latest", "false").And.Contain("tag", tag);
        ground.ExpectWhole().Should().BeEquivalentTo(new { TagName = tag, Name = $"Build {tag}", Prerelease = true });
        ground.GitHub.Latest.Should().BeNull();
        ground.GitHub.Traffic.Clear();
        (await ground.RunOnTagAsync(
            new ReleasePublishAction(), tag, ("files", "dist/*.tgz"), ("unversioned-tag", "publish"))).ExitCode.Should().Be(ExitCode.Done);
        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_tag_that_is_published_and_does_not_move_is_as_fixed_as_a_version()
    {
        await using var ground = await NewAsync("edge");
        await ground.RunOnTagAsync(new ReleasePublishAction(), "edge", ("files", "none"), ("unversioned-tag", "publish"));
        ground.Checkout.Commit("Later");

        (await ground.RunOnTagAsync(new ReleasePublishAction(), "edge", ("files", "none"), ("unversioned-tag", "publish"))).ExitCode
            .Should().Be(ExitCode.Refused);
    }

    [Theory]
    [InlineData("nightly", "", "The tag 'nightly' is not a valid version. Release tags look like v1.2.3; `unversioned-tag: publish`")]
    [InlineData("v1.0", "publish", "The tag 'v1.0' is not a valid version")]
    [InlineData("1.0.0", "publish", "The tag '1.0.0' lacks the prefix 'v'")]
    [InlineData("v1.0.0.0", "move", "The tag 'v1.0.0.0' is not a valid version")]
    public async Task A_tag_that_nobody_allowed_or_that_is_a_slip_of_the_pen_is_refused(string tag, string allowed, string shown)
    {
        await using var ground = await NewAsync();

        var run = await PublishAsync(ground, ("tag", tag), ("unversioned-tag", allowed));

        run.ExitCode.Should().Be(ExitCode.BadInput, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().StartWith(shown);
    }

    [Theory]
    [InlineData("prerelease", "false")]
    [InlineData("make-latest", "true")]
    public async Task It_is_not_made_a_stable_or_the_latest_release(string input, string value)
    {
        await using var ground = await NewAsync("nightly");

        var run = await ground.RunOnTagAsync(
            new ReleasePublishAction(), "nightly", ("files", "none"), ("unversioned-tag", "publish"), (input, value));

        run.ExitCode.Should().Be(ExitCode.BadInput, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().StartWith("The tag 'nightly' is no version: its release is a prerelease");
    }

    [Fact]
    public async Task Empty_notes_are_reported()
    {
        await using var ground = await NewAsync();

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Log.Should().Contain("::notice::The release has no notes: give `body`, `body-path` or `generate-notes: true`");
        run.Summary.Should().Contain("- write no notes: none were given");
    }
}
