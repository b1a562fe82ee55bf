using ReleaseActions.Core;
using ReleaseActions.ReleasePublish;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>A release in another repository than the run's, with a token for it.</summary>
public sealed class OtherRepositoryTests
{
    [Theory]
    [InlineData("main")]
    [InlineData("refs/heads/main")]
    public async Task Tag_and_release_are_made_in_the_other_repository(string target)
    {
        await using var ground = await NewAsync(tag: null);
        var there = ground.Checkout.Head;
        ground.Checkout.Commit("Not in the other repository");

        var run = await SourceRig(ground).Input("target", target).RunAsync(new ReleasePublishAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.ExpectWhole().TargetCommitish.Should().Be(there);
        ground.Checkout.Git("ls-remote", "origin", "refs/tags/v1.0.0").Should().StartWith(there);
        run.Outputs["url"].Should().Contain("/acme/shop/releases/");
        // The policy that guards the run is that of its own repository.
        ground.GitHub.Traffic.Entries.Should().Contain(e => e.Path.Contains("/acme/source/contents/", StringComparison.Ordinal));
        ground.GitHub.Traffic.Writes.Should().OnlyContain(e => e.Path.Contains("/acme/shop/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_tag_that_is_there_decides_the_commit_and_a_rerun_finds_nothing_to_do()
    {
        await using var ground = await NewAsync();
        var there = ground.Checkout.Head;
        ground.Checkout.Commit("Not in the other repository");

        (await SourceRig(ground).RunAsync(new ReleasePublishAction())).ExitCode.Should().Be(ExitCode.Done);
        ground.ExpectWhole().TargetCommitish.Should().Be(there);
        ground.GitHub.Traffic.Clear();
        (await SourceRig(ground).RunAsync(new ReleasePublishAction())).ExitCode.Should().Be(ExitCode.Done);

        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    public async Task Without_tag_and_target_nothing_is_guessed()
    {
        await using var ground = await NewAsync(tag: null);

        var run = await SourceRig(ground).RunAsync(new ReleasePublishAction());

        run.ExitCode.Should().Be(ExitCode.BadInput, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().StartWith("There is no tag 'v1.0.0' in acme/shop");
        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    public async Task The_state_file_of_the_run_s_own_repository_is_not_looked_for_in_the_other_one()
    {
        await using var ground = await NewAsync();
        ground.Checkout.Policy("state: { file: state.yml }");

        (await SourceRig(ground).RunAsync(new ReleasePublishAction())).ExitCode.Should().Be(ExitCode.Done);
    }

    [Fact]
    [Trait("Row", "S26")]
    public async Task A_token_that_may_not_write_there_is_reported()
    {
        await using var ground = await NewAsync();

        var run = await SourceRig(ground).Input("repository-token", "").RunAsync(new ReleasePublishAction());

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().Contain("`contents: write`");
    }

    [Theory]
    [InlineData("shop")]
    [InlineData("acme/shop/x")]
    [InlineData("acme/../x")]
    [InlineData("https://github.com/acme/shop")]
    public async Task What_is_no_repository_is_refused(string repository)
    {
        await using var ground = await NewAsync();

        var run = await SourceRig(ground).Input("repository", repository).RunAsync(new ReleasePublishAction());

        run.ExitCode.Should().Be(ExitCode.BadInput, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().StartWith("The input 'repository' is '");
    }

    [Fact]
    [Trait("Row", "S22")]
    public async Task The_token_for_the_other_repository_is_shown_nowhere()
    {
        await using var ground = await NewAsync();

        var run = await SourceRig(ground).RunAsync(new ReleasePublishAction());

        run.Log.Should().Contain("::add-mask::sandbox-token");
        run.Log.Replace("::add-mask::sandbox-token", "", StringComparison.Ordinal).Should().NotContain("sandbox-token\n");
    }

    [Fact]
    public async Task On_a_laptop_the_checkouts_own_remote_counts()
    {
        await using var ground = await NewAsync();

        (await SourceRig(ground).OnLaptop().RunAsync(new ReleasePublishAction())).Errors.Should().ContainSingle().Which
            .Should().StartWith("The input 'repository' is given on a laptop");
    }

    // The run is of acme/source, whose own token may only read.
    private static Rig SourceRig(ReleaseGround ground) => ground.Rig().OnBranch("main").With("GITHUB_REPOSITORY", "acme/source")
        .Input("token", "sandbox-read-only-token").Input("repository", "acme/shop").Input("repository-token", "sandbox-token")
        .Input("version", "1.0.0").Input("files", "dist/*.tgz");
}
