using ReleaseActions.Core.Processes;

namespace ReleaseActions.EndToEnd;

/// <summary>The whole release of the bundled sample, by published programs, from its tag to the cleaned-up branch.</summary>
public sealed class RehearsalTests : IDisposable
{
    private static readonly string Rehearse = Path.Combine(AppContext.BaseDirectory, "rehearse");
    private readonly string _folder = Directory.CreateTempSubdirectory("rehearsal-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    [Trait("Rule", "AOF-09")]
    public async Task The_sample_goes_from_its_tag_to_a_release_page_and_a_second_time_nothing_is_left_to_do()
    {
        var first = await RehearseAsync("--sample");
        first.ExitCode.Should().Be(0, first.Output);
        File.ReadAllText(Path.Combine(_folder, "rehearsal/public/index.html")).Should()
            .Contain("sessions can be watched live").And.Contain("checksums.txt").And.Contain("sha256:").And.Contain(
                "docker pull ghcr.io/acme/aof-coordinator:1.0.0");

        var before = Snapshot();
        var again = await RehearseAsync("--sample", "--again");
        again.ExitCode.Should().Be(0, again.Output);
        again.Lines.Where(l => l.StartsWith("  → ", StringComparison.Ordinal)).Should()
            .HaveCount(6).And.OnlyContain(l => l == "  → nothing to do");
        Snapshot().Should().BeEquivalentTo(before);
    }

    [Fact]
    [Trait("Rule", "AOF-09")]
    public async Task The_sample_is_released_by_containers_and_a_second_time_nothing_is_left_to_do()
    {
        Machine.RequireImages();
        var first = await RehearseAsync("--sample", "--action-images", Machine.Images);
        first.ExitCode.Should().Be(0, first.Output);
        first.Output.Should().Contain("→ + 6 images").And.Contain("→ + release v1.0.0, + ").And.Contain("→ - branch release/1.0.0");

        var again = await RehearseAsync("--sample", "--again", "--action-images", Machine.Images);
        again.ExitCode.Should().Be(0, again.Output);
        again.Lines.Where(l => l.StartsWith("  → ", StringComparison.Ordinal)).Should()
            .HaveCount(6).And.OnlyContain(l => l == "  → nothing to do");
    }

    [Fact]
    public async Task A_release_without_docker_pushes_all_images_from_archives()
    {
        var run = await RehearseAsync(["--sample"], ("DOCKER_HOST", "unix:///nowhere.sock"));

        run.ExitCode.Should().Be(0, run.Output);
        run.Output.Should().Contain("docker is not there");
        Directory.GetDirectories(Path.Combine(_folder, "rehearsal/public/images")).Select(Path.GetFileName).Should()
            .BeEquivalentTo("aof-coordinator", "aof-runner", "aof-dashboard");
    }

    [Fact]
    public async Task Any_repository_with_a_policy_can_be_rehearsed_and_is_not_written_to()
    {
        using var checkout = new Checkout();
        checkout.Policy("version:\n  manifests: [VERSION]\n").Write("VERSION", "0.2.0\n")
            .Write("CHANGELOG.md", "## [0.2.0]\n\n- Something\n").Commit("Release 0.2.0");
        checkout.Push();
        var refs = checkout.Git("for-each-ref");

        var run = await RehearseAsync("--repo", checkout.Root, "--tag", "v0.2.0", "--name", "acme/tool");

        run.ExitCode.Should().Be(0, run.Output);
        checkout.Git("for-each-ref").Should().Be(refs);
        checkout.Git("status", "--porcelain").Should().BeEmpty();
    }

    [Fact]
    public async Task This_projects_own_clone_can_be_rehearsed()
    {
        using var checkout = new Checkout();
        checkout.Git("fetch", "--quiet", Golden.Root, "HEAD");
        checkout.Git("reset", "--quiet", "--hard", "FETCH_HEAD");
        var changelog = File.ReadAllText(Path.Combine(checkout.Root, "CHANGELOG.md"));
        checkout.Write(
            "CHANGELOG.md",
            changelog.Replace("## [Unreleased]\n", "## [Unreleased]\n\n## [0.1.0] - 2026-01-02\n", StringComparison.Ordinal))
            .Commit("Release 0.1.0");
        checkout.Git("push", "--quiet", "--force", "origin", "HEAD:main");
        checkout.Write("dist/release-actions.tar.gz", "what a build makes");

        var run = await RehearseAsync("--repo", checkout.Root, "--tag", "v0.1.0", "--name", "org/release-actions");

        run.ExitCode.Should().Be(0, run.Output);
        File.ReadAllText(Path.Combine(_folder, "rehearsal/public/index.html")).Should()
            .Contain("release-actions 0.1.0").And.Contain("rehearse");
    }

    [Fact]
    public async Task A_folder_with_other_files_is_left_alone()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "mine/public"));
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "mine/public/thesis.txt"), "years of work", TestContext.Current.CancellationToken);

        var run = await RehearseAsync("--sample", "--output", "mine");

        run.ExitCode.Should().Be(2, run.Output);
        run.Output.Should().Contain("holds other files");
        Directory.EnumerateFileSystemEntries(Path.Combine(_folder, "mine")).Should().ContainSingle();
    }

    [Fact]
    public async Task A_broken_rule_stops_the_rehearsal_and_says_why()
    {
        using var checkout = new Checkout();
        checkout.Policy("version:\n  manifests: [VERSION]\n").Write("VERSION", "0.1.0\n").Commit("Forget the version");
        checkout.Push();

        var run = await RehearseAsync("--repo", checkout.Root, "--tag", "v0.2.0");

        run.ExitCode.Should().Be(3, run.Output);
        run.Output.Should().Contain("has '0.1.0', and the release is '0.2.0'").And.NotContain("2/6");
    }

    private Task<CommandResult> RehearseAsync(params string[] arguments) => RehearseAsync(arguments, []);

    private Task<CommandResult> RehearseAsync(string[] arguments, params (string, string?)[] variables) =>
        Run.ProgramAsync(Rehearse, [.. arguments, "--programs", Machine.Programs], _folder, variables);

    // Everything public, and the repository: each file with its content.
    private Dictionary<string, string> Snapshot() => new[] { "public/assets", "public/images", "public/notes.md", "sandbox/releases.json" }
        .Select(p => Path.Combine(_folder, "rehearsal", p))
        .SelectMany(p => File.Exists(p) ? [p] : Directory.Exists(p) ? Directory.GetFiles(p, "*", SearchOption.AllDirectories) : [])
        .ToDictionary(p => p, File.ReadAllText);
}
