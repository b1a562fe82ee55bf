using System.Text.Json.Nodes;
using ReleaseActions.Core;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;
using ReleaseActions.SbomChecksum;
using ReleaseActions.Tests.Support;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>GitHub renames what is uploaded. A release is of use where checksums and SBOM name the files that people download.</summary>
[Trait("Row", "F53")]
public sealed class RenamedAssetTests
{
    private static readonly string[] Files =
    [
        "app_1.0.0~rc.1_amd64.deb", "My App (x64).exe", "Résumé.pdf", ".env", "C#-lib.zip", "lib@1+2=3.tgz", "名前.md", "plain-1.0.0.tgz",
    ];

    [Fact]
    public async Task Whatever_files_are_called_the_checksums_and_the_SBOM_name_what_is_served_and_a_rerun_writes_nothing()
    {
        await using var ground = await ReleaseGround.NewAsync();
        foreach (var file in Files) ground.Checkout.Write($"out/{file}", file);
        ground.Checkout.Tag("v1.0.0");

        var made = await ReleaseAsync(ground);

        var release = ground.GitHub.Releases.Should().ContainSingle().Subject;
        release.Draft.Should().BeFalse();
        release.Assets.Should().HaveCount(Files.Length + 2);
        release.Assets.Select(a => a.Label).Should().Contain(Files.Except(["plain-1.0.0.tgz"]));
        var checksums = File.ReadAllLines(Path.Combine(ground.Checkout.Root, "release-artifacts/checksums.txt"));
        checksums.Select(l => l.Split("  ")).Select(l => (Name: l[1], Digest: $"sha256:{l[0]}")).Should()
            .BeEquivalentTo(release.Assets.Where(a => a.Name != "checksums.txt").Select(a => (a.Name, Digest: a.Digest!)));
        var sbom = File.ReadAllText(Path.Combine(ground.Checkout.Root, "release-artifacts/sbom.json"));
        foreach (var asset in release.Assets.Where(a => a.Name is not ("checksums.txt" or "sbom.json")))
            sbom.Should().Contain($"\"{asset.Name}\"");
        JsonNode.Parse(made.Outputs["digests"])!.AsObject().Select(d => d.Key).Should().OnlyContain(n => n.All(c => c < 128));

        ground.GitHub.Traffic.Clear();
        await ReleaseAsync(ground);
        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_name_that_GitHub_changes_anyway_is_refused_and_nothing_is_published_until_the_file_is_renamed()
    {
        await using var ground = await NewAsync(change: o => o with { RenameAsset = name => name.Replace('-', '.') });
        ground.Checkout.Write("dist/a-b.tgz", "ab");

        var run = await PublishAsync(ground, ("files", "dist/*.tgz"));

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().ContainSingle().Which.Should()
            .StartWith("GitHub stored the file 'dist/a-b.tgz' as 'a.b.tgz', and not as 'a-b.tgz'").And.Contain("the draft is kept");
        ground.GitHub.Releases.Should().ContainSingle().Which.Draft.Should().BeTrue();

        File.Move(Path.Combine(ground.Checkout.Root, "dist/a-b.tgz"), Path.Combine(ground.Checkout.Root, "dist/ab.tgz"));
        (await PublishAsync(ground, ("files", "dist/*.tgz"))).ExitCode.Should().Be(ExitCode.Done);
        ground.ExpectWhole().Assets.Select(a => a.Name).Should().BeEquivalentTo("a.tgz", "b.tgz", "ab.tgz");
    }

    [Fact]
    public async Task An_upload_whose_answer_was_lost_is_not_published_under_another_name()
    {
        await using var ground = await NewAsync(change: o => o with { RenameAsset = name => name.Replace('-', '.') });
        ground.Checkout.Write("dist/a-b.tgz", "ab");
        ground.Fault("POST", "releases/*/assets", FaultKind.LoseAnswer);

        var run = await PublishAsync(ground, ("files", "dist/a-b.tgz"));

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        ground.GitHub.Releases.Should().ContainSingle().Which.Draft.Should().BeTrue();
    }

    [Fact]
    public async Task What_another_program_published_under_its_own_name_is_found_by_its_digest()
    {
        await using var ground = await NewAsync(change: o => o with { RenameAsset = name => name });
        ground.Checkout.Write("dist/a+b.tgz", "ab");
        await PublishAsync(ground, ("files", "dist/a+b.tgz"));
        var asset = ground.GitHub.Releases.Single().Assets.Single();
        asset.Name.Should().Be("a.b.tgz");
        (await ground.PatchAsync($"releases/assets/{asset.Id}", """{"name":"a+b.tgz"}""")).Should().Be(200);
        ground.GitHub.Traffic.Clear();

        var run = await PublishAsync(ground, ("files", "dist/a+b.tgz"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Summary.Should().Contain("equal, and published as 'a+b.tgz'");
        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    [Trait("Row", "L3")]
    public async Task More_files_than_a_release_takes_are_refused_also_where_most_are_there_already()
    {
        await using var ground = await NewAsync();
        for (var file = 0; file < 999; file++) ground.Checkout.Write($"many/{file:000}.bin", $"{file}");
        (await PublishAsync(ground, ("files", "many/*"))).ExitCode.Should().Be(ExitCode.Done);
        ground.GitHub.Traffic.Clear();

        var run = await PublishAsync(ground, ("on-existing", "update"), ("files", "dist/*"));

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().ContainSingle().Which.Should()
            .StartWith("The release of 'v1.0.0' would have 1,001 files with those that it has already, and GitHub takes 1,000");
        ground.Writes.Should().BeEmpty();
    }

    private static async Task<RunResult> ReleaseAsync(ReleaseGround ground)
    {
        var made = await ground.RunOnTagAsync(new SbomChecksumAction(), "v1.0.0", ("files", "out/*"));
        made.ExitCode.Should().Be(ExitCode.Done, made.Log);
        var run = await ground.RunOnTagAsync(new ReleasePublishAction(), "v1.0.0", ("files", made.Outputs["files"]));
        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        return made;
    }
}
