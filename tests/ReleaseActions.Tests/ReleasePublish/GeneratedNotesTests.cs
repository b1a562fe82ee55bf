using System.Text.Json.Nodes;
using ReleaseActions.Core;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>GitHub's own notes, and the discussion about a release.</summary>
public sealed class GeneratedNotesTests
{
    [Fact]
    public async Task Generated_notes_stand_below_the_teams_own()
    {
        await using var ground = await NewAsync();
        ground.GitHub.Put(new PullRequest(7, "feature") { Title = "Weigh faster", MergeCommitSha = ground.Checkout.Head, Open = false });

        var run = await PublishAsync(ground, ("body", "Hello"), ("generate-notes", "true"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        const string Comment = "<!-- release-actions: appended=[0-9a-f]{16} after=[0-9a-f]{16} -->";
        ground.GitHub.Releases.Single().Body
            .Should().MatchRegex($"^Hello\n\n{Comment}\n## What's Changed\n\\* Weigh faster by @octocat in ");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Appended_generated_notes_are_there_once_however_they_read_by_now(bool isPublished)
    {
        await using var ground = await NewAsync();
        (string, string)[] inputs =
            [("body", "Hello"), ("body-mode", "append"), ("generate-notes", "true"), ("draft", isPublished ? "false" : "true")];
        if (isPublished) await PublishAsync(ground, ("body", "By the first run"));
        (await PublishAsync(ground, inputs)).ExitCode.Should().Be(ExitCode.Done);
        var body = ground.GitHub.Releases.Single().Body;
        ground.GitHub.Traffic.Clear();
        // Merged or renamed after the first run: GitHub generates other notes than before.
        ground.GitHub.Put(new PullRequest(7, "feature") { Title = "Weigh faster", MergeCommitSha = ground.Checkout.Head, Open = false });

        (await PublishAsync(ground, inputs)).ExitCode.Should().Be(ExitCode.Done);

        ground.GitHub.Releases.Single().Body.Should().Be(body);
        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    public async Task What_was_given_and_what_was_generated_are_each_appended_once_whichever_came_first()
    {
        await using var ground = await NewAsync();
        await PublishAsync(ground, ("generate-notes", "true"));

        await PublishAsync(ground, ("body", "Hello"), ("body-mode", "append"));
        await PublishAsync(ground, ("body", "Hello"), ("body-mode", "append"), ("generate-notes", "true"));
        await PublishAsync(ground, ("body", "More"), ("body-mode", "append"), ("generate-notes", "true"));

        var body = ground.GitHub.Releases.Single().Body!;
        body.Split("Full Changelog").Should().HaveCount(2);
        body.Split("Hello").Should().HaveCount(2);
        body.Split("More").Should().HaveCount(2);
    }

    [Fact]
    public async Task Generated_notes_that_find_no_room_below_are_cut_together_with_the_others()
    {
        await using var ground = await NewAsync();
        ground.Checkout.Write("notes.md", string.Concat(Enumerable.Repeat(new string('a', 99) + "\n", 1_249)));

        (await PublishAsync(ground, ("body-path", "notes.md"), ("generate-notes", "true"))).ExitCode.Should().Be(ExitCode.Done);

        ground.GitHub.Releases.Single().Body!.Length.Should().BeInRange(124_000, 125_000);
        ground.GitHub.Releases.Single().Body.Should().Contain("_The notes were cut here");
    }

    [Theory]
    [InlineData("1.0.1", null, "v1.0.0")]
    [InlineData("2.1.0", null, "v2.0.0")]
    [InlineData("2.1.0-rc.2", null, "v2.1.0-rc.1")]
    [InlineData("2.1.0", "v1.0.0", "v1.0.0")]
    public async Task Generated_notes_begin_after_the_version_below_and_not_after_the_release_published_last(
        string version, string? given, string previous)
    {
        await using var ground = await NewAsync();
        ground.Checkout.Tag("v2.0.0").Tag("v2.1.0-rc.1").Tag($"v{version}");

        await ground.RunOnTagAsync(
            new ReleasePublishAction(), $"v{version}", ("files", "none"), ("generate-notes", "true"), ("previous-tag", given ?? ""));

        var asked = ground.GitHub.Traffic.Entries.Single(e => e.Path.EndsWith("generate-notes", StringComparison.Ordinal));
        JsonNode.Parse(asked.Body!)!["previous_tag_name"]!.ToString().Should().Be(previous);
    }

    [Fact]
    public async Task A_previous_tag_that_is_not_there_is_reported_before_anything_is_written()
    {
        await using var ground = await NewAsync();

        var run = await PublishAsync(ground, ("generate-notes", "true"), ("previous-tag", "v0.9.0"));

        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Errors.Should().ContainSingle().Which.Should().StartWith("The tag 'v0.9.0' that `previous-tag` names is not on origin");
        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    [Trait("Rule", "AEG-13")]
    public async Task A_rerun_generates_no_notes_that_would_not_be_written()
    {
        await using var ground = await NewAsync();
        ground.Checkout.Policy("release: { generate-notes: true }");
        await PublishAsync(ground);
        ground.GitHub.Traffic.Clear();

        (await PublishAsync(ground)).ExitCode.Should().Be(ExitCode.Done);

        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_discussion_is_started_once_the_release_is_public_and_no_second_one()
    {
        await using var ground = await NewAsync(change: o => o with { DiscussionCategories = ["Announcements"] });

        var run = await PublishAsync(ground, ("discussion-category", "Announcements"));
        run.Outputs["discussion-url"].Should().EndWith("/acme/shop/discussions/1");
        ground.Writes.TakeLast(2).Should().Equal("PATCH releases/1000", "PATCH releases/1000");
        ground.GitHub.Traffic.Clear();

        (await PublishAsync(ground, ("discussion-category", "Announcements"))).Outputs["discussion-url"].Should().EndWith("/discussions/1");
        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_draft_has_no_discussion_until_it_is_published()
    {
        await using var ground = await NewAsync(change: o => o with { DiscussionCategories = ["Announcements"] });

        (await PublishAsync(ground, ("discussion-category", "Announcements"), ("draft", "true"))).ExitCode.Should().Be(ExitCode.Done);
        ground.GitHub.Releases.Single().DiscussionUrl.Should().BeNull();

        (await PublishAsync(ground, ("discussion-category", "Announcements"))).ExitCode.Should().Be(ExitCode.Done);
        ground.GitHub.Releases.Single().DiscussionUrl.Should().NotBeNull();
    }

    [Fact]
    [Trait("Rule", "AEG-12")]
    public async Task A_category_that_is_not_there_does_not_fail_the_release()
    {
        await using var ground = await NewAsync();

        var run = await PublishAsync(ground, ("discussion-category", "Nowhere"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Log.Should().Contain("::warning::The release is published, but without a discussion: "
            + "GitHub was asked to start a discussion in 'Nowhere', and knows no such category");
        ground.GitHub.Releases.Single().Draft.Should().BeFalse();
    }
}
