using ReleaseActions.Core;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>A draft that a person or another tool made is continued where an input says so, and never otherwise.</summary>
[Trait("Row", "F57")]
public sealed class AdoptedDraftTests
{
    /// <summary>Drafts as they are found: the notes, and what the release reads in the end for each body mode.</summary>
    public static TheoryData<string, string, string> Drafts => new()
    {
        { "release-drafter", "## Changes\r\n\r\n* Weigh faster @ada (#7)\r\n", "keep" },
        { "release-drafter", "## Changes\r\n\r\n* Weigh faster @ada (#7)\r\n", "replace" },
        { "release-drafter", "## Changes\r\n\r\n* Weigh faster @ada (#7)\r\n", "append" },
        { "release-please", "## [1.0.0](https://x/compare/v0.9.0...v1.0.0) (2026-01-02)\n\n\n### Features\n\n* weigh", "keep" },
        { "release-please", "## 1.0.0 (2026-01-02)\n\n\n### Features\n\n* weigh", "append" },
        { "person", "Mine, and <b>bold</b>", "keep" },
        { "person", "Mine, and <b>bold</b>", "replace" },
    };

    [Theory]
    [MemberData(nameof(Drafts))]
    public async Task A_draft_is_adopted_with_its_title_and_its_notes_by_the_body_mode(string author, string notes, string mode)
    {
        await using var ground = await NewAsync();
        await PutAsync(ground, notes, "The title");

        var run = await PublishAsync(ground, ("adopt-draft", "true"), ("body", "Install it"), ("body-mode", mode));

        run.ExitCode.Should().Be(ExitCode.Done, "{0}: {1}", author, run.Log);
        run.Summary.Should().Contain("adopt the draft of `v1.0.0`");
        var release = ground.ExpectWhole();
        release.Should().BeEquivalentTo(new { Id = 1000, Name = "The title", TargetCommitish = ground.Checkout.Head });
        var kept = notes.ReplaceLineEndings("\n").Trim('\n');
        release.Body.Should().StartWith(mode == "replace" ? "Install it\n\n<!--" : $"{kept}\n\n<!-- release-actions: ");
        release.Body!.Contains("Install it", StringComparison.Ordinal).Should().Be(mode != "keep");
        ground.Writes.Should().NotContain("POST releases");
        ground.GitHub.Traffic.Clear();
        (await PublishAsync(ground, ("adopt-draft", "true"), ("body", "Install it"))).ExitCode.Should().Be(ExitCode.Done);
        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_draft_without_notes_takes_those_of_the_run()
    {
        await using var ground = await NewAsync();
        await PutAsync(ground, "", "");

        (await PublishAsync(ground, ("adopt-draft", "true"), ("body", "Install it"))).ExitCode.Should().Be(ExitCode.Done);

        ground.GitHub.Releases.Single().Should().BeEquivalentTo(new { Name = "v1.0.0", Draft = false });
        ground.GitHub.Releases.Single().Body.Should().StartWith("Install it\n\n<!--");
    }

    [Fact]
    public async Task A_draft_that_stays_one_is_adopted_once_and_known_by_the_next_run()
    {
        await using var ground = await NewAsync();
        await PutAsync(ground, "Mine", "The title");

        (await PublishAsync(ground, ("adopt-draft", "true"), ("draft", "true"))).ExitCode.Should().Be(ExitCode.Done);
        ground.GitHub.Releases.Single().Draft.Should().BeTrue();
        var run = await PublishAsync(ground, ("body", "Other"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.ExpectWhole().Body.Should().StartWith("Mine\n\n<!--");
    }

    [Fact]
    public async Task Without_the_input_it_is_refused_with_its_page_and_the_remedy()
    {
        await using var ground = await NewAsync();
        await PutAsync(ground, "Mine", "The title");

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().Contain("/acme/shop/releases/tag/untagged-").And.Contain("`adopt-draft: true`");
        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    public async Task Of_two_drafts_none_is_guessed()
    {
        await using var ground = await NewAsync();
        await PutAsync(ground, "Mine", "One");
        await PutAsync(ground, "Mine", "Two");

        var run = await PublishAsync(ground, ("adopt-draft", "true"));

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().StartWith("There are 2 drafts of 'v1.0.0' that this action did not create");
        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_draft_of_another_tag_is_not_adopted()
    {
        await using var ground = await NewAsync();
        await ground.GitHub.PutAsync(new Release { TagName = "v1.0.1", TargetCommitish = "main", Draft = true, Body = "Next" });

        (await PublishAsync(ground, ("adopt-draft", "true"))).ExitCode.Should().Be(ExitCode.Done);

        ground.GitHub.Releases.Should().HaveCount(2).And.ContainSingle(r => r.Draft && r.Body == "Next");
    }

    [Fact]
    public async Task Where_another_run_publishes_the_tag_first_the_persons_draft_stays()
    {
        await using var ground = await NewAsync();
        await PutAsync(ground, "Mine", "The title");
        ground.Fault("PATCH", "releases/1000", FaultKind.Before(() =>
            ground.GitHub.PutAsync(new Release { TagName = "v1.0.0", TargetCommitish = "main", Name = "Theirs" })));

        (await PublishAsync(ground, ("adopt-draft", "true"))).ExitCode.Should().Be(ExitCode.Refused);

        ground.GitHub.Releases.Should().ContainSingle(r => r.Draft && r.Body == "Mine");
    }

    private static Task PutAsync(ReleaseGround ground, string notes, string title) => ground.GitHub.PutAsync(
        new Release { TagName = "v1.0.0", TargetCommitish = "main", Draft = true, Name = title, Body = notes });
}
