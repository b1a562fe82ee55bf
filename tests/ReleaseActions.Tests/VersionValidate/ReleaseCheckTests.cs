using ReleaseActions.Core;
using ReleaseActions.Sandbox;
using ReleaseActions.VersionValidate;

namespace ReleaseActions.Tests.VersionValidate;

/// <summary>Whether the version can still be published is asked before anything is built.</summary>
public sealed class ReleaseCheckTests
{
    [Theory]
    [InlineData(true, "true", ExitCode.Refused)]
    [InlineData(true, "false", ExitCode.Done)]
    [InlineData(false, "true", ExitCode.Done)]
    [Trait("Row", "F23")]
    public async Task An_immutable_release_under_the_tag_is_refused_early_where_asked(bool isImmutable, string check, ExitCode exitCode)
    {
        await using var ground = await ReleaseGround.NewAsync();
        ground.Checkout.Tag("v1.0.0");
        await ground.GitHub.PutAsync(
            new Release { TagName = "v1.0.0", TargetCommitish = ground.Checkout.Head, Immutable = isImmutable });

        var run = await ground.RunOnTagAsync(new VersionValidateAction(), "v1.0.0", ("check-release", check));

        run.ExitCode.Should().Be(exitCode, run.Log);
        if (exitCode == ExitCode.Refused)
            run.Errors.Should().ContainSingle().Which.Should().StartWith("'v1.0.0' has an immutable release already: http")
                .And.Contain("Release under the next version");
    }

    [Fact]
    public async Task Without_a_release_the_rule_is_kept_and_shown()
    {
        await using var ground = await ReleaseGround.NewAsync();
        ground.Checkout.Tag("v1.0.0");

        var run = await ground.RunOnTagAsync(new VersionValidateAction(), "v1.0.0", ("check-release", "true"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Summary.Should().Contain("| release can be made | no immutable release under this tag | ✅ |");
    }

    [Fact]
    [Trait("Row", "F15")]
    public async Task What_GitHub_does_not_answer_is_not_taken_for_no_release()
    {
        await using var ground = await ReleaseGround.NewAsync();
        ground.Checkout.Tag("v1.0.0");
        ground.Fault("GET", "releases/tags/v1.0.0", FaultKind.Reply(500), times: 99);

        (await ground.RunOnTagAsync(new VersionValidateAction(), "v1.0.0", ("check-release", "true"))).ExitCode
            .Should().Be(ExitCode.RemoteFailed);
    }

    [Theory]
    [InlineData("{head}", ExitCode.Done)]
    [InlineData("main", ExitCode.Done)]
    [InlineData("0123456789012345678901234567890123456789", ExitCode.Done)]
    [Trait("Row", "F70")]
    public async Task The_target_of_a_release_that_somebody_made_is_no_proof_of_a_tag_that_moved(string target, ExitCode exitCode)
    {
        await using var ground = await ReleaseGround.NewAsync();
        ground.Checkout.Tag("v1.0.0");
        target = target.Replace("{head}", ground.Checkout.Head, StringComparison.Ordinal);
        await ground.GitHub.PutAsync(new Release { TagName = "v1.0.0", TargetCommitish = target, Body = "By hand" });

        (await ground.RunOnTagAsync(new VersionValidateAction(), "v1.0.0")).ExitCode.Should().Be(exitCode);
    }
}
