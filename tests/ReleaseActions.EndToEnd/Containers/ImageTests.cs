using System.Formats.Tar;
using System.Globalization;
using System.Text.RegularExpressions;
using ReleaseActions.Core.Processes;

namespace ReleaseActions.EndToEnd.Containers;

/// <summary>What is in the images, and what is not.</summary>
public sealed partial class ImageTests
{
    private static readonly string[] Actions = ["version-validate", "changelog-extract", "image-build-push", "sbom-checksum",
        "release-publish", "branch-cleanup", "release-prepare"];
    private static readonly string[] Intruders = ["sh", "bash", "dash", "busybox", "perl", "python3", "apt", "apt-get", "dpkg",
        "createdump"];

    public static TheoryData<string> Names => [.. Actions];

    public static TheoryData<string> Images => [.. Actions.Select(a => ActionDoor.Of(a).LocalImage).Distinct()];

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("Row", "S36")]
    public async Task The_program_that_action_yml_names_starts_in_the_image_that_it_names(string action)
    {
        Machine.RequireImages();
        var door = ActionDoor.Of(action);

        var version = await Docker.RequireAsync(
            "run", "--rm", "--network", "none", "--entrypoint", door.Entrypoint, door.LocalImage, "--version");

        version.Output.Should().StartWith($"{action} ");
        door.Runs.Should().BeEquivalentTo("using", "image", "entrypoint");
    }

    [Theory]
    [MemberData(nameof(Images))]
    [Trait("Row", "S38")]
    public async Task An_image_holds_no_shell_no_package_manager_and_no_file_that_gives_rights(string image)
    {
        Machine.RequireImages();
        var files = await FilesOfAsync(image);

        files.Should().Contain(f => f.Name == "release-actions/version-validate");
        files.Select(f => Path.GetFileName(f.Name)).Should().NotIntersectWith(Intruders);
        files.Where(f => (f.Mode & (UnixFileMode.SetUser | UnixFileMode.SetGroup)) != 0).Should().BeEmpty();
        files.Where(f => f.Mode.HasFlag(UnixFileMode.OtherWrite) && f.Kind == TarEntryType.RegularFile).Should().BeEmpty();
        (await Docker.RunAsync("run", "--rm", "--network", "none", "--entrypoint", "/bin/sh", image, "-c", "true")).ExitCode.Should()
            .Be(127);
    }

    [Theory]
    [MemberData(nameof(Images))]
    public async Task An_image_says_what_it_is(string image)
    {
        Machine.RequireImages();

        var labels = (await Docker.RequireAsync("image", "inspect", "--format", "{{json .Config.Labels}}", image)).Output;

        labels.Should()
            .Contain("\"org.opencontainers.image.licenses\":\"MIT\"").And.Contain("org.opencontainers.image.revision").And.Contain(
                "org.opencontainers.image.source");
    }

    [Theory]
    [MemberData(nameof(Images))]
    [Trait("Row", "S38")]
    public async Task An_image_was_created_when_its_commit_was(string image)
    {
        Machine.RequireImages();
        var labels = await Docker.RequireAsync(
            "image", "inspect", "--format", "{{index .Config.Labels \"org.opencontainers.image.revision\"}}", image);
        var date = await Run.ProgramAsync("git", ["log", "-1", "--format=%ct", labels.Output.Trim()], Golden.Root);

        var created = (await Docker.RequireAsync("image", "inspect", "--format", "{{.Created}}", image)).Output.Trim();

        DateTimeOffset.Parse(created, CultureInfo.InvariantCulture).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture).Should()
            .Be(date.Output.Trim());
    }

    [Fact]
    [Trait("Row", "S38")]
    public async Task A_second_build_gives_the_same_images()
    {
        Machine.RequireImages();

        var again = await Run.ProgramAsync(Path.Combine(Golden.Root, "scripts/build-images"), ["--again", Machine.Images], Golden.Root);

        again.ExitCode.Should().Be(0, again.Output + again.Error);
        // Where the packages are missing in the folder of stages, the script says first what it does about them.
        again.Output.Trim().Split('\n').Where(l => !l.Contains(" stage ", StringComparison.Ordinal)).Should().HaveCount(3)
            .And.OnlyContain(l => DigestLine().IsMatch(l));
    }

    [GeneratedRegex("^[^ ]+ sha256:[0-9a-f]{64}$")]
    private static partial Regex DigestLine();

    private static async Task<IReadOnlyList<(string Name, UnixFileMode Mode, TarEntryType Kind)>> FilesOfAsync(string image)
    {
        var folder = Directory.CreateTempSubdirectory("image-test-");
        var archive = Path.Combine(folder.FullName, "files.tar");
        var container = (await Docker.RequireAsync("create", "--network", "none", image, "/nothing")).Output.Trim();
        try
        {
            await Docker.RequireAsync("export", "--output", archive, container);
            var files = new List<(string, UnixFileMode, TarEntryType)>();
            await using var tar = new TarReader(File.OpenRead(archive));
            while (await tar.GetNextEntryAsync() is { } entry) files.Add((entry.Name, entry.Mode, entry.EntryType));
            return files;
        }
        finally
        {
            await Docker.RequireAsync("rm", container);
            folder.Delete(recursive: true);
        }
    }
}
