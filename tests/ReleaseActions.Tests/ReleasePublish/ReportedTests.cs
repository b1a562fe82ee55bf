using ReleaseActions.Core;
using ReleaseActions.ReleasePublish;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>Public reports about other release actions, each tried here as it was reported.</summary>
public sealed class ReportedTests
{
    [Fact]
    public async Task Quotes_around_each_line_are_no_part_of_it() // softprops/action-gh-release#440
    {
        await using var ground = await NewAsync();

        var run = await PublishAsync(ground, ("files", "\"dist/a*\"\n\"dist/b*\"\n"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        NamesOn(ground).Should().Equal("a.tgz", "b.tgz");
    }

    [Fact]
    public async Task Files_of_one_name_in_two_folders_stop_the_release_before_it_is_there() // softprops/action-gh-release#369
    {
        await using var ground = await NewAsync();
        ground.Checkout.Write("one/target/app-1.jar", "1").Write("launcher/target/app-1.jar", "2").Write("pom.xml", "x");
        const string Files = "**/target/**/**.jar\n**/launcher/**/**.jar\npom.xml";

        var run = await PublishAsync(ground, ("files", Files));

        run.ExitCode.Should().Be(ExitCode.BadInput, run.Log);
        run.Errors.Should().ContainSingle().Which.Should()
            .StartWith("duplicate asset name 'app-1.jar': launcher/target/app-1.jar, one/target/app-1.jar");
        ground.Writes.Should().BeEmpty();

        // One file that two globs match is one file.
        File.Delete(Path.Combine(ground.Checkout.Root, "one/target/app-1.jar"));
        (await PublishAsync(ground, ("files", Files))).ExitCode.Should().Be(ExitCode.Done);
        NamesOn(ground).Should().Equal("app-1.jar", "pom.xml");
    }

    [Theory] // softprops/action-gh-release#664
    [InlineData("----", "The inputs 'body' and 'body-path' are both given. Give one of them.")]
    [InlineData("", "The file 'pipeline-changes.txt' that `body-path` names is not there. "
        + "Write the notes to it in an earlier step, or correct the path.")]
    public async Task A_file_of_notes_that_is_missing_is_named_before_anything_is_written(string body, string error)
    {
        await using var ground = await NewAsync();

        var run = await PublishAsync(ground, ("body-path", "pipeline-changes.txt"), ("body", body));

        run.ExitCode.Should().Be(ExitCode.BadInput, run.Log);
        run.Errors.Should().Equal(error);
        ground.Writes.Should().BeEmpty();
    }

    [Theory] // softprops/action-gh-release#315, svenstaro/upload-release-action#101
    [InlineData("./sha.txt", "sha.txt/** for everything in it")]
    [InlineData("bin/squid-exporter", "bin/squid-exporter/** for everything in it")]
    public async Task A_folder_that_is_named_as_a_file_is_called_one(string files, string remedy)
    {
        await using var ground = await NewAsync();
        ground.Checkout.Write("sha.txt/sha.txt", "x").Write("bin/squid-exporter/squid-exporter", "x");

        var run = await PublishAsync(ground, ("files", files));

        run.ExitCode.Should().Be(ExitCode.BadInput, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().Contain("matches no file. It is a folder: write ").And.Contain(remedy);
        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_glob_that_matches_nothing_leaves_no_release_behind() // ncipollo/release-action#382
    {
        await using var ground = await NewAsync();

        (await PublishAsync(ground, ("files", "build/*.iso"))).ExitCode.Should().Be(ExitCode.BadInput);

        ground.GitHub.Releases.Should().BeEmpty();
    }

    [Fact]
    public async Task Paths_from_the_workspace_with_backslashes_are_found() // ncipollo/release-action#263
    {
        await using var ground = await NewAsync();
        ground.Checkout.Write(".artifacts/Version.txt", "1").Write(".artifacts/project1.7z", "2");
        var root = ground.Checkout.Root;

        var run = await PublishAsync(ground, ("files", $"{root}\\.artifacts\\Version.txt\n{root}\\.artifacts\\*.7z"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        NamesOn(ground).Should().Equal("Version.txt", "project1.7z");
    }

    [Fact]
    [Trait("Row", "F53")]
    public async Task A_file_with_special_characters_in_its_name_is_replaced_and_not_refused() // ncipollo/release-action#33
    {
        await using var ground = await NewAsync();
        ground.Checkout.Write("dist/My App (x64).exe", "old");
        (string, string)[] inputs = [("files", "dist/*.exe"), ("on-existing", "update")];
        await PublishAsync(ground, inputs);
        ground.Checkout.Write("dist/My App (x64).exe", "new!");

        var run = await PublishAsync(ground, inputs);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.GitHub.Releases.Single().Assets.Should().ContainSingle().Which.Size.Should().Be(4);
    }

    [Fact]
    public async Task Two_stars_over_a_tree_of_installed_packages_end() // semantic-release/github#375
    {
        await using var ground = await NewAsync();
        for (var package = 0; package < 101; package++)
            for (var file = 0; file < 100; file++) ground.Checkout.Write($"node_modules/p{package}/{file}.js", "x");

        var run = await PublishAsync(ground, ("files", "**#distribution files"));

        run.ExitCode.Should().Be(ExitCode.BadInput, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().StartWith("The glob '**' matches more than 10,000 files");
        (await PublishAsync(ground, ("files", "dist/**#distribution files"))).ExitCode.Should().Be(ExitCode.Done);
        ground.GitHub.Releases.Single().Assets.Should().HaveCount(2).And.OnlyContain(a => a.Label == "distribution files");
    }

    [Fact]
    [Trait("Row", "F53")]
    public async Task A_tilde_in_a_name_does_not_make_a_release_unfinished_for_ever() // msys2/msys2-autobuild#15
    {
        await using var ground = await NewAsync();
        ground.Checkout.Write("dist/mintty-1~3.3.0-1-x86_64.pkg.tar.zst", "x");
        await PublishAsync(ground, ("files", "dist/*.zst"));
        ground.GitHub.Traffic.Clear();

        var run = await PublishAsync(ground, ("files", "dist/*.zst"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Summary.Should().Contain("nothing to do");
        ground.Writes.Should().BeEmpty();
        ground.GitHub.Releases.Single().Assets.Single().Should()
            .BeEquivalentTo(new { Name = "mintty-1.3.3.0-1-x86_64.pkg.tar.zst", Label = "mintty-1~3.3.0-1-x86_64.pkg.tar.zst" });
    }

    private static IEnumerable<string> NamesOn(ReleaseGround ground) =>
        ground.GitHub.Releases.Single().Assets.Select(a => a.Name).Order(StringComparer.Ordinal);
}
