using ReleaseActions.Core;
using ReleaseActions.Sandbox;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>Only a draft whose marker names this tag is ours; text that looks like a marker makes no draft ours.</summary>
[Trait("Row", "F20")]
public sealed class ForeignDraftTests
{
    [Theory]
    [InlineData("<!-- release-actions: tag=v0.9.0 commit={0} notes=0123456789abcdef -->")]
    [InlineData("<!-- release-actions: tag=v1.0.0-rc.1 commit={0} notes=0123456789abcdef -->")]
    [InlineData("<!-- release-actions: tag=v1.0.0 commit={0} notes=0123456789abcdef -->\n\nMine")]
    [InlineData("<!-- release-actions: tag=v1.0.0 commit=main notes=0123456789abcdef -->")]
    [InlineData("release-actions: tag=v1.0.0 commit={0} notes=0123456789abcdef")]
    [InlineData("")]
    public async Task A_draft_without_the_marker_of_this_tag_is_never_touched(string body)
    {
        await using var ground = await NewAsync();
        var text = body.Replace("{0}", ground.Checkout.Head, StringComparison.Ordinal);
        await ground.GitHub.PutAsync(new Release { TagName = "v1.0.0", TargetCommitish = "main", Draft = true, Body = text });

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().StartWith("There is a draft of 'v1.0.0' that this action did not create: http");
        ground.Writes.Should().BeEmpty();
    }
}
