using ReleaseActions.BranchCleanup;
using ReleaseActions.Core;
using ReleaseActions.Sandbox;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>
/// A question that GitHub does not answer is no answer: whatever is asked before something is written, nothing is written.
/// </summary>
[Trait("Row", "F15")]
public sealed class FailedLookupTests
{
    [Theory]
    [InlineData("releases")]
    [InlineData("releases/tags/v1.0.0")]
    public async Task Before_a_first_release_no_failed_lookup_means_that_there_is_none(string lookup)
    {
        await using var ground = await NewAsync();

        await ExpectNothingWrittenAsync(ground, lookup);
    }

    [Theory]
    [InlineData("releases")]
    [InlineData("releases/*/assets")]
    public async Task Over_our_draft_no_failed_list_means_that_something_is_missing(string lookup)
    {
        await using var ground = await NewAsync();
        (await PublishAsync(ground, ("draft", "true"))).ExitCode.Should().Be(ExitCode.Done);

        await ExpectNothingWrittenAsync(ground, lookup);
    }

    [Theory]
    [InlineData("releases/tags/v1.0.0")]
    [InlineData("releases/*/assets")]
    public async Task Over_a_published_release_no_failed_list_means_that_something_is_missing(string lookup)
    {
        await using var ground = await NewAsync();
        (await PublishAsync(ground)).ExitCode.Should().Be(ExitCode.Done);

        await ExpectNothingWrittenAsync(ground, lookup);
    }

    [Theory]
    [InlineData("acme/shop")]
    [InlineData("branches")]
    [InlineData("pulls")]
    public async Task No_branch_is_deleted_where_a_list_of_what_keeps_it_fails(string lookup)
    {
        await using var ground = await ReleaseGround.NewAsync();
        ground.Checkout.Branch("release/1.0.0").Write("notes", "1.0.0").Commit("Release");
        ground.Checkout.Switch("main").Git("merge", "--quiet", "--no-ff", "--no-edit", "release/1.0.0");
        ground.Checkout.Push().Tag("v1.0.0");
        ground.Fault("GET", lookup, FaultKind.Reply(500), times: 99);

        var run = await ground.RunOnTagAsync(new BranchCleanupAction(), "v1.0.0");

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        ground.Checkout.Git("ls-remote", "--heads", "origin", "release/1.0.0").Should().NotBeEmpty();
    }

    private static async Task ExpectNothingWrittenAsync(ReleaseGround ground, string lookup)
    {
        ground.GitHub.Traffic.Clear();
        ground.Fault("GET", lookup, FaultKind.Reply(500), times: 99);

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        ground.Writes.Should().BeEmpty();
    }
}
