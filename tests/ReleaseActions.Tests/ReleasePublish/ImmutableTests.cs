using ReleaseActions.Core;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>A repository whose published releases can never change, and whose tags are burned with them.</summary>
public sealed class ImmutableTests
{
    [Fact]
    [Trait("Row", "F21"), Trait("Row", "F22")]
    public async Task An_immutable_release_is_complete_before_it_is_public_and_left_alone_afterwards()
    {
        await using var ground = await NewAsync(change: o => o with { ImmutableReleases = true });
        ground.Checkout.Tag("v0.9.0");
        var run = await PublishAsync(ground);
        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Summary.Should().Contain("- changes since [`v0.9.0`](").And.Contain("/acme/shop/compare/v0.9.0...v1.0.0)")
            .And.Contain("\ngh release verify v1.0.0\ngh release verify-asset v1.0.0 FILE\n");
        ground.Writes.Should().Equal("POST releases", "POST releases/1000/assets", "POST releases/1000/assets", "PATCH releases/1000");
        ground.GitHub.Traffic.Entries.Should().NotContain(e => e.Status == 422);
        ground.ExpectWhole().Immutable.Should().BeTrue();
        ground.GitHub.Traffic.Clear();

        (await PublishAsync(ground)).ExitCode.Should().Be(ExitCode.Done);

        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    [Trait("Row", "F21")]
    public async Task A_prerelease_is_as_complete_as_any_release_when_it_becomes_public()
    {
        await using var ground = await NewAsync("v1.0.0-rc.1", o => o with { ImmutableReleases = true });

        var run = await ground.RunOnTagAsync(new ReleasePublishAction(), "v1.0.0-rc.1", ("files", "dist/*.tgz"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.Writes.Should().Equal("POST releases", "POST releases/1000/assets", "POST releases/1000/assets", "PATCH releases/1000");
        ground.ExpectWhole().Should().BeEquivalentTo(new { Immutable = true, Prerelease = true });
        run.Outputs.Should().Contain("immutable", "true");
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(99, false)]
    [Trait("Row", "F21")]
    public async Task That_a_release_is_immutable_shows_late_and_is_waited_for_where_the_one_before_is(int reads, bool isShown)
    {
        await using var ground = await NewAsync(change: o => o with { ImmutableReleases = true });
        var tag = new Release { TagName = "v0.9.0", TargetCommitish = "main", Immutable = true, PublishedAt = ground.Clock.GetUtcNow() };
        await ground.GitHub.PutAsync(tag);
        var late = FaultKind.Edited(json => json["immutable"] = false);
        ground.Fault("PATCH", "releases/1001", late).Fault("GET", "releases/1001", late, reads);

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs.Should().Contain("immutable", isShown ? "true" : "false");
        run.Summary.Contains("- public, the latest release, immutable", StringComparison.Ordinal).Should().Be(isShown);
        run.Log.Contains("GitHub does not show yet that it is immutable", StringComparison.Ordinal).Should().Be(!isShown);
    }

    [Fact]
    [Trait("Row", "F21")]
    public async Task Where_releases_are_not_immutable_nothing_is_waited_for()
    {
        await using var ground = await NewAsync();
        await ground.GitHub.PutAsync(
            new Release { TagName = "v0.8.0", TargetCommitish = "main", Immutable = true, PublishedAt = DateTimeOffset.UnixEpoch },
            new Release { TagName = "v0.9.0", TargetCommitish = "main", PublishedAt = ground.Clock.GetUtcNow() });

        (await PublishAsync(ground)).Outputs.Should().Contain("immutable", "false");

        ground.Clock.Waits.Should().BeEmpty();
    }

    [Theory]
    [InlineData("refuse", "prerelease", "true")]
    [InlineData("update", "prerelease", "true")]
    [Trait("Row", "F23")]
    public async Task A_flag_of_an_immutable_release_that_is_to_change_is_refused_before_anything_is_written(
        string onExisting, string input, string value)
    {
        await using var ground = await NewAsync(change: o => o with { ImmutableReleases = true });
        await PublishAsync(ground);
        ground.GitHub.Traffic.Clear();

        var run = await PublishAsync(ground, ("on-existing", onExisting), (input, value));

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().Be("The release of 'v1.0.0' is immutable and it is not marked as a prerelease."
            + " What is published stays unchanged: release under the next version.");
        ground.Writes.Should().BeEmpty();
    }

    [Theory]
    [InlineData("refuse")]
    [InlineData("update")]
    [Trait("Row", "F21"), Trait("Row", "F23")]
    public async Task An_immutable_release_that_lacks_a_file_is_refused_before_anything_is_written(string onExisting)
    {
        await using var ground = await NewAsync(change: o => o with { ImmutableReleases = true });
        await PublishAsync(ground);
        ground.Checkout.Write("dist/c.tgz", "c");
        ground.GitHub.Traffic.Clear();

        var run = await PublishAsync(ground, ("on-existing", onExisting));

        run.ExitCode.Should().Be(ExitCode.Refused);
        run.Errors.Should().ContainSingle().Which.Should().Contain("immutable").And.Contain("next version");
        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    [Trait("Row", "F24")]
    public async Task A_tag_that_an_immutable_release_used_is_refused()
    {
        await using var ground = await NewAsync();
        const string Burned = """
            {"resource":"Release","code":"custom","field":"tag_name","message":"tag_name was used by an immutable release"}
            """;
        ground.Fault("PATCH", "releases/*", FaultKind.Reply(422, $$"""{"message":"Validation Failed","errors":[{{Burned}}]}"""));

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Refused);
        run.Errors.Should().ContainSingle().Which.Should().Contain("the tag is burned");
    }

    [Fact]
    [Trait("Row", "F24")]
    public async Task A_tag_whose_immutable_release_was_deleted_stays_where_it_is_and_the_new_draft_stays_a_draft()
    {
        await using var ground = await NewAsync(change: o => o with { ImmutableReleases = true });
        await PublishAsync(ground);
        var tag = ground.Checkout.Git("ls-remote", "origin", "refs/tags/*");
        using (var deleted = await ground.AskAsync(HttpMethod.Delete, "releases/1000")) deleted.IsSuccessStatusCode.Should().BeTrue();
        ground.GitHub.Traffic.Clear();

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().ContainSingle().Which
            .Should().Contain("the tag is burned: Validation Failed; tag_name custom tag_name was used by an immutable release")
            .And.EndWith("Release under the next version; this tag can never carry a release again, and a draft of it may be deleted.");
        ground.Checkout.Git("ls-remote", "origin", "refs/tags/*").Should().Be(tag).And.NotBeEmpty();
        ground.Writes.Should().Equal("POST releases", "POST releases/1001/assets", "POST releases/1001/assets", "PATCH releases/1001");
        ground.GitHub.Releases.Should().ContainSingle().Which.Draft.Should().BeTrue();
    }
}
