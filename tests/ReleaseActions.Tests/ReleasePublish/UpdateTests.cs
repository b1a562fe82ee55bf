using ReleaseActions.Core;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>An update changes what inputs say and nothing else.</summary>
[Trait("Row", "F59")]
public sealed class UpdateTests
{
    /// <summary>What a person made of the release, the inputs, and what is left of it.</summary>
    public static TheoryData<string, bool, string, (string, string)[], bool, string, string> Updates => new()
    {
        { "v1.0.0", true, "Title", [], true, "Title", "Notes" },
        { "v1.0.0", true, "Title", [("prerelease", "false")], false, "Title", "Notes" },
        { "v1.0.0", false, "Title", [("prerelease", "true")], true, "Title", "Notes" },
        { "v1.0.0", false, "Title", [("prerelease", "auto")], false, "Title", "Notes" },
        { "v1.0.0-rc.1", false, "Title", [], false, "Title", "Notes" },
        { "v1.0.0", true, "Title", [("body", "New"), ("body-mode", "replace")], true, "Title", "New" },
        { "v1.0.0", true, "Title", [("body", "New"), ("body-mode", "replace"), ("name", "Shop {version}")], true, "Shop 1.0.0", "New" },
        { "v1.0.0", true, "Title", [("name", "Shop"), ("body-mode", "replace")], true, "Shop", "Notes" },
        { "v1.0.0", true, "Title", [("name", "Shop"), ("body", "New")], true, "Title", "Notes" },
        { "v1.0.0", true, "Title", [("body", "New"), ("body-mode", "append"), ("name", "Shop")], true, "Title", "Notes" },
    };

    [Theory]
    [MemberData(nameof(Updates))]
    public async Task What_a_person_set_stays_unless_an_input_names_it(
        string tag, bool isPrerelease, string title, (string, string)[] inputs, bool isPrereleaseAfterwards, string name, string notes)
    {
        await using var ground = await NewAsync(tag);
        await ground.GitHub.PutAsync(
            new Release { TagName = tag, TargetCommitish = "main", Name = title, Body = "Notes", Prerelease = isPrerelease });

        var run = await ground.RunOnTagAsync(
            new ReleasePublishAction(), tag, [("files", "dist/*.tgz"), ("on-existing", "update"), .. inputs]);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        var release = ground.ExpectWhole();
        release.Should().BeEquivalentTo(new { Id = 1000, Name = name, Prerelease = isPrereleaseAfterwards });
        release.Body.Should().StartWith(notes);
        if (!inputs.Contains(("body-mode", "append"))) release.Body!.Split("<!--")[0].Trim().Should().Be(notes);
    }

    [Theory]
    [InlineData("refuse")]
    [InlineData("update")]
    [InlineData("keep")]
    public async Task A_flag_that_a_person_set_is_no_difference(string onExisting)
    {
        await using var ground = await NewAsync();
        await PublishAsync(ground);
        (await ground.PatchAsync("releases/1000", """{"prerelease":true}""")).Should().Be(200);
        ground.GitHub.Traffic.Clear();

        var run = await PublishAsync(ground, ("on-existing", onExisting));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs.Should().Contain("is-latest", "false");
        ground.GitHub.Releases.Single().Prerelease.Should().BeTrue();
        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_person_may_set_the_flag_of_our_draft_as_well()
    {
        await using var ground = await NewAsync();
        await PublishAsync(ground, ("draft", "true"));
        await ground.PatchAsync("releases/1000", """{"prerelease":true}""");

        (await PublishAsync(ground, ("moving-tags", "major"))).Outputs.Should().Contain("moving-tags", "");

        ground.GitHub.Releases.Single().Should().BeEquivalentTo(new { Draft = false, Prerelease = true });
    }

    [Theory]
    [InlineData("Old", "", "is published and equal")]
    [InlineData("New", "", "its notes differ from the request and stay, as `body-mode: keep` says")]
    [InlineData("Old", "Shop", "its title differs from the request and stays, as `body-mode: keep` says")]
    [InlineData("New", "Shop", "its title and notes differ from the request and stay, as `body-mode: keep` says")]
    public async Task Nothing_is_called_equal_whose_title_or_notes_differ(string notes, string name, string shown)
    {
        await using var ground = await NewAsync();
        await PublishAsync(ground, ("body", "Old"));
        ground.GitHub.Traffic.Clear();

        var run = await PublishAsync(ground, ("body", notes), ("name", name));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Summary.Should().Contain(shown);
        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    public async Task Generated_notes_and_given_ones_that_are_appended_stay_single_however_often_it_runs()
    {
        await using var ground = await NewAsync();
        await ground.GitHub.PutAsync(new Release { TagName = "v1.0.0", TargetCommitish = "main", Name = "Title", Body = "Notes" });
        (string, string)[] inputs = [("body", "Given"), ("generate-notes", "true"), ("body-mode", "append"), ("on-existing", "update")];
        await PublishAsync(ground, inputs);
        var body = ground.GitHub.Releases.Single().Body!;

        await PublishAsync(ground, inputs);
        await PublishAsync(ground, inputs);

        ground.GitHub.Releases.Single().Body.Should().Be(body);
        body.Split("Given").Should().HaveCount(2);
        body.Split("Full Changelog").Should().HaveCount(2);
    }
}
