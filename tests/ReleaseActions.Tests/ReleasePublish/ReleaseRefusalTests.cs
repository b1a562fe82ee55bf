using ReleaseActions.Core;
using ReleaseActions.Core.Files;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>What is refused before GitHub is asked for anything.</summary>
public sealed class ReleaseRefusalTests
{
    [Theory]
    [Trait("Row", "S07"), Trait("Row", "S08")]
    [InlineData("v1.0.0\"; curl x", "is not a legal ref name")]
    [InlineData("-d", "a ref must not begin with '-'")]
    [InlineData("v1.0", "is not a valid version")]
    public async Task A_tag_that_is_none_is_refused(string tag, string shown)
    {
        await using var ground = await NewAsync();

        var run = await ground.RunOnTagAsync(new ReleasePublishAction(), "v1.0.0", ("tag", tag));

        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Errors.Should().ContainSingle().Which.Should().Contain(shown);
    }

    [Fact]
    [Trait("Row", "L3")]
    public void A_file_of_two_gibibytes_and_an_empty_one_are_refused_before_anything_is_sent() =>
        PublishPlan.ProblemsOf([FileOf("big", 2_147_483_648), FileOf("fits", 2_147_483_647), FileOf("empty", 0)])
            .Select(f => f.Message).Should().Equal(
                "asset 'big' has 2147483648 bytes, and GitHub takes less than 2 GiB",
                "asset 'empty' is empty, and GitHub takes no empty file");

    [Theory]
    [InlineData(1_000, true)]
    [InlineData(1_001, false)]
    public void More_files_than_a_release_holds_are_refused_before_anything_is_sent(int count, bool fits) =>
        PublishPlan.ProblemsOf([.. Enumerable.Range(0, count).Select(n => FileOf($"{n}.bin", 1))]).Select(f => f.Message)
            .Should().Equal(fits ? [] : (string[])["The release would have 1001 files, and GitHub takes 1000"]);

    [Theory]
    [InlineData(998, ExitCode.Done)]
    [InlineData(999, ExitCode.Refused)]
    public async Task Files_that_the_release_has_already_count_as_well(int there, ExitCode exitCode)
    {
        await using var ground = await NewAsync();
        await ground.GitHub.PutAsync(new Release
        {
            TagName = "v1.0.0",
            TargetCommitish = "main",
            Assets = [.. Enumerable.Range(1, there).Select(n => new Asset
            {
                Id = n, Name = $"{n}.bin", ContentType = "x/y", State = "uploaded", Size = 1, Digest = "sha256:00",
            })],
        });

        var run = await PublishAsync(ground, ("on-existing", "update"));

        run.ExitCode.Should().Be(exitCode, run.Log);
        if (exitCode == ExitCode.Done) return;
        run.Errors.Should().ContainSingle().Which.Should().StartWith("The release of 'v1.0.0' would have 1,001 files");
        ground.Writes.Should().BeEmpty();
    }

    private static PublishableFile FileOf(string path, long size) => new(path, Path.GetFileName(path), size, null);

    [Fact]
    public async Task Inputs_that_contradict_each_other_are_reported_together()
    {
        await using var ground = await NewAsync();

        var run = await PublishAsync(ground, ("body", "a"), ("body-path", "b"), ("tag", "v1.0.0"), ("version", "1.0.0"));

        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Errors.Should().HaveCount(2);
    }
}
