using System.Security.Cryptography;
using ReleaseActions.Core;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>A tag that has a published release already.</summary>
public sealed class ExistingReleaseTests
{
    [Fact]
    public async Task A_published_release_that_differs_is_refused()
    {
        await using var ground = await NewAsync();
        await PublishAsync(ground);
        ground.Checkout.Write("dist/a.tgz", "other").Write("dist/c.tgz", "c");

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Refused);
        run.Errors.Should().ContainSingle().Which.Should().Be(
            "'v1.0.0' is published already and differs: 'a.tgz' (1 B there, 5 B here), 'c.tgz' (missing)."
            + " Release under the next version; or set `on-existing: update`, or `on-existing: keep`.");
    }

    [Fact]
    [Trait("Rule", "AEG-11")]
    public async Task A_published_release_that_differs_is_updated_where_asked()
    {
        await using var ground = await NewAsync();
        await PublishAsync(ground);
        ground.Checkout.Write("dist/a.tgz", "other").Write("dist/c.tgz", "c");

        var run = await PublishAsync(ground, ("on-existing", "update"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.GitHub.Releases.Single().Assets.Select(a => (a.Name, a.Size))
            .Should().BeEquivalentTo([("a.tgz", 5), ("b.tgz", 1), ("c.tgz", 1)]);
    }

    [Fact]
    [Trait("Row", "F10")]
    public async Task A_public_file_that_is_replaced_counts_as_three_writes_where_the_log_estimates_the_end()
    {
        await using var ground = await NewAsync();
        await PublishAsync(ground);
        ground.Checkout.Write("dist/a.tgz", "other").Write("dist/b.tgz", "other");
        // Two files that are sent, deleted and named, and one write for the release.
        ground.Fault("POST", "releases/*/assets", FaultKind.SecondaryLimit("60"));

        var run = await PublishAsync(ground, ("on-existing", "update"), ("parallel-uploads", "1"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Log.Should().Contain("the 7 requests that are left take until about");
    }

    [Fact]
    public async Task A_label_is_corrected_without_an_upload_where_asked()
    {
        await using var ground = await NewAsync();
        await PublishAsync(ground);
        ground.GitHub.Traffic.Clear();

        var run = await ground.RunOnTagAsync(
            new ReleasePublishAction(), "v1.0.0", ("files", "dist/a.tgz#Archive\ndist/b.tgz"), ("on-existing", "update"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        var asset = ground.GitHub.Releases.Single().Assets.Single(a => a.Label == "Archive");
        asset.Name.Should().Be("a.tgz");
        ground.Writes.Should().Equal($"PATCH releases/assets/{asset.Id}");
    }

    [Theory]
    [InlineData(false, ExitCode.Refused)]
    [InlineData(true, ExitCode.Done)]
    public async Task A_label_of_a_published_file_is_a_difference_unless_the_release_is_immutable(bool isImmutable, ExitCode exitCode)
    {
        await using var ground = await NewAsync(change: o => o with { ImmutableReleases = isImmutable });
        await PublishAsync(ground);
        ground.GitHub.Traffic.Clear();

        var run = await ground.RunOnTagAsync(new ReleasePublishAction(), "v1.0.0", ("files", "dist/a.tgz#Archive\ndist/b.tgz"));

        run.ExitCode.Should().Be(exitCode, run.Log);
        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    [Trait("Row", "S16")]
    public async Task A_published_file_is_not_taken_away_for_one_that_was_swapped_meanwhile()
    {
        await using var ground = await NewAsync();
        await PublishAsync(ground);
        ground.Checkout.Write("dist/a.tgz", "other");
        ground.GitHub.Traffic.Clear();
        ground.Fault("GET", "releases/tags/v1.0.0", FaultKind.Before(() =>
        {
            ground.Checkout.Write("dist/a.tgz", "again");
            return Task.CompletedTask;
        }));

        var run = await PublishAsync(ground, ("on-existing", "update"));

        run.ExitCode.Should().Be(ExitCode.VerificationFailed, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().StartWith("The file 'dist/a.tgz' changed while publishing");
        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    [Trait("Row", "F33")]
    public async Task What_a_killed_update_sent_is_taken_over_or_deleted_and_not_sent_again()
    {
        await using var ground = await NewAsync();
        await PublishAsync(ground);
        var digest = Convert.ToHexStringLower(SHA256.HashData("other"u8));
        (await ground.UploadAsync(1000, $"a.tgz.{digest[..16]}.new", "other")).Dispose();
        (await ground.UploadAsync(1000, "b.tgz.0123456789abcdef.new", "of an older run")).Dispose();
        ground.Checkout.Write("dist/a.tgz", "other");
        ground.GitHub.Traffic.Clear();

        var run = await PublishAsync(ground, ("on-existing", "update"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.ExpectWhole().Assets.Select(a => a.Name).Should().BeEquivalentTo("a.tgz", "b.tgz");
        ground.Writes.Should().NotContain(w => w.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_published_release_that_differs_is_kept_where_asked()
    {
        await using var ground = await NewAsync();
        await PublishAsync(ground);
        ground.Checkout.Write("dist/a.tgz", "other");
        ground.GitHub.Traffic.Clear();

        (await PublishAsync(ground, ("on-existing", "keep"))).ExitCode.Should().Be(ExitCode.Done);

        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    [Trait("Rule", "DOJ-04")]
    public async Task Title_and_notes_are_written_again_where_asked()
    {
        await using var ground = await NewAsync();
        await PublishAsync(ground, ("body", "Old"));

        var run = await PublishAsync(ground, ("body", "New"), ("name", "Shop {version}"), ("body-mode", "replace"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.GitHub.Releases.Single().Name.Should().Be("Shop 1.0.0");
        ground.GitHub.Releases.Single().Body.Should().StartWith("New\n\n<!--");
    }

    [Fact]
    public async Task Notes_that_are_public_stay_where_nothing_is_said()
    {
        await using var ground = await NewAsync();
        await PublishAsync(ground, ("body", "Old"));

        (await PublishAsync(ground, ("body", "New"))).ExitCode.Should().Be(ExitCode.Done);

        ground.GitHub.Releases.Single().Body.Should().StartWith("Old");
    }
}
