using ReleaseActions.Core;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>A release that another tool published, or a person: recognised, compared, never duplicated.</summary>
[Trait("Row", "F70")]
public sealed class ForeignReleaseTests
{
    /// <summary>What a release names as its target: GitHub ignores it where the tag is there already.</summary>
    public static TheoryData<string> Targets => ["main", "release/1.0", "{other}", "{head}"];

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task A_release_with_these_files_is_as_good_as_ours_whatever_target_it_names(string target)
    {
        await using var ground = await NewAsync();
        await PutAsync(ground, target, "a.tgz", "b.tgz");

        var run = await PublishAsync(ground, ("files", "dist/*.tgz"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Summary.Should().Contain("is published and equal");
        ground.Writes.Should().Equal("POST releases/1000/assets", "POST releases/1000/assets");
        ground.GitHub.Releases.Should().ContainSingle();
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task A_release_that_lacks_a_file_is_refused_or_updated_as_any_other(string target)
    {
        await using var ground = await NewAsync();
        await PutAsync(ground, target, "a.tgz");

        var run = await PublishAsync(ground, ("files", "dist/*.tgz"));
        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().Contain("is published already and differs: 'b.tgz' (missing)");

        (await PublishAsync(ground, ("files", "dist/*.tgz"), ("on-existing", "update"))).ExitCode.Should().Be(ExitCode.Done);
        ground.ExpectWhole().Should().BeEquivalentTo(new { Id = 1000, Name = "By hand", Body = "By hand" });
    }

    private static async Task PutAsync(ReleaseGround ground, string target, params string[] files)
    {
        var head = ground.Checkout.Head;
        var other = ground.Checkout.Branch("release/1.0").Write("x", "x").Commit("Another");
        ground.Checkout.Push().Switch("main").Write("dist/a.tgz", "a").Write("dist/b.tgz", "b");
        target = target.Replace("{other}", other, StringComparison.Ordinal).Replace("{head}", head, StringComparison.Ordinal);
        await ground.GitHub.PutAsync(
            new Release { TagName = "v1.0.0", TargetCommitish = target, Name = "By hand", Body = "By hand" });
        foreach (var file in files)
        {
            using var sent = await ground.UploadAsync(1000, file, file[..1]);
            sent.IsSuccessStatusCode.Should().BeTrue();
        }
    }
}
