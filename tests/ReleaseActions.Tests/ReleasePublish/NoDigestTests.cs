using System.Text.RegularExpressions;
using ReleaseActions.Core;
using ReleaseActions.Sandbox;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>A server that sends no digest of its files, as older ones do: what it stored is read back.</summary>
public sealed class NoDigestTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Row", "F28"), Trait("Row", "S21")]
    public async Task Where_the_server_sends_no_digest_the_bytes_are_read_back_without_the_token_leaving_its_host(bool redirects)
    {
        await using var ground = await GroundAsync(redirects);

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs["assets"].Should().Contain("sha256:ca978112");
        ground.ExpectWhole();
        ReadBack(ground).Distinct().Should().BeEquivalentTo(ground.GitHub.Releases.Single().Assets.Select(a => a.Id));
        if (redirects) ground.GitHub.Traffic.Entries.Where(e => e.Path.StartsWith("/storage/", StringComparison.Ordinal))
            .Should().NotBeEmpty().And.OnlyContain(e => e.Authorization == "");
    }

    [Theory]
    [InlineData("dist/a.tgz")]
    [InlineData("dist/large.tgz")]
    [Trait("Row", "F28")]
    public async Task Other_bytes_of_the_same_size_are_found_and_never_published(string file)
    {
        await using var ground = await GroundAsync();
        ground.Fault("POST", "releases/*/assets", FaultKind.Corrupt);

        var run = await PublishAsync(ground, ("files", file));

        run.ExitCode.Should().Be(ExitCode.VerificationFailed, run.Log);
        var release = ground.GitHub.Releases.Should().ContainSingle().Subject;
        release.Draft.Should().BeTrue();
        ReadBack(ground).Should().Equal(release.Assets.Single().Id);
    }

    [Fact]
    [Trait("Row", "F28")]
    public async Task An_upload_whose_answer_was_lost_is_read_back_and_not_sent_again()
    {
        await using var ground = await GroundAsync();
        ground.Fault("POST", "releases/*/assets", FaultKind.LoseAnswer);

        (await PublishAsync(ground, ("files", "dist/large.tgz"))).ExitCode.Should().Be(ExitCode.Done);

        ground.Writes.Should().Equal("POST releases", "POST releases/1000/assets", "PATCH releases/1000");
        ReadBack(ground).Should().NotBeEmpty().And.OnlyContain(id => id == ground.GitHub.Releases.Single().Assets.Single().Id);
        ground.ExpectWhole();
    }

    [Fact]
    [Trait("Row", "F28")]
    public async Task An_upload_that_was_stored_cut_is_deleted_and_sent_again()
    {
        await using var ground = await GroundAsync();
        ground.Fault("POST", "releases/*/assets", FaultKind.TruncateAndDrop(50));

        (await PublishAsync(ground, ("files", "dist/large.tgz"))).ExitCode.Should().Be(ExitCode.Done);

        ground.Writes.Should().Equal(
            "POST releases",
            "POST releases/1000/assets",
            "DELETE releases/assets/3000000001",
            "POST releases/1000/assets",
            "PATCH releases/1000");
        ReadBack(ground).Should().NotBeEmpty().And.NotContain(3_000_000_001);
        ground.ExpectWhole();
    }

    private static async Task<ReleaseGround> GroundAsync(bool redirects = true)
    {
        var ground = await NewAsync(change: o => o with { AssetDigests = false, RedirectDownloads = redirects });
        ground.Checkout.Write("dist/large.tgz", new string('l', 100_000));
        return ground;
    }

    // The files that were asked for, by their numbers.
    private static IEnumerable<long> ReadBack(ReleaseGround ground) => ground.GitHub.Traffic.Entries.Where(e => e.Method == "GET")
        .Select(e => Regex.Match(e.Path, "/releases/assets/([0-9]+)$")).Where(m => m.Success)
        .Select(m => long.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));
}
