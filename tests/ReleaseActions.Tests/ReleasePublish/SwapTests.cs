using ReleaseActions.Core;
using ReleaseActions.Sandbox;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>A file that turns into another one while it is sent.</summary>
public sealed class SwapTests
{
    [Fact]
    [Trait("Row", "S16")]
    public async Task A_file_that_is_swapped_midway_through_its_upload_is_never_stored_whole()
    {
        await using var ground = await NewAsync();
        // More than what the line holds, so that the rest is read after the swap.
        ground.Checkout.Write("dist/big.tgz", new string('b', 32 * 1024 * 1024));
        var other = new string('x', 32 * 1024 * 1024);
        ground.Fault("POST", "releases/*/assets", FaultKind.Midway(() => Task.FromResult(ground.Checkout.Write("dist/big.tgz", other))));

        var run = await PublishAsync(ground, ("files", "dist/big.tgz"));

        run.ExitCode.Should().Be(ExitCode.VerificationFailed, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().StartWith("The file 'dist/big.tgz' changed while publishing");
        ground.GitHub.Releases.Should().ContainSingle().Which.Assets.Should().NotContain(a => a.State == "uploaded");
    }
}
