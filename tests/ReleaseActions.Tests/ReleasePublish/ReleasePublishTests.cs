using System.Text.Json.Nodes;
using ReleaseActions.Core;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Tests.ReleasePublish;

public sealed class ReleasePublishTests
{
    [Fact]
    [Trait("Rule", "AOF-09")]
    [Trait("Rule", "AEG-11")]
    public async Task A_tag_becomes_a_release_with_its_notes_and_files()
    {
        await using var ground = await NewAsync();

        var run = await PublishAsync(ground, ("body-path", "notes.md"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        var release = ground.GitHub.Releases.Should().ContainSingle().Subject;
        release.Should().BeEquivalentTo(new { TagName = "v1.0.0", Name = "v1.0.0", Draft = false, Prerelease = false });
        release.Body.Should().StartWith("Hello\n\n<!-- release-actions: tag=v1.0.0 ");
        release.Assets.Select(a => (a.Name, a.Label)).Should().BeEquivalentTo([("a.tgz", "The A"), ("b.tgz", "")]);
        ground.GitHub.Latest.Should().Be(release);
        run.Outputs.Should().Contain("tag", "v1.0.0").And.Contain("is-new", "true").And.Contain("is-latest", "true")
            .And.Contain("id", $"{release.Id}");
        JsonNode.Parse(run.Outputs["assets"])!["a.tgz"]!["size"]!.GetValue<int>().Should().Be(1);
    }

    [Fact]
    public async Task The_draft_comes_first_and_publication_last()
    {
        await using var ground = await NewAsync();

        await PublishAsync(ground);

        ground.Writes.Should().Equal("POST releases", "POST releases/1000/assets", "POST releases/1000/assets", "PATCH releases/1000");
    }

    [Fact]
    [Trait("Rule", "AEG-13")]
    public async Task A_second_run_finds_nothing_to_do()
    {
        await using var ground = await NewAsync();
        await PublishAsync(ground, ("body", "Hello"));
        ground.GitHub.Traffic.Clear();

        var run = await PublishAsync(ground, ("body", "Hello"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Summary.Should().Contain("nothing to do").And.Contain($"({run.Outputs["url"]})");
        run.Outputs.Should().Contain("is-new", "false");
        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    [Trait("Rule", "AEG-13")]
    [Trait("Row", "F20")]
    public async Task A_draft_left_by_a_dead_run_is_finished_with_only_what_is_missing()
    {
        await using var ground = await NewAsync();
        ground.Fault("POST", "releases/*/assets", FaultKind.Reply(401, """{"message":"Bad credentials"}"""), times: 9, skip: 1);
        (await PublishAsync(ground)).ExitCode.Should().Be(ExitCode.RemoteFailed);
        ground.GitHub.Releases.Should().ContainSingle().Which.Draft.Should().BeTrue();
        ground.GitHub.Faults.Clear();
        ground.GitHub.Traffic.Clear();

        (await PublishAsync(ground)).ExitCode.Should().Be(ExitCode.Done);

        ground.Writes.Should().Equal("POST releases/1000/assets", "PATCH releases/1000");
    }

    [Fact]
    [Trait("Row", "F20")]
    public async Task A_draft_that_a_person_made_is_never_touched()
    {
        await using var ground = await NewAsync();
        await ground.GitHub.PutAsync(new Release { TagName = "v1.0.0", TargetCommitish = "main", Draft = true, Body = "Mine" });

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Refused);
        run.Errors.Should().ContainSingle().Which.Should().StartWith("There is a draft of 'v1.0.0' that this action did not create: http");
        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    [Trait("Rule", "AEG-14")]
    [Trait("Row", "F26")]
    public async Task A_tag_at_another_commit_is_refused_before_anything_is_written()
    {
        await using var ground = await NewAsync();
        ground.Checkout.Commit("Later");

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Refused);
        run.Errors.Should().ContainSingle().Which.Should().Contain("A published version is never moved");
        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    [Trait("Rule", "AEG-14")]
    public async Task A_tag_that_moved_after_publication_is_refused()
    {
        await using var ground = await NewAsync();
        await PublishAsync(ground);
        var published = ground.Checkout.Head[..12];
        ground.Checkout.Commit("Later");
        ground.Checkout.Git("push", "--quiet", "--force", "origin", "HEAD:refs/tags/v1.0.0");
        ground.GitHub.Traffic.Clear();

        var run = await PublishAsync(ground, ("on-existing", "update"), ("body-mode", "replace"), ("body", "New"));

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().StartWith(
            $"'v1.0.0' was published at commit {published}, and its tag has moved to {ground.Checkout.Head[..12]} since");
        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    [Trait("Row", "F25")]
    public async Task A_missing_tag_is_created_at_the_commit_before_publication()
    {
        await using var ground = await NewAsync(tag: null);

        var run = await ground.Rig().OnBranch("main").Input("version", "1.0.0").Input("files", "none").RunAsync(new ReleasePublishAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.Writes.Should().Equal("POST releases", "POST git/refs", "PATCH releases/1000");
        ground.Checkout.Git("ls-remote", "origin", "refs/tags/v1.0.0").Should().StartWith(ground.Checkout.Head);
    }

    [Fact]
    public async Task A_dry_run_shows_the_plan_and_changes_nothing()
    {
        await using var ground = await NewAsync();

        var run = await PublishAsync(ground, ("dry-run", "true"), ("body", "Hello"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.Writes.Should().BeEmpty();
        Golden.Matches(run.Summary, "plan");
    }

    [Fact]
    public async Task The_summary_shows_every_file_with_its_digest()
    {
        await using var ground = await NewAsync();

        var run = await PublishAsync(ground, ("body", "Hello"));

        Golden.Matches(Shown(run, ground), "published");
    }

    [Fact]
    [Trait("Rule", "AEG-17")]
    public async Task One_report_shows_all_that_is_public_also_where_nothing_was_to_do()
    {
        await using var ground = await NewAsync();
        ground.Checkout.Git("push", "--quiet", "origin", "HEAD:refs/heads/release/0.9.0", "HEAD:refs/heads/other");
        (string, string)[] inputs = [("images", """{"ghcr.io/acme/shop":"sha256:aa"}"""), ("moving-tags", "major")];
        await PublishAsync(ground, inputs);

        var run = await PublishAsync(ground, inputs);

        Golden.Matches(Shown(run, ground), "report");
    }

    [Fact]
    public async Task Images_that_are_no_digests_are_refused()
    {
        await using var ground = await NewAsync();

        foreach (var images in (string[])["[]", "{", """{"a":1}""", """{"a":"x","a":"y"}"""])
            (await PublishAsync(ground, ("images", images))).Errors.Should().ContainSingle().Which
                .Should().StartWith("The input 'images' is not a JSON object from name to digest");
    }

    [Theory]
    [InlineData("1.1.0-rc.1", true, false)]
    [InlineData("0.9.1", false, false)]
    [InlineData("1.1.0", false, true)]
    public async Task Latest_is_the_highest_stable_version_only(string version, bool isPrerelease, bool isLatest)
    {
        await using var ground = await NewAsync();
        await PublishAsync(ground);
        ground.Checkout.Tag($"v{version}");

        var run = await ground.RunOnTagAsync(new ReleasePublishAction(), $"v{version}", ("files", "none"));

        run.Outputs.Should().Contain("is-latest", isLatest ? "true" : "false");
        ground.GitHub.Releases[1].Prerelease.Should().Be(isPrerelease);
        ground.GitHub.Latest!.TagName.Should().Be(isLatest ? $"v{version}" : "v1.0.0");
    }

    [Fact]
    public async Task A_draft_is_left_for_a_person_and_completed_again_and_again()
    {
        await using var ground = await NewAsync();
        (await PublishAsync(ground, ("draft", "true"))).ExitCode.Should().Be(ExitCode.Done);
        ground.GitHub.Releases.Single().Draft.Should().BeTrue();
        ground.GitHub.Traffic.Clear();

        (await PublishAsync(ground, ("draft", "true"))).Summary.Should().Contain("nothing to do");

        ground.Writes.Should().BeEmpty();
    }

    internal static async Task<ReleaseGround> NewAsync(string? tag = "v1.0.0", Func<SandboxOptions, SandboxOptions>? change = null)
    {
        var ground = await ReleaseGround.NewAsync(change);
        ground.Checkout.Write("dist/a.tgz", "a").Write("dist/b.tgz", "b").Write("notes.md", "Hello\n");
        if (tag is not null) ground.Checkout.Tag(tag);
        return ground;
    }

    internal static Task<RunResult> PublishAsync(ReleaseGround ground, params (string Name, string Value)[] inputs) =>
        ground.RunOnTagAsync(new ReleasePublishAction(), "v1.0.0", [("files", "dist/a.tgz#The A\ndist/*.tgz"), .. inputs]);

    // The day of the test differs.
    private static string Shown(RunResult run, ReleaseGround ground) => run.Summary
        .Replace(ground.GitHub.ServerUrl, "https://github.example", StringComparison.Ordinal)
        .Replace($"{ground.GitHub.Releases[0].PublishedAt:yyyy-MM-dd}", "2026-01-02", StringComparison.Ordinal);
}
