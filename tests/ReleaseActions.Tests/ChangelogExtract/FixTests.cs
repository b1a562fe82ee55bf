using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;

namespace ReleaseActions.Tests.ChangelogExtract;

/// <summary><c>changelog-extract --fix</c> on a laptop.</summary>
public sealed class FixTests : IDisposable
{
    private const string Wrong = "\uFEFF# Changelog\n\n## [1.2.0] - 2026-02-01\n\n- Third\n\n## [1.0.0] - 2025-12-01\n\n- First\n\n"
        + "## [1.1.0] - 2026-01-02\n\n- Second\n\n"
        + "[1.1.0]: https://github.com/acme/shop/compare/v0.9.0...v1.1.0\n[1.0.0]: https://github.com/acme/shop/releases/tag/v1.0.0\n";

    private readonly Checkout _checkout = new();

    public FixTests()
    {
        foreach (var tag in (string[])["v1.0.0", "v1.1.0", "v1.2.0"]) _checkout.Tag(tag);
        _checkout.Push();
    }

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public async Task The_difference_is_shown_and_written()
    {
        var run = await RunAsync(Wrong, "--fix");

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        Golden.Matches(run.Log, "fixed");
        File.ReadAllBytes(Changelog)[..3].Should().Equal(0xef, 0xbb, 0xbf);
        (await RunAsync(null, "--fix")).Log.Should().Contain("step=fix file=CHANGELOG.md status=nothing-to-do");
    }

    [Fact]
    public async Task A_dry_run_shows_it_and_writes_nothing()
    {
        var run = await RunAsync(Wrong, "--fix", "--dry-run");

        run.Log.Should().Contain("+[1.1.0]: https://github.com/acme/shop/compare/v1.0.0...v1.1.0").And.Contain("status=dry-run");
        File.ReadAllText(Changelog).Should().Be(Wrong[1..]);
    }

    [Fact]
    public async Task What_it_cannot_fix_is_reported()
    {
        var run = await RunAsync(Wrong + "\n## [1.2.0]\n", "--fix");

        run.ExitCode.Should().Be(ExitCode.Refused);
        run.Log.Should().Contain("error: CHANGELOG.md:19: The section of 1.2.0 is empty");
    }

    [Fact]
    public async Task A_runner_fixes_nothing()
    {
        _checkout.Write("CHANGELOG.md", Wrong);

        var run = await new Rig(_checkout).OnBranch("main").Input("fix", "true").RunAsync(new ChangelogExtractAction());

        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Errors.Should().ContainSingle().Which.Should().StartWith("`fix` is for a laptop");
        File.ReadAllText(Changelog).Should().Be(Wrong[1..]);
    }

    [Fact]
    public async Task What_is_not_UTF_8_is_left_alone()
    {
        File.WriteAllBytes(Changelog, [.. "## 1.0.0\n\n- caf"u8, 0xe9]);

        (await RunAsync(null, "--fix")).Log.Should().Contain("The file 'CHANGELOG.md' is not in UTF-8. Save it in UTF-8 first.");
    }

    [Theory]
    [InlineData("https://github.com/acme/shop.git", "https://github.com/acme/shop")]
    [InlineData("https://x:y@github.com/acme/shop", "https://github.com/acme/shop")]
    [InlineData("git@github.com:acme/shop.git", "https://github.com/acme/shop")]
    [InlineData("ssh://git@git.example.com/acme/shop.js", "https://git.example.com/acme/shop.js")]
    [InlineData("/srv/git/shop.git", null)]
    [InlineData("../shop", null)]
    public void The_page_is_the_one_of_origin(string origin, string? page) => NotesGathering.PageOf(origin).Should().Be(page);

    private string Changelog => Path.Combine(_checkout.Root, "CHANGELOG.md");

    private Task<RunResult> RunAsync(string? text, params string[] flags)
    {
        if (text is not null) _checkout.Write("CHANGELOG.md", text);
        return new Rig(_checkout).With("GITHUB_ACTIONS", "").With("GITHUB_SERVER_URL", "https://github.com")
            .RunAsync(new ChangelogExtractAction(), flags);
    }
}
