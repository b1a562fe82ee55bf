using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core;
using ReleaseActions.Sandbox;

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

    [Theory]
    [InlineData(403)]
    [InlineData(422)]
    [InlineData(500)]
    public async Task Where_GitHub_refuses_them_the_next_source_has_its_turn(int status)
    {
        await using var ground = await ReleaseGround.NewAsync();
        ground.Checkout.Commit("feat: sell by weight");
        ground.Checkout.Push().Tag("v1.1.0");
        var refusal = FaultKind.Reply(status, """{"message":"Resource not accessible by integration"}""");
        ground.Fault("POST", "releases/generate-notes", refusal, times: 100);

        var run = await ground.RunOnTagAsync(new ChangelogExtractAction(), "v1.1.0", ("fallback", "generated, commits"));
        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs.Should().Contain("source", "commits");
        run.Log
            .Should().Contain("::notice::There are no notes from the source 'generated': GitHub was asked to generate the notes of v1.1.0");

        (await ground.RunOnTagAsync(new ChangelogExtractAction(), "v1.1.0", ("fallback", "generated"))).ExitCode
            .Should().Be(ExitCode.RemoteFailed);
        (await ground.RunOnTagAsync(new ChangelogExtractAction(), "v1.1.0", ("fallback", "generated, none"))).ExitCode
            .Should().Be(ExitCode.Refused);
    }
}
