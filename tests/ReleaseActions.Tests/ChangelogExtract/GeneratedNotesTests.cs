using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core.Running;

namespace ReleaseActions.Tests.ChangelogExtract;

public sealed class GeneratedNotesTests
{
    [Fact]
    public async Task GitHubs_generated_notes_are_the_last_resort()
    {
        await using var ground = await ReleaseGround.NewAsync();
        ground.Checkout.Tag("v1.0.0");
        ground.Checkout.Commit("chore: tidy");
        ground.Checkout.Push().Tag("v1.1.0");

        var run = await ground.RunOnTagAsync(new ChangelogExtractAction(), "v1.1.0", ("fallback", "commits, generated"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs.Should().Contain("source", "generated");
        run.Outputs["notes"].Should().StartWith("**Full Changelog**: ").And.EndWith("/compare/v1.0.0...v1.1.0");
    }
}
