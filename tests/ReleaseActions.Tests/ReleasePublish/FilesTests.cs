using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core;
using ReleaseActions.ReleasePublish;
using ReleaseActions.SbomChecksum;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>Which files a release gets, and what is reported of those that it does not get.</summary>
public sealed class FilesTests
{
    [Fact]
    public async Task A_release_has_no_files_only_where_the_step_says_so()
    {
        await using var ground = await NewAsync();

        var unsaid = await PublishAsync(ground, ("files", ""));
        var said = await PublishAsync(ground, ("files", "none"));

        unsaid.ExitCode.Should().Be(ExitCode.BadInput, unsaid.Log);
        unsaid.Errors.Should().Equal(
            "Nothing names the files of the release: neither `files` nor the policy's artifacts.files, and 'release-artifacts' has none. "
                + "Set `files`; where the release has no files, set `files: none`.");
        said.ExitCode.Should().Be(ExitCode.Done, said.Log);
        ground.GitHub.Releases.Should().ContainSingle().Which.Assets.Should().BeEmpty();
    }

    [Fact]
    public async Task No_files_means_none_whatever_the_policy_names()
    {
        await using var ground = await NewAsync();
        ground.Checkout.Policy("artifacts: { files: [dist/*] }").Write("release-artifacts/checksums.txt", "x");

        (await PublishAsync(ground, ("files", "none"))).ExitCode.Should().Be(ExitCode.Done);

        ground.GitHub.Releases.Should().ContainSingle().Which.Assets.Should().BeEmpty();
    }

    [Theory]
    [InlineData("true", ExitCode.BadInput)]
    [InlineData("false", ExitCode.Done)]
    public async Task A_glob_that_matches_nothing_always_leaves_a_line_in_log_and_summary(string fails, ExitCode exitCode)
    {
        await using var ground = await NewAsync();

        var run = await PublishAsync(ground, ("files", "dist/*.tgz\ndist/*.msi"), ("fail-on-unmatched-files", fails));

        run.ExitCode.Should().Be(exitCode, run.Log);
        run.Log.Should().Contain("The glob 'dist/*.msi' matches no file");
        if (exitCode == ExitCode.BadInput) ground.Writes.Should().BeEmpty();
        else run.Summary.Should().Contain(@"⚠️ The glob 'dist/\*.msi' matches no file");
    }

    [Fact]
    public async Task A_folder_that_a_glob_matches_is_reported_in_log_and_summary()
    {
        await using var ground = await NewAsync();
        ground.Checkout.Write("dist/docs/index.html", "x");

        var run = await PublishAsync(ground, ("files", "dist/*"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Log.Should().Contain("::notice::skipped: 'dist/docs' is a folder");
        run.Summary.Should().Contain("⚠️ skipped: 'dist/docs' is a folder");
    }

    [Theory]
    [InlineData("", "checksums.txt,sbom.json")]
    [InlineData("release-artifacts/*", "checksums.txt,notes.md,sbom.json")]
    [InlineData("release-artifacts/notes.md", "notes.md")]
    public async Task The_notes_are_no_asset_unless_somebody_names_them(string files, string assets)
    {
        await using var ground = await NewAsync();
        await ground.RunOnTagAsync(new ChangelogExtractAction(), "v1.0.0", ("fallback", "commits"));
        await ground.RunOnTagAsync(new SbomChecksumAction(), "v1.0.0");

        (await ground.RunOnTagAsync(new ReleasePublishAction(), "v1.0.0", ("files", files))).ExitCode.Should().Be(ExitCode.Done);

        ground.GitHub.Releases.Single().Assets.Select(a => a.Name).Order(StringComparer.Ordinal).Should().Equal(assets.Split(','));
    }

    [Theory]
    [InlineData("changelog-extract", "release-artifacts/notes.md")]
    [InlineData("changelog-extract", "release-artifacts/words.md")]
    [InlineData("sbom-checksum", "")]
    public async Task The_notes_are_no_asset_whichever_steps_a_workflow_omits(string step, string notes)
    {
        await using var ground = await NewAsync();
        ground.Checkout.Policy("artifacts: { files: [dist/*] }");
        if (step == "changelog-extract")
            await ground.RunOnTagAsync(new ChangelogExtractAction(), "v1.0.0", ("fallback", "commits"), ("notes-file", notes));
        else await ground.RunOnTagAsync(new SbomChecksumAction(), "v1.0.0");

        var run = await ground.RunOnTagAsync(new ReleasePublishAction(), "v1.0.0", ("body-path", notes));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.GitHub.Releases.Single().Assets.Should().HaveCount(step == "changelog-extract" ? 2 : 4)
            .And.NotContain(a => a.Name.EndsWith(".md"));
    }

    [Fact]
    public async Task Files_are_named_from_the_working_directory_and_by_absolute_paths_of_the_runner_in_both_actions()
    {
        await using var ground = await NewAsync();
        const string Lines = "a.tgz\n/runner/_work/shop/shop/dist/b.tgz";
        Task<RunResult> RunAsync(ReleaseActions.Core.Hosting.ReleaseAction action) => ground.Rig().OnTag("v1.0.0")
            .With("RUNNER_WORKSPACE", "/runner/_work/shop").Input("files", Lines).Input("working-directory", "dist").RunAsync(action);

        var made = await RunAsync(new SbomChecksumAction());
        var run = await RunAsync(new ReleasePublishAction());

        made.Outputs["files"].Should().StartWith("dist/a.tgz\ndist/b.tgz\n", made.Log);
        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.GitHub.Releases.Single().Assets.Select(a => a.Name).Should().BeEquivalentTo("a.tgz", "b.tgz");
    }

    [Theory]
    [InlineData("dist/empty", "asset 'dist/empty' is empty")]
    [InlineData("dist/*.tgz dist/b.tgz", "The line 'dist/*.tgz dist/b.tgz' of `files` names several files")]
    [InlineData("dist/big", "asset 'dist/big' has 2147483648 bytes, and GitHub takes less than 2 GiB")]
    [InlineData("many/*", "The release would have 1001 files, and GitHub takes 1000")]
    [Trait("Row", "F53"), Trait("Row", "L3")]
    public async Task What_GitHub_would_not_take_is_refused_before_anything_is_written(string files, string message)
    {
        await using var ground = await NewAsync();
        ground.Checkout.Write("dist/empty", "");
        using (var big = File.Create(Path.Combine(ground.Checkout.Root, "dist/big"))) big.SetLength(2_147_483_648);
        if (files == "many/*") for (var file = 0; file <= 1_000; file++) ground.Checkout.Write($"many/{file}", "x");

        var run = await PublishAsync(ground, ("files", files));

        run.ExitCode.Should().Be(ExitCode.BadInput, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().StartWith(message);
        ground.Writes.Should().BeEmpty();
    }
}
