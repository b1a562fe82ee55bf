using System.Security.Cryptography;
using System.Text;
using ReleaseActions.Core;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>A file that another run made public while this one was on its way is not taken away.</summary>
public sealed class PublicFileTests
{
    [Fact]
    [Trait("Row", "F18")]
    public async Task A_file_of_a_draft_that_a_rival_published_since_the_plan_is_not_replaced()
    {
        await using var ground = await NewAsync();
        await LeaveDraftAsync(ground);
        // The last look at the release before the uploads.
        ground.Fault("GET", "releases/1000", FaultKind.After(() => PublishFileAsync(ground, "a", ours: "ours")), skip: 1);
        ground.Checkout.Write("dist/a.tgz", "ours");

        await ExpectPublicFileStaysAsync(ground, "a");
    }

    [Fact]
    [Trait("Row", "F18")]
    public async Task A_rivals_public_file_is_not_taken_for_what_a_lost_upload_left()
    {
        await using var ground = await NewAsync();
        ground.Checkout.Write("dist/a.tgz", "ours");
        ground.Fault("POST", "releases/1000/assets", FaultKind.Before(async () =>
        {
            await PublishFileAsync(ground, "theirs", ours: "ours");
            throw new IOException("lost");
        }));

        await ExpectPublicFileStaysAsync(ground, "theirs");
    }

    private static async Task LeaveDraftAsync(ReleaseGround ground)
    {
        ground.Fault("PATCH", "releases/1000", FaultKind.Reply(403, """{"message":"Resource not accessible by integration"}"""));
        (await PublishFilesAsync(ground)).ExitCode.Should().Be(ExitCode.RemoteFailed);
        ground.GitHub.Releases.Should().ContainSingle().Which.Draft.Should().BeTrue();
        ground.GitHub.Faults.Clear();
    }

    private static async Task PublishFileAsync(ReleaseGround ground, string theirs, string ours)
    {
        ground.Checkout.Write("dist/a.tgz", theirs);
        (await PublishFilesAsync(ground)).ExitCode.Should().Be(ExitCode.Done);
        ground.Checkout.Write("dist/a.tgz", ours);
    }

    private static async Task ExpectPublicFileStaysAsync(ReleaseGround ground, string bytes)
    {
        var run = await PublishFilesAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().ContainSingle().Which
            .Should().StartWith("Another run published 'v1.0.0' meanwhile, and its file 'a.tgz' is public: it is not deleted");
        var release = ground.GitHub.Releases.Should().ContainSingle().Subject;
        release.Draft.Should().BeFalse();
        release.Assets.Should().ContainSingle().Which.Digest
            .Should().Be("sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(bytes))));
        ground.Writes.Should().NotContain(w => w.StartsWith("DELETE", StringComparison.Ordinal));
    }

    private static Task<RunResult> PublishFilesAsync(ReleaseGround ground) =>
        ground.RunOnTagAsync(new ReleasePublishAction(), "v1.0.0", ("files", "dist/a.tgz"));
}
